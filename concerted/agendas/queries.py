"""Reads of agendas: what is published for all readers, drafts for the office and the chair."""

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from concerted.access.actor import Actor
from concerted.agendas import policies
from concerted.agendas.models import Issue, Line, StandingItem
from concerted.agendas.states import IssueState
from concerted.kernel.clock import today
from concerted.meetings.public import (
    Business,
    Item,
    ItemLine,
    Meeting,
    agenda_of,
    items_visible_to,
)
from concerted.meetings.public import (
    visible_to as meetings_visible_to,
)
from concerted.people.public import (
    Body,
    Person,
    Post,
    as_office,
    on,
    people_visible_to,
    posts_visible_to,
)
from concerted.restrictions.public import Closure, closures_in


def visible_to(actor: Actor) -> QuerySet[Issue]:
    """Issues of agendas; a draft only where the actor is on its audience."""
    return Issue.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    ).select_related("meeting__body", "approved_by", "published_by")


def published_of(actor: Actor, meeting: Meeting) -> QuerySet[Issue]:
    """The published issues of a meeting's agenda with what each said, the first one first."""
    lines = Line.objects.filter(audience_id__in=actor.audience_ids)
    return (
        visible_to(actor)
        .filter(meeting=meeting, state=IssueState.PUBLISHED)
        .order_by("number")
        .prefetch_related(Prefetch("lines", lines))
    )


def published_keys(actor: Actor, keys: Collection[str]) -> set[str]:
    """Those of these items that published issues speak of, as the actor may read them: also while
    their minutes are with the office, and where the minutes do not speak of them."""
    lines = Line.objects.filter(
        item_key__in=keys,
        audience_id__in=actor.audience_ids,
        issue__audience_id__in=actor.audience_ids,
    )
    return set(lines.values_list("item_key", flat=True))


def draft_of(actor: Actor, meeting: Meeting) -> Issue | None:
    """The issue that is being drafted, if there is one."""
    return visible_to(actor).filter(meeting=meeting).exclude(state=IssueState.PUBLISHED).first()


@contextmanager
def as_chair(actor: Actor, body: Body) -> Iterator[Actor]:
    """The actor as a reader of drafts: for whoever chairs the body, the office's are open too.

    The one way through the wall here. It asks the policy, so it lasts as long as the seat.
    """
    policies.may_see_drafts(actor, body).enforce()
    with as_office(actor, body) as reader:
        yield reader


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the builder: the item as it is read, when it starts, and what may be done."""

    shown: ItemLine | Closure
    starts: datetime.time | None = None
    draft: bool = False
    movable: bool = False
    place: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """An agenda in its order, `minutes` in all, of `length` that the meeting is to last."""

    rows: list[Row]
    minutes: int
    length: int | None
    changes: int

    @property
    def over(self) -> int:
        """By how many minutes it is longer than the meeting."""
        return max(0, self.minutes - self.length) if self.length else 0

    @property
    def places(self) -> int:
        """How many items can change places."""
        return sum(row.movable for row in self.rows)


def timetable(actor: Actor, meeting: Meeting, *, drafts: bool) -> Timetable:
    """A meeting's agenda with its start times: all figures as this reader sees the items."""
    said = closures_in(actor, Meeting._meta.label_lower, [meeting.key])
    rows: list[Row] = []
    spent = changes = place = 0
    for shown in agenda_of(actor, meeting, said, drafts=drafts):
        if isinstance(shown, Closure):
            rows.append(Row(shown))
            continue
        item = shown.item
        draft = item.issue > meeting.agenda_issue
        gone = item.withdrawn_in is not None and (
            drafts or item.withdrawn_in <= meeting.agenda_issue
        )
        pending = gone and (item.withdrawn_in or 0) > meeting.agenda_issue
        movable = draft and shown.closure is None
        place += movable
        changes += draft or pending
        starts = None if gone else _after(meeting.starts_at, spent)
        rows.append(Row(shown, starts, draft, movable, place if movable else 0, gone))
        spent += 0 if gone else item.minutes_allowed or 0
    return Timetable(rows, spent, meeting.length_minutes, changes)


def _after(start: datetime.time | None, minutes: int) -> datetime.time | None:
    if start is None:
        return None
    moment = datetime.datetime.combine(datetime.date.min, start)
    return (moment + datetime.timedelta(minutes=minutes)).time()


def item_of_agenda(actor: Actor, key: str) -> Item | None:
    """An item of a meeting's agenda that the actor may see, or None."""
    return items_visible_to(actor).filter(key=key).first()


# What comes on every agenda again; the order in which a first agenda has it.
STANDING = (
    Business.DECLARATIONS,
    Business.URGENT,
    Business.MINUTES,
    Business.MATTERS_ARISING,
    Business.CRIME_REPORT,
    Business.COMMUNICATIONS,
    Business.REPORTS_BACK,
)


def standing_visible_to(actor: Actor) -> QuerySet[StandingItem]:
    return StandingItem.objects.filter(
        audience_id__in=actor.audience_ids, body__audience_id__in=actor.audience_ids
    ).select_related("body", "presenter_post", "presenter_person")


def standing_list(actor: Actor, body: Body, *, day: datetime.date) -> list[StandingItem]:
    """What comes on the agenda of a body for a day, in order."""
    rows = standing_visible_to(actor).filter(body=body, starts__lte=day)
    return list(rows.filter(Q(ends=None) | Q(ends__gt=day)).order_by("position", "id"))


def standing_to_come(actor: Actor, body: Body) -> list[StandingItem]:
    """The list of a body with what comes later on, without what has ended."""
    rows = standing_visible_to(actor).filter(Q(ends=None) | Q(ends__gt=today()), body=body)
    return list(rows.order_by("position", "id"))


def last_with_agenda(actor: Actor, meeting: Meeting) -> Meeting | None:
    """The meeting of the same body before this one whose agenda was published, the newest."""
    return (
        meetings_visible_to(actor)
        .filter(body=meeting.body, held_on__lt=meeting.held_on, agenda_issue__gt=0)
        .exclude(pk=meeting.pk)
        .order_by("-held_on", "-id")
        .first()
    )


def standing_lines(actor: Actor, meeting: Meeting) -> list[Line]:
    """What comes again of a meeting's published agenda, without what was withdrawn, in order."""
    lines = Line.objects.filter(
        audience_id=meeting.audience_id,
        issue__meeting=meeting,
        issue__audience_id__in=actor.audience_ids,
    )
    gone = lines.filter(change="withdrawn").values("item_key")
    return list(
        lines.filter(change="added", kind__in=STANDING)
        .exclude(item_key__in=gone)
        .order_by("issue__number", "position", "id")
    )


def presenters(actor: Actor) -> tuple[QuerySet[Post], QuerySet[Person]]:
    """Who can be named to present an item: posts that stand, and people."""
    return posts_visible_to(actor).filter(on(today())), people_visible_to(actor)
