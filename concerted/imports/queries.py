"""Reads of files handed over, and of the names that they may match."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from concerted.access.actor import Actor
from concerted.imports.matching import Directory, Known, Names
from concerted.imports.models import Batch, BatchLine, File, Handover, MadeMeeting
from concerted.imports.paper_review import PaperReview, paper_review
from concerted.imports.review import Review, review
from concerted.imports.states import FileState, LineState
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, organisations_by_person
from concerted.papers.public import visible_to as papers_visible_to
from concerted.people.public import (
    bodies_visible_to,
    kinds_visible_to,
    organisations_of,
    organisations_visible_to,
    people_visible_to,
    posts_held_by,
    posts_visible_to,
)
from concerted.reading.files.changes import NOTHING_MARKED, Markup
from concerted.reading.model import Reading
from concerted.reading.reports import Report
from concerted.reading.wire import from_wire, markup_from_wire, report_from_wire

EARLIER = "This file was read by an earlier version of Concerted. Reject it and hand it over again."

FIRST_FILES = 10  # of a handover that are listed beside others


def files_visible_to(actor: Actor) -> QuerySet[File]:
    return File.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "handover", "version"
    )


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    return Handover.objects.filter(audience_id__in=actor.audience_ids).select_related("job")


def handovers_listed(actor: Actor) -> QuerySet[Handover]:
    """Handovers with their files counted and the first of them at hand, newest first."""
    files = (
        File.objects.filter(audience_id__in=actor.audience_ids)
        .defer("reading", "answers", "markup")
        .select_related("again")
        .prefetch_related(*_made_of_files(actor))
        .order_by("position")[:FIRST_FILES]
    )
    return (
        handovers_visible_to(actor)
        .annotate(
            to_check=Count(
                "files",
                filter=Q(files__state=FileState.READ, files__audience_id__in=actor.audience_ids),
            ),
            count=Count("files", filter=Q(files__audience_id__in=actor.audience_ids)),
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
    return (
        files_visible_to(actor).filter(state=FileState.READ).defer("reading", "answers", "markup")
    )


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
    return Directory(
        people=Names(
            [
                Known(
                    person.key,
                    person.name,
                    tuple(person.other_names),
                    tuple(dict.fromkeys(of[person.pk])),
                    tuple(f"{post.title}, {post.organisation}" for post in posts[person.pk]),
                )
                for person in people
            ]
        ),
        organisations=Names(
            [
                Known(one.key, one.name, tuple(filter(None, (one.short_name, *one.other_names))))
                for one in organisations_visible_to(actor)
            ]
        ),
        bodies=Names(
            [
                Known(one.key, one.name, tuple(filter(None, (one.short_name, *one.other_names))))
                for one in bodies_visible_to(actor)
            ]
        ),
        kinds=[kind.name for kind in kinds_visible_to(actor)],
        posts=Names(
            [
                Known(one.key, one.title, of=(one.organisation.name,))
                for one in posts_visible_to(actor)
            ]
        ),
    )


def review_of(actor: Actor, file: File, number: int) -> Review | PaperReview | None:
    """The review of one meeting in a file, or of a report; None where there is no such thing."""
    reading = reading_of(file)
    if reading is None:
        return None
    return laid_out(reading, number, directory(actor), undecided=file.is_undecided)


def laid_out(
    reading: Reading | Report, number: int, known: Directory, *, undecided: bool
) -> Review | PaperReview | None:
    """One meeting of a reading, or a report, against what is known; None for no such number."""
    if isinstance(reading, Report):
        return paper_review(reading, known, undecided=undecided) if number == 1 else None
    if not 1 <= number <= len(reading.meetings):
        return None
    return review(reading, number, known, undecided=undecided)


def reading_of(file: File) -> Reading | Report | None:
    """What was read in a file: minutes or a report; None where nothing was."""
    if not file.reading:
        return None
    try:
        holds_report = file.reading.get("kind") == "report"
        return (report_from_wire if holds_report else from_wire)(file.reading)
    except ValueError:
        raise NotAllowed(EARLIER) from None


def markup_of(file: File) -> Markup:
    """What is marked in a Word file; nothing for others."""
    try:
        return NOTHING_MARKED if file.markup is None else markup_from_wire(file.markup)
    except ValueError:
        raise NotAllowed(EARLIER) from None


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    return Batch.objects.filter(audience_id__in=actor.audience_ids).select_related("job")


def lines_of(actor: Actor, batch: Batch) -> QuerySet[BatchLine]:
    return (
        BatchLine.objects.filter(audience_id__in=actor.audience_ids, batch=batch)
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
