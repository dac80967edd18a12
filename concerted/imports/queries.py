"""Reads of files handed over, and of the names that they may match."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from concerted.access.actor import Actor
from concerted.actions.public import closable
from concerted.documents.public import readable
from concerted.imports.closing import Earlier
from concerted.imports.matching import Answered, Directory, Known, Names
from concerted.imports.models import (
    Batch,
    BatchLine,
    File,
    Handover,
    MadeMeeting,
    NameAnswer,
    ReadMeeting,
)
from concerted.imports.paper_review import PaperReview, paper_review
from concerted.imports.review import Review, review
from concerted.imports.states import FileState, LineState
from concerted.jobs.public import JobState
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, organisations_by_person, refs_of
from concerted.papers.public import visible_to as papers_visible_to
from concerted.people.public import (
    Learned,
    LinkKind,
    bodies_visible_to,
    kinds_visible_to,
    links_visible_to,
    names_learned,
    names_within,
    organisations_of,
    organisations_visible_to,
    people_visible_to,
    posts_held_by,
    posts_visible_to,
    predecessors_of,
)
from concerted.reading.files.changes import NOTHING_MARKED, Markup
from concerted.reading.model import Reading
from concerted.reading.reports import Report
from concerted.reading.wire import from_wire, markup_from_wire, report_from_wire

EARLIER = "This file was read by an earlier version of Concerted. Reject it and hand it over again."

FIRST_FILES = 10  # of a handover that are listed beside others


def files_visible_to(actor: Actor) -> QuerySet[File]:
    """Files handed over; not those that hold the words of what is closed or hidden to the actor."""
    return File.objects.filter(
        Q(version=None) | readable(actor, "version__document__"),
        audience_id__in=actor.audience_ids,
    ).select_related("handover", "version")


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    """Handovers with a file that the actor may see; one of which all were hidden is not there."""
    return Handover.objects.filter(
        Exists(files_visible_to(actor).filter(handover=OuterRef("pk"))),
        audience_id__in=actor.audience_ids,
    ).select_related("job")


def handovers_listed(actor: Actor) -> QuerySet[Handover]:
    """Handovers with their files counted and the first of them at hand, newest first."""
    files = (
        files_visible_to(actor)
        .defer("reading", "answers", "markup")
        .select_related("again")
        .prefetch_related(*_made_of_files(actor))
        .order_by("position")[:FIRST_FILES]
    )
    seen = files_visible_to(actor).values("pk")
    return (
        handovers_visible_to(actor)
        .filter(asked_for=False)
        .annotate(
            to_check=Count("files", filter=Q(files__state=FileState.READ, files__in=seen)),
            count=Count("files", filter=Q(files__in=seen)),
        )
        .prefetch_related(Prefetch("files", files, to_attr="first_files"))
        .order_by("-at", "-id")  # the grouping above drops the order of the model
    )


def made_of(actor: Actor, file: File) -> dict[int, Meeting]:
    """The meetings made of a file so far, by their number in its text."""
    made = MadeMeeting.objects.filter(audience_id__in=actor.audience_ids, file=file)
    return {one.number: one.meeting for one in made.select_related("meeting")}


def first_to_check(made: Mapping[int, Meeting]) -> int:
    return next(number for number in range(1, len(made) + 2) if number not in made)


def to_check(actor: Actor) -> QuerySet[File]:
    """What the actor handed over; what an office asked for is checked from the page of its call."""
    waiting = files_visible_to(actor).filter(state=FileState.READ, handover__asked_for=False)
    return waiting.defer("reading", "answers", "markup")


def directory(actor: Actor) -> Directory:
    """Everybody and everything on record that this actor may see, for matching names."""
    people = list(people_visible_to(actor))
    posts = posts_held_by(actor, [person.pk for person in people], day=today())
    of: dict[int, list[str]] = defaultdict(list)
    for source in (
        organisations_of(actor, [person.pk for person in people]),
        organisations_by_person(actor),
    ):
        for person_id, organisations in source.items():
            of[person_id] += [organisation.name for organisation in organisations]
    names = names_learned(actor)
    known = _organisations(actor, names)
    return Directory(
        people=Names(
            [
                Known(
                    person.key,
                    person.name,
                    tuple(names.of(person)),
                    tuple(dict.fromkeys(of[person.pk])),
                    tuple(f"{post.title}, {post.organisation}" for post in posts[person.pk]),
                )
                for person in people
            ]
        ),
        organisations=Names(list(known.values())),
        bodies=Names(_bodies(actor, names)),
        within=_within(actor, known),
        kinds=[kind.name for kind in kinds_visible_to(actor)],
        posts=Names(
            [
                Known(one.key, one.title, of=(one.organisation.name,))
                for one in posts_visible_to(actor)
            ]
        ),
        answered=answered_names(actor),
    )


def _organisations(actor: Actor, names: Learned) -> dict[int, Known]:
    """Organisations by their ids; one that came after another begins when that one ended."""
    rows = list(organisations_visible_to(actor))
    keys = {one.pk: one.key for one in rows}
    begun = {
        one.successor_id: one.ends + datetime.timedelta(days=1)
        for one in rows
        if one.successor_id and one.ends
    }
    return {
        one.pk: Known(
            one.key,
            one.name,
            tuple(filter(None, (one.short_name, *names.of(one)))),
            starts=one.starts or begun.get(one.pk),
            ends=one.ends,
            after=(keys[one.successor_id],) if one.successor_id in keys else (),
        )
        for one in rows
    }


def _bodies(actor: Actor, names: Learned) -> list[Known]:
    """Bodies; one that follows after another begins on the first day of the line between them."""
    links = list(links_visible_to(actor).filter(kind=LinkKind.SUCCEEDS))
    begun = {link.body_id: link.starts for link in links if link.starts}
    ended = {link.to_id: link.starts - datetime.timedelta(days=1) for link in links if link.starts}
    return [
        Known(
            one.key,
            one.name,
            tuple(filter(None, (one.short_name, *names.of(one)))),
            starts=begun.get(one.pk) or one.starts,
            ends=one.ends or ended.get(one.pk),
            after=tuple(link.body.key for link in links if link.to_id == one.pk),
        )
        for one in bodies_visible_to(actor)
    ]


def _within(actor: Actor, organisations: Mapping[int, Known]) -> dict[str, Names]:
    """What names that many have mean in the papers of a body, by the body's key."""
    held: dict[str, dict[int, Known]] = defaultdict(dict)
    for one in names_within(actor):
        there = held[one.body.key]
        known = there.get(one.organisation_id) or organisations.get(one.organisation_id)
        if known:
            names = (*known.other_names, one.name)
            there[one.organisation_id] = replace(known, other_names=names)
    return {body: Names(list(there.values())) for body, there in held.items()}


def answered_names(actor: Actor) -> dict[tuple[str, str], Answered]:
    """What this actor answered about names in other files, by the plain name and organisation."""
    rows = NameAnswer.objects.filter(audience_id__in=actor.audience_ids)
    return {(one.name, one.organisation): Answered(one.who, one.held_on) for one in rows}


def review_of(actor: Actor, file: File, number: int) -> Review | PaperReview | None:
    """The review of one meeting in a file, or of a report; None where there is no such thing."""
    reading = reading_of(file)
    if reading is None:
        return None
    return laid_out(
        reading,
        number,
        directory(actor),
        undecided=file.is_undecided,
        earlier=partial(earlier_actions, actor),
    )


def review_of_typed(actor: Actor, reading: Reading, typed: Mapping[str, Any]) -> Review:
    """The review of minutes that were typed here; `typed` holds the answers that are known."""
    known = directory(actor)
    earlier = partial(earlier_actions, actor)
    return review(reading, 1, known, earlier=earlier, typed=typed)


def laid_out(
    reading: Reading | Report,
    number: int,
    known: Directory,
    *,
    undecided: bool,
    earlier: Callable[[str], Sequence[Earlier]],
) -> Review | PaperReview | None:
    """One meeting of a reading, or a report, against what is known; None for no such number.

    `earlier` gives the unfinished actions of the body with a key.
    """
    if isinstance(reading, Report):
        return paper_review(reading, known, undecided=undecided) if number == 1 else None
    if not 1 <= number <= len(reading.meetings):
        return None
    return review(reading, number, known, undecided=undecided, earlier=earlier)


def reading_of(file: File) -> Reading | Report | None:
    """What was read in a file: minutes or a report; None where nothing was."""
    if not file.reading:
        return None
    try:
        holds_report = file.reading.get("kind") == "report"
        return (report_from_wire if holds_report else from_wire)(file.reading)
    except ValueError:
        raise NotAllowed(EARLIER) from None


def earlier_actions(actor: Actor, body_key: str) -> list[Earlier]:
    """The unfinished actions of a body and of those that it follows after, by the body's key.

    Those of a body before a hidden one stay with it: closing them would tell of the hidden one.
    """
    here = bodies_visible_to(actor).filter(key=body_key).first()
    if here is None:
        return []
    before = [] if here.hidden else predecessors_of(actor, here)
    lines = closable(actor, [one.pk for one in (here, *before)])
    refs = refs_of(
        actor,
        [
            one.action.source_id
            for one in lines
            if one.action.source_kind == "meetings.item" and one.action.source_id
        ],
    )
    return [
        Earlier(
            key=one.action.key,
            text=one.action.text,
            owners=one.owner_names,
            words=", ".join(filter(None, (one.owners, f"by {one.due}" if one.action.due else ""))),
            agreed_on=one.action.agreed_on,
            ref=refs.get(one.action.source_id or 0, ""),
        )
        for one in lines
    ]


def markup_of(file: File) -> Markup:
    """What is marked in a Word file; nothing for others."""
    try:
        return NOTHING_MARKED if file.markup is None else markup_from_wire(file.markup)
    except ValueError:
        raise NotAllowed(EARLIER) from None


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    return Batch.objects.filter(audience_id__in=actor.audience_ids).select_related("job")


def batch_of(actor: Actor, reads: Sequence[ReadMeeting], *, personal: str) -> Batch | None:
    """A batch of exactly these readings that this actor has under way, with the same choice."""
    wanted = {(one.file_id, one.number, one.mark) for one in reads}
    going = (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)
    theirs = batches_visible_to(actor).filter(personal=personal, job__state__in=going)
    for batch in theirs.filter(job__cancel_asked=False):
        if set(batch.lines.values_list("file_id", "number", "mark")) == wanted:
            return batch
    return None


def lines_of(actor: Actor, batch: Batch) -> QuerySet[BatchLine]:
    return (
        BatchLine.objects.filter(
            audience_id__in=actor.audience_ids, batch=batch, file__in=files_visible_to(actor)
        )
        .select_related("file", "meeting__body")
        .defer("file__reading", "file__answers", "file__markup")
        .order_by("position")
    )


def lines_counted(lines: QuerySet[BatchLine]) -> dict[str, int]:
    counts = dict(lines.order_by().values_list("state").annotate(n=Count("pk")))
    return dict.fromkeys(LineState.values, 0) | counts


def files_of(actor: Actor, handover: Handover) -> QuerySet[File]:
    """The files of a handover in its order, with what they are on record as."""
    return (
        files_visible_to(actor)
        .filter(handover=handover)
        .defer("reading", "answers", "markup")
        .select_related("again")
        .prefetch_related(*_made_of_files(actor))
        .order_by("position")
    )


def _made_of_files(actor: Actor) -> "tuple[Prefetch[Any, Any, Any], ...]":
    """The meetings and papers that files are on record as."""
    made = MadeMeeting.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "meeting__body"
    )
    return Prefetch("made", made), Prefetch("version__papers", papers_visible_to(actor))


def files_counted(files: QuerySet[File]) -> dict[str, int]:
    counts = dict(files.order_by().values_list("state").annotate(n=Count("pk")))
    return dict.fromkeys(FileState.values, 0) | counts
