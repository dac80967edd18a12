"""Where records whose time is past are looked for behind the wall: to list them, and let them go.

The program looks at all of them; what it writes down of each is for that record's own audience.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from concerted.access.models import Audience
from concerted.people.public import open_to


@contextmanager
def everything_open() -> Iterator[None]:
    """Show all rows to what runs inside; afterwards the wall stands where it stood.

    Must run inside a transaction. Whoever opens it leaves a line on the trail.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.audiences', true), '')")
        before = str(cursor.fetchone()[0])
    open_to(tuple(Audience.objects.values_list("pk", flat=True)))
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.audiences', %s, true)", [before])
