"""Every change of an action: lock, ask the policy, change, add a line to the trail."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from concerted.access.actor import Actor
from concerted.actions import history, policies, queries
from concerted.actions.models import Action, Owner, Proposal, Update
from concerted.actions.states import ANSWERS, NEXT, PROGRESS, ActionState, How, Said
from concerted.audit import consulting, trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.notices.public import happened
from concerted.people.public import Body, Organisation, Person, Post, renewed


@dataclass(frozen=True, slots=True)
class Source:
    """Where an action came from: what kind of thing, its ids, and its page, if it has one."""

    kind: str = ""
    id: int | None = None
    key: str = ""
    label: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class Owners:
    """Those who own an action, of whatever sort."""

    organisations: Sequence[Organisation] = ()
    posts: Sequence[Post] = ()
    people: Sequence[Person] = ()
    bodies: Sequence[Body] = ()


NO_SOURCE = Source()
NO_OWNERS = Owners()


@transaction.atomic
def agree(
    actor: Actor,
    *,
    body: Body,
    text: str,
    agreed_on: datetime.date,
    source: Source = NO_SOURCE,
    how: str = How.ADDED,
    due: datetime.date | None = None,
    due_text: str = "",
    owners: Owners = NO_OWNERS,
    owner_text: str = "",
    all_seats: bool = False,
    audience_id: int | None = None,
    done: bool = False,
) -> Action:
    """Record that something is to be done; seen by those who read the body's papers, or fewer.

    `done` where the minutes themselves print it as completed.
    """
    policies.may_agree(actor, body).enforce()
    audience_id = audience_id or body.papers_audience_id
    if audience_id not in actor.audience_ids:
        raise NotAllowed("You can add an action only where you could read it yourself.")
    action = Action.objects.create(
        text=text,
        body=body,
        source_kind=source.kind,
        source_id=source.id,
        source_key=source.key,
        source_label=source.label,
        source_route=source.route,
        how=how,
        agreed_on=agreed_on,
        due=due,
        due_text=due_text,
        owner_text=owner_text,
        all_seats=all_seats,
        state=ActionState.DONE if done else ActionState.OPEN,
        done_on=agreed_on if done else None,
        audience_id=audience_id,
    )
    Owner.objects.bulk_create(_owner_rows(action, owners))
    trail.note(actor, "action.agreed", action, verb=Verb.COLLECT)
    happened(actor, "action.given", reference=action.key)
    return action


def _owner_rows(action: Action, owners: Owners) -> list[Owner]:
    named: list[dict[str, Any]] = [
        *({"organisation": one} for one in owners.organisations),
        *({"post": one} for one in owners.posts),
        *({"person": one} for one in owners.people),
        *({"body": one} for one in owners.bodies),
    ]
    return [Owner(action=action, audience_id=action.audience_id, **who) for who in named]


@transaction.atomic
def say(actor: Actor, *, action: Action, said: str, note: str = "") -> Update:
    """Say how an action stands. `done` makes it wait for the secretary or chair to accept it."""
    action = queries.locked(actor, action)
    policies.may_update(actor, action, _owners(actor, action)).enforce()
    if said not in PROGRESS:
        raise ValueError(f"{said} is not said of progress")
    if said == Said.DONE and action.all_seats:
        raise NotAllowed("This is asked of every organisation: it is done when all have answered.")
    if action.state == ActionState.CLAIMED and said != Said.NOTE:
        raise NotAllowed("This is said to be done already, and waits to be accepted.")
    if said == Said.DONE:
        _move(action, ActionState.CLAIMED, done_on=today())
    update = _said(actor, action, said, note=note)
    trail.note(actor, "action.updated", action, fields=["updates", *_moved(said)])
    return update


def _moved(said: str) -> list[str]:
    return ["state", "done_on"] if said == Said.DONE else []


@transaction.atomic
def redate(actor: Actor, *, action: Action, due: datetime.date, reason: str) -> Update:
    """Give a new due date, with the reason. The old one stays in the history."""
    action = queries.locked(actor, action)
    policies.may_redate(actor, action, _owners(actor, action)).enforce()
    _need(reason, "Say why the date changes.")
    if due == action.due:
        raise NotAllowed("That is the date this action has already.")
    if due < today():
        raise NotAllowed("That day has passed. Give one that is still to come.")
    update = _said(actor, action, Said.NEW_DATE, note=reason, due_before=action.due, due_after=due)
    action.due = due
    action.save(update_fields=["due"])
    trail.note(actor, "action.redated", action, fields=["due", "updates"])
    happened(actor, "action.moved", reference=action.key)
    return update


@transaction.atomic
def answer(
    actor: Actor,
    *,
    action: Action,
    organisation: Organisation,
    note: str = "",
    nil: bool = False,
) -> Update:
    """Answer for one's organisation, once; nothing to say is an answer too."""
    action = queries.locked(actor, action)
    asked, updates = _asked(actor, action), _updates(actor, action)
    policies.may_answer(
        actor, action, organisation.pk, asked=asked, answered=history.answers(updates)
    ).enforce()
    if not nil:
        _need(note, "Write the answer, or say that there is nothing to say.")
    update = _said(
        actor, action, Said.NIL if nil else Said.ANSWER, note=note, organisation=organisation
    )
    if history.complete(asked, [*updates, update]):
        _move(action, ActionState.CLAIMED, done_on=today())
    trail.note(actor, "action.answered", action, fields=["updates"])
    return update


@transaction.atomic
def take_back(actor: Actor, *, update: Update) -> Update:
    """Take back what one said within the day. The update stays, marked; the action is as before."""
    action = queries.locked(actor, update.action)
    update = queries.updates_visible_to(actor).get(pk=update.pk)
    policies.may_take_back(actor, action, update, now=now()).enforce()
    claim = history.claim(_updates(actor, action))
    update.taken_back_at = now()
    update.save(update_fields=["taken_back_at"])
    if claim == update or (update.said in ANSWERS and action.state == ActionState.CLAIMED):
        _move(action, ActionState.OPEN, done_on=None)
    if update.said == Said.NEW_DATE:
        updates = _updates(actor, action)
        dues = history.dues(action, updates)
        action.due = dues[-1].due if dues else None
        action.save(update_fields=["due"])
    trail.note(actor, "action.taken_back", action, fields=["updates"])
    return update


@transaction.atomic
def accept(actor: Actor, *, action: Action, note: str = "") -> Update:
    """Accept as done. The day it was done is the day somebody said so."""
    action = _judged(actor, action)
    _move(action, ActionState.DONE, done_on=action.done_on or today())
    update = _said(actor, action, Said.ACCEPTED, note=note)
    trail.note(actor, "action.accepted", action, fields=["state", "updates"])
    happened(actor, "action.ended", reference=action.key)
    return update


@transaction.atomic
def not_accept(actor: Actor, *, action: Action, note: str) -> Update:
    """Say why it is not done after all; the action is open again."""
    action = _judged(actor, action)
    _need(note, "Say what is still to be done.")
    if action.all_seats:
        raise NotAllowed("Every organisation has answered. Accept this as done, or withdraw it.")
    _move(action, ActionState.OPEN, done_on=None)
    update = _said(actor, action, Said.NOT_ACCEPTED, note=note)
    trail.note(actor, "action.not_accepted", action, fields=["state", "done_on", "updates"])
    return update


@transaction.atomic
def close(
    actor: Actor, *, action: Action, said_on: datetime.date, source: Source, note: str
) -> Update:
    """Close an action as done because the minutes of a later meeting, of `said_on`, say so.

    The actor decides it, on the word of `source`. It was done when somebody said so before, else
    by the day of that meeting.
    """
    action = queries.locked(actor, action)
    complete = history.complete(_asked(actor, action), _updates(actor, action))
    policies.may_close(actor, action, complete=complete, said_on=said_on).enforce()
    _move(action, ActionState.DONE, done_on=min(action.done_on or said_on, said_on))
    update = _said(actor, action, Said.ACCEPTED, note=note, source=source)
    trail.note(actor, "action.closed", action, fields=["state", "done_on", "updates"])
    happened(actor, "action.ended", reference=action.key)
    return update


@transaction.atomic
def withdraw(actor: Actor, *, action: Action, reason: str) -> Update:
    """End an action that is no longer wanted, with the reason. It does not count as done."""
    action = queries.locked(actor, action)
    policies.may_withdraw(actor, action).enforce()
    _need(reason, "Say why the action is withdrawn.")
    _move(action, ActionState.WITHDRAWN, done_on=None)
    update = _said(actor, action, Said.WITHDRAWN, note=reason)
    trail.note(actor, "action.withdrawn", action, fields=["state", "updates"])
    happened(actor, "action.ended", reference=action.key)
    return update


@transaction.atomic
def take_up(actor: Actor, *, proposal: Proposal) -> Update:
    """Make what an owner proposed by a link a part of the action, as said by that owner."""
    actor, action, proposal = _proposed(actor, proposal)
    policies.may_settle(actor, proposal).enforce()
    if proposal.said == Said.DONE:
        if action.state != ActionState.OPEN:
            raise NotAllowed("This is said to be done already, and waits to be accepted.")
        _move(action, ActionState.CLAIMED, done_on=history.day(proposal.at or now()))
    update = Update.objects.create(
        action=action,
        said=proposal.said,
        by_id=proposal.person_id,
        note=proposal.note,
        audience_id=action.audience_id,
    )
    proposal.update = update
    _settled(actor, proposal)
    trail.note(actor, "proposal.taken_up", proposal, fields=["decided_at", "update"])
    return update


@transaction.atomic
def not_take_up(actor: Actor, *, proposal: Proposal, reason: str) -> Proposal:
    """Say why what an owner proposed does not become a part of the action."""
    actor, _, proposal = _proposed(actor, proposal)
    policies.may_settle(actor, proposal).enforce()
    _need(reason, "Say why this is not taken up.")
    proposal.reason = reason.strip()
    _settled(actor, proposal)
    trail.note(actor, "proposal.not_taken_up", proposal, fields=["decided_at", "reason"])
    return proposal


def _proposed(actor: Actor, proposal: Proposal) -> tuple[Actor, Action, Proposal]:
    """The action and the proposal, locked in this order, and the actor as of then."""
    action = queries.locked(actor, proposal.action)
    actor = renewed(actor)
    Proposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)
    held = queries.proposals_visible_to(actor).get(pk=proposal.pk)
    return actor, action, held


def _settled(actor: Actor, proposal: Proposal) -> None:
    proposal.decided_at = now()
    proposal.decided_by_id = actor.person_id
    proposal.save(update_fields=["decided_at", "decided_by", "update", "reason"])


def _judged(actor: Actor, action: Action) -> Action:
    """The locked action, once it is clear that this actor may accept it as done or not."""
    action = queries.locked(actor, action)
    updates = _updates(actor, action)
    claim = history.claim(updates)
    policies.may_accept(
        actor,
        action,
        claimed_by=claim.by_id if claim else None,
        complete=history.complete(_asked(actor, action), updates),
        owners=_owners(actor, action),
    ).enforce()
    return action


def _owners(actor: Actor, action: Action) -> list[Owner]:
    return list(queries.owners_visible_to(actor).filter(action=action))


def _updates(actor: Actor, action: Action) -> list[Update]:
    return list(queries.updates_visible_to(actor).filter(action=action))


def _asked(actor: Actor, action: Action) -> frozenset[int]:
    return queries.asked(actor, [action.body_id]).get(action.body_id, frozenset())


def _need(text: str, sentence: str) -> None:
    if not text.strip():
        raise NotAllowed(sentence)


def _move(action: Action, to: ActionState, *, done_on: datetime.date | None) -> None:
    if to not in NEXT[action.state]:
        raise NotAllowed("This action has moved on. Look at how it stands now.")
    action.state = to
    action.done_on = done_on
    action.save(update_fields=["state", "done_on"])


def _said(
    actor: Actor,
    action: Action,
    said: str,
    *,
    note: str = "",
    organisation: Organisation | None = None,
    due_before: datetime.date | None = None,
    due_after: datetime.date | None = None,
    source: Source = NO_SOURCE,
) -> Update:
    return Update.objects.create(
        action=action,
        said=said,
        by_id=actor.person_id,
        note=note.strip(),
        organisation=organisation,
        due_before=due_before,
        due_after=due_after,
        source_label=source.label,
        source_route=source.route,
        source_key=source.key,
        audience_id=action.audience_id,
    )


def consulted(actor: Actor, *, action: Action) -> None:
    """Note who read a restricted action; reads of open ones are not kept."""
    if action.restricted:
        consulting.consulted(actor, [("actions.action", action.key)])
