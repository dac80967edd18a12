"""What meetings decided on what was put to them, told by the package that keeps meetings."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from concerted.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """A presentation by its key, with the keys of its meeting and of its item, and its title."""

    key: str
    meeting_key: str
    item_key: str
    title: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What is known of one presentation, for one reader.

    `known` once the minutes are on record; `item` is the minute, `found` says that there is one;
    `decisions` are (outcome, words) with an address each.
    """

    known: bool = False
    found: bool = False
    minute: str = ""
    href: str = ""
    decisions: Sequence[tuple[str, str, str]] = ()


NOT_KNOWN = Decided()


class Deciding(ABC):
    @abstractmethod
    def decided(self, actor: Actor, asked: Collection[Asked]) -> Mapping[str, Decided]:
        """By the keys of presentations; of a meeting that the actor may not see, nothing."""


_TELLS: list[Deciding] = []


def register(tells: Deciding) -> None:
    _TELLS.append(tells)


def decided(actor: Actor, asked: Collection[Asked]) -> dict[str, Decided]:
    found: dict[str, Decided] = {}
    for one in _TELLS:
        found |= one.decided(actor, asked)
    return found
