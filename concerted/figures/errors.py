"""Why a figure cannot be worked out, in a sentence; and what counts as a count."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]


class NoFigure(ValueError):
    """There is no such figure; the message says why, for the person who asked."""


def counts(values: ArrayLike, *, what: str = "A count") -> Floats:
    """Whole numbers of 0 or more, as floats. Raises NoFigure for anything else."""
    found = np.asarray(values, dtype=np.float64)
    if np.isnan(found).any():
        raise NoFigure(f"{what} is not known. What was not reported is not zero.")
    if (found < 0).any():
        raise NoFigure(f"{what} cannot be below zero.")
    if not np.isfinite(found).all() or (found != np.floor(found)).any():
        raise NoFigure(f"{what} must be a whole number.")
    return found


def positive(values: ArrayLike, *, what: str) -> Floats:
    """Numbers above 0. Raises NoFigure for anything else."""
    found = np.asarray(values, dtype=np.float64)
    if np.isnan(found).any():
        raise NoFigure(f"{what} is not known.")
    if not np.isfinite(found).all() or (found <= 0).any():
        raise NoFigure(f"{what} must be above zero.")
    return found


def level(value: float) -> float:
    """How sure, between 0 and 1, such as 0.95. Raises NoFigure for anything else."""
    if not 0 < value < 1:
        raise NoFigure("How sure an interval is must lie between 0 and 1, such as 0.95.")
    return value


def plain(found: Any) -> Any:
    """A number where one was asked about, an array otherwise."""
    return found.item() if np.ndim(found) == 0 else found
