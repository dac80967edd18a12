"""Mail whose words are made when it goes: each kind by a function of the package that knows it."""

from collections.abc import Callable
from dataclasses import dataclass

from concerted.notices.models import Mail


@dataclass(frozen=True, slots=True)
class Composed:
    """The words of one mail; `reply_to` and `stop`, the address that ends such mail, may be ""."""

    subject: str
    text: str
    reply_to: str = ""
    stop: str = ""


# None where by now there is nothing left that its reader may be told.
Composes = Callable[[Mail], Composed | None]
_made: dict[str, Composes] = {}


def composes(kind: str) -> Callable[[Composes], Composes]:
    """Have a function make the words of each mail of a kind, at every try."""

    def registered(make: Composes) -> Composes:
        _made[kind] = make
        return make

    return registered


def of_kind(kind: str) -> Composes | None:
    return _made.get(kind)
