"""Areas at one time: which lie beyond chance, and where one stands among its peers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from concerted.figures.counts import Limits, Rate, rate
from concerted.figures.errors import Floats, NoFigure, counts, level, plain, positive
from concerted.figures.ratios import rate_ratio


def expected(values: ArrayLike, populations: ArrayLike) -> Any:
    """Eᵢ = nᵢ·Σx/Σn: what each area would have at the rate of all. An array; raises NoFigure."""
    found, n = counts(values), positive(populations, what="The population")
    if found.shape != n.shape or not found.size:
        raise NoFigure("Each count needs its population.")
    return n * found.sum() / n.sum()


def funnel_limits(expectation: ArrayLike, *, sure: float = 0.95) -> Limits:
    """Between which ratios of observed to expected chance alone keeps an area (Spiegelhalter 2005).

    The quantiles of the Poisson distribution of mean E, over E; E need not be whole. Draw them at
    0.95 and 0.998. Raises NoFigure for an E of 0.
    """
    e = positive(expectation, what="What is expected")
    tail = (1 - level(sure)) / 2
    return Limits(plain(_quantile(tail, e) / e), plain(_quantile(1 - tail, e) / e))


def _quantile(share: float, mean: Floats) -> Floats:
    """The smallest count that so large a share of counts do not exceed."""
    found: Floats = np.ceil(special.pdtrik(share, mean))
    one_less = np.maximum(found - 1, 0)
    return np.where(special.pdtr(one_less, mean) >= share, one_less, found)


@dataclass(frozen=True, slots=True)
class PeerPosition:
    """Where an area stands in its group, never without its own interval.

    `rank` 1 is the lowest rate; areas alike share it. It might as well be any from `rank_at_least`
    to `rank_at_most`: so many are clearly lower, or higher. `distance` is its rate less the mean of
    the members' rates, its own among them. `quarter` 1 holds the lowest rates.
    """

    own: Rate
    rank: int
    rank_at_least: int
    rank_at_most: int
    of: int
    group_mean: float
    distance: float
    quarter: int


def peer_position(
    own: int,
    values: Sequence[int],
    populations: Sequence[float],
    *,
    per: float = 1000,
    sure: float = 0.95,
) -> PeerPosition:
    """The area at place `own` of its group, all by counts and populations.

    The group's figure is the mean of the members' rates (HMICFRS), not the rate of them together.
    Which ranks chance allows is told by the exact ratio to each other member (after Goldstein and
    Spiegelhalter 1996). Raises NoFigure where a figure of the group is not known, or there is no
    other member.
    """
    if len(values) < 2 or len(values) != len(populations) or not 0 <= own < len(values):
        raise NoFigure("A group of peers has the area itself and at least one other.")
    rates = np.asarray(rate(values, populations, per=per, sure=sure).rate)
    rank = int((rates < rates[own]).sum()) + 1
    mean = float(rates.mean())
    others = rate_ratio(
        values, values[own], exposure_now=populations, exposure_before=populations[own], sure=sure
    )
    return PeerPosition(
        own=rate(values[own], populations[own], per=per, sure=sure),
        rank=rank,
        rank_at_least=int((others.high < 1).sum()) + 1,
        rank_at_most=len(values) - int((others.low > 1).sum()),
        of=len(values),
        group_mean=mean,
        distance=float(rates[own]) - mean,
        quarter=min(4, (rank - 1) * 4 // len(values) + 1),
    )
