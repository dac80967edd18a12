"""The shape all layouts are brought to before the recognisers read it."""

from dataclasses import dataclass, field

from concerted.reading.attendance import Roll
from concerted.reading.lines import Line
from concerted.reading.model import Field, Span


@dataclass(slots=True)
class DraftItem:
    """One item as lines: what stands in the decision column, and what is told."""

    ref: str | None = None
    ref_at: Span | None = None
    title: Line | None = None
    more_title: list[Line] = field(default_factory=list)
    subs: list[tuple[str, str]] = field(default_factory=list)
    sub_lines: list[Line] = field(default_factory=list)
    purpose: list[Line] = field(default_factory=list)
    decided: list[Line] = field(default_factory=list)
    told: list[Line] = field(default_factory=list)
    tasks: list[Line] = field(default_factory=list)
    part: str = "public"

    def lines(self) -> list[Line]:
        """Every line of the item but its reference, in the order of the text."""
        title = [self.title] if self.title else []
        every = title + self.more_title + self.sub_lines + self.purpose
        every += self.decided + self.told + self.tasks
        return sorted(every, key=lambda line: line.start)


@dataclass(slots=True)
class Draft:
    """One meeting as lines by their place."""

    family: str
    head: list[Line] = field(default_factory=list)
    rolls: list[Roll] = field(default_factory=list)
    items: list[DraftItem] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    log: list[tuple[Line, Line, Line | None]] = field(default_factory=list)


@dataclass(slots=True)
class Head:
    """What was read of the head, and the starts of the lines it was read from."""

    body: Field | None = None
    date: Field | None = None
    start_time: Field | None = None
    venue: Field | None = None
    status: Field | None = None
    used: set[int] = field(default_factory=set)
