"""The text of a paragraph as a page shows it: words, lists, and tables whose cells stay apart.

Readers of files write a row of a table as a line, its cells between bars (`Fen | 12 | 14`), and an
entry of a list with its bullet. Plain Python.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

_BAR = " | "
_BULLET = re.compile(r"[•·▪◦‣*–-]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Kind: words, list or table; where the first row names no columns they are numbered."""

    kind: str
    lines: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=list)


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text, in order; no word of it is lost, and no cell runs into the next."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    made: list[Piece] = []
    for kind, found in groupby(lines, _kind):
        some = list(found)
        if kind == "table" and len(some) > 1:
            made.append(_table(some))
        elif kind == "list":
            made.append(Piece("list", [_BULLET.sub("", one, count=1) for one in some]))
        else:
            made.append(Piece("words", some))
    return made


def _kind(line: str) -> str:
    if _BAR in line:
        return "table"
    return "list" if _BULLET.match(line) else "words"


def _table(lines: Sequence[str]) -> Piece:
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    first = rows[0]
    named = all(first[1:]) and not any(re.fullmatch(r"[\d.,%£ -]+", cell) for cell in first[:1])
    if named and len(set(first)) == width:
        return Piece("table", head=first, rows=rows[1:])
    return Piece("table", head=[f"Column {n}" for n in range(1, width + 1)], rows=rows)
