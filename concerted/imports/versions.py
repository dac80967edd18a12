"""A file that holds a meeting which is there already: kept as another version, or held apart."""

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.documents.public import add_version, hand_to
from concerted.imports import policies, sameness
from concerted.imports.models import File, MadeMeeting, ReadMeeting
from concerted.imports.states import FileState
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, confirm, give_document, may_record

NO_MEETING = (
    "There is no meeting of that day any more that this could be a version of. "
    "Look at the file again."
)


def locked(file: File) -> File:
    return File.objects.select_for_update(of=["self"]).select_related("version").get(pk=file.pk)


@transaction.atomic
def keep_as_version(
    actor: Actor, *, file: File, number: int, meeting_key: str, agreed: bool = False
) -> Meeting:
    """Keep a file as a further version of the minutes of a meeting; the record does not change.

    `agreed` also records that the minutes were agreed as a correct record, as the file says.
    """
    file = locked(file)
    policies.may_review(actor, file).enforce()
    if agreed:
        policies.may_accept(actor, file, read_as=file.read_as).enforce()
    read = _read(file, number)
    meeting = sameness.meeting_of_that_day(actor, read)
    if meeting is None or meeting.key != meeting_key:
        raise NotAllowed(NO_MEETING)
    if why_not := sameness.why_not_keep(read, meeting, may_record(actor, meeting.body)):
        raise NotAllowed(why_not)
    _keep(actor, file, read, meeting)
    if agreed and sameness.says_agreed(read.status):
        meeting = confirm(actor, meeting=meeting)
    return meeting


def _read(file: File, number: int) -> ReadMeeting:
    found = ReadMeeting.objects.select_for_update(of=["self"]).filter(file=file, number=number)
    read = found.first()
    if read is None:
        raise NotAllowed("This meeting was settled already.")
    return read


def _keep(actor: Actor, file: File, read: ReadMeeting, meeting: Meeting) -> None:
    assert file.version  # noqa: S101 - a file that was read has its bytes
    there = meeting.document_id
    if there is None or not add_version(actor, document_id=there, of=file.version):
        give_document(actor, meeting=meeting, document=file.version.document)
    MadeMeeting.objects.create(
        file=file,
        number=read.number,
        meeting=meeting,
        kept=True,
        audience_id=meeting.body.office_audience_id,
    )
    trail.note(actor, "file.kept", file, fields=["state"])
    settled(actor, file=file, number=read.number, meeting=meeting)


@transaction.atomic
def wait_for(actor: Actor, *, file: File, number: int, other_key: str, other_number: int) -> None:
    """Say that this is another copy of a file that waits: it follows when that one is settled."""
    file = locked(file)
    policies.may_review(actor, file).enforce()
    read = _read(file, number)
    other = sameness.other_file(actor, read)
    if other is None or (other.file.key, other.number) != (other_key, other_number):
        raise NotAllowed("The other file does not wait any more. Look at this file again.")
    read.copies.update(same_as=other)
    read.same_as = other
    read.save(update_fields=["same_as"])
    trail.note(actor, "file.paired", file, fields=["same_as"])


@transaction.atomic
def hold_apart(actor: Actor, *, file: File, number: int) -> None:
    """Say that this is a different meeting from whatever is there of that day."""
    file = locked(file)
    policies.may_review(actor, file).enforce()
    read = _read(file, number)
    read.apart, read.same_as = True, None
    read.save(update_fields=["apart", "same_as"])
    trail.note(actor, "file.held_apart", file, fields=["apart"])


def settled(actor: Actor, *, file: File, number: int, meeting: Meeting) -> None:
    """One meeting of a locked file is on record: its copies follow it, and the queue forgets it.

    With its last meeting the file is settled too, and goes to the office of the body it is of.
    """
    read = ReadMeeting.objects.filter(file=file, number=number).first()
    if read is not None:
        for copy in read.copies.select_related("file__version__document"):
            _keep(actor, locked(copy.file), copy, meeting)
        read.delete()
    if file.made.count() < len((file.reading or {}).get("meetings", ())):
        return
    made = file.made.filter(kept=False).exists()
    file.state = FileState.ACCEPTED if made else FileState.KEPT
    file.accepted_at = now()
    file.save(update_fields=["state", "accepted_at"])
    to_the_office(actor, file=file)


def to_the_office(actor: Actor, *, file: File) -> None:
    """Hand the file as received to the secretaries of the one body that it is of."""
    offices = set(file.made.values_list("audience_id", flat=True))
    if len(offices) != 1 or file.version is None:
        return
    file.audience_id = offices.pop()
    file.save(update_fields=["audience"])
    hand_to(actor, version=file.version, audience_id=file.audience_id)
