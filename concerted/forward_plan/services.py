"""Keeping a forward plan: each step whole or not at all."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.agendas.public import Entry as AgendaEntry
from concerted.agendas.public import Overtaken, draft_of
from concerted.agendas.public import add as add_item
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.forward_plan import policies, queries
from concerted.forward_plan.cycles import next_month
from concerted.forward_plan.models import Entry
from concerted.forward_plan.states import Asked, Cycle, EntryState
from concerted.kernel.clock import now, today
from concerted.meetings.public import (
    Decision,
    Item,
    Meeting,
    decisions_visible_to,
    seen_now,
)
from concerted.people.public import Body, Organisation, Post, hold_body


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an entry says. Due at a meeting, in a month (its first day), or at no time yet."""

    topic: str
    asked: str = Asked.DECISION
    owner_organisation: Organisation | None = None
    owner_post: Post | None = None
    driver: str = ""
    comes_from: str = ""
    cycle: str = Cycle.ONCE
    every_meetings: int | None = None
    due_month: datetime.date | None = None
    meeting: Meeting | None = None


SAID = tuple(Wanted.__slots__)


@transaction.atomic
def add(actor: Actor, *, body: Body, wanted: Wanted, decision: Decision | None = None) -> Entry:
    """Put something on the plan of a body. What comes of a decision has the audience of that."""
    actor = hold_body(actor, body)
    policies.may_keep(actor, body).enforce()
    if decision:
        # As of now: it may have been closed while this waited.
        decision = decisions_visible_to(actor).filter(pk=decision.pk, body=body).first()
        if decision is None:
            raise Http404
    entry = Entry(
        body=body,
        decision=decision,
        audience_id=decision.audience_id if decision else body.papers_audience_id,
    )
    _schedule(actor, entry, wanted.meeting)
    return _added(actor, entry, wanted)


def _added(actor: Actor, entry: Entry, wanted: Wanted) -> Entry:
    for name in SAID:
        setattr(entry, name, getattr(wanted, name))
    entry.save()
    trail.note(actor, "plan_entry.added", entry, verb=Verb.COLLECT)
    return entry


@transaction.atomic
def change(actor: Actor, *, entry: Entry, token: str, wanted: Wanted) -> Entry:
    """Change what an entry says, or when it is to come. Raises Overtaken."""
    actor, entry = _held(actor, entry, token)
    policies.may_change(actor, entry).enforce()
    _schedule(actor, entry, wanted.meeting)
    changed = [name for name in SAID if getattr(entry, name) != getattr(wanted, name)]
    for name in changed:
        setattr(entry, name, getattr(wanted, name))
    if changed:
        entry.version += 1
        entry.save(update_fields=[*changed, "version"])
        trail.note(actor, "plan_entry.changed", entry, fields=changed)
    return entry


def _schedule(actor: Actor, entry: Entry, meeting: Meeting | None) -> None:
    if meeting:
        meeting = seen_now(actor, meeting)
    [line] = queries.lines(actor, [entry])
    policies.may_schedule(actor, entry, meeting, on_agenda=line.on_agenda).enforce()


@transaction.atomic
def take(actor: Actor, *, entry: Entry, token: str, meeting: Meeting, agenda_token: str) -> Item:
    """Make an entry an item of the agenda that is drafted for a meeting. Raises Overtaken."""
    actor, entry = _held(actor, entry, token)
    meeting = seen_now(actor, meeting)
    issue = draft_of(actor, meeting)
    [line] = queries.lines(actor, [entry])
    policies.may_take(actor, entry, meeting, issue, on_agenda=line.on_agenda).enforce()
    assert issue  # noqa: S101 - the policy has asked
    post = entry.owner_post
    item = add_item(
        actor,
        issue=issue,
        token=agenda_token,
        entry=AgendaEntry(
            title=entry.topic,
            kind=entry.asked,
            presenter=line.owner[:200],
            presenter_post=post,
        ),
    )
    entry.meeting, entry.item_key = meeting, item.key
    entry.version += 1
    entry.save(update_fields=["meeting", "item_key", "version"])
    trail.note(actor, "plan_entry.taken", entry, fields=["meeting", "item_key"])
    return item


@transaction.atomic
def deal_with(actor: Actor, *, entry: Entry, token: str, because: str = "") -> Entry | None:
    """Say that it was dealt with; returns the next entry of its cycle, made by this."""
    actor, entry = _ended(actor, entry, token, EntryState.DEALT, because)
    trail.note(actor, "plan_entry.dealt_with", entry, fields=["state"])
    if entry.cycle == Cycle.ONCE:
        return None
    [line] = queries.lines(actor, [entry])
    dealt_on = line.meeting.held_on if line.meeting else today()
    after = None
    if entry.cycle == Cycle.MEETINGS and line.meeting:
        after = queries.meeting_after(actor, line.meeting, entry.every_meetings or 1)
    again = {name: getattr(entry, name) for name in SAID}
    again["meeting"] = after
    again["due_month"] = next_month(entry.cycle, entry.due_month or dealt_on, dealt_on)
    following = Entry(
        body=entry.body,
        decision_id=entry.decision_id,
        follows=entry,
        audience_id=entry.audience_id,
    )
    return _added(actor, following, Wanted(**again))


@transaction.atomic
def drop(actor: Actor, *, entry: Entry, token: str, because: str) -> Entry:
    """Take it off the plan, with a reason; nothing follows of its cycle."""
    actor, entry = _ended(actor, entry, token, EntryState.DROPPED, because)
    trail.note(actor, "plan_entry.dropped", entry, fields=["state"])
    return entry


def _ended(
    actor: Actor, entry: Entry, token: str, state: EntryState, because: str
) -> tuple[Actor, Entry]:
    actor, entry = _held(actor, entry, token)
    policies.may_end(actor, entry, state).enforce()
    entry.state = state
    entry.because = because
    entry.ended_by_id = actor.person_id
    entry.ended_at = now()
    entry.version += 1
    entry.save(update_fields=["state", "because", "ended_by", "ended_at", "version"])
    return actor, entry


def _held(actor: Actor, entry: Entry, token: str) -> tuple[Actor, Entry]:
    """The entry, locked after its body. Raises Overtaken where it is not as `token` says."""
    actor = hold_body(actor, entry.body)
    held = queries.visible_to(actor).select_for_update(of=["self"]).filter(pk=entry.pk).first()
    if held is None:
        raise Http404
    if str(held.version) != token:
        policies.may_change(actor, held).enforce()
        raise Overtaken
    return actor, held
