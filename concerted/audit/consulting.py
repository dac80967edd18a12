"""Reads of restricted things are on the trail, once a reader, thing and hour.

Once an hour says who read what and when, and does not fill the trail each time somebody goes back
to a page.
"""

from collections.abc import Iterable

from django.db import connection

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Line, Verb
from concerted.kernel.clock import now

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7135002))"


def consulted(actor: Actor, read: Iterable[tuple[str, str]]) -> None:
    """Note that the actor read restricted things, given as (kind, key), all from one page.

    Those whose line of this hour is there already are not noted again. Requests of one reader wait
    for each other, so that two tabs leave one line. The cost is the same for 1 thing and for 30.
    """
    things = set(read)
    if not things or not (things - _noted(actor, things)):
        return
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{actor.pseudonym} reads"])
    # By another tab, while this one waited.
    new = sorted(things - _noted(actor, things))
    Line.objects.bulk_create(
        trail.line(actor, _what(kind), kind=kind, reference=key, verb=Verb.CONSULT)
        for kind, key in new
    )


def _what(kind: str) -> str:
    return f"{kind.partition('.')[2]}.consulted"


def _noted(actor: Actor, things: set[tuple[str, str]]) -> set[tuple[str, str]]:
    hour = now().replace(minute=0, second=0, microsecond=0)
    there = Line.objects.filter(
        actor=actor.pseudonym,
        reference__in=[key for _, key in things],
        verb=Verb.CONSULT,
        what__endswith=".consulted",
        at__gte=hour,
    )
    return set(there.values_list("kind", "reference"))
