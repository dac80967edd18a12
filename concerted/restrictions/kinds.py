"""The kinds of things that can be restricted. The packages above register their own."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, ClassVar

from concerted.access.actor import Actor
from concerted.kernel.verdict import YES, Verdict
from concerted.people.public import Body, Organisation


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be restricted, as restrictions need to know it.

    `home_id` is the audience that it has while nothing restricts it, `organisation` whose it is
    where that is known. `number` and `day` may be shown of it when it is closed; `title` never.
    `parent` (kind and key) is where it stands. `may_hide` says whether hiding leaves no gap, and
    `may_close` whether there is anybody to keep it from. With `given_id` its audience is not
    chosen: restricted, it has that one.
    """

    row: Any
    kind: str
    key: str
    noun: str
    title: str
    href: str
    body: Body
    audience_id: int
    home_id: int
    parent: tuple[str, str]
    organisation: Organisation | None = None
    number: str = ""
    position: int = 0
    day: datetime.date | None = None
    may_hide: Verdict = field(default=YES)
    may_close: Verdict = field(default=YES)
    given_id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing stands: of a closed one whoever is on this audience reads a line there.

    The line names `body`, where its readers know that one.
    """

    kind: str
    key: str
    audience_id: int
    body: Body | None
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """From which audience to which the thing goes with its children, and as what.

    `home` says that nothing restricts it any more.
    """

    before: int
    to: int
    home: bool
    hidden: bool
    tier: str
    review_on: datetime.date | None


class Restrictable(ABC):
    """What a package says of a kind of thing. `name` stands in addresses, `label` in records.

    `event` begins its verbs on the trail, where `name` does not. The sentences below say, on the
    pages, who sees it open, what others see of it closed and what not, and what follows it.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    noun: ClassVar[str]
    event: ClassVar[str] = ""
    read_by: ClassVar[str] = "whoever reads the papers of this body sees it"
    told: ClassVar[str] = "others see its number and why, and whom to ask"
    shown: ClassVar[str] = "its number"
    kept_back: ClassVar[str] = "its title or its words"
    follows: ClassVar[str] = "all that hangs on it: decisions, actions, appendices and its file"

    @abstractmethod
    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        """The thing, if the actor may see it; with `lock`, held until the transaction ends."""

    @abstractmethod
    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        """Give it and what hangs on it another audience; what is narrower already stays so."""

    @abstractmethod
    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        """Which of these the actor may see."""

    def places(self, thing: Thing) -> list[Place]:
        """All places where it stands, those included that the actor does not see."""
        return [Place(*thing.parent, thing.home_id, thing.body, thing.day)]

    def warnings(self, actor: Actor, thing: Thing) -> list[str]:
        """What does not follow the thing, in sentences, for whoever is about to restrict it."""
        return []


# What the kinds are called in addresses: one, and many.
RESTRICTABLE = {
    "meeting": "meetings",
    "item": "items",
    "paragraph": "paragraphs",
    "paper": "papers",
    "appendix": "appendices",
    "action": "actions",
    "file": "files",
    "body": "bodies",
    "seat": "seats",
}
_KINDS: dict[str, Restrictable] = {}


def register(*kinds: Restrictable) -> None:
    """Make kinds known; called once when a package is ready."""
    for kind in kinds:
        _KINDS[kind.name] = kind


def kind_of(name: str) -> Restrictable:
    return _KINDS[name]


def names_by_label() -> dict[str, str]:
    """What stands in addresses, by what stands in records."""
    return {kind.label: kind.name for kind in _KINDS.values()}


def by_label(label: str) -> Restrictable:
    return next(kind for kind in _KINDS.values() if kind.label == label)


def moved(rows: Any, move: Move) -> None:
    """Move those of these rows that had the audience of the thing until now."""
    rows.filter(audience_id=move.before).update(audience_id=move.to)
