"""What packages above keep beside the items of a meeting. They register it once they are ready."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, Value

from concerted.access.actor import Actor
from concerted.restrictions.public import Move


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence beside an item; `id` is its anchor on the page, `href` where its words lead."""

    id: str
    lead: str
    words: str
    href: str = ""


class Beside(ABC):
    """Records of a package above that hang on items."""

    @abstractmethod
    def there(self) -> Exists:
        """Whether a meeting (`OuterRef("pk")`) has any that the reader, of `audiences`, sees."""

    @abstractmethod
    def lines(self, actor: Actor, items: Collection[int]) -> Mapping[int, Sequence[Line]]:
        """What stands beside these items, by their ids."""

    @abstractmethod
    def hangs_on(self, items: Collection[int]) -> set[int]:
        """Those of these items that have any."""

    @abstractmethod
    def move(self, items: Collection[int], move: Move) -> None:
        """Let what hangs on these items follow them to another audience."""


_KEPT: list[Beside] = []


def register(*kept: Beside) -> None:
    _KEPT.extend(kept)


def anything() -> "ExpressionWrapper[Any]":
    """Whether a meeting has anything beside its items, to be asked for with the meeting itself."""
    found = Q(Value(False, BooleanField()))
    for one in _KEPT:
        found |= Q(one.there())
    return ExpressionWrapper(found, BooleanField())


def lines_beside(actor: Actor, items: Collection[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for one in _KEPT:
        for item, lines in one.lines(actor, items).items():
            found.setdefault(item, []).extend(lines)
    return found


def items_with_any(items: Collection[int]) -> set[int]:
    return {one for kept in _KEPT for one in kept.hangs_on(items)}


def move_beside(items: Collection[int], move: Move) -> None:
    for one in _KEPT:
        one.move(items, move)
