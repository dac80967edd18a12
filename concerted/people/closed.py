"""What stands where a body or a seat is closed to a reader. The package above that keeps them
back makes known how to ask it."""

from collections.abc import Callable, Sequence
from typing import Any

from concerted.access.actor import Actor
from concerted.people.models import Body

Tells = Callable[[Actor, str, str], Sequence[Any]]
_TOLD: list[Tells] = []

# Where they stand: the tree of all bodies, and the seats of one.
TREE = ("people.tree", "bodies")
SEATS = "people.seats"


def tells_closed(told: Tells) -> None:
    _TOLD.append(told)


def closed_bodies(actor: Actor) -> list[Any]:
    """Lines (reason, owner, day to look again, whom to ask) for bodies that are closed to them."""
    return [line for told in _TOLD for line in told(actor, *TREE)]


def closed_seats(actor: Actor, body: Body) -> list[Any]:
    """The same for seats of a body."""
    return [line for told in _TOLD for line in told(actor, SEATS, body.key)]
