"""What every meeting opens with: each measure of an area, a period against the same months before.

Three comparisons end with one month: the month itself, the year to date from 1 April, and twelve
months; and twelve months against those of five and ten years ago, where the lake reaches so far.
Words come before numbers, counts before percentages. Plain Python: the lake is asked, the figures
are worked out, nothing is decided.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concerted.crime.lake.answers import Absent
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import CRIME, CRIME_TYPES
from concerted.crime.lake.measures import (
    ALL_CRIME,
    ANTI_SOCIAL_BEHAVIOUR,
    Area,
    Measure,
    Member,
    area,
)
from concerted.crime.lake.months import Month, Period, rolling, words_of, year_to_date
from concerted.crime.lake.named import forces_of
from concerted.crime.lake.questions import Compared, compared
from concerted.crime.lake.refusals import Refused
from concerted.figures.counts import Change, change
from concerted.figures.ratios import RateRatio, rate_ratio
from concerted.figures.words import Said, said_of

OF_POLICE_UK: tuple[Measure, ...] = (
    ALL_CRIME,
    *(
        Measure(one.lower().replace(" ", "-"), one, (Member(CRIME, one),))
        for one in sorted(CRIME_TYPES)
    ),
    ANTI_SOCIAL_BEHAVIOUR,
)
# The first letters of a code of the Office for National Statistics say what it is of.
_LEVELS = {
    "E01": "small_area",
    "W01": "small_area",
    "E05": "ward",
    "W05": "ward",
    "E06": "district",
    "E07": "district",
    "E08": "district",
    "E09": "district",
    "W06": "district",
    "E22": "partnership",
    "W14": "partnership",
    "E23": "police_area",
    "W15": "police_area",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A period and how many years lie between it and the one it is compared with."""

    name: str
    now: Period
    years: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in one comparison. `change` and `ratio` are None where a month lacks its figure."""

    measure: Measure
    comparison: str
    now: Period
    count: int | None
    before_period: Period
    before: int | None
    change: Change | None
    ratio: RateRatio | None
    word: Said
    absent: Absent

    @property
    def is_crime(self) -> bool:
        """Calls about anti-social behaviour are no crimes and stand in a table of their own."""
        return self.measure.members[0].kind == CRIME


@dataclass(frozen=True, slots=True)
class Report:
    """The lines of an area; what they rest on; months that the force may still change."""

    area: Area
    to: Month
    lines: tuple[Line, ...]
    snapshots: tuple[int, ...]
    absent: Absent
    provisional: tuple[Month, ...]


def area_of(code: str) -> Area:
    """A ward, district, partnership or police area by its code; a force by its name in the files.

    A small area stands for all that it was split from or merged into. Raises Refused.
    """
    level = _LEVELS.get(code[:3])
    if level is None and (code[:1].isupper() or not code):
        raise Refused(
            f"“{code[:40]}” is no area that is known. Give a code such as E06000004, or a force "
            "such as cleveland."
        )
    return area(level or "force", code)


def comparisons(to: Month) -> tuple[Comparison, ...]:
    """The month, the year to date, twelve months; the last also against five and ten years ago."""
    year = rolling(to)
    return (
        Comparison("month", Period(to, to)),
        Comparison("year to date", year_to_date(to)),
        Comparison("12 months", year),
        Comparison("12 months, five years ago", year, 5),
        Comparison("12 months, ten years ago", year, 10),
    )


def report(
    asking: Asking,
    where: Area,
    to: Month,
    *,
    measures: Sequence[Measure] = OF_POLICE_UK,
    forces: Collection[str] | None = None,
) -> Report:
    """Every measure in every comparison.

    Measures of which there is nothing in either period are left out of a comparison, and so are
    comparisons of which no month of the earlier period was ever reported. Raises Refused where the
    lake does not know the area, or holds nothing of the month.
    """
    forces = forces or forces_of(asking, where)
    lines: list[Line] = []
    snapshots: set[int] = set()
    absent: set[tuple[str, Month]] = set()
    provisional: set[Month] = set()
    for one in comparisons(to):
        answer = compared(asking, measures, [where], one.now, years=one.years, forces=forces)
        found = [line_of(one.name, measure, cell) for measure, cell in _in_order(measures, answer)]
        if one.years > 1 and all(line.before is None for line in found):
            continue
        lines += found
        snapshots |= set(answer.snapshots)
        absent |= set(answer.absent)
        provisional |= set(answer.provisional)
    if not any(line.count is not None for line in lines):
        raise Refused(
            f"The lake holds no complete figure up to {words_of(to)}. Import the month, or ask for "
            "an earlier one."
        )
    return Report(
        where,
        to,
        tuple(lines),
        tuple(sorted(snapshots)),
        tuple(sorted(absent)),
        tuple(sorted(provisional)),
    )


def _in_order(measures: Sequence[Measure], answer: Any) -> Iterator[tuple[Measure, Compared]]:
    by_code: Mapping[str, Compared] = {cell.measure: cell for cell in answer.cells}
    for one in measures:
        cell = by_code[one.code]
        if cell.count or cell.before or one in (ALL_CRIME, ANTI_SOCIAL_BEHAVIOUR):
            yield one, cell


def line_of(name: str, measure: Measure, cell: Compared) -> Line:
    """What the figures say of a comparison that the lake has answered."""
    known = cell.count is not None and cell.before is not None
    ratio = (
        rate_ratio(
            cell.count or 0,
            cell.before or 0,
            exposure_now=cell.period.days,
            exposure_before=cell.before_period.days,
        )
        if known
        else None
    )
    return Line(
        measure=measure,
        comparison=name,
        now=cell.period,
        count=cell.count,
        before_period=cell.before_period,
        before=cell.before,
        change=change(cell.count or 0, cell.before or 0) if known else None,
        ratio=ratio,
        word=said_of(ratio),
        absent=cell.absent,
    )


def as_records(found: Report) -> list[dict[str, Any]]:
    """One record a measure and comparison, for JSON. What is not known, or without end, is null."""
    return [
        {
            "measure": line.measure.code,
            "comparison": line.comparison,
            "area": found.area.key,
            "from": words_of(line.now.first),
            "to": words_of(line.now.last),
            "count": line.count,
            "before_from": words_of(line.before_period.first),
            "before_to": words_of(line.before_period.last),
            "before": line.before,
            "change_percent": _rounded(line.change.percent if line.change else None, 1),
            "ratio": _rounded(line.ratio.ratio if line.ratio else None, 3),
            "low": _rounded(line.ratio.low if line.ratio else None, 3),
            "high": _rounded(line.ratio.high if line.ratio else None, 3),
            "word": str(line.word),
            "snapshot": list(found.snapshots),
        }
        for line in found.lines
    ]


def _rounded(value: float | None, digits: int) -> float | None:
    return round(value, digits) if value is not None and math.isfinite(value) else None
