"""Who may put papers on record, and what may be held at all. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.papers.models import Paper
from concerted.papers.states import Tier
from concerted.people.public import Body

ABOVE = (
    "This report is marked higher than OFFICIAL-SENSITIVE, and Concerted holds nothing higher. "
    "Nothing was read from it. Tell whoever marked it that it was handed over here."
)


def may_hold(care: int) -> Verdict:
    """By the care that a printed marking asks for (`reading.reports.markings.care`)."""
    return no(ABOVE) if care >= 3 else YES


def may_accept(actor: Actor, body: Body, *, tier: str, marked: bool, there: bool) -> Verdict:
    """A marked paper is for the office alone; `there`: the body has this very paper already."""
    if not actor.holds(Permission.MINUTES_IMPORT, body_id=body.pk):
        return no("Only this body’s secretary can put its papers on record.")
    if marked and tier != Tier.SENSITIVE:
        return no(
            "This report carries a marking, so it stays with you alone. Ask its owner; it can be "
            "accepted once it is held as OFFICIAL-SENSITIVE for the office."
        )
    if there:
        return no(
            "This body has a paper of that title and day on record already. "
            "Look at it on the Papers page."
        )
    return YES


def may_publish(actor: Actor, paper: Paper) -> Verdict:
    """Showing a paper that was being worked on; one that is closed keeps its audience."""
    if not _keeps(actor, paper):
        return no("Only this body’s secretary can publish its papers.")
    if paper.published_at:
        return no("This paper is published already.")
    if paper.tier == Tier.SENSITIVE and paper.audience_id == paper.home_id:
        return no(
            "This paper is held as OFFICIAL-SENSITIVE for the office. Say under “Who may see this "
            "paper” who is to have it, then publish it."
        )
    return YES


def may_succeed(actor: Actor, paper: Paper, follows: Paper) -> Verdict:
    """Whether `paper` may be recorded as the version after `follows`."""
    if not _keeps(actor, paper):
        return no("Only this body’s secretary can publish its papers.")
    if paper.published_at or paper.follows_id:
        return no("This paper is on record as it is. A later version is a paper of its own.")
    if paper.body_id != follows.body_id:
        return no("These are papers of two bodies, so one is no version of the other.")
    return YES


def may_withdraw(actor: Actor, paper: Paper, *, withdrawn: bool) -> Verdict:
    if not _keeps(actor, paper):
        return no("Only this body’s secretary can withdraw its papers.")
    if paper.published_at is None:
        return no("This paper is not published yet, so nobody has to be told that it is withdrawn.")
    if withdrawn:
        return no("This paper is withdrawn already.")
    return YES


def may_put(actor: Actor, paper: Paper, *, withdrawn: bool, put_before: bool) -> Verdict:
    """Recording what a meeting is asked; `put_before`: that was recorded for this meeting."""
    if not _keeps(actor, paper):
        return no("Only this body’s secretary can put its papers to meetings.")
    if withdrawn:
        return no("This paper is withdrawn, so it is put to no further meeting.")
    if put_before:
        return no("What this paper asks of that meeting is on record already, and stays.")
    return YES


def _keeps(actor: Actor, paper: Paper) -> bool:
    return actor.holds(Permission.MINUTES_IMPORT, body_id=paper.body_id)
