"""A series of figures and its routine variation: what is a signal, and what is only noise."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from concerted.figures.counts import Limits
from concerted.figures.errors import Floats, NoFigure, counts, plain, positive

OF_A_POINT, OF_A_RANGE = 2.66, 3.267  # Shewhart's constants for ranges of two
TRIAL_BELOW = 12
RUN = 7
CLUSTERED_ABOVE = 1.5
ALIKE = 1e-9


class Signal(StrEnum):
    """The four rules of the NHS's “Making Data Count”."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"


@dataclass(frozen=True, slots=True)
class Routine:
    """The mean of a series and its limits. `trial`: of fewer than twelve figures.

    `range_mean` and `range_high` are those of the moving ranges.
    """

    mean: float
    low: float
    high: float
    range_mean: float
    range_high: float
    trial: bool


def xmr(
    values: Sequence[float | None],
    *,
    floor: float | None = 0,
    screened: bool = False,
    gaps: bool = False,
) -> Routine:
    """Limits x̄ ± 2.66·mR̄ of individual figures (Shewhart; Wheeler's XmR chart).

    mR are the differences between neighbours, without their signs. `floor` is what no figure can
    fall below (0 for counts; None where there is no such thing). `screened` leaves out, once,
    ranges above 3.267·mR̄. With `gaps` a month may have no figure, NaN or None: it is left out, and
    so are the ranges beside it. Raises NoFigure for fewer than two figures, for no two beside each
    other, and without `gaps` for one not known.
    """
    found = _figures(values, gaps=gaps)
    ranges = np.abs(np.diff(found))
    ranges = ranges[np.isfinite(ranges)]
    if not ranges.size:
        raise NoFigure("Fewer than two figures beside each other have no variation.")
    usual = ranges
    if screened and (kept := ranges[ranges <= OF_A_RANGE * ranges.mean()]).size:
        usual = kept
    known = found[np.isfinite(found)]
    mean, spread = float(known.mean()), float(usual.mean())
    low = mean - OF_A_POINT * spread
    return Routine(
        mean=mean,
        low=low if floor is None else max(low, floor),
        high=mean + OF_A_POINT * spread,
        range_mean=spread,
        range_high=OF_A_RANGE * spread,
        trial=len(known) < TRIAL_BELOW,
    )


def signals(
    values: Sequence[float | None], routine: Routine, *, gaps: bool = False
) -> list[frozenset[Signal]]:
    """What is more than routine variation, figure by figure, as NHSRplotthedots has it.

    A figure outside the limits; seven in a row on one side of the mean; seven in a row each higher,
    or each lower, than the one before (six differences of one sign); three in a row on one side of
    the mean, two of them in the outer third within the limit. Every figure of a group is marked, of
    the last kind the two. With `gaps` a month may have no figure: it has no signal, and ends a row.
    Raises NoFigure for one not known without `gaps`.
    """
    found = _figures(values, gaps=gaps)
    told: list[set[Signal]] = [set() for _ in found]
    # Rates that are alike on paper may differ in their sixteenth digit.
    alike = ALIKE * max(abs(routine.mean), float(np.abs(found[np.isfinite(found)]).max(initial=0)))
    outside = (found > routine.high + alike) | (found < routine.low - alike)
    for place in np.flatnonzero(outside):
        told[place].add(Signal.OUTSIDE)
    side = _signs(found - routine.mean, alike)
    _mark(told, _groups(side, RUN), Signal.SHIFT)
    steps = _groups(_signs(np.diff(found), alike), RUN - 1)
    _mark(told, [(begin, end + 1) for begin, end in steps], Signal.TREND)
    third = (routine.high - routine.mean) * 2 / 3
    outer = (np.abs(found - routine.mean) > third + alike) & ~outside
    for begin in range(len(found) - 2):
        three = slice(begin, begin + 3)
        if abs(side[three].sum()) == 3 and outer[three].sum() >= 2:
            for place in np.flatnonzero(outer[three]):
                told[begin + place].add(Signal.TWO_OF_THREE)
    return [frozenset(one) for one in told]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The figures from `begin` to before `end`, between breaks. Too few have no `routine`."""

    begin: int
    end: int
    routine: Routine | None
    signals: tuple[frozenset[Signal], ...]


def stretches(
    values: Sequence[float | None], breaks: Sequence[int] = (), *, gaps: bool = False, **how: Any
) -> list[Stretch]:
    """A series between its breaks: limits and signals of each stretch are of its figures alone.

    `breaks` are the places of the first figures after each break. A break is annotated and set by a
    named person: the figures never suggest one. `how` is as for `xmr`. Raises NoFigure for a place
    outside the series.
    """
    if any(not 0 < place < len(values) for place in breaks):
        raise NoFigure("A break lies between two figures of the series.")
    found = []
    for begin, end in pairwise([0, *sorted(set(breaks)), len(values)]):
        part = _figures(values[begin:end], gaps=gaps)
        routine = None
        if np.isfinite(np.diff(part)).any():
            routine = xmr(part.tolist(), gaps=gaps, **how)
        told = signals(part.tolist(), routine, gaps=gaps) if routine else [frozenset()] * len(part)
        found.append(Stretch(begin, end, routine, tuple(told)))
    return found


def rebased(
    values: Sequence[float | None], breaks: Sequence[int], **how: Any
) -> list[Routine | None]:
    """The limits alone of each of the `stretches`."""
    return [one.routine for one in stretches(values, breaks, **how)]


def _signs(differences: Floats, alike: float) -> Floats:
    """1, −1, or 0 for next to nothing and for what is not known."""
    signs: Floats = np.where(differences > alike, 1.0, np.where(differences < -alike, -1.0, 0.0))
    return signs


def _groups(signs: Floats, at_least: int) -> list[tuple[int, int]]:
    """Begin and end of each stretch of one sign, not 0, that is long enough."""
    found, begin = [], 0
    for place in range(1, len(signs) + 1):
        if place == len(signs) or signs[place] != signs[begin]:
            if signs[begin] and place - begin >= at_least:
                found.append((begin, place))
            begin = place
    return found


def _mark(told: list[set[Signal]], groups: Sequence[tuple[int, int]], signal: Signal) -> None:
    for begin, end in groups:
        for place in range(begin, end):
            told[place].add(signal)


class Assurance(StrEnum):
    """Whether routine variation alone decides if a target is met."""

    PASSES = "consistently pass"
    FAILS = "consistently fail"
    HIT_AND_MISS = "hit and miss"


def assurance(routine: Routine, target: float, *, higher_is_better: bool) -> Assurance:
    """A target beyond a limit is met always, or never; between them it is hit and miss.

    Raises NoFigure where there is no target.
    """
    if not math.isfinite(target):
        raise NoFigure("Without a target nothing is met or missed.")
    if target > routine.high:
        return Assurance.FAILS if higher_is_better else Assurance.PASSES
    if target < routine.low:
        return Assurance.PASSES if higher_is_better else Assurance.FAILS
    return Assurance.HIT_AND_MISS


def c_limits(values: ArrayLike) -> Limits:
    """c̄ ± 3√c̄, not below 0, of counts of periods alike (c-chart).

    Only where `dispersion` is near 1: crimes come in clusters, for which these are too narrow.
    Raises NoFigure where there is none, or one is not known.
    """
    found = counts(values)
    if not found.size:
        raise NoFigure("There is no count to take the mean of.")
    mean = float(found.mean())
    return Limits(max(0.0, mean - 3 * mean**0.5), mean + 3 * mean**0.5)


def u_limits(values: ArrayLike, exposures: ArrayLike) -> Limits:
    """ū ± 3√(ū/nᵢ), not below 0, of counts of unequal exposures (u-chart): an array for each.

    ū = Σx/Σn. Raises NoFigure where a count or an exposure is not known.
    """
    found, n = counts(values), positive(exposures, what="The exposure")
    if not found.size or found.shape != n.shape:
        raise NoFigure("Each count needs its exposure.")
    mean = found.sum() / n.sum()
    half = 3 * np.sqrt(mean / n)
    return Limits(plain(np.maximum(mean - half, 0)), plain(mean + half))


def dispersion(values: ArrayLike) -> float:
    """Variance over mean: about 1 for what happens one by one, above for what comes in clusters.

    Raises NoFigure for fewer than two counts, or for none but zeros.
    """
    found = counts(values)
    if found.size < 2 or not found.any():
        raise NoFigure("The spread of fewer than two counts, or of nothing, is not known.")
    return float(found.var(ddof=1) / found.mean())


def clustered(values: ArrayLike) -> bool:
    """Whether Poisson limits would be too narrow: variance more than 1.5 times the mean."""
    return dispersion(values) > CLUSTERED_ABOVE


def _figures(values: Sequence[float | None], *, gaps: bool) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1:
        raise NoFigure("A series is one figure after another.")
    if np.isinf(found).any() or (np.isnan(found).any() and not gaps):
        raise NoFigure("A figure of the series is not known. What was not reported is not zero.")
    return found
