"""The same meeting in two files: who they are, and where they differ, in short.

Only what the actor may see is ever named: a meeting or a file of others is no twin.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.actions.public import for_sources
from concerted.imports import queue
from concerted.imports.matching import plain
from concerted.imports.models import ReadMeeting
from concerted.imports.review import Review
from concerted.kernel.verdict import Verdict
from concerted.meetings.public import (
    Meeting,
    MeetingState,
    attendance_of,
    items_of,
    may_confirm,
    state_of,
)
from concerted.meetings.public import visible_to as meetings_visible_to

SHOWN = 3  # of what differs, by name; the rest is a number
AGREED = ("confirmed", "approved", "signed", "agreed minutes", "correct record")


@dataclass(frozen=True, slots=True)
class Content:
    """What minutes hold, as plain words that can be compared."""

    names: Sequence[str]
    items: Sequence[str]
    decisions: Sequence[str]
    actions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one kind of thing has here and not there, and the other way round."""

    what: str
    here: str = ""
    there: str = ""


@dataclass(frozen=True, slots=True)
class Twins:
    """What may be the same meeting: minutes on record, or another file that waits."""

    meeting: Meeting | None
    other: ReadMeeting | None
    differences: Sequence[Difference]
    other_time: bool
    stands: str
    may_keep: bool
    may_confirm: bool


def meeting_of_that_day(actor: Actor, read: ReadMeeting) -> Meeting | None:
    """The meeting on record that this may be; of two, the one that begins at the same time."""
    if read.report or read.body_id is None or read.held_on is None:
        return None
    there = list(
        meetings_visible_to(actor)
        .filter(body_id=read.body_id, held_on=read.held_on)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("id")
    )
    if not read.agenda:
        there = [one for one in there if one.state != MeetingState.PLANNED]
    same_time = [one for one in there if one.starts_at == read.starts_at]
    return next(iter([*same_time, *there]), None)


def other_file(actor: Actor, read: ReadMeeting) -> ReadMeeting | None:
    """Another file that waits and holds the same body and day."""
    if read.report or read.body_id is None or read.held_on is None:
        return None
    return (
        queue.waiting(actor)
        .filter(
            body=read.body_id,
            held_on=read.held_on,
            agenda=read.agenda,
            report=False,
            apart=False,
        )
        .exclude(pk=read.pk)
        .order_by("file_id", "number")
        .first()
    )


def says_agreed(status: str) -> bool:
    """Whether minutes print of themselves that they were agreed as a correct record."""
    words = status.lower()
    return state_of(status) == MeetingState.RECEIVED and any(
        one in words and f"un{one}" not in words and f"not {one}" not in words for one in AGREED
    )


def twins(actor: Actor, read: ReadMeeting, review: Review, other: Review | None) -> Twins | None:
    """What this meeting may be the same as; `other` is the review of the file that waits."""
    if read.apart:
        return None
    meeting = meeting_of_that_day(actor, read)
    if meeting:
        stands = "This is an agenda." if read.agenda else _stands(read)
        agreed = says_agreed(read.status) and not review.undecided
        return Twins(
            meeting,
            None,
            differences(content(review), recorded(actor, meeting)),
            _other_time(read.starts_at, meeting.starts_at),
            stands,
            may_keep=not read.agenda or meeting.state == MeetingState.PLANNED,
            may_confirm=agreed and bool(may_confirm(actor, meeting)),
        )
    waits = other_file(actor, read)
    if waits is None or other is None:
        return None
    return Twins(
        None,
        waits,
        differences(content(review), content(other)),
        _other_time(read.starts_at, waits.starts_at),
        _stands(read),
        may_keep=True,
        may_confirm=False,
    )


def _other_time(one: object, other: object) -> bool:
    return bool(one and other and one != other)


def _stands(read: ReadMeeting) -> str:
    return f"This file says “{read.status}” of itself." if read.status else ""


def content(review: Review) -> Content:
    meeting = review.meeting
    return Content(
        [name.name for name in review.attendance],
        [_item(item.ref, item.title) for item in meeting.items],
        [decision.text for item in meeting.items for decision in item.decisions],
        [action.text for action in meeting.actions],
    )


def recorded(actor: Actor, meeting: Meeting) -> Content:
    """The same of a meeting on record, as far as this actor may see it."""
    items = items_of(actor, meeting)
    attendance = attendance_of(actor, meeting)
    names = [row.name for row in attendance.present]
    names += [row.name for rows in attendance.others.values() for row in rows]
    actions = for_sources(actor, "meetings.item", [line.item.id for line in items])
    return Content(
        names,
        [_item(line.item.ref, line.item.title) for line in items],
        [limbs[0].text for line in items for limbs in line.decisions],
        [line.action.text for lines in actions.values() for line in lines],
    )


def _item(ref: str | None, title: str | None) -> str:
    return " ".join(filter(None, (ref, title)))


def differences(here: Content, there: Content) -> list[Difference]:
    """Where two differ; nothing where all is the same but for spaces, case and points."""
    found = [
        _difference("Names", here.names, there.names),
        _difference("Items", here.items, there.items),
        _difference("Decisions", here.decisions, there.decisions),
        _difference("Actions", here.actions, there.actions),
    ]
    return [one for one in found if one.here or one.there]


def _difference(what: str, here: Iterable[str], there: Iterable[str]) -> Difference:
    ours = {plain(one): one for one in here}
    theirs = {plain(one): one for one in there}
    return Difference(
        what,
        _listed([words for key, words in ours.items() if key not in theirs]),
        _listed([words for key, words in theirs.items() if key not in ours]),
    )


def _listed(words: Sequence[str]) -> str:
    shown = "; ".join(_short(one) for one in words[:SHOWN])
    more = len(words) - SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 80 else f"{flat[:79].rstrip()}…"


def why_not_keep(read: ReadMeeting, meeting: Meeting, allowed: Verdict) -> str:
    """Why a file cannot become a version of a meeting’s minutes; empty where it can."""
    if not allowed:
        return allowed.why_not
    if read.agenda and meeting.state != MeetingState.PLANNED:
        return "This is an agenda, and the meeting has its minutes already. Put the file aside."
    return ""
