"""Reading the trail."""

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.audit.models import Line
from concerted.kernel.verdict import YES, Verdict, no


def may_read_trail(actor: Actor) -> Verdict:
    if actor.holds(Permission.TRAIL_VIEW):
        return YES
    return no("Only the partnership manager and the data protection officer can read the trail.")


def lines() -> QuerySet[Line]:
    return Line.objects.order_by("-id")
