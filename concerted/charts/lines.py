"""A period beside the one before it, month by month, from zero."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from concerted.charts.scales import Scale, axis
from concerted.charts.svg import image, line, tag, text

# Width, height; left, right, top and bottom of the plot.
FRAMES = {
    "wide": (700, 400, 44, 566, 30, 350),
    "narrow": (343, 330, 34, 232, 30, 280),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The same months of two periods; None where a month has no figure. One figure is needed."""

    title: str
    months: Sequence[datetime.date]
    now: Sequence[float | None]
    before: Sequence[float | None]
    now_label: str
    before_label: str


@dataclass(frozen=True, slots=True)
class PairChart:
    wide: Markup
    narrow: Markup
    says: str


def pair_chart(pair: Pair, *, name: str) -> PairChart:
    """Draw both periods twice: for a wide page, and for a phone.

    Raises ValueError where the periods are not as long as their months, or hold no figure at all.
    """
    if not len(pair.months) == len(pair.now) == len(pair.before):
        raise ValueError("Each month needs its two figures, or None for one that is not there.")
    known = [one for one in (*pair.now, *pair.before) if one is not None]
    if not known:
        raise ValueError("There is no figure in either period.")
    figures = axis(0, max(known), about=4)
    says = _says(pair)
    drawn = {
        kind: image(
            f"{name}-{kind[0]}",
            frame[0],
            frame[1],
            list(_drawn(pair, frame, figures)),
            title=pair.title,
            says=says,
            class_=f"app-chart app-{kind}-only",
        )
        for kind, frame in FRAMES.items()
    }
    return PairChart(drawn["wide"], drawn["narrow"], says)


def _says(pair: Pair) -> str:
    higher = sum(
        now > before
        for now, before in zip(pair.now, pair.before, strict=True)
        if now is not None and before is not None
    )
    both = sum(
        now is not None and before is not None
        for now, before in zip(pair.now, pair.before, strict=True)
    )
    months = "month" if both == 1 else "months"
    words = [
        f"Solid line: {pair.now_label}. Dotted line: {pair.before_label}.",
        f"Of {both} {months} with both figures, {higher} lie higher than the same month before.",
    ]
    if missing := len(pair.months) * 2 - sum(one is not None for one in (*pair.now, *pair.before)):
        words.append(f"{missing} {'month has' if missing == 1 else 'months have'} no figure.")
    return " ".join(words)


def _drawn(
    pair: Pair, frame: tuple[int, int, int, int, int, int], figures: Sequence[float]
) -> Iterator[Markup]:
    width, _, left, right, top, bottom = frame
    up = Scale(figures[0], figures[-1], bottom, top)
    along = Scale(0, max(len(pair.months) - 1, 1), left + 8, right - 8)
    for figure in figures:
        yield line("axis" if not figure else "grid", left, up(figure), right, up(figure))
        yield text(left - 7, up(figure) + 5, f"{figure:,.0f}", "s", "end")
    step = 1 + len(pair.months) * (28 if width > 400 else 34) // (right - left)
    for place, day in enumerate(pair.months):
        if place % step == 0:
            yield text(along(place), bottom + 20, f"{day:%b}", "s", "middle")
    ends = []
    for values, class_, label in (
        (pair.before, "2", pair.before_label),
        (pair.now, "", pair.now_label),
    ):
        spots = [(along(place), value) for place, value in enumerate(values)]
        yield from _line(spots, up, f"line{class_}")
        for x, value in spots:
            if value is not None and class_:
                yield tag("rect", class_="dot2", x=x - 4, y=up(value) - 4, width=8, height=8)
            elif value is not None:
                yield tag("circle", class_="dot", cx=x, cy=up(value), r=4.5)
        last = next((value for _, value in reversed(spots) if value is not None), 0.0)
        ends.append((up(last), label, "s" if class_ else "b"))
    yield from _labels(ends, right + 6, width - right - 8)


def _line(spots: Sequence[tuple[float, float | None]], up: Scale, class_: str) -> Iterator[Markup]:
    points: list[str] = []
    for x, value in [*spots, (0.0, None)]:
        if value is not None:
            points.append(f"{x:.1f},{up(value):.1f}")
            continue
        if len(points) > 1:
            yield tag("polyline", class_=class_, points=" ".join(points))
        points = []


def _labels(ends: Sequence[tuple[float, str, str]], x: int, room: int) -> Iterator[Markup]:
    """At the line's end, in lines as short as the room, the two apart from each other."""
    blocks = [(y, _wrapped(words, room // 7), class_) for y, words, class_ in ends]
    blocks.sort()
    floor = 0.0
    for y, lines, class_ in blocks:
        start = max(y + 5 - 8 * (len(lines) - 1), floor)
        for number, words in enumerate(lines):
            yield text(x, start + 16 * number, words, class_)
        floor = start + 16 * len(lines) + 2


def _wrapped(words: str, letters: int) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + len(word) < max(letters, 8):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
