"""Where a year would end if the recent pattern holds. Never called a forecast."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from concerted.figures.control import dispersion
from concerted.figures.counts import Limits
from concerted.figures.errors import NoFigure, counts, level

FEWEST_MONTHS = 3
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Projection:
    """Two ways of going on to the end of the year, each with limits; both are shown.

    `by_last_year` is None where the same months of last year had none.
    """

    so_far: int
    by_last_year: float | None
    by_last_year_limits: Limits | None
    by_recent_months: float
    by_recent_months_limits: Limits


def projection(
    this_year: Sequence[int], last_year: Sequence[int], *, sure: float = 0.95
) -> Projection:
    """Year to date times last year's whole over its same months; and the rest at the recent mean.

    `this_year` are 3 to 12 months from the first, `last_year` all 12 before them. The limits are
    those of a count to come, not of a mean: also the months that it is projected from vary, and so
    does last year's pattern. They are wider by the dispersion of the last twelve months where that
    is above 1. Raises NoFigure before three months, or for a month not known.
    """
    now, before = counts(this_year), counts(last_year)
    if before.size != MONTHS or now.size > MONTHS:
        raise NoFigure("A projection needs the twelve months of last year, and those of this one.")
    if now.size < FEWEST_MONTHS:
        raise NoFigure("Nothing is projected from fewer than three months of a year.")
    recent = np.concatenate([before, now])[-MONTHS:]
    wider = max(1.0, dispersion(recent)) if recent.any() else 1.0
    so_far, same, left = now.sum(), before[: now.size].sum(), MONTHS - now.size
    by_last_year = by_last_year_limits = None
    if same:
        growth = float(before[now.size :].sum() / same)
        by_last_year = float(so_far * (1 + growth))
        # As much as one count of 1/(1/so far + 1/same + 1/rest of last year) would vary.
        each = growth + float(max(so_far, 1) * (growth + 1) / same) if left else 0.0
        by_last_year_limits = _limits(so_far, so_far * growth, each, wider, sure)
    rest, each = float(left * recent.mean()), left / MONTHS
    return Projection(
        so_far=int(so_far),
        by_last_year=by_last_year,
        by_last_year_limits=by_last_year_limits,
        by_recent_months=float(so_far + rest),
        by_recent_months_limits=_limits(so_far, rest, each, wider, sure),
    )


def _limits(so_far: float, rest: float, each: float, wider: float, sure: float) -> Limits:
    """Of `rest`, the count still to come, where each that was seen stands for so many of it.

    Of both together what was seen is binomial, which gives limits of the other (Nelson 1970).
    Counts that vary more are taken as so many fewer counts of more than one each.
    """
    if not each:
        return Limits(float(so_far), float(so_far))
    tail, seen = (1 - level(sure)) / 2, rest / each / wider
    to_come = each / (1 + each)
    high = special.btdtria(tail, seen + 1, to_come)
    low = special.btdtrib(seen, tail, 1 - to_come) - 1 if seen else 0.0
    return Limits(float(so_far + wider * max(0.0, low)), float(so_far + wider * high))
