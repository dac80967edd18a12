"""Who may decide what is erased, put it to a second person, and approve it. No queries."""

from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.erasure.models import Erasure
from concerted.erasure.states import (
    DECIDED,
    EITHER_LAW,
    PART_3,
    Chosen,
    ErasureState,
    KeepGround,
    Way,
)
from concerted.kernel.verdict import YES, Verdict, no
from concerted.subject_access.public import (
    ENDED,
    AccessRequest,
    Ready,
    Regime,
    Right,
    may_handle,
    may_write,
)

WAITS = "This waits for a second person. Nothing can be changed until it is sent back."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to decide of a finding."""

    chosen: str
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decision on one finding rests on, beside the finding itself.

    `appointed` says that it is the record of somebody who holds a post or seat today; `held`, that
    a hold which the actor sees keeps it; `by_hand`, that it is a file which was not read in full.
    """

    way: Way
    held: bool = False
    appointed: bool = False
    by_hand: bool = False


def may_work(actor: Actor, request: AccessRequest, erasure: Erasure | None) -> Verdict:
    """Change anything of what is to be erased."""
    verdict = may_handle(actor)
    if not verdict:
        return verdict
    if request.right != Right.ERASURE:
        return no("They ask for a copy, not for erasure. Register another request for that.")
    if request.person_id is not None and request.person_id == actor.person_id:
        return no("It is about you. Somebody else who handles requests has to decide.")
    if request.state in ENDED:
        return no("This request has ended. What was decided stays.")
    if erasure and erasure.state in (ErasureState.PROPOSED, ErasureState.APPROVED):
        return no(WAITS)
    return YES


def may_choose(
    actor: Actor, request: AccessRequest, erasure: Erasure | None, wanted: Wanted, facts: Facts
) -> Verdict:
    for verdict in (
        may_work(actor, request, erasure),
        may_write(request, wanted.reason),
        _chosen(request, wanted, facts),
    ):
        if not verdict:
            return verdict
    if facts.way not in DECIDED:
        return no("Nothing is decided here: it goes with the person’s own record, or holds none.")
    return YES


def _chosen(request: AccessRequest, wanted: Wanted, facts: Facts) -> Verdict:
    if wanted.chosen == Chosen.KEEP:
        return _kept(request, wanted)
    if wanted.chosen == Chosen.ERASE:
        return _erased(facts)
    if not facts.by_hand:
        return no("The program read this. Choose whether it is erased or kept.")
    return YES


def _kept(request: AccessRequest, wanted: Wanted) -> Verdict:
    if not wanted.ground:
        return no("Choose the ground on which it is kept.")
    part_3 = wanted.ground in PART_3
    if KeepGround(wanted.ground) in EITHER_LAW:
        part_3 = request.regime == Regime.LAW_ENFORCEMENT
    if part_3 != (request.regime == Regime.LAW_ENFORCEMENT):
        return no("That ground is of the other law. Choose one that fits this request.")
    if not wanted.reason.strip():
        return no("Say why that ground fits here. Whoever approves reads it.")
    return YES


def _erased(facts: Facts) -> Verdict:
    if facts.way == Way.RECORD:
        return no(
            "Minutes, decisions, papers, actions and what was said about them are never altered. "
            "Keep it, and give the ground."
        )
    if facts.held:
        return no("It is on hold. Keep it on that ground, or have the hold lifted first.")
    if facts.appointed:
        return no(
            "They hold a post or a seat today, so their name is needed. End that first, on the "
            "page of the person."
        )
    return YES


def may_propose(
    actor: Actor,
    request: AccessRequest,
    erasure: Erasure | None,
    ready: Ready,
    *,
    undecided: int,
    also_asks: bool,
) -> Verdict:
    """Put it to a second person. `also_asks`: the same person waits for an answer on a copy."""
    verdict = may_work(actor, request, erasure)
    if not verdict:
        return verdict
    if not ready.made or not ready.finished:
        return no("You have no finished draft of this request. Make one first.")
    if ready.unseen:
        return no(
            "Something was changed or restricted since your draft was made. Make a new draft."
        )
    if undecided:
        return no("Not every finding is decided. Decide all, then put it to a second person.")
    if also_asks:
        return no(
            "They also wait to be told what is held of them. Answer that first: afterwards it "
            "could not be told any more."
        )
    return YES


def may_settle(actor: Actor, erasure: Erasure) -> Verdict:
    """Approve it, or send it back."""
    verdict = may_handle(actor)
    if not verdict:
        return verdict
    if erasure.state != ErasureState.PROPOSED:
        return no("This does not wait for a decision any more. The page shows how it stands.")
    if erasure.proposed_by_id == actor.person_id:
        return no("You decided it, so a second person has to approve it.")
    if erasure.request.person_id is not None and erasure.request.person_id == actor.person_id:
        return no("It is about you. Somebody else who handles requests has to decide.")
    if erasure.request.state in ENDED:
        return no("This request has ended. Nothing is erased for it.")
    return YES


def may_return(actor: Actor, erasure: Erasure, *, why: str) -> Verdict:
    verdict = may_settle(actor, erasure)
    if not verdict:
        return verdict
    if not why.strip():
        return no("Say what has to be decided otherwise, and why.")
    return may_write(erasure.request, why)
