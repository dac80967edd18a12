"""One count and another: the change, the rate, and how far chance alone would carry a count."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from concerted.figures.errors import NoFigure, counts, level, plain, positive

# Below this count before, a percentage says less than the two counts do.
FEWEST_FOR_A_PERCENTAGE = 10
EXACT_BELOW = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """The lower and the upper limit of an interval: numbers, or arrays of one shape."""

    low: Any
    high: Any


@dataclass(frozen=True, slots=True)
class Change:
    """From one count to another. `percent` is None where none may be printed."""

    before: int
    now: int
    percent: float | None

    @property
    def difference(self) -> int:
        return self.now - self.before

    @property
    def words(self) -> str:
        """What a table prints: `−7.1%`, `counts only`, or `n/a (from 0)`."""
        if self.before == 0:
            return "n/a (from 0)"
        if self.percent is None:
            return "counts only"
        rounded = round(self.percent, 1)
        sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
        return f"{sign}{abs(rounded):.1f}%"


def change(now: int, before: int) -> Change:
    """The change d = x₁ − x₀ and 100·d/x₀ percent; no percentage from fewer than 10, or from 0.

    Raises NoFigure where a count is not known.
    """
    later, earlier = int(counts(now)), int(counts(before))
    if earlier < FEWEST_FOR_A_PERCENTAGE:
        return Change(earlier, later, None)
    return Change(earlier, later, 100 * (later - earlier) / earlier)


def poisson_limits(count: ArrayLike, *, sure: float = 0.95) -> Limits:
    """Exact limits of a Poisson count (Garwood 1936): ½χ²(α/2; 2x) and ½χ²(1−α/2; 2x+2).

    `count` is a number or an array; the lower limit of 0 is 0. Raises NoFigure for no count.
    """
    found = counts(count)
    tail = (1 - level(sure)) / 2
    # The gamma distribution of shape x is half a χ² of 2x degrees of freedom.
    low = np.where(found == 0, 0.0, special.gammaincinv(np.maximum(found, 1), tail))
    high = special.gammaincinv(found + 1, 1 - tail)
    return Limits(plain(low), plain(high))


def byar_limits(count: ArrayLike, *, sure: float = 0.95) -> Limits:
    """Byar's approximation (Breslow and Day 1987), exact below 10, as public health reports it.

    x(1 − 1/9x − z/3√x)³ and (x+1)(1 − 1/9(x+1) + z/3√(x+1))³. Raises NoFigure for no count.
    """
    found = counts(count)
    z = _z(sure)
    exact = poisson_limits(found, sure=sure)
    low_of, high_of = np.maximum(found, EXACT_BELOW), found + 1
    low = low_of * (1 - 1 / (9 * low_of) - z / (3 * np.sqrt(low_of))) ** 3
    high = high_of * (1 - 1 / (9 * high_of) + z / (3 * np.sqrt(high_of))) ** 3
    few = found < EXACT_BELOW
    return Limits(plain(np.where(few, exact.low, low)), plain(np.where(few, exact.high, high)))


@dataclass(frozen=True, slots=True)
class Rate:
    """A count for so many residents or households, with its limits."""

    rate: Any
    low: Any
    high: Any


def rate(count: ArrayLike, population: ArrayLike, *, per: float = 1000, sure: float = 0.95) -> Rate:
    """`per`·x/population with Byar limits of the count. Of a part of a year it is of that part.

    Raises NoFigure where a count is not known, or the population is not above 0.
    """
    found, people = counts(count), positive(population, what="The population")
    limits = byar_limits(found, sure=sure)
    made = [plain(per * np.asarray(one) / people) for one in (found, limits.low, limits.high)]
    return Rate(*made)


def annualised(rate_of_part: ArrayLike, days: ArrayLike) -> Any:
    """A rate of some days as one of 365; to be labelled as such. Raises NoFigure without days."""
    return plain(np.asarray(rate_of_part) * 365 / positive(days, what="The number of days"))


def false_alarms(comparisons: int, *, sure: float = 0.95) -> float:
    """How many of so many comparisons chance alone would call a change."""
    if comparisons < 0:
        raise NoFigure("There cannot be fewer than no comparisons.")
    return comparisons * (1 - level(sure))


def _z(sure: float) -> float:
    return math.fabs(float(special.ndtri((1 - level(sure)) / 2)))
