"""From a file handed over to records: received, read, accepted or rejected."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from django.db import transaction

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import (
    Version,
    destroy,
    fingerprint,
    hand_to,
    receive,
    same_bytes,
)
from concerted.imports import acceptance, policies, queries, queue, versions
from concerted.imports.closing import Earlier
from concerted.imports.matching import Directory
from concerted.imports.models import File, Handover, MadeMeeting, ReadMeeting
from concerted.imports.paper_acceptance import make_paper
from concerted.imports.paper_review import PaperReview, care_of
from concerted.imports.review import Review
from concerted.imports.states import NEXT, FileState, ReadAs
from concerted.jobs.public import Job, begin
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting
from concerted.papers.public import Paper, may_hold
from concerted.people.public import bodies_visible_to
from concerted.reading.files.changes import NOTHING_MARKED, READ_AS, Markup
from concerted.reading.files.containers import Member
from concerted.reading.model import Field, Reading, Span
from concerted.reading.reports import Report, plain_report
from concerted.reading.reports.markings import care
from concerted.reading.wire import markup_to_wire, to_wire

NAME_LENGTH = 200
# What a reading leaves in a file.
_READ = ("reading", "notes", "markup", "marking", "answers")
NO_MINUTES = "No minutes were found in this file."
OTHER = {ReadAs.ACCEPTED: ReadAs.ORIGINAL, ReadAs.ORIGINAL: ReadAs.ACCEPTED}


def plain_name(name: str) -> str:
    """A file's name without its folders, without what cannot be printed, and not too long."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    suffix = PurePath(shown).suffix[:10]
    cut = shown if len(shown) <= NAME_LENGTH else shown[: NAME_LENGTH - len(suffix)] + suffix
    return cut if cut.strip(".") else "file"


def name_within(name: str) -> str:
    """A member's name with its folders as the archive has them; of long ones, the end."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip(". ")]
    whole = "/".join(map(plain_name, parts)) or "file"
    return whole if len(whole) <= NAME_LENGTH else f"…{whole[1 - NAME_LENGTH :]}"


@transaction.atomic
def hand_over(actor: Actor, *, files: Sequence[tuple[str, bytes]]) -> Handover:
    """Keep files as received, for the actor alone, to be read in the background.

    A file that this actor handed over before is named as such, and not read twice. Files are
    asked for one after the other: a sequence may read each from the disk when it is asked.
    """
    policies.may_hand_over(actor).enforce()
    policies.may_be_so_many(len(files)).enforce()
    # One upload of theirs after the other: of a file in two of them, the second is named as such.
    Account.objects.select_for_update(no_key=True).get(pk=actor.account_id)
    handover = Handover(by_id=actor.person_id, audience_id=actor.own_audience_id)
    count = len(files)
    handover.job = begin(
        actor,
        title=f"Reading {count} files" if count > 1 else f"Reading {plain_name(files[0][0])}"[:150],
        total=count,
        unit="file",
        leads_to=f"imports:handover {handover.key}",
        task="imports.read_handover",
        arguments={"handover_key": handover.key, "account_id": actor.account_id},
    )
    handover.save()
    seen: set[str] = set()
    for position, (name, data) in enumerate(files):
        _add(actor, handover, position, plain_name(name), data, seen)
    trail.note(actor, "handover.made", handover, verb=Verb.COLLECT)
    return handover


@transaction.atomic
def hand_in(
    actor: Actor, *, name: str, data: bytes, audience_id: int, leads_to: str
) -> tuple[File, Job]:
    """Keep a paper that an office asked for, to be read in the background as every file is.

    Who may hand it in is asked by whoever calls; it is for this audience, which holds the actor.
    """
    name = plain_name(name)
    handover = Handover(by_id=actor.person_id, audience_id=audience_id, asked_for=True)
    handover.job = begin(
        actor,
        title=f"Reading {name}"[:150],
        total=1,
        unit="file",
        leads_to=leads_to,
        task="imports.read_handover",
        arguments={"handover_key": handover.key, "account_id": actor.account_id},
    )
    handover.save()
    version = receive(actor, data=data, name=name)
    hand_to(actor, version=version, audience_id=audience_id)
    version.audience_id = audience_id
    file = File.objects.create(
        handover=handover, position=0, name=name, version=version, audience_id=audience_id
    )
    trail.note(actor, "handover.made", handover, verb=Verb.COLLECT)
    return file, handover.job


def _add(
    actor: Actor,
    handover: Handover,
    position: int,
    name: str,
    data: bytes,
    seen: set[str],
    within: File | None = None,
) -> File:
    """Add a file to a handover; `seen` are the fingerprints of those added before it."""
    sha256 = fingerprint(data)
    before = (
        "This file is in this upload twice. It is read once."
        if sha256 in seen
        else _handed_over_before(actor, sha256)
    )
    seen.add(sha256)
    return File.objects.create(
        handover=handover,
        within=within,
        position=position,
        name=name,
        version=None if before else receive(actor, data=data, name=plain_name(name)),
        state=FileState.REFUSED if before else FileState.WAITING,
        sentence=before,
        audience_id=actor.own_audience_id,
    )


@transaction.atomic
def was_opened(actor: Actor, *, file: File, members: Sequence[Member]) -> int:
    """Make the members of a container files of its handover; returns how many files that has.

    Those that could not be opened appear with their sentence. Where there would be too many, the
    container itself is refused.
    """
    file = versions.locked(file)
    held = list(file.handover.files.select_related("version").defer("reading", "answers"))
    if FileState.OPENED not in NEXT[file.state]:
        return len(held)
    why_not = policies.may_be_so_many(len(held) + len(members)).why_not
    if not members:
        why_not = "This archive is empty. Hand over the files that belong in it."
    if why_not:
        was_refused(actor, file=file, sentence=why_not)
        return len(held)
    seen = {one.version.sha256 for one in held if one.version}
    first = 1 + max(one.position for one in held)
    for position, member in enumerate(members, start=first):
        name = name_within(member.name)
        if member.data is None:
            File.objects.create(
                handover=file.handover,
                within=file,
                position=position,
                name=name,
                state=FileState.REFUSED,
                sentence=member.sentence[:400],
                audience_id=actor.own_audience_id,
            )
        else:
            _add(actor, file.handover, position, name, member.data, seen, within=file)
    file.state = FileState.OPENED
    file.sentence = f"It held {len(members):,} {'file' if len(members) == 1 else 'files'}."
    file.save(update_fields=["state", "sentence"])
    trail.note(actor, "file.opened", file, fields=["state"])
    return len(held) + len(members)


def _handed_over_before(actor: Actor, sha256: str) -> str:
    for version in same_bytes(actor, sha256):
        file = queries.files_visible_to(actor).filter(version=version).first()
        if file and file.state == FileState.OPENED:
            return "You handed over this very archive before. Its files are on the Imports page."
        if file and file.state == FileState.KEPT:
            return "This very file is kept with the minutes on record. Nothing was read again."
        if file and file.state in (FileState.READ, FileState.WAITING):
            return "You handed over this very file before: it waits for you on the Imports page."
        if file and file.state == FileState.ACCEPTED:
            return "This very file was made into records before. Nothing was read again."
    return ""


@transaction.atomic
def was_read(
    actor: Actor,
    *,
    file: File,
    reading: Reading,
    notes: Sequence[str],
    markup: Markup = NOTHING_MARKED,
    report: Report | None = None,
    known: Directory | None = None,
    marking: str = "",
) -> None:
    """Keep what was read, for a person to check; unless the file was put aside meanwhile.

    Answers to another text of the file go. `file` is as it was when the reading began. `marking`
    is what its pages print: of a file that is marked higher than may be held nothing stays but
    the sentence. `known` is whom the names are compared with; without it, whoever is on record now.
    """
    read_as = file.read_as
    if not (verdict := may_hold(max(care(marking), care_of(report) if report else 0))):
        was_too_high(actor, file=file, sentence=verdict.why_not)
        return
    if report is not None and care(marking) > care_of(report):
        report = replace(report, marking=Field(marking, Span(0, 0)))
    file = File.objects.select_for_update(of=["self"]).get(pk=file.pk)
    if FileState.READ not in NEXT[file.state] or file.read_as != read_as:
        return
    if file.handover.asked_for and report is None and reading.text.strip():
        report = plain_report(reading.text)
    holds = bool(reading.meetings) or report is not None
    if file.again_id and not holds:
        _stays_as_read(actor, file, reading.why or NO_MINUTES)
        return
    file.reading = to_wire(report or reading)
    file.notes = list(notes)
    file.markup = markup_to_wire(markup) if markup else None
    file.marking = marking
    file.answers = {}
    if holds:
        file.state = FileState.READ
        file.sentence = ""
    else:
        file.state = FileState.REFUSED
        file.sentence = (reading.why or NO_MINUTES)[:400]
    file.save(update_fields=[*_READ, "state", "sentence"])
    file.read_meetings.all().delete()
    if holds:
        look_at(
            actor, file=file, reading=report or reading, known=known or queries.directory(actor)
        )
    trail.note(actor, "file.read", file, fields=["reading", "state"])


def look_at(
    actor: Actor,
    *,
    file: File,
    reading: Reading | Report,
    known: Directory,
    earlier: Callable[[str], Sequence[Earlier]] | None = None,
) -> None:
    """Write down in short what each open meeting of a file, or its report, asks, as things are.

    `earlier` gives the unfinished actions of a body by its key; without it they are looked up.
    """
    earlier = earlier or partial(queries.earlier_actions, actor)
    settled = set(file.made.values_list("number", flat=True))
    bodies = {one.key: one.pk for one in bodies_visible_to(actor)}
    count = 1 if isinstance(reading, Report) else len(reading.meetings)
    for number in range(1, count + 1):
        review = queries.laid_out(
            reading, number, known, undecided=file.is_undecided, earlier=earlier
        )
        if review is None or number in settled:
            continue
        short = queue.in_short(review)
        short["body_id"] = bodies.get(short.pop("body_key"))
        if care(file.marking) > 1 and isinstance(reading, Reading):
            # Whether it may go on record at all is for a person, so it is never accepted in bulk.
            short["asks"] = short["asks"] | {"marking": 1}
            short["questions"] += 1
        ReadMeeting.objects.update_or_create(
            file=file, number=number, defaults=short | {"audience_id": file.audience_id}
        )


def _look_at_again(actor: Actor, file: File) -> None:
    """The same where it was read before, and something was settled or is open again."""
    if reading := queries.reading_of(file):
        look_at(actor, file=file, reading=reading, known=queries.directory(actor))


@transaction.atomic
def was_refused(actor: Actor, *, file: File, sentence: str) -> None:
    """Keep the sentence that says why a file was not read."""
    file = File.objects.select_for_update(of=["self"]).defer("reading").get(pk=file.pk)
    if FileState.REFUSED not in NEXT[file.state]:
        return
    if file.again_id:
        _stays_as_read(actor, file, sentence)
        return
    file.state = FileState.REFUSED
    file.sentence = sentence[:400]
    file.save(update_fields=["state", "sentence"])
    trail.note(actor, "file.refused", file, fields=["state"])


@transaction.atomic
def was_too_high(actor: Actor, *, file: File, sentence: str) -> None:
    """Keep nothing of a file that is marked higher than may be held: no bytes, no word read.

    An archive or e-mail that it came in holds it too, so its bytes go as well; the other files in
    it stand on their own.
    """
    file = versions.locked(file)
    if FileState.REFUSED not in NEXT[file.state]:
        return
    _without_bytes(actor, file)
    if file.within:
        _without_bytes(actor, versions.locked(file.within))
    file.read_meetings.all().delete()
    file.reading, file.markup, file.answers, file.notes = None, None, {}, []
    file.state, file.sentence = FileState.REFUSED, sentence[:400]
    file.save(update_fields=[*_READ, "state", "sentence"])
    trail.note(actor, "file.refused", file, fields=["state"])


def _without_bytes(actor: Actor, file: File) -> None:
    version, file.version = file.version, None
    file.save(update_fields=["version"])
    if version is not None:
        destroy(actor, version=version)


def _stays_as_read(actor: Actor, file: File, sentence: str) -> None:
    """The other text could not be had: what was read before stands, and the choice is open."""
    wanted = ReadAs(file.read_as)
    file.read_as, file.chosen_at, file.state = OTHER[wanted], None, FileState.READ
    file.sentence = (
        f"This file could not be read {READ_AS[wanted]}, "
        f"so it stays read {READ_AS[OTHER[wanted]]}. {sentence}"
    )[:400]
    file.save(update_fields=["read_as", "chosen_at", "state", "sentence"])
    _look_at_again(actor, file)
    trail.note(actor, "file.refused", file, fields=["read_as", "state"])


@transaction.atomic
def choose_changes(actor: Actor, *, file: File, read_as: ReadAs) -> Job | None:
    """Settle which text of a Word file with tracked changes counts.

    Returns the work of reading that text, to be begun once this is committed; None where it is
    the text that was read. What was read before stays until the other text is there.
    """
    file = File.objects.select_for_update(of=["self"]).get(pk=file.pk)
    policies.may_choose_changes(actor, file, begun=file.made.exists()).enforce()
    file.chosen_at, file.sentence = now(), ""
    if file.read_as != read_as:
        file.read_as, file.state = read_as, FileState.WAITING
        file.again = begin(
            actor,
            title=f"Reading {file.name} again"[:150],
            total=1,
            unit="file",
            leads_to=f"imports:review {file.key}",
            task="imports.read_handover",
            arguments={
                "handover_key": file.handover.key,
                "account_id": actor.account_id,
                "again": file.key,
            },
        )
    file.save(update_fields=["chosen_at", "sentence", "read_as", "state", "again"])
    if file.state == FileState.READ:
        _look_at_again(actor, file)
    trail.note(actor, "file.changes_chosen", file, fields=["read_as"])
    return file.again if file.state == FileState.WAITING else None


@transaction.atomic
def keep_answers(
    actor: Actor, *, file: File, number: int, answers: Mapping[str, list[str]]
) -> None:
    """Save and finish later."""
    read_as = file.read_as
    file = File.objects.select_for_update(of=["self"]).defer("reading").get(pk=file.pk)
    policies.may_answer(actor, file, read_as=read_as).enforce()
    file.answers = file.answers | {str(number): dict(answers)}
    file.save(update_fields=["answers"])
    trail.note(actor, "file.answered", file, fields=["answers"])


@transaction.atomic
def accept(
    actor: Actor, *, file: File, number: int, answers: acceptance.Answers
) -> Meeting | Paper:
    """Make one meeting of a file into records, or its report into a paper; whole or not at all.

    `answers` are the cleaned values of a ReviewForm. Order: lock, policy, state, records, the
    file to the body's office, the trail. A file that holds more meetings stays with whoever
    handed it over until the last is made; for good, if they are of bodies with other offices.
    """
    read_as = file.read_as
    file = versions.locked(file)
    policies.may_accept(actor, file, read_as=read_as).enforce()
    if file.made.filter(number=number).exists():
        raise NotAllowed("This meeting was made into records already.")
    review = queries.review_of(actor, file, number)
    if review is None or file.version is None:
        raise NotAllowed("This file holds no such meeting.")
    return _make(actor, file, review, answers)


def _make(
    actor: Actor, file: File, review: Review | PaperReview, answers: acceptance.Answers
) -> Meeting | Paper:
    """The records of one meeting of a locked file, or its paper, all that was asked answered."""
    assert file.version  # noqa: S101 - a file that was read has its bytes
    if isinstance(review, PaperReview):
        return _accept_paper(actor, file, review, answers, file.version)
    number = review.number
    actor, meeting = acceptance.make_records(
        actor,
        review=review,
        answers=answers,
        document=file.version.document,
        apart=ReadMeeting.objects.filter(file=file, number=number, apart=True).exists(),
        held=care(file.marking) > 1,
    )
    office = meeting.body.office_audience_id
    MadeMeeting.objects.create(file=file, number=number, meeting=meeting, audience_id=office)
    versions.settled(actor, file=file, number=number, meeting=meeting)
    trail.note(actor, "file.accepted", file, fields=["audience", "state"])
    return meeting


@transaction.atomic
def accept_as_read(
    actor: Actor,
    *,
    file: File,
    number: int,
    answers: Callable[[Review | PaperReview], acceptance.Answers],
) -> Meeting | Paper:
    """Make a meeting into records with answers that follow from its review as it is now.

    `answers` raises NotAllowed, with a sentence for whoever checks the file, where it has none.
    """
    file = versions.locked(file)
    policies.may_accept(actor, file, read_as=file.read_as).enforce()
    review = queries.review_of(actor, file, number)
    if review is None or file.made.filter(number=number).exists():
        raise NotAllowed("This meeting was settled already.")
    return _make(actor, file, review, answers(review))


def _accept_paper(
    actor: Actor, file: File, review: PaperReview, answers: acceptance.Answers, version: Version
) -> Paper:
    working = file.audience_id if file.handover.asked_for else None
    paper = make_paper(
        actor,
        review=review,
        answers=answers,
        version=version,
        working=working,
    )
    file.read_meetings.all().delete()
    file.state = FileState.ACCEPTED
    file.accepted_at = now()
    # What was asked for stays with those who work on it until it is published.
    file.audience_id = paper.working_id or paper.body.office_audience_id
    file.save(update_fields=["state", "accepted_at", "audience"])
    hand_to(actor, version=version, audience_id=file.audience_id)
    trail.note(actor, "file.accepted", file, fields=["audience", "state"])
    return paper


@transaction.atomic
def reject(actor: Actor, *, file: File) -> None:
    """Put a file aside, or what is left of it; what was made into records of it stays.

    What was received stays too: for the actor alone where no record came of it.
    """
    file = versions.locked(file)
    policies.may_reject(actor, file).enforce()
    file.state = FileState.REJECTED
    file.save(update_fields=["state"])
    file.read_meetings.all().delete()
    versions.to_the_office(actor, file=file)
    trail.note(actor, "file.rejected", file, fields=["state"])
