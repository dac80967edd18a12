"""What goes out together with an issue of an agenda, told by the packages that keep it."""

from collections.abc import Callable

from concerted.access.actor import Actor
from concerted.agendas.models import Issue

GoesOut = Callable[[Actor, Issue], None]
_GOING: list[GoesOut] = []


def register(rows: GoesOut) -> None:
    """Make known what is published with an issue, as a part of the same step."""
    _GOING.append(rows)


def go_out(actor: Actor, issue: Issue) -> None:
    for one in _GOING:
        one(actor, issue)
