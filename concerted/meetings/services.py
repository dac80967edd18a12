"""Putting a meeting and its minutes on record, in one piece or not at all."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.audit import consulting, trail
from concerted.audit.models import Verb
from concerted.documents.public import Document, gives_way, keep_beside, needs
from concerted.kernel.clock import today
from concerted.meetings import filling, policies, references, restricting
from concerted.meetings.agreeing import tell_of_confirmation
from concerted.meetings.beside import items_with_any
from concerted.meetings.models import (
    Attendance,
    Decision,
    Item,
    Limb,
    Meeting,
    Paragraph,
    Passage,
    Rearrangement,
)
from concerted.meetings.paragraphs import mark_of, placed
from concerted.meetings.queries import ItemLine
from concerted.meetings.references import NewReference
from concerted.meetings.states import MeetingState, Outcome, Part, Rearranged
from concerted.notices.public import happened
from concerted.papers.public import meeting_is_known
from concerted.people.public import Body, Organisation, Person, hold_body


@dataclass(frozen=True, slots=True)
class NewName:
    """A name in one of the lists, as printed, and whom it stands for."""

    attended: str
    name: str
    organisation_name: str = ""
    role: str = ""
    person: Person | None = None
    organisation: Organisation | None = None
    representing: Body | None = None


@dataclass(frozen=True, slots=True)
class NewLimb:
    code: str
    text: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class NewDecision:
    """One decision with one or more limbs; `doubt` says where words and code disagree."""

    code: str
    text: str
    limbs: Sequence[NewLimb]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class NewItem:
    """One item; `withheld` are the passages that its text no longer holds, in order.

    `key` is that of the agenda's item that these minutes are of, where it is known.
    """

    ref: str
    title: str
    text: str
    part: str = Part.PUBLIC
    sub_items: Sequence[tuple[str, str]] = ()
    decisions: Sequence[NewDecision] = ()
    withheld: Sequence[str] = ()
    references: Sequence[NewReference] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """All that minutes say of one meeting."""

    body: Body
    held_on: datetime.date
    state: str
    starts_at: datetime.time | None = None
    venue: str = ""
    status_as_printed: str = ""
    next_meeting_on: datetime.date | None = None
    attendance: Sequence[NewName] = ()
    items: Sequence[NewItem] = ()
    document: Document | None = field(default=None)
    # A person said that this is not the meeting of that day which is on record already.
    apart: bool = False
    # Marked, and its owner not asked yet: for the office alone.
    held: bool = False
    # Drafted here: what they say is for the office until they are circulated.
    with_office: bool = False


class Overtaken(Exception):
    """Somebody moved the meeting, or restricted a paragraph of the item, in between."""


MEETING = Meeting._meta.label_lower
NOTHING_KEPT: Mapping[str, Item] = {}
NOTHING_FILLED: Mapping[int, Item] = {}


@transaction.atomic
def plan(
    actor: Actor,
    *,
    body: Body,
    held_on: datetime.date,
    starts_at: datetime.time | None = None,
    venue: str = "",
    length_minutes: int | None = None,
    items: Sequence[NewItem] = (),
    document: Document | None = None,
    held: bool = False,
) -> Meeting:
    """Put a meeting to come on the calendar, with the agenda as far as it is known.

    What is `held`, because of its marking, is for the body's office alone.
    """
    actor = hold_body(actor, body)
    policies.may_plan(actor, body, that_day=_of_that_day(body, held_on)).enforce()
    meeting = Meeting.objects.create(
        body=body,
        held_on=held_on,
        starts_at=starts_at,
        venue=venue,
        length_minutes=length_minutes,
        document=document,
        audience_id=body.office_audience_id if held else body.papers_audience_id,
    )
    _items(actor, meeting, items)
    trail.note(actor, "meeting.planned", meeting, verb=Verb.COLLECT)
    meeting_is_known(actor, body=body, on=held_on, meeting_key=meeting.key)
    return meeting


@transaction.atomic
def move(
    actor: Actor, *, meeting: Meeting, seen: str, when: policies.When, reason: str
) -> Rearrangement:
    """Let a planned meeting be at another time or place. Its agenda stays as it is published.

    `seen` is its `standing` as the actor saw it. Raises Overtaken where it stands otherwise.
    """
    actor, meeting = _planned(actor, meeting, seen)
    there = [one for one in _of_that_day(meeting.body, when.held_on) if one.pk != meeting.pk]
    policies.may_move(actor, meeting, when, today=today(), that_day=there).enforce()
    line = _rearranged(actor, meeting, Rearranged.MOVED, reason)
    meeting.held_on, meeting.starts_at, meeting.venue = when.held_on, when.starts_at, when.venue
    meeting.save(update_fields=["held_on", "starts_at", "venue"])
    restricting.closed_of_another_day(meeting)
    trail.note(actor, "meeting.moved", meeting, fields=["held_on", "starts_at", "venue"])
    meeting_is_known(actor, body=meeting.body, on=meeting.held_on, meeting_key=meeting.key)
    happened(actor, "meeting.moved", reference=meeting.key)
    return line


@transaction.atomic
def cancel(actor: Actor, *, meeting: Meeting, seen: str, reason: str) -> Rearrangement:
    """Say that a planned meeting will not be held. Raises Overtaken, as moving does."""
    actor, meeting = _planned(actor, meeting, seen)
    policies.may_rearrange(actor, meeting).enforce()
    line = _rearranged(actor, meeting, Rearranged.CANCELLED, reason)
    meeting.state = MeetingState.CANCELLED
    meeting.save(update_fields=["state"])
    trail.note(actor, "meeting.cancelled", meeting, fields=["state"])
    happened(actor, "meeting.cancelled", reference=meeting.key)
    return line


def _planned(actor: Actor, meeting: Meeting, seen: str) -> tuple[Actor, Meeting]:
    """The meeting, locked after its body, and the actor as of then."""
    actor, held = held_in_turn(actor, meeting)
    policies.may_rearrange(actor, held).enforce()
    if held.standing != seen:
        raise Overtaken
    return actor, held


def _rearranged(actor: Actor, meeting: Meeting, did: Rearranged, reason: str) -> Rearrangement:
    return Rearrangement.objects.create(
        meeting=meeting,
        did=did,
        was_on=meeting.held_on,
        was_at=meeting.starts_at,
        was_venue=meeting.venue,
        reason=reason,
        by_id=actor.person_id,
        audience_id=meeting.audience_id,
    )


@transaction.atomic
def record(actor: Actor, *, minutes: NewMeeting) -> tuple[Meeting, list[Item]]:
    """Put minutes on record: a planned meeting of that day becomes it, else a new one is made.

    Raises NotAllowed where the body has minutes of that day already.
    """
    body = minutes.body
    policies.may_record(actor, body).enforce()
    actor = hold_body(actor, body)
    there = _of_that_day(body, minutes.held_on)
    filled: dict[int, Item] = {}
    named: dict[str, Item] = {}
    if minutes.apart:
        there = [meeting for meeting in there if meeting.state == MeetingState.PLANNED]
    for meeting in there:
        policies.may_fill(actor, meeting).enforce()
    if there:
        meeting = there[0]
        hung_on = items_with_any(list(meeting.items.values_list("pk", flat=True)))
        drafts = meeting.items.filter(issue__gt=meeting.agenda_issue).exclude(pk__in=hung_on)
        drafts.filter(audience_id__in=(meeting.audience_id, body.office_audience_id)).delete()
        # What was closed or hidden on the agenda stays, and stays so.
        kept = restricting.kept_on_agenda(actor, meeting, [one.ref for one in minutes.items])
        restricting.tell_of_closed(meeting)
        agenda = list(meeting.items.filter(audience_id=meeting.audience_id, withdrawn_in=None))
        named = restricting.named_on_agenda(actor, meeting, [one.key for one in minutes.items])
        if not named:
            filled = filling.matched(minutes.items, agenda, set(kept))
        others = meeting.items.filter(audience_id=meeting.audience_id).exclude(
            pk__in=[one.pk for one in (*filled.values(), *named.values())]
        )
        # What something hangs on stays, though nothing was minuted of it.
        left = list(others.filter(pk__in=hung_on))
        others.exclude(pk__in=hung_on).delete()
    else:
        meeting = Meeting(body=body, held_on=minutes.held_on, audience_id=body.papers_audience_id)
        kept = dict(NOTHING_KEPT)
        left = []
    if minutes.held and meeting.audience_id == body.papers_audience_id:
        restricting.hold_with_office([*filled.values(), *left], body)
        meeting.audience_id = body.office_audience_id
    if minutes.with_office and meeting.audience_id == body.papers_audience_id:
        meeting.with_office = True
        restricting.keep_with_office([*filled.values(), *named.values(), *left], meeting)
    meeting.starts_at = minutes.starts_at or meeting.starts_at
    meeting.venue = minutes.venue or meeting.venue
    meeting.status_as_printed = minutes.status_as_printed
    meeting.next_meeting_on = minutes.next_meeting_on
    if there:
        gives_way(meeting.document_id, kind=MEETING, key=meeting.key)
    meeting.document = minutes.document
    meeting.save()
    if meeting.document and meeting.audience_id not in (
        body.papers_audience_id,
        body.office_audience_id,
    ):
        needs(MEETING, meeting.key, meeting.audience_id)
    trail.note(actor, "meeting.recorded", meeting, verb=Verb.COLLECT)
    happened(actor, "minutes.recorded", reference=meeting.key)
    meeting_is_known(actor, body=body, on=meeting.held_on, meeting_key=meeting.key)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            position=position,
            attended=name.attended,
            name=name.name,
            organisation_name=name.organisation_name,
            role=name.role,
            person=name.person,
            organisation=name.organisation,
            representing=name.representing,
            audience_id=meeting.minutes_audience_id,
        )
        for position, name in enumerate(minutes.attendance)
    )
    trail.note_each(
        actor,
        "attendance.recorded",
        kind="meetings.attendance",
        references=[meeting.key] * len(minutes.attendance),
    )
    items = _items(actor, meeting, minutes.items, kept | named, filled)
    # From now on nothing that they say can be altered.
    meeting.state = minutes.state
    meeting.save(update_fields=["state"])
    references.keep(
        actor,
        meeting,
        items=[(one, of.references) for one, of in zip(items, minutes.items, strict=True)],
    )
    return meeting, items


def held_in_turn(actor: Actor, meeting: Meeting) -> tuple[Actor, Meeting]:
    """The meeting, locked after its body as all who write of its meetings lock them.

    With it comes the actor as of then. Raises Http404 where it is no longer theirs to see.
    """
    actor = hold_body(actor, meeting.body)
    rows = Meeting.objects.select_for_update(of=["self"]).select_related("body")
    held = rows.filter(pk=meeting.pk).first()
    if held is None:
        raise Http404
    return actor, held


def _of_that_day(body: Body, day: datetime.date) -> list[Meeting]:
    """The meetings of a held body on a day, locked."""
    return list(
        Meeting.objects.select_for_update(of=["self"])
        .select_related("body")
        .filter(body=body, held_on=day)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("id")
    )


def _items(
    actor: Actor,
    meeting: Meeting,
    new: Sequence[NewItem],
    kept: Mapping[str, Item] = NOTHING_KEPT,
    filled: Mapping[int, Item] = NOTHING_FILLED,
) -> list[Item]:
    """Put items on record; those of the agenda get their minutes, and stay closed if they were.

    `kept` are closed ones by their number and those that are named by their key, `filled` open
    ones by the place of their minutes.
    """
    items = []
    for position, one in enumerate(new):
        there = kept.get(one.key or one.ref) if one.key or one.ref else None
        there = there or filled.get(position)
        item = there or Item(meeting=meeting, audience_id=meeting.minutes_audience_id)
        item.position = position
        item.ref = one.ref
        item.title = one.title
        item.part = one.part
        item.sub_items = [list(sub) for sub in one.sub_items]
        item.text = one.text
        items.append(item)
    Item.objects.bulk_create(item for item in items if item.pk is None)
    for item in filled.values():
        item.save()
    for item in kept.values():
        item.save()
        if meeting.document_id and item.audience_id != item.home_id:
            needs(MEETING, meeting.key, item.audience_id)
    trail.note_each(
        actor, "item.recorded", kind="meetings.item", references=[item.key for item in items]
    )
    passages = [
        Passage(
            item=item,
            number=number,
            text=text,
            audience_id=meeting.body.office_audience_id,
        )
        for item, of in zip(items, new, strict=True)
        for number, text in enumerate(of.withheld, start=1)
    ]
    Passage.objects.bulk_create(passages)
    _decisions(actor, meeting, items, new)
    return items


def _decisions(
    actor: Actor, meeting: Meeting, items: Sequence[Item], new: Sequence[NewItem]
) -> None:
    pairs = [
        (
            Decision(
                item=item,
                body=meeting.body,
                position=position,
                decided_on=meeting.held_on,
                code=decision.code,
                text=decision.text,
                doubt=decision.doubt,
                audience_id=item.audience_id,
            ),
            decision,
        )
        for item, of in zip(items, new, strict=True)
        for position, decision in enumerate(of.decisions)
    ]
    Decision.objects.bulk_create(made for made, _ in pairs)
    trail.note_each(
        actor,
        "decision.recorded",
        kind="meetings.decision",
        references=[made.key for made, _ in pairs],
    )
    Limb.objects.bulk_create(
        Limb(
            decision=made,
            position=position,
            letter=limb.letter,
            code=limb.code,
            text=limb.text,
            audience_id=made.audience_id,
        )
        for made, decision in pairs
        for position, limb in enumerate(decision.limbs or [NewLimb(decision.code, decision.text)])
    )


@transaction.atomic
def confirm(actor: Actor, *, meeting: Meeting) -> Meeting:
    """Record that a later meeting agreed these minutes as a correct record."""
    meeting = (
        Meeting.objects.select_for_update(of=["self"]).select_related("body").get(pk=meeting.pk)
    )
    policies.may_confirm(actor, meeting).enforce()
    meeting.state = MeetingState.CONFIRMED
    meeting.save(update_fields=["state"])
    trail.note(actor, "meeting.confirmed", meeting, fields=["state"])
    happened(actor, "minutes.confirmed", reference=meeting.key)
    tell_of_confirmation(actor, meeting)
    return meeting


@transaction.atomic
def circulate(actor: Actor, *, meeting: Meeting) -> Meeting:
    """Show the members the minutes that were with the office: from now on subject to approval."""
    actor = hold_body(actor, meeting.body)
    meeting = (
        Meeting.objects.select_for_update(of=["self"]).select_related("body").get(pk=meeting.pk)
    )
    policies.may_circulate(actor, meeting).enforce()
    restricting.show_to_members(meeting)
    meeting.with_office = False
    meeting.state = MeetingState.SUBJECT
    meeting.save(update_fields=["with_office", "state"])
    trail.note(
        actor, "meeting.circulated", meeting, verb=Verb.DISCLOSE, fields=["state", "with_office"]
    )
    happened(actor, "minutes.circulated", reference=meeting.key)
    return meeting


@transaction.atomic
def give_document(actor: Actor, *, meeting: Meeting, document: Document) -> None:
    """Put a file beside the record of a meeting; the record stays as it is.

    Where it names a file already, maybe one that the actor may not see, this one is kept beside.
    """
    meeting = (
        Meeting.objects.select_for_update(of=["self"]).select_related("body").get(pk=meeting.pk)
    )
    policies.may_record(actor, meeting.body).enforce()
    if meeting.document_id is None:
        meeting.document = document
        meeting.save(update_fields=["document"])
    else:
        keep_beside(actor, document=document, kind=MEETING, key=meeting.key)
    trail.note(actor, "meeting.documented", meeting, fields=["document"])


@transaction.atomic
def choose_paragraph(actor: Actor, *, item: Item, number: str, mark: str) -> Paragraph:
    """Give a paragraph of an item a key, so that it can be said who may see it.

    `number` counts the open paragraphs from 0, as the actor saw them; `mark` is that of its words
    (`paragraphs.mark_of`). Nothing is restricted by it yet. Raises NotAllowed and Overtaken.
    """
    actor = hold_body(actor, item.meeting.body)
    item = (
        Item.objects.select_for_update(of=["self"]).select_related("meeting__body").get(pk=item.pk)
    )
    policies.may_choose_paragraph(actor, item.meeting).enforce()
    text = [one for one in placed(item.text, item.pieces) if one[1].strip()]
    place = next(
        (
            place
            for count, (place, words) in enumerate(text)
            if str(count) == number and mark_of(words.strip()) == mark
        ),
        None,
    )
    if place is None:
        raise Overtaken
    chosen, new = Paragraph.objects.get_or_create(
        item=item, place=place, defaults={"audience_id": item.audience_id}
    )
    if new:
        trail.note(actor, "paragraph.chosen", chosen, fields=["place"])
    return chosen


def state_of(status: str) -> str:
    """Where minutes stand, from the words that they print of themselves."""
    words = status.lower()
    if "subject to" in words or "unconfirmed" in words or "to be confirmed" in words:
        return MeetingState.SUBJECT
    if "draft" in words or "provisional" in words:
        return MeetingState.DRAFT
    return MeetingState.RECEIVED


OUTCOMES = frozenset(Outcome.values)


def consulted(actor: Actor, *, meeting: Meeting, items: Collection[ItemLine]) -> bool:
    """Note who read a restricted meeting, or what is kept back in an open one.

    Says whether there was any such thing.
    """
    read = [("meetings.item", one.item.key) for one in items if one.closure]
    read += [("meetings.paragraph", kept["key"]) for one in items for kept in one.item.kept]
    if read or meeting.restricted or any(one.withheld for one in items):
        read.append(("meetings.meeting", meeting.key))
    consulting.consulted(actor, read)
    return bool(read)
