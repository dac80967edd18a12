"""From a file handed over to records: received, read, accepted or rejected."""

from collections.abc import Sequence

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import fingerprint, hand_to, receive, same_bytes
from concerted.imports import acceptance, policies, queries
from concerted.imports.models import File, Handover, MadeMeeting
from concerted.imports.states import FileState
from concerted.jobs.public import begin
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting
from concerted.reading.model import Reading
from concerted.reading.wire import to_wire


@transaction.atomic
def hand_over(actor: Actor, *, files: Sequence[tuple[str, bytes]]) -> Handover:
    """Keep files as received, for the actor alone, to be read in the background.

    A file that this actor handed over before is named as such, and not read twice.
    """
    policies.may_hand_over(actor).enforce()
    handover = Handover(by_id=actor.person_id, audience_id=actor.own_audience_id)
    count = len(files)
    handover.job = begin(
        actor,
        title=f"Reading {count} files" if count > 1 else f"Reading {files[0][0]}"[:150],
        total=count,
        unit="file",
        leads_to=f"imports:handover {handover.key}",
    )
    handover.save()
    seen: set[str] = set()
    for position, (name, data) in enumerate(files):
        sha256 = fingerprint(data)
        before = (
            "This file is in this upload twice. It is read once."
            if sha256 in seen
            else _handed_over_before(actor, sha256)
        )
        seen.add(sha256)
        File.objects.create(
            handover=handover,
            position=position,
            name=name[:200],
            version=None if before else receive(actor, data=data, name=name),
            state=FileState.REFUSED if before else FileState.WAITING,
            sentence=before,
            audience_id=actor.own_audience_id,
        )
    trail.note(actor, "handover.made", handover, verb=Verb.COLLECT)
    return handover


def _handed_over_before(actor: Actor, sha256: str) -> str:
    for version in same_bytes(actor, sha256):
        file = queries.files_visible_to(actor).filter(version=version).first()
        if file and file.state in (FileState.READ, FileState.WAITING):
            return "You handed over this very file before: it waits for you on the Imports page."
        if file and file.state == FileState.ACCEPTED:
            return "This very file was made into records before. Nothing was read again."
    return ""


def was_read(file: File, *, reading: Reading, notes: Sequence[str]) -> None:
    """Keep what was read, for a person to check."""
    file.reading = to_wire(reading)
    file.notes = list(notes)
    if reading.meetings:
        file.state = FileState.READ
        file.sentence = ""
    else:
        file.state = FileState.REFUSED
        file.sentence = (reading.why or "No minutes were found in this file.")[:400]
    file.save(update_fields=["reading", "notes", "state", "sentence"])


def was_refused(file: File, *, sentence: str) -> None:
    file.state = FileState.REFUSED
    file.sentence = sentence[:400]
    file.save(update_fields=["state", "sentence"])


@transaction.atomic
def keep_answers(actor: Actor, *, file: File, number: int, answers: dict[str, list[str]]) -> None:
    """Save and finish later."""
    policies.may_review(actor, file).enforce()
    file.answers = file.answers | {str(number): answers}
    file.save(update_fields=["answers"])
    trail.note(actor, "file.answered", file, fields=["answers"])


@transaction.atomic
def accept(actor: Actor, *, file: File, number: int, answers: acceptance.Answers) -> Meeting:
    """Make one meeting of a file into records, whole or not at all.

    `answers` are the cleaned values of a ReviewForm. Order: lock, policy, state, records, the
    file to the body's office, the trail.
    """
    file = File.objects.select_for_update(of=["self"]).select_related("version").get(pk=file.pk)
    policies.may_review(actor, file).enforce()
    if file.made.filter(number=number).exists():
        raise NotAllowed("This meeting was made into records already.")
    review = queries.review_of(actor, file, number)
    if review is None or file.version is None:
        raise NotAllowed("This file holds no such meeting.")
    actor, meeting = acceptance.make_records(
        actor, review=review, answers=answers, document=file.version.document
    )
    office = meeting.body.office_audience_id
    MadeMeeting.objects.create(file=file, number=number, meeting=meeting, audience_id=office)
    done = file.made.count() == len(review.reading.meetings)
    file.audience_id = office
    file.state = FileState.ACCEPTED if done else FileState.READ
    file.accepted_at = now() if done else None
    file.save(update_fields=["audience", "state", "accepted_at"])
    hand_to(actor, version=file.version, audience_id=office)
    trail.note(actor, "file.accepted", file, fields=["audience", "state"])
    return meeting


@transaction.atomic
def reject(actor: Actor, *, file: File) -> None:
    """Put a file aside. What was received stays, for the actor alone; no record is made."""
    file = File.objects.select_for_update().get(pk=file.pk)
    policies.may_reject(actor, file).enforce()
    file.state = FileState.REJECTED
    file.save(update_fields=["state"])
    trail.note(actor, "file.rejected", file, fields=["state"])
