"""Reads of calls: those of a meeting, those that somebody is asked by, comments on a paper."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from concerted.access.actor import Actor
from concerted.agendas.public import visible_to as issues_visible_to
from concerted.imports.public import File, FileState, files_visible_to
from concerted.kernel.clock import today
from concerted.meetings.public import Item, Meeting, MeetingState, items_visible_to
from concerted.paper_calls import policies
from concerted.paper_calls.models import Call, Comment, CommentCall, Delivery
from concerted.paper_calls.states import DeliveryState, Standing
from concerted.papers.public import Paper, begins_at, is_late, is_tabled
from concerted.papers.public import visible_to as papers_visible_to
from concerted.people.public import (
    Organisation,
    Person,
    Post,
    on,
    organisations_visible_to,
    people_visible_to,
    posts_visible_to,
)


def visible_to(actor: Actor) -> QuerySet[Call]:
    return Call.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    ).select_related("body", "meeting__body", "organisation", "post__organisation", "person")


def deliveries_visible_to(actor: Actor) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        audience_id__in=actor.audience_ids, call__in=visible_to(actor)
    ).select_related(
        *("call__body", "call__meeting__body", "call__post__organisation", "call__organisation"),
        *("call__person", "received_by", "decided_by", "published_by"),
    )


@dataclass(frozen=True, slots=True)
class Came:
    """A delivery with its file and its paper, as far as this reader may see them."""

    delivery: Delivery
    file: File | None
    paper: Paper | None

    @property
    def refused(self) -> bool:
        """Whether nothing could be read of it, so that it counts as not delivered."""
        return self.file is not None and self.file.state == FileState.REFUSED

    @property
    def counts(self) -> bool:
        """Whether it is, or was, something to look at."""
        return not self.refused and self.delivery.state != DeliveryState.SENT_BACK


@dataclass(frozen=True, slots=True)
class Line:
    """A call as it is read: its item, what came, and when its agenda was published."""

    call: Call
    item: Item | None
    came: list[Came]
    issued_at: datetime.datetime | None
    day: datetime.date

    @property
    def last(self) -> Came | None:
        """What is looked at now: the newest delivery, unless it was sent back or refused."""
        newest = self.came[-1] if self.came else None
        return newest if newest and newest.counts else None

    @property
    def published(self) -> list[Came]:
        return [one for one in self.came if one.delivery.state == DeliveryState.PUBLISHED]

    @property
    def standing(self) -> Standing:
        if self.call.withdrawn_at:
            return Standing.WITHDRAWN
        if self.last:
            return Standing(self.last.delivery.state)
        if self.published:
            return Standing.PUBLISHED
        return Standing.OVERDUE if self.day > self.call.due_on else Standing.DUE

    @property
    def waits(self) -> bool:
        """Whether somebody is still to deliver."""
        return self.standing in (Standing.DUE, Standing.OVERDUE)

    @property
    def late(self) -> bool:
        """Whether the first delivery that could be read came after the last day."""
        return is_late(self.first_received_at, self.call.due_on)

    @property
    def tabled(self) -> bool:
        first = self.published[0].delivery.published_at if self.published else None
        meeting = self.call.meeting
        return is_tabled(first, self.issued_at, begins_at(meeting.held_on, meeting.starts_at))

    @property
    def first_received_at(self) -> datetime.datetime | None:
        """When the first delivery came that could be read."""
        first = next((one for one in self.came if not one.refused), None)
        return first.delivery.received_at if first else None


def lines(actor: Actor, calls: Iterable[Call]) -> list[Line]:
    """Calls as this reader sees them, in as many queries however many they are."""
    rows = list(calls)
    if not rows:
        return []
    found: dict[int, list[Delivery]] = defaultdict(list)
    for one in deliveries_visible_to(actor).filter(call__in=rows).order_by("call", "number"):
        found[one.call_id].append(one)
    ids = [one.file_id for each in found.values() for one in each if one.file_id]
    files = {
        one.pk: one
        for one in files_visible_to(actor).filter(pk__in=ids).defer("reading", "answers", "markup")
    }
    papers = papers_visible_to(actor).filter(
        Q(version__in=[one.version_id for one in files.values() if one.version_id])
        | Q(pk__in=[one.paper_id for each in found.values() for one in each])
    )
    by_id, by_version = {}, {}
    for paper in papers:
        by_id[paper.pk] = by_version[paper.version_id] = paper
    keys = [one.item_key for one in rows if one.item_key]
    items = {one.key: one for one in items_visible_to(actor).filter(key__in=keys)}
    issues = {
        (one.meeting_id, one.number): one.published_at
        for one in issues_visible_to(actor).filter(meeting__in=[row.meeting_id for row in rows])
    }
    made = []
    for row in rows:
        item = items.get(row.item_key)
        came = []
        for one in found[row.pk]:
            file = files.get(one.file_id or 0)
            made_of = by_version.get(file.version_id) if file and file.version_id else None
            came.append(Came(one, file, by_id.get(one.paper_id or 0) or made_of))
        number = item.issue if item and item.issue else 1
        made.append(Line(row, item, came, issues.get((row.meeting_id, number)), today()))
    return made


def came_of(actor: Actor, delivery: Delivery) -> Came:
    """A delivery that was read already, with its file and its paper."""
    line = line_of(actor, delivery.call)
    return next(one for one in line.came if one.delivery.pk == delivery.pk)


def line_of(actor: Actor, call: Call) -> Line:
    return lines(actor, [call])[0]


def of_meeting(actor: Actor, meeting: Meeting) -> list[Line]:
    """The calls for a meeting that this reader sees, the first due first."""
    return lines(actor, visible_to(actor).filter(meeting=meeting))


def asked_of(actor: Actor) -> list[Line]:
    """What this reader is still to deliver for meetings to come, the first due first."""
    mine = Q(person_id=actor.person_id) | Q(post__in=actor.post_ids)
    mine |= Q(organisation__in=actor.organisation_ids)
    calls = visible_to(actor).filter(
        mine, withdrawn_at=None, meeting__state=MeetingState.PLANNED, meeting__held_on__gte=today()
    )
    return [one for one in lines(actor, calls) if one.waits]


def to_approve(actor: Actor) -> list[Line]:
    """What waits to be looked at by this reader, who approves what others wrote."""
    calls = visible_to(actor).filter(
        withdrawn_at=None,
        pk__in=deliveries_visible_to(actor).filter(state=DeliveryState.RECEIVED).values("call"),
    )
    return [
        one
        for one in lines(actor, calls)
        if one.last
        and one.standing == Standing.RECEIVED
        and policies.may_look_at(actor, one.last.delivery)
    ]


def owners(actor: Actor) -> tuple[QuerySet[Organisation], QuerySet[Post], QuerySet[Person]]:
    """Who can be asked: organisations and posts that stand, and people who can sign in."""
    return (
        organisations_visible_to(actor).filter(on(today())),
        posts_visible_to(actor).filter(on(today())),
        people_visible_to(actor).filter(account__is_active=True),
    )


def items_to_choose(actor: Actor, meeting: Meeting) -> QuerySet[Item]:
    """The items of an agenda that a paper can be for."""
    return items_visible_to(actor).filter(meeting=meeting, withdrawn_in=None).order_by("position")


def comment_calls_visible_to(actor: Actor) -> QuerySet[CommentCall]:
    return CommentCall.objects.filter(
        audience_id__in=actor.audience_ids, paper__audience_id__in=actor.audience_ids
    ).select_related("paper__body", "to_body", "organisation", "post__organisation", "called_by")


def comments_visible_to(actor: Actor) -> QuerySet[Comment]:
    return Comment.objects.filter(
        audience_id__in=actor.audience_ids, call__in=comment_calls_visible_to(actor)
    ).select_related("call__paper__body", "by", "entered_by", "answered_by")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked for comments, and what came."""

    call: CommentCall
    comments: list[Comment] = field(default_factory=list)


def comments_on(actor: Actor, paper: Paper) -> list[Asked]:
    """Who is asked for comments on a paper, each with what came: two queries."""
    comments = Prefetch(
        "comments",
        Comment.objects.filter(audience_id__in=actor.audience_ids).select_related(
            "by", "entered_by", "answered_by"
        ),
    )
    calls = comment_calls_visible_to(actor).filter(paper=paper).prefetch_related(comments)
    return [Asked(one, list(one.comments.all())) for one in calls]
