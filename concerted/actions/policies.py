"""Who may do what to an action. Facts in, Verdict out."""

import datetime
from collections.abc import Collection, Iterable
from typing import Protocol

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.actions.models import Action, Proposal, Update
from concerted.actions.states import RETRACTABLE, ActionState
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.public import Body

TAKE_BACK_WITHIN = datetime.timedelta(days=1)


def runs(actor: Actor, body_id: int) -> bool:
    """Whether somebody follows this body's actions: its secretary, its chair or vice-chair."""
    return actor.holds(Permission.ACTION_ADD, body_id=body_id) or actor.holds(
        Permission.ACTION_ACCEPT, body_id=body_id
    )


class Owning(Protocol):
    """What rules ask of an owner: which one of the four it is."""

    @property
    def organisation_id(self) -> int | None: ...
    @property
    def post_id(self) -> int | None: ...
    @property
    def person_id(self) -> int | None: ...
    @property
    def body_id(self) -> int | None: ...


def owns(actor: Actor, owners: Iterable[Owning]) -> bool:
    """Whether one of the owners is the actor, their post, their organisation or a body of theirs.

    Their own person or post always counts. For an organisation or a body somebody must have a
    role that acts: observers and auditors of the same organisation change nothing.
    """
    return any(_is(actor, owner) for owner in owners)


def _is(actor: Actor, owner: Owning) -> bool:
    if owner.person_id or owner.post_id:
        return owner.person_id == actor.person_id or owner.post_id in actor.post_ids
    if owner.organisation_id:
        return owner.organisation_id in actor.organisation_ids and actor.holds(
            Permission.ACTION_UPDATE
        )
    return owner.body_id in actor.seated_body_ids and actor.holds(
        Permission.ACTION_UPDATE, body_id=owner.body_id
    )


def may_agree(actor: Actor, body: Body | None) -> Verdict:
    """Record an action of a body; without a body, of any."""
    if actor.holds(Permission.ACTION_ADD, body_id=body.pk if body else None):
        return YES
    return no("Only the secretary of a body or the partnership manager can add its actions.")


def may_update(actor: Actor, action: Action, owners: Iterable[Owning]) -> Verdict:
    """Say how an action stands: those who own it, and those who follow it for the body."""
    if runs(actor, action.body_id) or owns(actor, owners):
        return _still_open(action)
    if action.all_seats:
        return no(
            "This is asked of every organisation. Answer for yours; "
            "only the secretary or the chair says how the whole stands."
        )
    return no(
        "Only those who own this action, or the secretary or chair of its body, "
        "can say how it stands."
    )


def may_redate(actor: Actor, action: Action, owners: Iterable[Owning]) -> Verdict:
    """Give a new date: whoever may say how it stands, with a reason."""
    verdict = may_update(actor, action, owners)
    if verdict and action.state == ActionState.CLAIMED:
        return no("This is said to be done, so its date stays as it is.")
    return verdict


def may_answer(
    actor: Actor,
    action: Action,
    organisation_id: int | None,
    *,
    asked: Collection[int],
    answered: Collection[int],
) -> Verdict:
    """Answer for an organisation with a seat, once; with none named, for any of the actor's own."""
    if not action.all_seats:
        return no("This action is not asked of every organisation.")
    own = {organisation_id} if organisation_id else set(actor.organisation_ids)
    if not own <= set(actor.organisation_ids):
        return no("You can answer only for your own organisation.")
    own &= set(asked)
    if not own or not actor.holds(Permission.ACTION_UPDATE, body_id=action.body_id):
        return no("Only members whose organisation has a seat on this body can answer.")
    if not (still_open := _still_open(action)):
        return still_open
    if own <= set(answered):
        return no("Your organisation has answered already.")
    return YES


def leads(actor: Actor, owners: Iterable[Owning]) -> bool:
    """Whether an action was given to the actor in person, or to a post of theirs."""
    return any(
        owner.person_id == actor.person_id if owner.person_id else owner.post_id in actor.post_ids
        for owner in owners
        if owner.person_id or owner.post_id
    )


def may_accept(
    actor: Actor,
    action: Action,
    *,
    claimed_by: int | None,
    complete: bool,
    owners: Iterable[Owning] = (),
) -> Verdict:
    """Accept as done, or not: never by the one who said so, nor by the one whose work it was.

    `complete` tells of an action asked of all seats whether every organisation has answered.
    """
    if not actor.holds(Permission.ACTION_ACCEPT, body_id=action.body_id):
        return no("Only the secretary or the chair of this body can accept an action as done.")
    if claimed_by == actor.person_id:
        return no(
            "You said that this is done, so somebody else accepts it: the secretary or the chair."
        )
    if leads(actor, owners):
        return no("This is yours to do, so somebody else accepts it: the secretary or the chair.")
    if not (still_open := _still_open(action)):
        return still_open
    if action.all_seats and not complete:
        return no(
            "Not every organisation has answered yet, so this cannot be accepted as done. "
            "The page of the action says who has not."
        )
    if not action.all_seats and action.state != ActionState.CLAIMED:
        return no("Nobody has said yet that this is done.")
    return YES


def may_close(actor: Actor, action: Action, *, complete: bool, said_on: datetime.date) -> Verdict:
    """Close as done because later minutes say so: the body itself has accepted it.

    `complete` tells of an action asked of all seats whether every organisation has answered.
    """
    if not actor.holds(Permission.ACTION_ACCEPT, body_id=action.body_id):
        return no("Only the secretary or the chair of this body can close its actions.")
    if not (still_open := _still_open(action)):
        return still_open
    if action.all_seats and not complete:
        return no("Not every organisation has answered yet, so this cannot be closed as done.")
    if said_on <= action.agreed_on:
        return no("This was agreed on that day or later, so those minutes cannot close it.")
    return YES


def may_ask_owner(actor: Actor, action: Action) -> Verdict:
    """Send an owner without an account a link: never for what is restricted."""
    if not runs(actor, action.body_id):
        return no("Only the secretary or the chair of this body can send such a link.")
    if action.restricted:
        return no("This action is restricted, so its owner signs in to say how it stands.")
    if action.all_seats:
        return no("This is asked of every organisation, and each answers signed in.")
    return _still_open(action)


def may_send_link(actor: Actor, action: Action, owners: Iterable[Owning]) -> Verdict:
    """Have a link sent to a colleague, or to the mailbox of one’s own post: whoever owns it."""
    if not owns(actor, owners):
        return no("Only those who own this action can have a link to it sent.")
    if action.restricted:
        return no("This action is restricted, so whoever says how it stands signs in.")
    if action.all_seats:
        return no("This is asked of every organisation, and each answers signed in.")
    return _still_open(action)


def may_settle(actor: Actor, proposal: Proposal) -> Verdict:
    """Take up what an owner proposed by a link, or not: those who follow the action."""
    if not runs(actor, proposal.action.body_id):
        return no("Only the secretary or the chair of this body can take this up.")
    if proposal.decided_at:
        return no("This was taken up, or not, already.")
    if not proposal.at:
        return no("The owner has not answered yet.")
    return _still_open(proposal.action)


def may_withdraw(actor: Actor, action: Action) -> Verdict:
    if actor.holds(Permission.ACTION_ACCEPT, body_id=action.body_id):
        return _still_open(action)
    return no("Only the secretary or the chair of this body can withdraw an action.")


def may_take_back(
    actor: Actor, action: Action, update: Update, *, now: datetime.datetime
) -> Verdict:
    """Take back what one said oneself, for a day; what settled the action stays."""
    if update.by_id != actor.person_id:
        return no("Only the person who said this can take it back.")
    if update.said not in RETRACTABLE:
        return no("What settles an action cannot be taken back.")
    if update.taken_back_at:
        return no("This was taken back already.")
    if now - update.at > TAKE_BACK_WITHIN:
        return no(
            "This was said more than a day ago, so it stays. Say how the action stands now instead."
        )
    return _still_open(action)


def _still_open(action: Action) -> Verdict:
    match action.state:
        case ActionState.DONE:
            return no("This action was accepted as done, so nothing more can be said of it.")
        case ActionState.WITHDRAWN:
            return no("This action was withdrawn, so nothing more can be said of it.")
        case _:
            return YES
