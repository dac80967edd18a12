"""What packages above do in the step that gives a body another chair, told by them."""

from collections.abc import Callable

_TOLD: list[Callable[[], None]] = []


def when_chair_appointed(does: Callable[[], None]) -> None:
    _TOLD.append(does)


def tell_of_chair() -> None:
    """In the transaction that appoints."""
    for does in _TOLD:
        does()
