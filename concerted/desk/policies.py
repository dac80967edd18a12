"""Who may say where the anchors of the trail go. Facts in, Verdict out."""

from collections.abc import Sequence

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.public import Post

KEEPERS = 2


def may_choose_keepers(actor: Actor) -> Verdict:
    if Permission.APPOINTMENT_MAKE in actor.everywhere and actor.holds(Permission.TRAIL_VIEW):
        return YES
    return no("Only the partnership manager can choose who keeps the anchors.")


def may_keep(actor: Actor, posts: Sequence[Post]) -> Verdict:
    """Two organisations keep the anchors, so that neither alone could hide a cut trail."""
    verdict = may_choose_keepers(actor)
    if not verdict:
        return verdict
    if len({post.organisation_id for post in posts}) != KEEPERS:
        return no("Choose two posts of two different organisations.")
    if not all(post.role_mailbox for post in posts):
        return no("Both posts need a role mailbox, which the anchors go to.")
    return YES
