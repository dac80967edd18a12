"""Writing minutes, putting them on record, and each step after: whole or not at all."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.actions.public import Action
from concerted.attending.public import expected
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.imports.public import Review, Words, make_records, record_actions
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import (
    Item,
    Meeting,
    NewName,
    held_in_turn,
    items_visible_to,
)
from concerted.meetings.public import circulate as circulate_meeting
from concerted.minuting import policies, queries
from concerted.minuting.assembling import Check, check, check_action
from concerted.minuting.models import Attender, Correction, Draft, Minutes, Recorded, Step
from concerted.minuting.states import Came, MinutesState, Taken
from concerted.people.public import people_visible_to, renewed


class Overtaken(Exception):
    """Somebody changed it in between; nothing was changed by this."""


class Met(Overtaken):
    """Somebody else saved this item in between. `draft` is it as it stands."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("Somebody saved this item in between.")
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was said of one seat: whether somebody came, who instead, and from when to when."""

    came: str
    substitute: str = ""
    arrived_at: datetime.time | None = None
    left_at: datetime.time | None = None


@transaction.atomic
def begin(actor: Actor, *, meeting: Meeting) -> Minutes:
    """Begin minutes, with a draft for each item and a line for each seat.

    Once begun, it takes in what was added to the agenda since.
    """
    actor, meeting = held_in_turn(actor, meeting)
    policies.may_write(actor, meeting).enforce()
    minutes = queries.minutes_of(actor, meeting)
    if minutes is None:
        minutes = Minutes.objects.create(meeting=meeting, audience_id=_whole(meeting))
        _step(actor, minutes, Taken.BEGUN)
        trail.note(actor, "minutes.begun", minutes, verb=Verb.COLLECT)
        _seats(actor, minutes)
    new = [
        Draft(minutes=minutes, item=item, audience_id=_of(item))
        for item in queries.to_take_in(actor, minutes)
    ]
    Draft.objects.bulk_create(new)
    trail.note_each(
        actor, "draft.begun", kind=Draft._meta.label_lower, references=[one.key for one in new]
    )
    return minutes


def _whole(meeting: Meeting) -> int:
    """The audience of drafts: the office, of a restricted meeting whoever sees that."""
    body = meeting.body
    shared = meeting.audience_id == body.papers_audience_id
    return body.office_audience_id if shared else meeting.audience_id


def _of(item: Item) -> int:
    """The audience of the draft of an item: that of the item where it is restricted."""
    return _whole(item.meeting) if item.audience_id == item.home_id else item.audience_id


def _seats(actor: Actor, minutes: Minutes) -> None:
    rows = []
    for position, line in enumerate(expected(actor, minutes.meeting)):
        person = line.people[0] if line.people else None
        chairs = line.seat.role in ("chair", "vice_chair")
        rows.append(
            Attender(
                minutes=minutes,
                position=position,
                seat=line.seat,
                person=person,
                name=person.name if person else "",
                organisation_name=line.organisation[:200],
                role=str(line.seat.get_role_display()) if chairs else "",
                audience_id=minutes.audience_id,
            )
        )
    Attender.objects.bulk_create(rows)


@transaction.atomic
def save_draft(actor: Actor, *, key: str, token: str, text: str, page: str = "") -> Draft:
    """Save what somebody typed under an item, made from the version that `token` names.

    `page` is the key of the open page: what it saved last itself is no text of somebody else, even
    if no answer reached it. Raises Met where another page saved other words in between.
    """
    actor, draft = _draft(actor, key)
    policies.may_write(actor, draft.minutes.meeting).enforce()
    if draft.text == text:
        return draft
    own = page and draft.page == page
    if str(draft.version) != token and not own:
        raise Met(draft)
    draft.text = text
    draft.page = page
    draft.version += 1
    draft.saved_at = now()
    draft.saved_by_id = actor.person_id
    draft.save(update_fields=["text", "version", "page", "saved_at", "saved_by"])
    trail.note(actor, "draft.saved", draft, fields=["text"])
    return draft


@transaction.atomic
def tick(
    actor: Actor, *, minutes: Minutes, token: str, ticked: Mapping[int, Ticked], others: str
) -> Minutes:
    """Save who came, by the position of each seat, and who was in attendance."""
    actor, minutes = _turn(actor, minutes)
    policies.may_write(actor, minutes.meeting).enforce()
    if str(minutes.version) != token:
        raise Overtaken
    for one in queries.attenders_of(actor, minutes):
        said = ticked.get(one.position)
        if said is None:
            continue
        one.came = said.came
        one.substitute = said.substitute if said.came == Came.SUBSTITUTE else ""
        there = said.came in (Came.PRESENT, Came.SUBSTITUTE)
        one.arrived_at = said.arrived_at if there else None
        one.left_at = said.left_at if there else None
        one.save(update_fields=["came", "substitute", "arrived_at", "left_at"])
    minutes.others = others
    minutes.version += 1
    minutes.save(update_fields=["others", "version"])
    trail.note(actor, "minutes.attended", minutes, fields=["attenders", "others"])
    return minutes


@transaction.atomic
def record_action(
    actor: Actor, *, key: str, token: str, place: int, answers: Mapping[str, Any]
) -> Action:
    """Make a marked action of a draft a record at once; the rest of the draft stays as it is.

    `answers` are the cleaned values of its form, without those that are known.
    """
    actor, draft = _draft(actor, key)
    policies.may_write(actor, draft.minutes.meeting).enforce()
    if str(draft.version) != token:
        raise Met(draft)
    laid_out = check_action(actor, draft, place)
    if laid_out is None:
        raise Http404
    review, known = laid_out
    read = review.meeting.actions[0]
    words = queries.words_of(review.reading.text[read.span.start : read.span.end])
    if draft.recorded.filter(words=words).exists():
        raise NotAllowed("This action is on record already.")
    meeting = draft.minutes.meeting
    all_answers = {**answers, **known}
    [action] = record_actions(
        actor,
        meeting,
        [draft.item],
        _names(actor, review, known),
        review,
        all_answers,
        Words(review, all_answers),
    )
    Recorded.objects.create(
        draft=draft, words=words, action_key=action.key, audience_id=draft.audience_id
    )
    trail.note(actor, "draft.recorded", draft, fields=["recorded"])
    return action


def _names(actor: Actor, review: Review, known: Mapping[str, Any]) -> list[NewName | None]:
    """The people on the lists of minutes, so that one of them can own an action."""
    keys = [known.get(f"n{place}_who", "") for place in range(len(review.matches))]
    people = {one.key: one for one in people_visible_to(actor).filter(key__in=filter(None, keys))}
    return [
        NewName(attended=name.section, name=name.name, person=people.get(key))
        for key, (name, _) in zip(keys, review.matches, strict=True)
    ]


@transaction.atomic
def put_on_record(
    actor: Actor, *, minutes: Minutes, token: str, answers: Mapping[str, Any]
) -> Meeting:
    """Make the drafts records, as minutes that came in a file are; they are draft minutes then.

    `answers` are the cleaned values of a form of `assembling.check`, of which `token` is the mark.
    Raises Overtaken where somebody typed in between.
    """
    actor, minutes = _turn(actor, minutes)
    list(
        Draft.objects.select_for_update(of=["self"])
        .filter(minutes=minutes, audience_id__in=actor.audience_ids)
        .order_by("pk")
    )
    policies.may_put_on_record(actor, minutes.meeting, today=today()).enforce()
    if queries.to_take_in(actor, minutes):
        raise NotAllowed(
            "The agenda has items that these minutes do not hold yet. Take them in on the page "
            "where the minutes are written, then put all of it on record."
        )
    laid_out: Check = check(actor, minutes)
    if laid_out.mark != token:
        raise Overtaken
    if not laid_out.drafts:
        raise NotAllowed("There is no item to put on record. Add one to the agenda first.")
    actor, meeting = make_records(
        actor, review=laid_out.review, answers={**answers, **laid_out.known}, with_office=True
    )
    Draft.objects.filter(pk__in=[one.pk for one in laid_out.drafts]).delete()
    _moved(actor, minutes, MinutesState.RECORDED, Taken.RECORDED)
    trail.note(actor, "minutes.recorded", minutes, fields=["state"])
    return meeting


@transaction.atomic
def clear(actor: Actor, *, minutes: Minutes) -> Minutes:
    """The chair clears the draft that is on record."""
    actor, minutes = _as_chair_turn(actor, minutes)
    with queries.as_chair(actor, minutes.meeting.body):
        policies.may_clear(actor, minutes).enforce()
        _moved(actor, minutes, MinutesState.CLEARED, Taken.CLEARED)
        trail.note(actor, "minutes.cleared", minutes, fields=["state"])
    return minutes


@transaction.atomic
def send_back(actor: Actor, *, minutes: Minutes, words: str) -> Minutes:
    """The chair says what is wrong. The record stays: a correction is recorded beside it."""
    actor, minutes = _as_chair_turn(actor, minutes)
    with queries.as_chair(actor, minutes.meeting.body):
        policies.may_clear(actor, minutes).enforce()
        _need(words, "Say what is to be corrected.")
        _step(actor, minutes, Taken.SENT_BACK, words)
        trail.note(actor, "minutes.sent_back", minutes, fields=["steps"])
    return minutes


@transaction.atomic
def unlock(actor: Actor, *, minutes: Minutes, words: str) -> Minutes:
    """Take the chair's clearance back, with the reason; both stay in the list of steps."""
    actor, minutes = _as_chair_turn(actor, minutes)
    with queries.as_chair(actor, minutes.meeting.body):
        policies.may_unlock(actor, minutes).enforce()
        _need(words, "Say why the clearance is taken back.")
        _moved(actor, minutes, MinutesState.RECORDED, Taken.UNLOCKED, words)
        trail.note(actor, "minutes.unlocked", minutes, fields=["state"])
    return minutes


@transaction.atomic
def circulate(actor: Actor, *, minutes: Minutes) -> Minutes:
    """Show the members the cleared minutes, subject to approval."""
    actor, minutes = _turn(actor, minutes)
    policies.may_circulate(actor, minutes).enforce()
    circulate_meeting(actor, meeting=minutes.meeting)
    _moved(actor, minutes, MinutesState.CIRCULATED, Taken.CIRCULATED)
    trail.note(actor, "minutes.circulated", minutes, verb=Verb.DISCLOSE, fields=["state"])
    return minutes


@transaction.atomic
def correct(
    actor: Actor, *, item: Item, before: str, after: str, agreed_at: Meeting | None
) -> Correction:
    """Record what an item of minutes should have said; what it says stays as it is."""
    actor, meeting = held_in_turn(actor, item.meeting)
    policies.may_correct(actor, meeting).enforce()
    held = items_visible_to(actor).select_for_update(of=["self"]).filter(pk=item.pk).first()
    if held is None:
        raise Http404
    _need(after, "Write what it should have said.")
    if agreed_at is None and not meeting.with_office:
        raise NotAllowed("Say at which meeting this correction was agreed.")
    if agreed_at and not queries.could_have_agreed(actor, meeting).filter(pk=agreed_at.pk).exists():
        raise NotAllowed("A correction is agreed at a later meeting of the same body.")
    correction = Correction.objects.create(
        item=held,
        before=before,
        after=after,
        agreed_at=agreed_at,
        by_id=actor.person_id,
        audience_id=held.audience_id,
    )
    trail.note(actor, "correction.recorded", correction, verb=Verb.COLLECT)
    return correction


def _turn(actor: Actor, minutes: Minutes) -> tuple[Actor, Minutes]:
    """The minutes, locked with their meeting, and the actor as of then."""
    actor, meeting = held_in_turn(actor, minutes.meeting)
    held = Minutes.objects.select_for_update(of=["self"]).filter(pk=minutes.pk).first()
    if held is None:
        raise Http404
    held.meeting = meeting
    return actor, held


def _as_chair_turn(actor: Actor, minutes: Minutes) -> tuple[Actor, Minutes]:
    """The same for the chair, who reads the office's rows for this one step alone."""
    actor, meeting = held_in_turn(actor, minutes.meeting)
    with queries.as_chair(actor, meeting.body):
        held = Minutes.objects.select_for_update(of=["self"]).get(pk=minutes.pk)
    held.meeting = meeting
    return actor, held


def _draft(actor: Actor, key: str) -> tuple[Actor, Draft]:
    """A draft, locked, and the actor as of then. Others may type under other items meanwhile."""
    draft = Draft.objects.select_for_update(of=["self"]).filter(key=key).first()
    actor = renewed(actor)
    seen = draft and queries.drafts_visible_to(actor).filter(pk=draft.pk).first()
    if not seen:
        raise Http404
    return actor, seen


def _moved(actor: Actor, minutes: Minutes, to: MinutesState, taken: Taken, words: str = "") -> None:
    minutes.state = to
    minutes.save(update_fields=["state"])
    _step(actor, minutes, taken, words)


def _step(actor: Actor, minutes: Minutes, taken: Taken, words: str = "") -> None:
    Step.objects.create(
        minutes=minutes,
        taken=taken,
        by_id=actor.person_id,
        words=words.strip(),
        audience_id=minutes.audience_id,
    )


def _need(text: str, sentence: str) -> None:
    if not text.strip():
        raise NotAllowed(sentence)
