"""How far a figure lies from its target, in the direction that is better."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from concerted.figures.errors import NoFigure, plain

DIGITS = 9


@dataclass(frozen=True, slots=True)
class Gap:
    """Above 0 is better than the target. `percent` is False where the target is 0: units then."""

    value: Any
    percent: Any


def directional_gap(actual: ArrayLike, target: ArrayLike, *, higher_is_better: bool) -> Gap:
    """s·(actual − target)/|target|·100, s = +1 where higher is better and −1 where lower is.

    Of a target of 0 the gap is in units of the figure. Where a rate is compared with what was
    predicted (NI 18), that is the target. Raises NoFigure where either is not known: what was not
    reported is never on target.
    """
    found, wanted = np.asarray(actual, dtype=np.float64), np.asarray(target, dtype=np.float64)
    if not (np.isfinite(found).all() and np.isfinite(wanted).all()):
        raise NoFigure("A figure that was not reported has no distance from its target.")
    percent = np.broadcast_to(wanted != 0, np.broadcast_shapes(found.shape, wanted.shape))
    gap = (found - wanted) * (1 if higher_is_better else -1)
    gap = np.where(percent, 100 * gap / np.where(percent, np.abs(wanted), 1), gap)
    # Rounded, as 0.1 + 0.2 would miss a target of 0.3; and 0 is never −0.
    return Gap(plain(np.round(gap, DIGITS) + 0.0), plain(percent))
