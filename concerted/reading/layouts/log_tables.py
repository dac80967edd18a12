"""Tables that list actions: who, what and by when, each in a column, in whatever order."""

from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.lines import Line
from concerted.reading.vocabulary import listed

_WHO = listed("owner who whom lead responsible by responsibility assigned officer person")
_WHAT = listed("action actions task what")
_WHEN = listed("deadline due when date timescale target completion status progress update")
_OTHER = listed("no no. ref item point points / & and - agreed required number minute by for to")
Row = tuple[Line, Line, Line | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row the one who does it, the task and the deadline stand."""

    who: int
    what: int
    by: int | None

    def row(self, cells: Sequence[Line]) -> Row | None:
        """The row as who, what and by when; None where a row has too few cells."""
        if max(self.who, self.what) >= len(cells):
            return None
        by = cells[self.by] if self.by is not None and self.by < len(cells) else None
        return cells[self.who], cells[self.what], by


def log_columns(names: Sequence[str]) -> Columns | None:
    """The columns of a log by the names in its header row; None when it is no log's."""
    places: dict[str, int] = {}
    for at, name in enumerate(names):
        kind = _kind(name)
        if kind is None:
            return None
        if kind != "other" and kind not in places:
            places[kind] = at
    if "who" not in places or "what" not in places:
        return None
    return Columns(places["who"], places["what"], places.get("when"))


def _kind(name: str) -> str | None:
    words = [word.strip(".:()") for word in name.lower().replace("/", " ").split()]
    words = [word for word in words if word]
    if not all(word in _WHO | _WHAT | _WHEN | _OTHER for word in words):
        return None
    # "Action by" and "By whom" name a person, "By when" a day.
    if any(word in _WHEN for word in words):
        return "when"
    if any(word in _WHO for word in words):
        return "who"
    return "what" if any(word in _WHAT for word in words) else "other"
