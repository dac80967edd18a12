"""Where the public edition looks behind the wall: to check, and to carry.

The leak check must see what a releaser may not, and what was approved must go out whoever's turn
it is. Each opening is a line on the trail.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from concerted.access.actor import SYSTEM, Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.people.public import everything_open


@contextmanager
def opened(actor: Actor = SYSTEM, *, what: str, reference: str = "") -> Iterator[None]:
    """Show all rows to what runs inside. `what` is the word for it on the trail."""
    trail.add(
        actor,
        what,
        kind="editions.release" if reference else "",
        reference=reference or "edition",
        verb=Verb.CONSULT,
    )
    with everything_open():
        yield
