"""The one place where the public edition looks behind the wall: to check, and to carry.

The leak check must see what a releaser may not, and what was approved must go out whoever's turn
it is. Each opening is a line on the trail, ends with the block, and gives nothing back by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Audience
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.people.public import open_to


@contextmanager
def everything_open(actor: Actor = SYSTEM, *, what: str, reference: str = "") -> Iterator[None]:
    """Show all rows to what runs inside; afterwards the wall stands where it stood.

    `what` is the word for it on the trail. Must run inside a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.audiences', true), '')")
        before = str(cursor.fetchone()[0])
    trail.add(
        actor,
        what,
        kind="editions.release" if reference else "",
        reference=reference or "edition",
        verb=Verb.CONSULT,
    )
    open_to(tuple(Audience.objects.values_list("pk", flat=True)))
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.audiences', %s, true)", [before])
