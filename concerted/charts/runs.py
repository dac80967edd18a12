"""A measure month by month, with the limits of its routine variation (a run chart).

The limits are given, stretch by stretch; `concerted.figures` works them out. Between two stretches
is a break: how things are counted changed there, and nothing is to be compared across it.
"""

import datetime
import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from concerted.charts.scales import Scale, axis, starts_at_zero
from concerted.charts.svg import Number, image, line, tag, text

NEAR = 15  # labels at the line's end stand at least so far apart


@dataclass(frozen=True, slots=True)
class Month:
    """A month's figure; None where there is none, which is not zero.

    `outside` its limits; `run`: one of seven or more on one side of the mean, or rising or falling.
    """

    day: datetime.date
    value: float | None
    outside: bool = False
    run: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean and limits of a stretch; trial limits come of fewer than twelve months."""

    mean: float
    low: float
    high: float
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months between two breaks. `began` says why the one before it ended; of the first, nothing.

    Without limits there are too few months to say what is routine.
    """

    months: Sequence[Month]
    limits: Limits | None = None
    began: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run chart. `what` and `unit` as in “All recorded crime” and “crimes”. Needs one figure."""

    what: str
    unit: str
    stretches: Sequence[Stretch]

    @property
    def months(self) -> list[Month]:
        return [month for stretch in self.stretches for month in stretch.months]

    @property
    def values(self) -> list[float]:
        return [month.value for month in self.months if month.value is not None]

    @property
    def title(self) -> str:
        first, last = self.months[0], self.months[-1]
        return f"{self.what} each month, {_month(first.day)} to {_month(last.day)}"


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture for a wide page and one for a phone; a style rule shows one of them."""

    wide: Markup
    narrow: Markup
    starts_at: float
    says: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand: the plot between left and right, top and bottom; words beside it."""

    class_: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    words: int


WIDE = _Frame("app-chart app-wide-only", 700, 396, 44, 592, 58, 336, words=36)
NARROW = _Frame("app-chart app-narrow-only", 343, 376, 44, 256, 78, 316, words=22)
SMALL = _Frame("app-chart", 220, 84, 4, 214, 8, 78, words=0)


def run_chart(run: Run, *, name: str) -> Chart:
    """Draw it twice by the same rules. `name` is the chart's own on its page.

    Raises ValueError where no month has a figure: there is nothing to draw.
    """
    low, high = _reach(run)
    zero = starts_at_zero(low, high)
    figures = axis(low, high, from_zero=zero)
    says = described(run)
    wide, narrow = (
        image(
            f"{name}-{letter}",
            frame.width,
            frame.height,
            [
                *_grid(frame, figures),
                *_drawn(run, frame, figures),
                *([] if zero else [_beginning(frame, figures[0])]),
            ],
            title=run.title,
            says=says,
            class_=frame.class_,
        )
        for letter, frame in (("w", WIDE), ("n", NARROW))
    )
    return Chart(wide, narrow, figures[0], says)


def small_run(run: Run, *, name: str) -> Markup:
    """One of many, from zero, each on a scale of its own: shapes are compared, not heights."""
    _, high = _reach(run)
    figures = axis(0, high, about=2)
    return image(
        name,
        SMALL.width,
        SMALL.height,
        list(_drawn(run, SMALL, figures)),
        title=run.title,
        says=described(run),
        class_=SMALL.class_,
    )


def described(run: Run) -> str:
    """What one sees: the parts, the limits of the last one, and every month outside its limits."""
    return " ".join([_parts(run), *_last_limits(run), *_outside(run), *_runs(run), *_missing(run)])


def _parts(run: Run) -> str:
    if len(run.stretches) == 1:
        return "Run chart."
    breaks = [
        f"{_day(after.months[0].day)}{f' ({after.began})' if after.began else ''}"
        for after in run.stretches[1:]
    ]
    number = len(run.stretches)
    return f"Run chart in {number} parts, with a break at {' and at '.join(breaks)}."


def _last_limits(run: Run) -> Iterator[str]:
    limits = run.stretches[-1].limits
    where = "After the break the" if len(run.stretches) > 1 else "The"
    if limits is None:
        yield f"{where} months are too few for limits."
        return
    trial = "trial limits" if limits.trial else "limits"
    yield (
        f"{where} mean is {_number(limits.mean)} a month with {trial} of "
        f"{_number(limits.low)} and {_number(limits.high)}."
    )


def _outside(run: Run) -> Iterator[str]:
    for stretch in run.stretches:
        for month in stretch.months:
            if month.outside and month.value is not None and stretch.limits:
                side = "above the upper" if month.value > stretch.limits.high else "below the lower"
                yield f"{_month(month.day)} was {_number(month.value)}, {side} limit."


def _runs(run: Run) -> Iterator[str]:
    for stretch in run.stretches:
        for together, found in groupby(stretch.months, key=lambda month: month.run):
            if together:
                days = [month.day for month in found]
                yield (
                    f"{len(days)} months in a row, {_month(days[0])} to {_month(days[-1])}, "
                    "are more than routine variation."
                )


def _missing(run: Run) -> Iterator[str]:
    if days := [month.day for month in run.months if month.value is None]:
        yield f"No figure for {', '.join(map(_month, days))}."


def _reach(run: Run) -> tuple[float, float]:
    values = run.values
    if not values:
        raise ValueError(f"No month of “{run.what}” has a figure.")
    for stretch in run.stretches:
        if stretch.limits:
            values += [stretch.limits.low, stretch.limits.high]
    return min(values), max(values)


def _grid(frame: _Frame, figures: Sequence[float]) -> Iterator[Markup]:
    up = _upwards(frame, figures)
    for figure in figures:
        yield line("grid", frame.left, up(figure), frame.right, up(figure))
        yield text(frame.left - 7, up(figure) + 5, _number(figure), "s", "end")
    yield line("axis", frame.left, frame.bottom, frame.right, frame.bottom)


def _beginning(frame: _Frame, figure: float) -> Markup:
    return text(6, frame.bottom + 55, f"The scale starts at {_number(figure)}, not at zero.", "s")


def _upwards(frame: _Frame, figures: Sequence[float]) -> Scale:
    return Scale(figures[0], figures[-1], frame.bottom, frame.top)


def _drawn(run: Run, frame: _Frame, figures: Sequence[float]) -> Iterator[Markup]:
    """The stretches one after the other, with a place left free at each break."""
    up = _upwards(frame, figures)
    places = len(run.months) + len(run.stretches) - 1
    along = Scale(0, max(places - 1, 1), frame.left + 12, frame.right - 8)
    wide = frame.words > 0
    every = _every(places, frame)
    at, named = 0, -math.inf
    for number, stretch in enumerate(run.stretches):
        if number:
            x = along(at)
            yield from _break(frame, x, stretch, last=number == len(run.stretches) - 1)
            at += 1
        spots = [(along(at + place), month) for place, month in enumerate(stretch.months)]
        at += len(stretch.months)
        if not spots:
            continue
        yield from _band(stretch, spots[0][0] - 5, spots[-1][0] + 5, up)
        yield from _lines(spots, up)
        for x, month in spots:
            if wide and _is_named(month.day, every) and x - named >= 40:
                yield from _tick(frame, x, month.day)
                named = x
            if month.value is not None:
                yield _dot(x, up(month.value), month, small=not wide)
    if wide:
        yield from _end(run, frame, up, along(places - 1))


def _every(places: int, frame: _Frame) -> int:
    """How many months lie between two that are named."""
    room = (frame.right - frame.left) // 48
    return next((step for step in (1, 3, 6, 12, 24, 60, 120) if places <= step * room), 0)


def _is_named(day: datetime.date, every: int) -> bool:
    """Counted from April, in which the year of the figures begins."""
    return bool(every) and (day.year * 12 + day.month - 4) % every == 0


def _tick(frame: _Frame, x: float, day: datetime.date) -> Iterator[Markup]:
    yield line("axis", x, frame.bottom, x, frame.bottom + 6)
    yield text(x, frame.bottom + 21, f"{day:%b}", "s", "middle")
    yield text(x, frame.bottom + 37, f"{day:%Y}", "s", "middle")


def _break(frame: _Frame, x: float, stretch: Stretch, *, last: bool) -> Iterator[Markup]:
    yield line("brk", x, frame.top - 8 if frame.words else frame.top, x, frame.bottom)
    if not frame.words:
        return
    left = x > frame.width - x
    at, anchor = (x - 6, "end") if left else (x + 6, "start")
    if not last:
        # Room for the words of one break alone; the others are named in the description.
        yield text(at, frame.top - 12, _day(stretch.months[0].day), "x", anchor)
        return
    wide = frame.words > 30
    head = f"{'Series break' if wide else 'Break'}, {_day(stretch.months[0].day)}"
    why = textwrap.wrap(stretch.began, frame.words, max_lines=1 if wide else 2, placeholder=" …")
    foot = "Do not compare across this line." if wide else "No comparing across."
    for number, words in enumerate([head + (":" if why else ""), *why, foot]):
        yield text(at, 14 + 16 * number, words, "s" if number else "b", anchor)


def _band(stretch: Stretch, begin: Number, end: Number, up: Scale) -> Iterator[Markup]:
    limits = stretch.limits
    if limits is None:
        return
    top, bottom = up(limits.high), up(max(limits.low, up.low))
    yield tag("rect", class_="band", x=begin, y=top, width=end - begin, height=bottom - top)
    yield line("lim", begin, top, end, top)
    yield line("lim", begin, bottom, end, bottom)
    yield line("mean", begin, up(limits.mean), end, up(limits.mean))


def _lines(spots: Sequence[tuple[float, Month]], up: Scale) -> Iterator[Markup]:
    """The line, cut where a month has no figure."""
    for known, found in groupby(spots, key=lambda spot: spot[1].value is not None):
        points = [f"{x:.1f},{up(month.value or 0):.1f}" for x, month in found]
        if known and len(points) > 1:
            yield tag("polyline", class_="line", points=" ".join(points))


def _dot(x: float, y: float, month: Month, *, small: bool) -> Markup:
    if month.outside:
        half = 5 if small else 8
        path = f"M{x:.1f} {y - half:.1f}l{half} {half}-{half} {half}-{half}-{half}z"
        return tag("path", class_="sig", d=path)
    radius = (2.4 if small else 4.5) if month.run else (1.2 if small else 3.2)
    return tag("circle", class_="dot", cx=x, cy=y, r=radius)


def _end(run: Run, frame: _Frame, up: Scale, x: float) -> Iterator[Markup]:
    """Words at the line's end instead of a box that explains the lines; and the last figure."""
    last = run.stretches[-1]
    if last.limits:
        limits, trial = last.limits, "trial " if last.limits.trial else ""
        upper, lower = ("upper ", "lower ") if frame.words > 30 else ("", "")
        labels = [
            (up(limits.high), f"{upper}{trial}limit {_number(limits.high)}", "s"),
            (up(limits.mean), f"mean {_number(limits.mean)}", "b"),
            (up(max(limits.low, up.low)), f"{lower}{trial}limit {_number(limits.low)}", "s"),
        ]
        for y, (_, words, class_) in zip(_apart([one[0] for one in labels]), labels, strict=True):
            yield text(frame.right + 4, y + 5, words, class_)
    for stretch in run.stretches:
        for month in stretch.months:
            if month is run.months[-1] and month.value is not None:
                y = up(month.value)
                below = y + 26 if y + 30 < frame.bottom else y - 14
                words = f"{_month(month.day)}: {_number(month.value)}"
                yield text(x + 6, below, words, "h", "end")


def _apart(places: Sequence[float]) -> list[float]:
    """Downwards places, moved away from the middle one where words would stand in each other."""
    top, middle, bottom = places
    return [min(top, middle - NEAR), middle, max(bottom, middle + NEAR)]


def _number(value: float) -> str:
    rounded = round(value, 1) if abs(value) < 10 and value != round(value) else round(value)
    return f"{rounded:,}"


def _month(day: datetime.date) -> str:
    return f"{day:%B %Y}"


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
