"""Who gives the partnership's template. Who writes and corrects minutes, minuting says."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no


def may_keep_template(actor: Actor) -> Verdict:
    """All bodies share it, so it is given by whoever runs the office of all."""
    if actor.holds(Permission.MINUTES_IMPORT):
        return YES
    return no("Only a secretary of all bodies or the partnership manager can change the template.")
