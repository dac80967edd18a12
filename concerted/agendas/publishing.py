"""What packages above do in the step that publishes an issue of an agenda, told by them."""

from collections.abc import Callable

from concerted.access.actor import Actor
from concerted.agendas.models import Issue

WhenPublished = Callable[[Actor, Issue], None]
_TOLD: list[WhenPublished] = []


def when_published(does: WhenPublished) -> None:
    _TOLD.append(does)


def tell_of_publication(actor: Actor, issue: Issue) -> None:
    """In the transaction that publishes: what one of them refuses is not published."""
    for does in _TOLD:
        does(actor, issue)
