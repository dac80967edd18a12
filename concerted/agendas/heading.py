"""What waits for an agenda and heads its builder, told by the packages that keep it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.meetings.public import Meeting


@dataclass(frozen=True, slots=True)
class Head:
    """One thing that waits: `words` say why; `action` is where the button that takes it sends
    `fields` and the token of the draft, or empty where it is not taken by a button."""

    key: str
    title: str
    href: str
    words: str
    action: str = ""
    fields: Mapping[str, str] | None = None


class Heads(ABC):
    """Records of a package above that wait for agendas."""

    @abstractmethod
    def waiting(self, actor: Actor, meeting: Meeting) -> Sequence[Head]:
        """What waits for the agenda of this meeting, as far as the actor sees it."""


_KEPT: list[Heads] = []


def register(*kept: Heads) -> None:
    _KEPT.extend(kept)


def heads_of(actor: Actor, meeting: Meeting) -> list[Head]:
    return [head for one in _KEPT for head in one.waiting(actor, meeting)]
