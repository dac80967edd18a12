"""A ratio with its interval: a line on a scale where half is as far from the same as double."""

import math

from markupsafe import Markup

from concerted.charts.svg import hidden, line, tag, text

WIDTH, HEIGHT, HEAD = 190, 26, 18
SAME, DOUBLING = 95.0, 45.0
LEFT, RIGHT = 6.0, 184.0


def interval(ratio: float, low: float, high: float) -> Markup:
    """Draw a ratio of 0 to ∞ between its limits; an arrow where it leaves the scale.

    Raises ValueError where the ratio lies outside its own limits, or one of them is no number.
    """
    if not low <= ratio <= high or low < 0:
        raise ValueError(f"A ratio of {ratio} does not lie between {low} and {high}.")
    middle = HEIGHT / 2
    begin, end = _place(low), _place(high)
    pieces = [
        line("one", SAME, 0, SAME, HEIGHT),
        line("ci", max(begin, LEFT), middle, min(end, RIGHT), middle),
    ]
    if begin < LEFT:
        pieces.append(tag("path", class_="ink", d=f"M{LEFT + 2:g} {middle - 7:g}l-8 7 8 7z"))
    if end > RIGHT:
        pieces.append(tag("path", class_="ink", d=f"M{RIGHT - 2:g} {middle - 7:g}l8 7-8 7z"))
    if LEFT <= _place(ratio) <= RIGHT:
        x = _place(ratio) - 5
        pieces.append(tag("rect", class_="edge", x=x, y=middle - 5, width=10, height=10))
    return hidden(WIDTH, HEIGHT, pieces, "app-chart")


def interval_head() -> Markup:
    """What stands above a column of intervals."""
    places = [(SAME - DOUBLING, "half"), (SAME, "same"), (SAME + DOUBLING, "double")]
    pieces = [text(x, 13, words, "s", "middle") for x, words in places]
    return hidden(WIDTH, HEAD, pieces, "app-chart")


def _place(ratio: float) -> float:
    if ratio <= 0:
        return -math.inf
    return math.inf if math.isinf(ratio) else SAME + DOUBLING * math.log2(ratio)
