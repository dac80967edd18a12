"""The one place where files look behind the wall: what they depend on may be unseen by who acts."""

from collections.abc import Iterator
from contextlib import contextmanager

from concerted.access.models import Audience
from concerted.people.public import also_open_to


@contextmanager
def everything_open() -> Iterator[None]:
    """Show all rows to what runs inside; afterwards the wall stands where it stood.

    What runs inside changes who sees a file, as part of a step that has its own line on the trail,
    and hands nothing that it found to whoever acts. Must run inside a transaction.
    """
    with also_open_to(*Audience.objects.values_list("pk", flat=True)):
        yield
