"""From figures to places on a drawing, and the round figures beside an axis."""

import math
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from `low` at the place `start` to `high` at the place `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def round_step(span: float, about: int) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten, that divides a span in some `about` parts.

    Never below 1: what is counted is whole.
    """
    raw = span / about
    power: float = 10 ** math.floor(math.log10(raw)) if raw > 0 else 1
    step = next(one * power for one in STEPS if one * power >= raw * (1 - 1e-9)) if raw > 0 else 1
    return max(1.0, float(math.ceil(step)) if step < 10 else step)


def axis(low: float, high: float, *, about: int = 6, from_zero: bool = True) -> list[float]:
    """The figures beside an axis, evenly spaced, the first at or below `low`, the last above it.

    `from_zero` begins at zero. Raises ValueError where `high` is below `low`.
    """
    if high < low:
        raise ValueError(f"An axis cannot end at {high} below its beginning at {low}.")
    begin = 0.0 if from_zero else low
    step = round_step(max(high - begin, 1), about)
    first = 0.0 if from_zero else math.floor(low / step) * step
    count = max(1, math.ceil((high - first) / step - 1e-9))
    return [first + number * step for number in range(count + 1)]


def starts_at_zero(low: float, high: float) -> bool:
    """A run chart shows variation: where all of it lies in the upper part, it starts higher."""
    return low < high * 0.6
