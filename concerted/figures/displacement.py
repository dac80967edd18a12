"""A treated area beside one that was not, before and after: what changed, and did it move?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from concerted.figures.errors import NoFigure, counts, level, plain


@dataclass(frozen=True, slots=True)
class Pair:
    """Counts of one area, or of many, in two periods of one length."""

    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Displacement:
    """How many fewer (below 0) or more in the treated area than beside it, between its limits."""

    difference: Any
    error: Any
    z: Any
    p: Any
    low: Any
    high: Any


def weighted_difference(
    treated: Pair,
    control: Pair,
    *,
    ring: Pair | None = None,
    ring_control: Pair | None = None,
    sure: float = 0.90,
) -> Displacement:
    """Weighted displacement difference (Wheeler and Ratcliffe 2018), 90 % sure as they have it.

    (T₁−T₀) − (C₁−C₀), plus the same for the ring around the treated area and the one that it is
    compared with; the error is the root of the sum of all counts. It says that something changed,
    not why. Raises NoFigure for a count not known, or where nothing was counted anywhere.
    """
    if ring_control and not ring:
        raise NoFigure("What a ring is compared with says nothing without the ring.")
    found, error2 = np.zeros(()), np.zeros(())
    for sign, one in ((1, treated), (-1, control), (1, ring), (-1, ring_control)):
        if one:
            before, after = counts(one.before), counts(one.after)
            found, error2 = found + sign * (after - before), error2 + before + after
    if not np.all(error2):
        raise NoFigure("Where nothing was counted before or after, no change can be seen.")
    error = np.sqrt(error2)
    z = found / error
    half = -special.ndtri((1 - level(sure)) / 2) * error
    p = 2 * special.ndtr(-np.abs(z))
    return Displacement(*(plain(one) for one in (found, error, z, p, found - half, found + half)))
