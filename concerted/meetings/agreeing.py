"""What packages above do in the step that confirms minutes, told by them."""

from collections.abc import Callable

from concerted.access.actor import Actor
from concerted.meetings.models import Meeting

WhenConfirmed = Callable[[Actor, Meeting], None]
_TOLD: list[WhenConfirmed] = []


def when_confirmed(does: WhenConfirmed) -> None:
    _TOLD.append(does)


def tell_of_confirmation(actor: Actor, meeting: Meeting) -> None:
    """In the transaction that confirms."""
    for does in _TOLD:
        does(actor, meeting)
