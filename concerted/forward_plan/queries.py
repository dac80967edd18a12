"""Reads of forward plans: the year of a body, and what waits for an agenda."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from concerted.access.actor import Actor
from concerted.forward_plan import policies
from concerted.forward_plan.cycles import month_of, year_from
from concerted.forward_plan.models import Entry
from concerted.forward_plan.states import DRIVERS, EntryState
from concerted.forward_plan.suggesting import Suggestion, suggested
from concerted.kernel.clock import today
from concerted.meetings.public import (
    Decision,
    Meeting,
    MeetingState,
    decisions_visible_to,
    items_visible_to,
)
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import (
    Body,
    Organisation,
    Post,
    on,
    organisations_visible_to,
    posts_visible_to,
)

# So many of the newest decisions are looked through for words of a later meeting.
LOOKED_THROUGH = 200


def visible_to(actor: Actor) -> QuerySet[Entry]:
    return Entry.objects.filter(
        audience_id__in=actor.audience_ids, body__audience_id__in=actor.audience_ids
    ).select_related("body", "owner_organisation", "owner_post__organisation", "ended_by")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the meeting, decision and item that this reader may see, and how it stands."""

    entry: Entry
    meeting: Meeting | None
    decision: Decision | None
    on_agenda: bool
    day: datetime.date

    @property
    def month(self) -> datetime.date | None:
        """The month in which it is to come, as far as that is known."""
        return month_of(self.meeting.held_on) if self.meeting else self.entry.due_month

    @property
    def late(self) -> bool:
        """Whether its time is past and nobody said what became of it."""
        if self.entry.state != EntryState.OPEN:
            return False
        if self.meeting:
            return policies.is_over(self.meeting, self.day)
        return self.month is not None and self.month < month_of(self.day)

    @property
    def owner(self) -> str:
        post, organisation = self.entry.owner_post, self.entry.owner_organisation
        if post:
            return f"{post.title}, {post.organisation.name}"
        return organisation.name if organisation else ""

    @property
    def standing(self) -> str:
        """How it stands, in a few words."""
        if self.entry.state != EntryState.OPEN:
            return str(self.entry.get_state_display())
        if self.late:
            return "Overdue"
        if self.on_agenda:
            return "On the agenda"
        return "Scheduled" if self.meeting else "Due" if self.month else "Unscheduled"


def lines(actor: Actor, entries: Iterable[Entry]) -> list[Line]:
    """Entries as this reader sees them, in as many queries however many they are.

    An item counts as on an agenda while its meeting is to come: what was put off there can be
    put to another.
    """
    rows, day = list(entries), today()
    meetings = {
        one.pk: one
        for one in meetings_visible_to(actor).filter(pk__in={row.meeting_id for row in rows})
    }
    decisions = {
        one.pk: one
        for one in decisions_visible_to(actor).filter(pk__in={row.decision_id for row in rows})
    }
    items = set(
        items_visible_to(actor)
        .filter(
            key__in={row.item_key for row in rows if row.item_key},
            withdrawn_in=None,
            meeting__state=MeetingState.PLANNED,
            meeting__held_on__gte=day,
        )
        .values_list("key", flat=True)
    )
    return [
        Line(
            row,
            meetings.get(row.meeting_id or 0),
            decisions.get(row.decision_id or 0),
            row.item_key in items,
            day,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Year:
    """The plan of a body: what is late, what has no date, and each month of a year."""

    late: list[Line] = field(default_factory=list)
    unscheduled: list[Line] = field(default_factory=list)
    months: list[tuple[datetime.date, list[Line]]] = field(default_factory=list)
    ended: list[Line] = field(default_factory=list)


def year_of(actor: Actor, body: Body, first: datetime.date) -> Year:
    """Twelve months of a plan, from `first`; what is late or has no date stands before them."""
    to_come = lines(actor, visible_to(actor).filter(body=body, state=EntryState.OPEN))
    ended = visible_to(actor).filter(body=body).exclude(state=EntryState.OPEN)
    by_month: dict[datetime.date, list[Line]] = {month: [] for month in year_from(first)}
    year = Year(months=list(by_month.items()), ended=lines(actor, ended.order_by("-ended_at")[:20]))
    for line in to_come:
        if line.late:
            year.late.append(line)
        elif line.month is None:
            year.unscheduled.append(line)
        elif line.month in by_month:
            by_month[line.month].append(line)
    return year


def waiting_for(actor: Actor, meeting: Meeting) -> list[Line]:
    """What heads the builder of an agenda: scheduled on this meeting, due by then, or undated.

    Not what is on an agenda, nor what is scheduled on another meeting still to come.
    """
    found = lines(actor, visible_to(actor).filter(body=meeting.body, state=EntryState.OPEN))
    by_then = month_of(meeting.held_on)
    waiting = [
        line
        for line in found
        if not line.on_agenda
        and (
            (line.meeting is not None and line.meeting.pk == meeting.pk)
            or line.late
            or (line.meeting is None and (line.month is None or line.month <= by_then))
        )
    ]
    return sorted(waiting, key=lambda line: (line.month is None, line.month or by_then))


def meetings_to_choose(actor: Actor, body: Body, entry: Entry | None = None) -> QuerySet[Meeting]:
    """Meetings of a body that are to come, and the one that an entry is put to."""
    own = Q(pk=entry.meeting_id) if entry else Q()
    to_come = Q(state=MeetingState.PLANNED, held_on__gte=today())
    found = meetings_visible_to(actor).filter(body=body)
    return found.filter(to_come | own if entry else to_come).order_by("held_on", "id")


def decisions_to_plan(actor: Actor, body: Body) -> list[tuple[Decision, Suggestion]]:
    """Decisions of the last year that speak of a later meeting and have led to no entry yet."""
    since = today() - datetime.timedelta(days=366)
    made = visible_to(actor).filter(body=body, decision__isnull=False).values("decision")
    newest = decisions_visible_to(actor).filter(body=body, decided_on__gte=since)
    found = []
    for one in newest.exclude(pk__in=made)[:LOOKED_THROUGH]:
        if said := suggested(words_of(one)):
            found.append((one, said))
    return found


def words_of(decision: Decision) -> str:
    """All that a decision says, with its limbs."""
    limbs = [limb.text for limb in decision.limbs.all()]
    return " ".join(dict.fromkeys([decision.text, *limbs]))


def drivers(actor: Actor, body: Body) -> list[str]:
    """The usual reasons for an entry, and those that this body has given itself."""
    own = visible_to(actor).filter(body=body).exclude(driver="").exclude(driver__in=DRIVERS)
    return [*DRIVERS, *sorted(set(own.values_list("driver", flat=True)))]


def owners(actor: Actor) -> tuple[QuerySet[Organisation], QuerySet[Post]]:
    return organisations_visible_to(actor), posts_visible_to(actor).filter(on(today()))


def meeting_after(actor: Actor, meeting: Meeting, count: int) -> Meeting | None:
    """The `count`th planned meeting of the same body after this one, if so many are planned."""
    later = (
        meetings_visible_to(actor)
        .filter(body=meeting.body, state=MeetingState.PLANNED, held_on__gt=meeting.held_on)
        .order_by("held_on", "id")
    )
    return later[count - 1 : count].first()
