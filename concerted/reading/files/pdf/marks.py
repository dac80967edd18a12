"""What stands on a page. Places are in points from its top left corner; ``y`` is a baseline."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letter:
    """One character; ``spaced`` where a blank stands before it, ``size`` is that of its em."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    spaced: bool


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool


@dataclass(slots=True)
class Line:
    """Words on one baseline, from left to right; ``page`` counts from 0."""

    words: list[Word]
    page: int = 0

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def y(self) -> float:
        return max(self.words, key=lambda word: word.size).y

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along the page's edges; it stands when ``left`` equals ``right``."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A small round drawing, as some programs make for a bullet."""

    left: float
    right: float
    middle: float


@dataclass(slots=True)
class Sheet:
    """A page: ``pictured`` is the share of it that its largest picture covers, 0 to 1."""

    width: float
    height: float
    letters: list[Letter] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    pictured: float = 0.0
    drawings: int = 0
    slanted: int = 0
    unknown: int = 0
    fields: int = 0


@dataclass(slots=True)
class Page:
    """The lines of a page from the top, the rules drawn on it, and its size."""

    lines: list[Line]
    rules: list[Rule]
    width: float
    height: float
