"""Which cells of a table may not be published, and which follow from the others all the same.

Small counts can single somebody out. Hiding them alone does not help where a total is published
beside them: what is missing follows by subtraction. So further cells are hidden until nothing
follows. Totals are cells too: `Sum` says of which others each is the total.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

from concerted.figures.counts import Limits
from concerted.figures.errors import Floats, NoFigure, counts

SMALLEST_SHOWN = 5
SHORT_CUTS = 8

# Prices of hiding a cell, beside 1 for a small count.
HIDDEN_ALREADY, ALIKE, A_ZERO, A_TOTAL = 1e-3, 1e-6, 5, 20


@dataclass(frozen=True, slots=True)
class Sum:
    """The cell at place `total` is the sum of the cells at `parts`."""

    total: int
    parts: tuple[int, ...]


def suppressed(
    values: Sequence[int],
    sums: Sequence[Sum],
    *,
    smallest: int = SMALLEST_SHOWN,
    among: Collection[int] | None = None,
    also: Collection[int] = (),
    unshown: Collection[int] = (),
    out: Collection[int] = (),
) -> frozenset[int]:
    """The places to hide: counts of 1 to `smallest` − 1, and those that must go with them.

    `among`: small counts of these places alone. `also`: counts that are hidden like small ones,
    whatever they are, unless they are 0. `unshown` are places of which nothing is ever
    shown, and so among those hidden; `out` are public, and cannot be hidden any more.

    A hidden cell is safe where some other table of whole numbers shows the same and differs in it.
    For each small count in turn the other table is sought that takes the fewest cells more (after
    Kelly, Golden and Assad 1992), small counts before large ones, zeros and totals last. That table
    is the proof: all cells in which it differs can be two things at least. The same cells are
    hidden for the same table. Raises NoFigure where the sums do not add up.

    Zeros are shown: that nothing happened singles nobody out. As everybody may know that rule, the
    other tables have no zero where this one hides a count.
    """
    table = _Table(_checked(values, sums), sums)
    asked = range(len(table.values)) if among is None else among
    small = {place for place in asked if 0 < table.values[place] < smallest}
    small = (small | {place for place in also if table.values[place] > 0}) - {*out}
    hidden = small | {*unshown}
    safe = table.many_safe(hidden)
    for cell in sorted(small):
        if cell not in safe:
            other = table.other(cell, hidden, prices=table.prices, out=out)
            if other is None:
                raise NoFigure("No way was found of hiding the small counts of this table.")
            hidden |= other
            safe |= other
    return frozenset(hidden)


def follows(
    values: Sequence[int],
    sums: Sequence[Sum],
    hidden: Collection[int],
    *,
    among: Collection[int] | None = None,
) -> frozenset[int]:
    """The hidden cells that have one value only, for whoever knows all that is shown.

    `among`: only of these hidden cells it is asked.

    What is known are the cells shown, the sums, that counts are whole and 0 or more, and that zeros
    are shown. Raises NoFigure where the sums do not add up.
    """
    table = _Table(_checked(values, sums), sums)
    asked = frozenset(hidden if among is None else among)
    safe = table.many_safe(hidden)
    for cell in sorted(asked):
        if cell not in safe:
            safe |= table.other(cell, hidden) or frozenset()
    return asked - safe


def possible(
    values: Sequence[int], sums: Sequence[Sum], hidden: Collection[int]
) -> dict[int, Limits]:
    """Between which values each hidden cell must lie, by what `follows` takes as known.

    High may be ∞. Raises NoFigure where the sums do not add up.
    """
    table = _Table(_checked(values, sums), sums)
    return {cell: table.limits(cell, hidden) for cell in sorted(hidden)}


class _Table:
    """A table, its sums, and the other tables that show the same."""

    def __init__(self, values: Floats, sums: Sequence[Sum]) -> None:
        self.values = values
        self.least = np.minimum(values, 1)
        rows = np.zeros((len(sums), len(values)))
        for row, one in zip(rows, sums, strict=True):
            np.add.at(row, list(one.parts), 1)
            row[one.total] -= 1
        self.rows = sparse.csc_array(rows)
        self.prices = self._prices(sums)

    def _prices(self, sums: Sequence[Sum]) -> Floats:
        """What it costs a reader to lose each cell; no two alike, so that one answer is best."""
        most = self.values.max(initial=1)
        prices: Floats = 1 + self.values / (2 * most) + np.arange(len(self.values)) * ALIKE
        prices[self.values == 0] += A_ZERO
        prices[list({one.total for one in sums})] += A_TOTAL
        return prices

    def many_safe(self, hidden: Collection[int]) -> set[int]:
        """Cells in which tables differ that are far from this one: a short cut, not all of them."""
        free, safe = np.array(sorted(hidden), dtype=np.intp), set[int]()
        signs = np.random.default_rng(0)  # any signs do; the same each time
        for _ in range(SHORT_CUTS if free.size else 0):
            wanted = signs.choice((-1.0, 1.0), len(free)) * ~np.isin(free, list(safe))
            down = np.minimum(self.values - self.least, 1)[free]
            change = _least(wanted, self.rows[:, free], 0, (-down, 1))
            if change is not None:
                safe |= set(free[change != 0].tolist())
        return safe

    def other(
        self,
        cell: int,
        hidden: Collection[int],
        *,
        prices: Floats | None = None,
        out: Collection[int] = (),
    ) -> frozenset[int] | None:
        """Where the cheapest other table differs that has more, or fewer, in this cell.

        It may differ in what is hidden, and for their prices in other cells, but for those that are
        `out`. None if there is none.
        """
        every = np.setdiff1d(np.arange(len(self.values)), sorted(out))
        free = every if prices is not None else np.array(sorted(hidden))
        price = np.full(len(self.values), HIDDEN_ALREADY) if prices is None else prices.copy()
        price[list(hidden)] = HIDDEN_ALREADY
        at = int(np.flatnonzero(free == cell)[0])
        down = (self.values - self.least)[free]
        best, found = np.inf, None
        for sign in (1, -1):
            if sign < 0 and down[at] < 1:
                continue
            change = self._cheapest(free, price[free], down, at, sign)
            if change is not None and (cost := float((price[free] * np.abs(change)).sum())) < best:
                best, found = cost, frozenset(free[change != 0].tolist())
        return found

    def _cheapest(
        self, free: NDArray[np.intp], price: Floats, down: Floats, at: int, sign: int
    ) -> Floats | None:
        """Whole changes, up and down apart, that leave every sum as it is."""
        rows = self.rows[:, free]
        low, high = np.zeros((2, len(free))), np.stack([np.full(len(free), np.inf), down])
        up_or_down = 0 if sign > 0 else 1
        low[up_or_down, at], high[1 - up_or_down, at] = 1, 0
        found = _least(
            np.concatenate([price, price]), sparse.hstack([rows, -rows], "csc"), 0, (low, high)
        )
        return None if found is None else found[: len(free)] - found[len(free) :]

    def limits(self, cell: int, hidden: Collection[int]) -> Limits:
        free = np.array(sorted(hidden))
        rows, at = self.rows[:, free], np.flatnonzero(free == cell)[0]
        ends = []
        for sign in (1, -1):
            wanted = np.where(free == cell, sign, 0)
            found = _least(wanted, rows, rows @ self.values[free], (self.least[free], np.inf))
            # The table itself is one that shows the same: without an answer there is no end.
            ends.append(np.inf if found is None else float(found[at]))
        return Limits(*ends)


def _least(costs: Floats, rows: Any, sums: ArrayLike, between: tuple[Any, Any]) -> Floats | None:
    """The whole numbers of least cost whose sums are these; None where there is no end or none."""
    found = optimize.milp(
        costs,
        integrality=np.ones(len(costs)),
        bounds=optimize.Bounds(*(np.ravel(one) for one in between)),
        constraints=optimize.LinearConstraint(rows, sums, sums),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        return None
    whole: Floats = np.rint(found.x)
    # The solver answers to within a small error; what is not a table after all proves nothing.
    return whole if (rows @ whole == sums).all() else None


def with_margins(table: ArrayLike) -> tuple[Floats, list[Sum]]:
    """A table of rows and columns with its totals, and the sums that hold in it.

    The totals are its last column and its last row; places are counted row by row.
    """
    inside = counts(table)
    if inside.ndim != 2 or not inside.size:
        raise NoFigure("A table has rows and columns.")
    whole = np.zeros((inside.shape[0] + 1, inside.shape[1] + 1))
    whole[:-1, :-1] = inside
    whole[-1, :-1], whole[:-1, -1] = inside.sum(axis=0), inside.sum(axis=1)
    whole[-1, -1] = inside.sum()
    places = np.arange(whole.size).reshape(whole.shape)
    lines = [[int(place) for place in line] for line in (*places, *places.T)]
    sums = [Sum(line[-1], tuple(line[:-1])) for line in lines]
    return whole, sums


def hidden_in(table: ArrayLike, *, smallest: int = SMALLEST_SHOWN) -> NDArray[np.bool_]:
    """Which cells of a table, its totals last, are to be hidden: True where they are."""
    whole, sums = with_margins(table)
    hidden = suppressed([int(one) for one in whole.flat], sums, smallest=smallest)
    return np.isin(np.arange(whole.size), list(hidden)).reshape(whole.shape)


def _checked(values: Sequence[int], sums: Sequence[Sum]) -> Floats:
    found = counts(values, what="A cell of the table")
    for one in sums:
        if found[one.total] != sum(found[place] for place in one.parts):
            raise NoFigure("The parts of a total do not add up to it: the table is wrong.")
    return found
