"""Reads of files handed over, and of the names that they may match."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count, Prefetch, Q, QuerySet

from concerted.access.actor import Actor
from concerted.imports.matching import Directory, Known, Names
from concerted.imports.models import Batch, BatchLine, File, Handover, MadeMeeting
from concerted.imports.review import Review, review
from concerted.imports.states import FileState, LineState
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, organisations_by_person
from concerted.people.public import (
    bodies_visible_to,
    kinds_visible_to,
    organisations_of,
    organisations_visible_to,
    people_visible_to,
    posts_held_by,
)
from concerted.reading.wire import from_wire

FIRST_FILES = 10  # of a handover that are listed beside others


def files_visible_to(actor: Actor) -> QuerySet[File]:
    return File.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "handover", "version"
    )


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    return Handover.objects.filter(audience_id__in=actor.audience_ids).select_related("job")


def handovers_listed(actor: Actor) -> QuerySet[Handover]:
    """Handovers with their files counted and the first of them at hand, newest first."""
    made = MadeMeeting.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "meeting__body"
    )
    files = (
        File.objects.filter(audience_id__in=actor.audience_ids)
        .defer("reading", "answers")
        .prefetch_related(Prefetch("made", made))
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
    return files_visible_to(actor).filter(state=FileState.READ).defer("reading", "answers")


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
    )


def review_of(actor: Actor, file: File, number: int) -> Review | None:
    """The review of one meeting in a file; None where the file holds no such meeting."""
    if not file.reading:
        return None
    try:
        reading = from_wire(file.reading)
    except ValueError:
        raise NotAllowed(
            "This file was read by an earlier version of Concerted. "
            "Reject it and hand it over again."
        ) from None
    if not 1 <= number <= len(reading.meetings):
        return None
    return review(reading, number, directory(actor))


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    return Batch.objects.filter(audience_id__in=actor.audience_ids).select_related("job")


def lines_of(actor: Actor, batch: Batch) -> QuerySet[BatchLine]:
    return (
        BatchLine.objects.filter(audience_id__in=actor.audience_ids, batch=batch)
        .select_related("file", "meeting__body")
        .defer("file__reading", "file__answers")
        .order_by("position")
    )


def lines_counted(lines: QuerySet[BatchLine]) -> dict[str, int]:
    counts = dict(lines.order_by().values_list("state").annotate(n=Count("pk")))
    return dict.fromkeys(LineState.values, 0) | counts


def files_of(actor: Actor, handover: Handover) -> QuerySet[File]:
    """The files of a handover in its order, with the meetings that they are on record as."""
    made = MadeMeeting.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "meeting__body"
    )
    return (
        files_visible_to(actor)
        .filter(handover=handover)
        .defer("reading", "answers")
        .prefetch_related(Prefetch("made", made))
        .order_by("position")
    )


def files_counted(files: QuerySet[File]) -> dict[str, int]:
    counts = dict(files.order_by().values_list("state").annotate(n=Count("pk")))
    return dict.fromkeys(FileState.values, 0) | counts
