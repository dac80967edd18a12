"""Reads of minutes that are being written: the office's, and the chair's through `as_chair`."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from concerted.access.actor import Actor
from concerted.attending.public import Filled, Stay, Turn, as_rule, course, rule_of
from concerted.meetings.public import (
    Item,
    ItemLine,
    Meeting,
    MeetingState,
    agenda_of,
    items_visible_to,
    next_planned,
)
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.minuting import policies
from concerted.minuting.models import Attender, Correction, Draft, Minutes, Recorded, Step
from concerted.minuting.states import Came
from concerted.people.public import QUORATE_CAPACITIES, Body, as_office
from concerted.reading.copied import Copied, copied
from concerted.reading.model import Action, Decision
from concerted.reading.model import Item as ReadItem
from concerted.reading.typed import TypedItem, read_typed
from concerted.restrictions.public import Closure, closures_in


def visible_to(actor: Actor) -> QuerySet[Minutes]:
    return Minutes.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    ).select_related("meeting__body")


def drafts_visible_to(actor: Actor) -> QuerySet[Draft]:
    """Drafts of items that the actor sees, in the order of the agenda."""
    return Draft.objects.filter(
        audience_id__in=actor.audience_ids,
        item__audience_id__in=actor.audience_ids,
        minutes__audience_id__in=actor.audience_ids,
    ).select_related("minutes__meeting__body", "item", "saved_by")


def drafts_of(actor: Actor, minutes: Minutes) -> QuerySet[Draft]:
    """The drafts of minutes that the actor sees, in the order of the agenda."""
    return drafts_visible_to(actor).filter(minutes=minutes)


def minutes_of(actor: Actor, meeting: Meeting) -> Minutes | None:
    """The minutes that are or were written here of a meeting, with its own row in them."""
    found = visible_to(actor).filter(meeting=meeting).first()
    if found:
        found.meeting = meeting
    return found


def steps_of(actor: Actor, minutes: Minutes) -> QuerySet[Step]:
    """What was done with minutes, the first thing first."""
    steps = Step.objects.filter(audience_id__in=actor.audience_ids, minutes=minutes)
    return steps.select_related("by").order_by("id")


def corrections_visible_to(actor: Actor) -> QuerySet[Correction]:
    return Correction.objects.filter(
        audience_id__in=actor.audience_ids, item__audience_id__in=actor.audience_ids
    ).select_related("agreed_at", "item__meeting__body")


def attenders_of(actor: Actor, minutes: Minutes) -> QuerySet[Attender]:
    """The seats of the body on the day, in order, with who fills them."""
    rows = Attender.objects.filter(audience_id__in=actor.audience_ids, minutes=minutes)
    return rows.select_related("person", "seat__holder").order_by("position")


def quorum_of(actor: Actor, minutes: Minutes, attenders: Sequence[Attender]) -> list[Turn]:
    """Whether there was a quorum by what was ticked, from the beginning on and as it changed."""
    meeting = minutes.meeting
    rule = rule_of(actor, meeting.body, day=meeting.held_on)
    came = [one for one in attenders if one.came in (Came.PRESENT, Came.SUBSTITUTE)]
    return course(
        as_rule(rule) if rule else None,
        [Stay(_filled(one), one.arrived_at, one.left_at) for one in came],
        [_filled(one) for one in attenders if one.came == Came.NOT_SAID],
    )


def _filled(one: Attender) -> Filled:
    holder = one.seat.holder if one.seat else None
    instead = one.came == Came.SUBSTITUTE
    return Filled(
        who=f"seat {one.pk}" if instead or not one.person_id else f"person {one.person_id}",
        organisation=holder.name if holder else one.organisation_name,
        member=one.seat is not None and one.seat.capacity in QUORATE_CAPACITIES,
        substitute=instead,
    )


@contextmanager
def as_chair(actor: Actor, body: Body) -> Iterator[Actor]:
    """The actor as a reader of drafts: for whoever chairs the body, the office's are open too.

    The one way through the wall here. It asks the policy, so it lasts as long as the seat.
    """
    policies.may_see_drafts(actor, body).enforce()
    with as_office(actor, body) as reader:
        yield reader


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """A draft with what is read of it. `on_record` are the keys of actions by their place."""

    draft: Draft
    item: ReadItem
    actions: tuple[Action, ...]
    implied: tuple[Action, ...]
    on_record: dict[int, str]

    @property
    def decisions(self) -> Sequence[Decision]:
        return self.item.decisions

    @property
    def copied(self) -> Sequence[Copied]:
        """What was taken from a paper as it was, and means nothing in minutes."""
        return copied(self.draft.text)

    @property
    def questions(self) -> int:
        """How many things here will be asked before they are records."""
        asked = sum(not (one.sure and one.owner) for one in self.actions)
        return asked + sum(not one.sure for one in self.decisions)


def day_after(actor: Actor, meeting: Meeting) -> datetime.date | None:
    """The day of the body's next planned meeting after this one."""
    later = next_planned(actor, after=meeting.held_on + datetime.timedelta(days=1))
    first = later.filter(body=meeting.body).first()
    return first.held_on if first else None


def read_draft(draft: Draft, *, following: datetime.date | None) -> ReadDraft:
    """What is read of one draft. `draft.recorded` should be fetched already."""
    meeting = draft.minutes.meeting
    reading = read_typed(
        [typed_item(draft)], body=meeting.body.name, held_on=meeting.held_on, following=following
    )
    [read] = reading.meetings
    recorded = {one.words: one.action_key for one in draft.recorded.all()}
    on_record = {
        place: recorded[words]
        for place, one in enumerate(read.actions)
        if (words := words_of(reading.text[one.span.start : one.span.end])) in recorded
    }
    return ReadDraft(draft, read.items[0], read.actions, read.implied_actions, on_record)


def typed_item(draft: Draft) -> TypedItem:
    item = draft.item
    return TypedItem(item.ref, item.title, draft.text, item.part)


def words_of(text: str) -> str:
    """Words as they are compared: however they are broken into lines."""
    return " ".join(text.split())


def recorded_with(actor: Actor) -> "Prefetch[str, QuerySet[Recorded], str]":
    return Prefetch("recorded", Recorded.objects.filter(audience_id__in=actor.audience_ids))


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the page: its draft read, or what is said of a closed one.

    `line` is the item as the agenda shows it; `read` is None where nobody took it in yet.
    """

    line: ItemLine | Closure
    read: ReadDraft | None = None


def page_of(actor: Actor, minutes: Minutes) -> list[Row]:
    """The items of a meeting with their drafts, in the order of the agenda."""
    meeting = minutes.meeting
    following = day_after(actor, meeting)
    rows = drafts_visible_to(actor).filter(minutes=minutes).prefetch_related(recorded_with(actor))
    drafts = {one.item_id: one for one in rows}
    said = closures_in(actor, Meeting._meta.label_lower, [meeting.key])
    found = []
    for line in agenda_of(actor, meeting, said):
        if isinstance(line, Closure):
            found.append(Row(line))
            continue
        draft = drafts.get(line.item.id)
        gone = line.item.withdrawn_in is not None and not (draft and draft.text)
        if not gone:
            found.append(Row(line, read_draft(draft, following=following) if draft else None))
    return found


def to_take_in(actor: Actor, minutes: Minutes) -> list[Item]:
    """Items of the agenda that its readers have and these minutes do not, in order."""
    meeting = minutes.meeting
    return list(
        items_visible_to(actor)
        .filter(meeting=meeting, issue__lte=meeting.agenda_issue, withdrawn_in=None)
        .exclude(pk__in=drafts_visible_to(actor).filter(minutes=minutes).values("item"))
        .order_by("position", "id")
    )


def could_have_agreed(actor: Actor, meeting: Meeting) -> QuerySet[Meeting]:
    """Later meetings of the same body, the next one first."""
    return (
        meetings_visible_to(actor)
        .filter(body=meeting.body, held_on__gt=meeting.held_on)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("held_on", "id")
    )
