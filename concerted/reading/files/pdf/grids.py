"""Tables with rules: cells from the lines drawn between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from concerted.reading.files.pdf.marks import Line, Rule, Word

_TOUCH = 3.0  # points between rules that meet, or that are two sides of one bar
_MAX_CELLS = 20_000


@dataclass(slots=True)
class Cell:
    """The words of one cell, and its edges."""

    left: float
    right: float
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table on one page: its rows of cells from the top."""

    top: float
    bottom: float
    left: float
    right: float
    rows: list[list[Cell]]


def grids_of(rules: Sequence[Rule], lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
    """The ruled tables of a page, and the lines that stand in none of them."""
    frames = [frame for rules in _touching(_merged(rules)) if (frame := _Frame.of(rules))]
    frames.sort(key=lambda frame: frame.area)
    made: list[Grid] = []
    for frame in frames:
        inside = [word for line in lines for word in line.words if frame.holds(word)]
        grid = frame.grid(inside)
        if grid is None:
            continue
        made.append(grid)
        taken = set(map(id, inside))
        rest = (
            Line([word for word in line.words if id(word) not in taken], line.page)
            for line in lines
        )
        lines = [line for line in rest if line.words]
    return sorted(made, key=lambda grid: grid.top), list(lines)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that lie on each other or run on, as one."""
    flat = sorted(
        (rule for rule in rules if rule.top == rule.bottom), key=lambda r: (r.top, r.left)
    )
    tall = sorted(
        (rule for rule in rules if rule.left == rule.right), key=lambda r: (r.left, r.top)
    )
    across = _runs([(rule.top, rule.left, rule.right) for rule in flat])
    down = _runs([(rule.left, rule.top, rule.bottom) for rule in tall])
    return [
        *(Rule(start, at, stop, at) for at, start, stop in across),
        *(Rule(at, start, at, stop) for at, start, stop in down),
    ]


def _runs(pieces: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """(place, start, stop) of strokes; those at one place that meet are merged."""
    levels: list[list[tuple[float, float, float]]] = []
    for piece in pieces:
        if levels and piece[0] - levels[-1][0][0] <= _TOUCH:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    made: list[tuple[float, float, float]] = []
    for level in levels:
        at = level[0][0]
        spans = sorted((start, stop) for _, start, stop in level)
        start, stop = spans[0]
        for left, right in spans[1:]:
            if left <= stop + _TOUCH:
                stop = max(stop, right)
            else:
                made.append((at, start, stop))
                start, stop = left, right
        made.append((at, start, stop))
    return made


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in groups that hang together."""
    if len(rules) > 2_000:
        return []  # a drawing, not a table
    groups: list[list[Rule]] = []
    for rule in rules:
        near = [group for group in groups if any(_meet(rule, other) for other in group)]
        groups = [group for group in groups if not any(group is other for other in near)]
        groups.append([rule, *(other for group in near for other in group)])
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _TOUCH
        and other.left <= one.right + _TOUCH
        and one.top <= other.bottom + _TOUCH
        and other.top <= one.bottom + _TOUCH
    )


@dataclass(slots=True)
class _Frame:
    """Rules that hang together, and the places where they stand."""

    across: list[Rule]
    down: list[Rule]
    xs: list[float]
    ys: list[float]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> "_Frame | None":
        """None where the rules are no table: not two rows or columns, or a drawing."""
        across = [rule for rule in rules if rule.top == rule.bottom]
        down = [rule for rule in rules if rule.left == rule.right]
        if len(across) < 2 or not down:
            return None
        ends = [x for rule in across for x in (rule.left, rule.right)]
        xs = _distinct([rule.left for rule in down] + [min(ends), max(ends)])
        ys = _distinct([rule.top for rule in across])
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MAX_CELLS:
            return None
        return cls(across, down, xs, ys)

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, word: Word) -> bool:
        x, y = _middle(word)
        return self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]

    def grid(self, words: Iterable[Word]) -> Grid | None:
        """The words in their cells; None where no row has two cells with words."""
        wide, high = len(self.xs) - 1, len(self.ys) - 1
        owner = self._owners(wide, high)
        cells: dict[int, Cell] = {}
        for place, first in enumerate(owner):
            column = place % wide
            cell = cells.setdefault(first, Cell(self.xs[column], self.xs[column + 1]))
            cell.right = max(cell.right, self.xs[column + 1])
        for word in words:
            x, y = _middle(word)
            column = max(0, sum(edge <= x for edge in self.xs) - 1)
            row = max(0, sum(edge <= y for edge in self.ys) - 1)
            cells[owner[min(row, high - 1) * wide + min(column, wide - 1)]].words.append(word)
        rows = [
            [cells[place] for place in range(row * wide, (row + 1) * wide) if place in cells]
            for row in range(high)
        ]
        if not any(sum(bool(cell.words) for cell in row) > 1 for row in rows):
            return None
        return Grid(self.ys[0], self.ys[-1], self.xs[0], self.xs[-1], rows)

    def _owners(self, wide: int, high: int) -> list[int]:
        """For each field of the raster, the first field of the cell it is part of."""
        owner = list(range(wide * high))
        for row in range(high):
            for column in range(wide):
                at = row * wide + column
                if column and not self._parted_down(row, column):
                    owner[at] = owner[at - 1]
                elif row and not self._parted_across(row, column):
                    owner[at] = owner[at - wide]
        return owner

    def _parted_down(self, row: int, column: int) -> bool:
        x, y = self.xs[column], (self.ys[row] + self.ys[row + 1]) / 2
        return any(
            abs(rule.left - x) <= _TOUCH and rule.top <= y <= rule.bottom for rule in self.down
        )

    def _parted_across(self, row: int, column: int) -> bool:
        y, x = self.ys[row], (self.xs[column] + self.xs[column + 1]) / 2
        return any(
            abs(rule.top - y) <= _TOUCH and rule.left <= x <= rule.right for rule in self.across
        )


def _distinct(places: Iterable[float]) -> list[float]:
    made: list[float] = []
    for place in sorted(places):
        if not made or place - made[-1] > _TOUCH:
            made.append(place)
    return made


def _middle(word: Word) -> tuple[float, float]:
    return (word.left + word.right) / 2, word.y - 0.3 * word.size
