"""Columns of a page: text that runs down on the left before it goes on at the right."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from concerted.reading.files.pdf.marks import Line
from concerted.reading.files.pdf.words import segments
from concerted.reading.files.pdf.wrapping import is_full

_STEP = 4.0  # points between the places tried for a gutter
_PLACES = 1_000  # tried at most, however wide a page says it is
_BLANK = 0.7  # of an em: wider blanks may be a gutter
_FEWEST = 6  # lines in each column
_NARROWEST = 12.0  # of an em: narrower columns are those of a table
_GOING_ON = 0.25  # of a column’s lines begin with a small letter
_WRAPPED = 0.45  # of a column’s lines end where the next word had no room: prose, not a table


def columns_of(lines: Sequence[Line]) -> list[tuple[list[Line], bool]]:
    """The lines in reading order, in runs; True for those that are a column beside another."""
    found = _gutter(lines)
    if found is None:
        return [(list(lines), False)] if lines else []
    start, stop, x = found
    left, right = _sides(lines[start:stop], x)
    return [
        *columns_of(lines[:start]),
        *((run, True) for side in (left, right) for run, _ in columns_of(side)),
        *columns_of(lines[stop:]),
    ]


def _gutter(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """The longest run of lines (from, to) that stand on both sides of a place, and the place."""
    if len(lines) < _FEWEST:
        return None
    begin, end = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, int, float] | None = None
    widest: list[float] = []
    x = begin + 0.15 * (end - begin)
    step = max(_STEP, (end - begin) / _PLACES)
    taken = [_taken(line) for line in lines]
    while x < end - 0.15 * (end - begin):
        for start, stop in _clear(taken, x):
            if best is None or stop - start > best[1] - best[0]:
                if _are_columns(lines[start:stop], x):
                    best, widest = (start, stop, x), [x]
            elif (start, stop) == best[:2]:
                widest.append(x)
        x += step
    if best is None:
        return None
    return best[0], best[1], widest[len(widest) // 2]


def _clear(taken: Sequence[list[tuple[float, float]]], x: float) -> Iterator[tuple[int, int]]:
    """Runs of lines that leave a place free."""
    start = 0
    for at, stretches in enumerate(taken):
        if any(left < x < right for left, right in stretches):
            if at - start >= _FEWEST:
                yield start, at
            start = at + 1
    if len(taken) - start >= _FEWEST:
        yield start, len(taken)


def _taken(line: Line) -> list[tuple[float, float]]:
    """The stretches of a line with words, the blanks between words of one sentence included."""
    parts = segments(line, _BLANK * line.size)
    return [(part.left, part.right) for part in parts]


def _sides(lines: Sequence[Line], x: float) -> tuple[list[Line], list[Line]]:
    left = [Line([w for w in line.words if w.right <= x], line.page) for line in lines]
    right = [Line([w for w in line.words if w.right > x], line.page) for line in lines]
    return [line for line in left if line.words], [line for line in right if line.words]


def _are_columns(lines: Sequence[Line], x: float) -> bool:
    left, right = _sides(lines, x)
    few, many = sorted((len(left), len(right)))
    return few >= _FEWEST and few > many / 2 and is_prose(left) and is_prose(right)


def is_prose(side: Sequence[Line]) -> bool:
    """Whether lines end where the next word had no more room, and go on with small letters."""
    limit, left = max(line.right for line in side), min(line.left for line in side)
    if limit - left < _NARROWEST * side[0].size:
        return False
    full = sum(is_full(line, following, limit) for line, following in pairwise(side))
    going_on = sum(line.text[0].islower() for line in side)
    return full >= _WRAPPED * len(side) and going_on >= _GOING_ON * len(side)
