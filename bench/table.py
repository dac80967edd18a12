"""Results: one row a measurement, ratios and growth before absolute figures."""

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = ("What", "Ratio or growth", "Target", "Met", "Ours", "Beside it")


class AnswersDiffer(Exception):
    """Two ways that should answer alike do not: their times mean nothing then."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; `met` is None where nothing was asked for."""

    what: str
    ratio: str
    ours: str = "–"
    beside: str = "–"
    target: str = "–"
    met: bool | None = None
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        met = {None: "–", True: "yes", False: "NO"}[self.met]
        return (self.what, self.ratio, self.target, met, self.ours, self.beside)


def same(what: str, ours: object, beside: object) -> None:
    """Refuse to compare the times of different answers."""
    if ours != beside:
        raise AnswersDiffer(f"{what}: the two answers differ.")


def as_markdown(rows: Sequence[Row]) -> str:
    """The table of all rows, its columns aligned for reading as plain text too."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines)


def notes(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row.note for row in rows if row.note))


def times(ratio: float) -> str:
    """A ratio as words read it: `0.28 times`."""
    return f"{ratio:.2f} times" if ratio < 10 else f"{ratio:,.0f} times"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"
