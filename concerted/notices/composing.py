"""Mail whose words are made when it goes: each kind by a function of the package that knows it."""

from collections.abc import Callable
from dataclasses import dataclass

from concerted.notices.models import Mail


@dataclass(frozen=True, slots=True)
class Attached:
    """An iCalendar object and what is asked by it (RFC 5546): REQUEST or CANCEL."""

    data: bytes
    method: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The words of one mail; `reply_to` and `stop`, the address that ends such mail, may be "".

    `calendar` makes what a calendar takes from it, as bytes, from the address of its link.
    """

    subject: str
    text: str
    reply_to: str = ""
    stop: str = ""
    calendar: Callable[[str], Attached] | None = None


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


_office: list[Callable[[], str]] = []


def answers_go_to(find: Callable[[], str]) -> Callable[[], str]:
    """Have a function say where answers go to mail that names no mailbox of its own."""
    _office.append(find)
    return find


def office_mailbox() -> str:
    """The address for answers to such mail; "" where there is none."""
    return next((found for find in _office if (found := find())), "")
