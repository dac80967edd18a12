"""Tables without rules: lines whose parts stand below each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.files.pdf.marks import Line
from concerted.reading.files.pdf.words import segments
from concerted.reading.files.pdf.wrapping import Strip, is_full, is_mark

GAP = 1.5  # of an em: more than any blank of a sentence, even of one set to both edges
_EDGE = 0.4  # of an em: what an edge may waver
_NEAR = 3.0  # of an em: rows further apart are not one table
_NARROW = 0.2  # of the column: what stands at the side of a text, as the initials of an owner do
_NARROWEST = 0.12  # so little, far at the right, is a side whatever stands beside it


@dataclass(slots=True)
class Row:
    """A row of a table: the lines of each cell, in paragraphs."""

    cells: list[list[list[Line]]]


@dataclass(slots=True)
class _Parts:
    line: Line
    parts: list[Line]


def laid_out(lines: Sequence[Line], limit: float, origin: float) -> list[Strip | Row]:
    """The lines of a column, with the tables that stand in it as rows."""
    split = [_Parts(line, _parts(line)) for line in lines]
    made: list[Strip | Row] = []
    at = 0
    while at < len(split):
        stop = _table_end(split, at, limit) if len(split[at].parts) > 1 else at
        if stop > at:
            made += _rows(split[at:stop], limit)
            at = stop
            continue
        first, *others = split[at].parts
        aside = "     ".join(part.text for part in others)
        made.append(Strip(first, limit, origin, aside, fresh=at == 0))
        at += 1
    return made


def _parts(line: Line) -> list[Line]:
    """The parts of a line; a number and the words after its tab are one."""
    parts = segments(line, GAP * line.size)
    if len(parts) > 1 and len(parts[0].words) == 1 and is_mark(parts[0].text):
        parts[:2] = [Line([*parts[0].words, *parts[1].words], line.page)]
    return parts


def _table_end(split: Sequence[_Parts], at: int, limit: float) -> int:
    """Where the table ends that begins here; the same place where none begins."""
    edges = [(part.left, part.right) for part in split[at].parts[1:]]
    inner = min(left for left, _ in edges)
    stop = end = at + 1
    while stop < len(split):
        one, before = split[stop], split[stop - 1].line
        if one.line.y - before.y > _NEAR * before.size or one.line.y <= before.y:
            break
        if len(one.parts) > 1:
            more = [(part.left, part.right) for part in one.parts[1:]]
            if not any(_stand_below(edge, other, one.line) for edge in more for other in edges):
                break
            edges += more
            inner = min(left for left, _ in edges)
            end = stop + 1
        elif any(abs(one.line.left - left) <= _EDGE * one.line.size for left, _ in edges):
            end = stop + 1
        elif one.line.right > inner - _EDGE * one.line.size:
            break
        stop += 1
    rows = split[at:end]
    if len(rows) < 2 or len(_columns(rows)) < 2 or _is_text_with_a_side(rows, limit):
        return at
    return end


def _stand_below(one: tuple[float, float], other: tuple[float, float], line: Line) -> bool:
    waver = _EDGE * line.size
    return abs(one[0] - other[0]) <= waver or abs(one[1] - other[1]) <= waver


def _columns(rows: Sequence[_Parts]) -> list[tuple[float, float]]:
    """The columns’ (left, right) edges: parts that overlap are in one column."""
    made: list[tuple[float, float]] = []
    for left, right in sorted((part.left, part.right) for row in rows for part in row.parts):
        if made and left < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], right))
        else:
            made.append((left, right))
    return made


def _is_text_with_a_side(rows: Sequence[_Parts], limit: float) -> bool:
    """Whether sentences run down the left, with a word or two beside some of them."""
    columns = _columns(rows)
    if len(columns) != 2:
        return False
    (begin, _), (side, end) = columns
    wide = max(limit, end) - begin
    if end - side > _NARROW * wide:
        return False
    if end - side < _NARROWEST * wide and side - begin > 0.6 * wide:
        return True
    lefts = [row.line if len(row.parts) == 1 else row.parts[0] for row in rows]
    beside = sum(len(row.parts) > 1 for row in rows)
    long = sum(line.right - begin > 0.6 * (side - begin) for line in lefts)
    return beside < len(rows) or 2 * long > len(rows)


def _rows(split: Sequence[_Parts], limit: float) -> list[Strip | Row]:
    columns = _columns(split)
    ends = [left - 0.8 * split[0].line.size for left, _ in columns[1:]]
    ends.append(max(limit, columns[-1][1]))
    rows: list[Row] = []
    tight = 1.45 * split[0].line.size
    for number, one in enumerate(split):
        near = number > 0 and one.line.y - split[number - 1].line.y <= tight
        placed = [(_column(columns, part), part) for part in one.parts]
        if not (near and rows and _goes_on(rows[-1], placed, ends)):
            rows.append(Row([[] for _ in columns]))
        for at, part in placed:
            cell = rows[-1].cells[at]
            if cell and is_full(cell[-1][-1], part, ends[at]):
                cell[-1].append(part)
            else:
                cell.append([part])
    return list(rows)


def _column(columns: Sequence[tuple[float, float]], part: Line) -> int:
    return max(at for at, (left, _) in enumerate(columns) if left <= part.left)


def _goes_on(row: Row, placed: Sequence[tuple[int, Line]], ends: Sequence[float]) -> bool:
    """Whether a line goes on with the row above it: nothing new in the first column, or every
    part follows a cell that had no more room.
    """
    if all(at > 0 for at, _ in placed):
        return True
    return all(
        row.cells[at] and is_full(row.cells[at][-1][-1], part, ends[at]) for at, part in placed
    )
