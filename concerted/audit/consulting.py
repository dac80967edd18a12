"""Reads of restricted things are on the trail, once a reader, thing and hour.

Once an hour says who read what and when, and does not fill the trail each time somebody goes back
to a page.
"""

from django.db import connection

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Line, Verb
from concerted.audit.trail import Named
from concerted.kernel.clock import now

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7135002))"


def consulted(actor: Actor, what: str, thing: Named) -> None:
    """Note that the actor read a restricted thing, unless this hour's line is there already.

    Requests of one reader for one thing wait for each other, so that two tabs leave one line.
    """
    if _is_noted(actor, what, thing):
        return
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{actor.pseudonym} {thing.key}"])
    if not _is_noted(actor, what, thing):  # by another tab, while this one waited
        trail.note(actor, what, thing, verb=Verb.CONSULT)


def _is_noted(actor: Actor, what: str, thing: Named) -> bool:
    hour = now().replace(minute=0, second=0, microsecond=0)
    return Line.objects.filter(
        actor=actor.pseudonym, reference=thing.key, verb=Verb.CONSULT, what=what, at__gte=hour
    ).exists()
