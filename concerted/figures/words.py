"""The wording ladder: what may be said of a change, by how sure one can be of it."""

from enum import StrEnum

from concerted.figures.errors import NoFigure, counts
from concerted.figures.ratios import RateRatio

CLEAR, POSSIBLE = 0.002, 0.05  # 99.8 % and 95 % sure


class Said(StrEnum):
    """Of a change over time."""

    CLEAR_INCREASE = "clear increase"
    POSSIBLE_INCREASE = "possible increase"
    SAME = "no clear change"
    POSSIBLE_DECREASE = "possible decrease"
    CLEAR_DECREASE = "clear decrease"
    NOT_REPORTED = "not reported"
    NOT_COMPARABLE = "not comparable"  # over a break, from which on figures are made otherwise


class Beside(StrEnum):
    """Of an area beside all of them together."""

    CLEARLY_ABOVE = "clearly above"
    POSSIBLY_ABOVE = "possibly above"
    SAME = "no clear difference"
    POSSIBLY_BELOW = "possibly below"
    CLEARLY_BELOW = "clearly below"
    NOT_REPORTED = "not reported"


def said_of(found: RateRatio | None) -> Said:
    """The words for one change; None is a figure that is not there. Raises NoFigure for arrays."""
    return Said(_rung(found, list(Said)))


def beside(found: RateRatio | None) -> Beside:
    """The words for one area beside what all together let expect (`ratios.expected_ratio`).

    Raises NoFigure for arrays.
    """
    return Beside(_rung(found, list(Beside)))


def _rung(found: RateRatio | None, ladder: list[Said] | list[Beside]) -> str:
    if found is None:
        return ladder[5]
    if not isinstance(found.p, float):
        raise NoFigure("Words are for one comparison at a time.")
    more = found.ratio > 1
    if found.p < CLEAR:
        return ladder[0 if more else 4]
    if found.p < POSSIBLE:
        return ladder[1 if more else 3]
    return ladder[2]


def counted(now: int, before: int, what: str) -> str:
    """The counts that stand before any percentage: `1,486 crimes, from 1,600`.

    Raises NoFigure where a count is not known: there is nothing to say then.
    """
    return f"{int(counts(now)):,} {what}, from {int(counts(before)):,}"
