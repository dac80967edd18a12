"""Who says how long something is kept, what is held, and whether a run goes. No queries."""

import datetime
from collections.abc import Iterable

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.retention import Candidate, Expiring
from concerted.kernel.verdict import YES, Verdict, no
from concerted.retention.models import Hold, Run
from concerted.retention.states import Reach, RunState


def may_look(actor: Actor) -> Verdict:
    if any(
        map(actor.holds, (Permission.RETENTION_DECIDE, Permission.HOLD_PUT, Permission.TRAIL_VIEW))
    ):
        return YES
    return no(
        "Only the partnership manager, secretaries and the data protection officer can see how "
        "long records are kept."
    )


def may_decide(actor: Actor) -> Verdict:
    if Permission.RETENTION_DECIDE in actor.everywhere:
        return YES
    return no(
        "Only the partnership manager can decide how long records are kept, and whether they go."
    )


def may_set(actor: Actor, kind: Expiring, *, months: int) -> Verdict:
    verdict = may_decide(actor)
    if verdict and not kind.least <= months <= kind.most:
        return no(f"Give a number of months from {kind.least} to {kind.most}.")
    return verdict


def may_put_holds(actor: Actor) -> Verdict:
    if actor.holds(Permission.HOLD_PUT):
        return YES
    return no("Only a secretary or the partnership manager can put something on hold.")


def may_hold(actor: Actor, reach: str, *, body_id: int | None = None) -> Verdict:
    """`body_id` of a body that the actor sees, where all that is about it shall be held."""
    verdict = may_put_holds(actor)
    if not verdict:
        return verdict
    if reach == Reach.KIND and Permission.HOLD_PUT not in actor.everywhere:
        return no("Only who works for all bodies can hold a whole kind of record.")
    if reach == Reach.BODY and not actor.holds(Permission.HOLD_PUT, body_id=body_id):
        return no(
            "Only the secretary of this body or the partnership manager can hold its records."
        )
    return YES


def may_be_reviewed(review_on: datetime.date, *, today: datetime.date) -> Verdict:
    if review_on > today:
        return YES
    return no("Give a day in the future, on which somebody looks whether the hold is still needed.")


def may_lift(actor: Actor, hold: Hold, *, lifted: bool) -> Verdict:
    if lifted:
        return no("This hold was lifted already. The page shows by whom and when.")
    if hold.put_by_id == actor.person_id and may_put_holds(actor):
        return YES
    if may_decide(actor):
        return YES
    return no("Only whoever put this hold or the partnership manager can lift it.")


def may_settle(actor: Actor, run: Run) -> Verdict:
    """Approve a run, or decline it."""
    verdict = may_decide(actor)
    if not verdict:
        return verdict
    match run.state:
        case RunState.PROPOSED:
            return YES
        case RunState.OVERTAKEN:
            return no("A newer list took the place of this one. Open that from the list of runs.")
        case RunState.DECLINED:
            return no("This list was declined already. The program makes a new one each month.")
        case _:
            return no("This list was approved already. Its page shows how far it is.")


def covers(hold: Hold, kind: str, candidate: Candidate) -> bool:
    """Whether a hold that stands keeps a record of a kind.

    A hold on a body keeps what is about it, and what may be: where it is not known which body.
    """
    match hold.reach:
        case Reach.KIND:
            return hold.kind == kind
        case Reach.THING:
            return (hold.kind, hold.reference) == (kind, candidate.key)
        case _:
            return candidate.bodies is not None and (
                not candidate.bodies or hold.body_id in candidate.bodies
            )


def may_go(
    kind: str,
    candidate: Candidate,
    *,
    before: datetime.datetime,
    holds: Iterable[Hold],
) -> bool:
    """Whether a record is older than its period, and under no hold."""
    return candidate.since < before and not any(covers(hold, kind, candidate) for hold in holds)
