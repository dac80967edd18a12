"""What packages above show at the head of the page of a meeting to come. They register it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concerted.access.actor import Actor
from concerted.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of the page: the template that draws it, and what that is given as `panel.given`."""

    template: str
    given: Mapping[str, Any]


class Ahead(ABC):
    """Records of a package above that concern a meeting before it is held."""

    @abstractmethod
    def panel(self, actor: Actor, meeting: Meeting) -> Panel | None:
        """What this reader is shown of a planned meeting; None where there is nothing."""


_KEPT: list[Ahead] = []


def register(*kept: Ahead) -> None:
    _KEPT.extend(kept)


def panels_of(actor: Actor, meeting: Meeting) -> list[Panel]:
    panels = [one.panel(actor, meeting) for one in _KEPT]
    return [one for one in panels if one]
