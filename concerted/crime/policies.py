"""Who brings figures of crime in. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no


def may_bring_in(actor: Actor) -> Verdict:
    if actor.holds(Permission.CRIME_FIGURES_IMPORT):
        return YES
    return no("Only an analyst or a secretary can bring crime figures in.")
