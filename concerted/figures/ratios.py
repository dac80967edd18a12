"""Two counts, or two shares, against each other, with how sure one can be of the difference."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from concerted.figures.counts import Limits, poisson_limits
from concerted.figures.errors import Floats, NoFigure, counts, level, plain, positive

# The double sum of the E-test stops where what is left weighs less than this.
NEGLIGIBLE = 1e-14


@dataclass(frozen=True, slots=True)
class RateRatio:
    """(x₁/t₁)/(x₀/t₀) between its limits, and the two-sided p of no difference.

    From none the ratio is ∞; of none and none it is NaN, between 0 and ∞, with p = 1.
    """

    ratio: Any
    low: Any
    high: Any
    p: Any


def rate_ratio(
    now: ArrayLike,
    before: ArrayLike,
    *,
    exposure_now: ArrayLike = 1,
    exposure_before: ArrayLike = 1,
    dispersion: ArrayLike = 1,
    sure: float = 0.95,
) -> RateRatio:
    """The exact conditional ratio of two Poisson rates (Przyborowski and Wilenski 1940).

    Given n = x₁ + x₀, x₁ is binomial with π = t₁/(t₁+t₀); Clopper and Pearson's limits of π become
    those of the ratio, p/(1−p)·t₀/t₁. p is twice the smaller tail, at most 1. Exposures are days,
    or people, in one unit. Where crimes come in clusters (`control.dispersion` of the months, above
    1) this is too sure: so many counts are then worth x/`dispersion` of those that come one by one.
    Raises NoFigure where a count, an exposure or the dispersion is not known.
    """
    t1 = positive(exposure_now, what="The length of a period")
    t0 = positive(exposure_before, what="The length of a period")
    clusters = np.maximum(positive(dispersion, what="The dispersion"), 1)
    x1, x0, share, odds = np.broadcast_arrays(
        counts(now) / clusters, counts(before) / clusters, t1 / (t1 + t0), t0 / t1
    )
    tail = (1 - level(sure)) / 2
    none, all_ = np.zeros(x1.shape), np.ones(x1.shape)
    low = special.betaincinv(x1, x0 + 1, tail, out=none, where=x1 > 0)
    high = special.betaincinv(x1 + 1, x0, 1 - tail, out=all_.copy(), where=x0 > 0)
    # The other tail is asked for only where it may be the smaller one.
    upper = special.betainc(x1, x0 + 1, share, out=all_.copy(), where=x1 > 0)
    lower = special.betainc(x0, x1 + 1, 1 - share, out=all_, where=(x0 > 0) & (upper > 0.5))
    p = np.minimum(1.0, 2 * np.minimum(lower, upper))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = x1 / x0 * odds
        limits = [one / (1 - one) * odds for one in (low, high)]
    return RateRatio(plain(ratio), plain(limits[0]), plain(limits[1]), plain(p))


def expected_ratio(count: ArrayLike, expectation: ArrayLike, *, sure: float = 0.95) -> RateRatio:
    """A count over what was expected of it, exact Poisson limits, and p of twice the smaller tail.

    For an area beside all of them together (`areas.expected`): p is below 0.05 where the area lies
    outside the 95 % funnel. Raises NoFigure where a count is not known, or nothing was expected.
    """
    found, e = np.broadcast_arrays(counts(count), positive(expectation, what="What is expected"))
    limits = poisson_limits(found, sure=sure)
    upper = special.gammainc(found, e, out=np.ones(found.shape), where=found > 0)
    p = np.minimum(1.0, 2 * np.minimum(special.gammaincc(found + 1, e), upper))
    return RateRatio(plain(found / e), plain(limits.low / e), plain(limits.high / e), plain(p))


def e_test(
    now: int, before: int, *, exposure_now: float = 1.0, exposure_before: float = 1.0
) -> float:
    """The two-sided p of Krishnamoorthy and Thomson's test of two Poisson rates (2004).

    It sums the chances of all pairs of counts that lie at least as far apart as these, the common
    rate being the one observed. Less cautious than the conditional test. Raises NoFigure where a
    count or an exposure is not known.
    """
    x1, x0 = float(counts(now)), float(counts(before))
    t1 = float(positive(exposure_now, what="The length of a period"))
    t0 = float(positive(exposure_before, what="The length of a period"))
    if x1 + x0 == 0:
        return 1.0
    common = (x1 + x0) / (t1 + t0)
    far = _distance(np.array(x1), np.array(x0), t1, t0).item()
    first, chance_1 = _likely(common * t1)
    second, chance_0 = _likely(common * t0)
    # Row by row: all pairs of counts in the ten thousands would take a gigabyte.
    rows = (
        chance * chance_0[_distance(one, second, t1, t0) >= far - 1e-12].sum()
        for one, chance in zip(first, chance_1, strict=True)
    )
    return float(min(1.0, math.fsum(rows)))


def _distance(x1: Floats, x0: Floats, t1: float, t0: float) -> Floats:
    spread = x1 / t1**2 + x0 / t0**2
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.abs(x1 / t1 - x0 / t0) / np.sqrt(spread)
    return np.where(spread == 0, 0.0, found)


def _likely(mean: float) -> tuple[Floats, Floats]:
    """Counts of a Poisson mean and their chances, but for what weighs next to nothing."""
    last = int(special.pdtrik(1 - NEGLIGIBLE, mean)) + 2
    first = max(0, int(mean - (last - mean) - 2))
    found = np.arange(first, last + 1, dtype=np.float64)
    return found, np.exp(found * math.log(mean) - mean - special.gammaln(found + 1))


def share_limits(part: ArrayLike, whole: ArrayLike, *, sure: float = 0.95) -> Limits:
    """Wilson's limits of a share (1927), between 0 and 1. Raises NoFigure for a share of none."""
    x, n = counts(part), counts(whole)
    if (n == 0).any():
        raise NoFigure("There is no share of none.")
    if (x > n).any():
        raise NoFigure("A part cannot be more than the whole.")
    z2 = float(special.ndtri((1 - level(sure)) / 2)) ** 2
    middle = (x + z2 / 2) / (n + z2)
    half = np.sqrt(z2 * (x * (n - x) / n + z2 / 4)) / (n + z2)
    low = np.where(x == 0, 0.0, middle - half)
    high = np.where(x == n, 1.0, middle + half)
    return Limits(plain(low), plain(high))


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """One share less another, between its limits, and the two-sided p of no difference."""

    difference: Any
    low: Any
    high: Any
    p: Any


def share_difference(
    part_now: ArrayLike,
    whole_now: ArrayLike,
    part_before: ArrayLike,
    whole_before: ArrayLike,
    *,
    sure: float = 0.95,
) -> ShareDifference:
    """Two shares, such as of two waves of one question worded alike.

    The limits are Newcombe's (1998, method 10), made of Wilson's; p is of the pooled z test. Raises
    NoFigure for a share of none.
    """
    of_now = share_limits(part_now, whole_now, sure=sure)
    of_before = share_limits(part_before, whole_before, sure=sure)
    x1, n1, x0, n0 = (counts(one) for one in (part_now, whole_now, part_before, whole_before))
    now, before, pooled = x1 / n1, x0 / n0, (x1 + x0) / (n1 + n0)
    difference = now - before
    low = difference - np.hypot(now - of_now.low, of_before.high - before)
    high = difference + np.hypot(of_now.high - now, before - of_before.low)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0))
    # Where all, or none, said yes in both there is no difference, nor any spread.
    p = 2 * special.ndtr(-np.abs(difference) / np.where(spread > 0, spread, 1))
    return ShareDifference(plain(difference), plain(low), plain(high), plain(p))
