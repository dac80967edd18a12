"""Who may put papers on record, and what may be held at all. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
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
