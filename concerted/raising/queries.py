"""Reads of what was put forward: all of it for the office and the chair, else one’s own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.kernel.clock import today
from concerted.meetings.public import Item, Meeting, MeetingState, items_visible_to, next_planned
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import (
    Body,
    Person,
    also_open_to,
    as_office,
    bodies_visible_to,
    chairs_of,
    seated_organisations,
)
from concerted.raising import policies
from concerted.raising.models import ItemRequest, Ruling
from concerted.raising.states import RequestState


def visible_to(actor: Actor) -> QuerySet[ItemRequest]:
    """Requests that the actor sees as one of the office."""
    return ItemRequest.objects.filter(
        audience_id__in=actor.audience_ids, body__audience_id__in=actor.audience_ids
    ).select_related("body", "by", "answered_by", "noted_by")


def rulings_visible_to(actor: Actor) -> QuerySet[Ruling]:
    return Ruling.objects.filter(
        audience_id__in=actor.audience_ids, item__audience_id__in=actor.audience_ids
    ).select_related("by")


@contextmanager
def opened(actor: Actor, body: Body) -> Iterator[tuple[Actor, QuerySet[ItemRequest]]]:
    """The requests of a body for this read or step: all for its office and chair, else one’s own.

    With them comes the actor as a reader of them. Nothing else of the office is to be read here.
    """
    with as_office(actor, body) as reader:
        rows = visible_to(reader).filter(body=body)
        if not policies.may_see_all(actor, body):
            rows = rows.filter(by_id=actor.person_id)
        yield reader, rows


@dataclass(frozen=True, slots=True)
class Line:
    """A request as it stands: its meeting and its item, as far as the reader sees them."""

    request: ItemRequest
    meeting: Meeting | None
    item: Item | None

    @property
    def came_off(self) -> bool:
        """Whether it was taken onto a draft and is no item now, to a reader who sees drafts."""
        return self.request.state == RequestState.TAKEN and self.item is None

    @property
    def waits(self) -> bool:
        return self.request.state == RequestState.WAITING or self.came_off

    @property
    def standing(self) -> str:
        if self.request.state == RequestState.TAKEN and self.item:
            return "Taken as urgent business" if self.request.urgent else "On an agenda"
        return str(self.request.get_state_display())


def lines(actor: Actor, requests: Sequence[ItemRequest]) -> list[Line]:
    """Two queries, however many they are."""
    wanted = {one.meeting_id for one in requests if one.meeting_id}
    meetings = meetings_visible_to(actor).in_bulk(wanted) if wanted else {}
    keys = {one.item_key for one in requests if one.item_key}
    found = items_visible_to(actor).filter(key__in=keys) if keys else ()
    items = {one.key: one for one in found}
    return [
        Line(one, meetings.get(one.meeting_id or 0), items.get(one.item_key)) for one in requests
    ]


def of_body(actor: Actor, body: Body) -> list[Line]:
    """What was put forward for a body, the newest first."""
    with opened(actor, body) as (_, rows):
        requests = list(rows.order_by("-at", "-id"))
    return lines(actor, requests)


def waiting_for(actor: Actor, meeting: Meeting) -> list[Line]:
    """What waits for the agenda of a meeting: put forward for it, or for none yet.

    `actor` reads as one of the office. What was put forward for another meeting waits for that.
    """
    rows = visible_to(actor).filter(body=meeting.body, urgent=False)
    open_ones = rows.filter(state__in=(RequestState.WAITING, RequestState.TAKEN))
    return [
        line
        for line in lines(actor, list(open_ones.order_by("at", "id")))
        if line.waits and _could_come_to(line, meeting)
    ]


def _could_come_to(line: Line, meeting: Meeting) -> bool:
    other = line.meeting
    if other is None or other.pk == meeting.pk:
        return True
    return other.state != MeetingState.PLANNED or other.held_on < today()


def to_rule_on(actor: Actor, meeting: Meeting) -> list[ItemRequest]:
    """Urgent business of a meeting on which nobody has ruled. `actor` reads as of the office."""
    rows = visible_to(actor).filter(meeting=meeting, urgent=True, state=RequestState.WAITING)
    return list(rows.order_by("at", "id"))


def seated_ids(actor: Actor, body: Body) -> set[int]:
    """The organisations with a seat on a body today."""
    return {one.pk for one in seated_organisations(actor, body, day=today())}


def as_said(actor: Actor, body: Body) -> str:
    """The actor as minutes would say it: by name, with the organisation that is seated there."""
    seated = seated_organisations(actor, body, day=today())
    theirs = [one.name for one in seated if one.pk in actor.organisation_ids]
    return ", ".join(filter(None, (actor.name, " and ".join(theirs) or actor.capacity)))[:200]


def next_to_draft(actor: Actor, body: Body) -> Meeting | None:
    """The next meeting of a body whose agenda could take an item."""
    coming = next_planned(actor, after=today()).filter(body=body)
    return coming.first()


def meetings_to_choose(actor: Actor, body: Body) -> QuerySet[Meeting]:
    """Meetings of a body to come of which no agenda is published."""
    return (
        meetings_visible_to(actor)
        .filter(
            body=body,
            state=MeetingState.PLANNED,
            held_on__gte=today(),
            agenda_issue=0,
            audience=body.papers_audience_id,
        )
        .order_by("held_on", "id")
    )


def may_have_ruled(actor: Actor, body: Body) -> list[Person]:
    """Who chairs the body today, or stands in for its chair."""
    return chairs_of(actor, body, day=today())


def of_key(actor: Actor, key: str) -> ItemRequest | None:
    """A request that the actor put forward, or that they answer as office or chair of its body."""
    offices = bodies_visible_to(actor).values_list("office_audience_id", flat=True)
    with also_open_to(*offices):
        found = (
            ItemRequest.objects.filter(key=key, body__audience_id__in=actor.audience_ids)
            .select_related("body", "by", "answered_by", "noted_by")
            .first()
        )
    if found and (found.by_id == actor.person_id or policies.may_see_all(actor, found.body)):
        return found
    return None
