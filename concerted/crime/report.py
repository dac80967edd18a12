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
from concerted.crime.lake.areas import level_of
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import CRIME, HOME_OFFICE, RECORDED
from concerted.crime.lake.measure_sets import (
    POLICE_UK_CRIME,
    POLICE_UK_DISORDER,
    TABLES,
    Break,
    MeasureSet,
)
from concerted.crime.lake.measures import Area, Measure, area
from concerted.crime.lake.months import Month, Period, rolling, words_of, year_to_date
from concerted.crime.lake.questions import Compared, compared
from concerted.crime.lake.refusals import Refused
from concerted.figures.counts import Change, change
from concerted.figures.ratios import RateRatio, rate_ratio
from concerted.figures.words import Said, said_of

OF_POLICE_UK: tuple[Measure, ...] = (*POLICE_UK_CRIME.measures, *POLICE_UK_DISORDER.measures)
_CRIMES = frozenset({CRIME, RECORDED, HOME_OFFICE})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A period and how many years lie between it and the one it is compared with."""

    name: str
    now: Period
    years: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in one comparison, and the table it stands in.

    `change` and `ratio` are None where a month lacks its figure, and over a break, from which on
    figures are made otherwise.
    """

    measure: Measure
    table: str
    comparison: str
    now: Period
    count: int | None
    before_period: Period
    before: int | None
    change: Change | None
    ratio: RateRatio | None
    word: Said
    absent: Absent
    breaks: tuple[Break, ...] = ()

    @property
    def is_crime(self) -> bool:
        """Calls about anti-social behaviour are no crimes and stand in a table of their own."""
        return self.measure.members[0].kind in _CRIMES


@dataclass(frozen=True, slots=True)
class Report:
    """The lines of an area; what they rest on; months that the force may still change.

    `remarks` say why a table that the lake could have is not there.
    """

    area: Area
    to: Month
    lines: tuple[Line, ...]
    snapshots: tuple[int, ...]
    absent: Absent
    provisional: tuple[Month, ...]
    remarks: tuple[str, ...] = ()


def area_of(code: str) -> Area:
    """A ward, district, partnership or police area by its code; a force by its name in the files.

    A small area stands for all that it was split from or merged into. Raises Refused.
    """
    level = level_of(code)
    if level is None and (code[:1].isupper() or not code):
        raise Refused(
            f"“{code[:40]}” is no area that is known. Give a code such as E06000004, or a force "
            "such as cleveland."
        )
    return area(level or "force", code)


def comparisons(to: Month) -> tuple[Comparison, ...]:
    """The month, the year to date, twelve months; the last also against five and ten years ago.

    In April the year to date is the month, and is not said again.
    """
    month, to_date, year = Period(to, to), year_to_date(to), rolling(to)
    return (
        Comparison("month", month),
        *([Comparison("year to date", to_date)] if to_date != month else []),
        Comparison("12 months", year),
        Comparison("12 months, five years ago", year, 5),
        Comparison("12 months, ten years ago", year, 10),
    )


def report(
    asking: Asking,
    where: Area,
    to: Month,
    *,
    tables: Sequence[MeasureSet] = (),
    measures: Sequence[Measure] = (),
    forces: Collection[str] | None = None,
) -> Report:
    """Every measure of the tables in every comparison.

    The tables are those of which the lake has the month, unless `tables` or single `measures` are
    given. Measures of which there is nothing in either period are left out of a comparison, and so
    are comparisons of which no month of the earlier period, or nothing at all, was ever reported.
    Raises Refused where the lake does not know the area, or holds nothing of the month.
    """
    if where.level == "force":
        forces = where.codes
    made = _Making(asking, where, forces)
    for table in tables or _tables_of(measures) or _tables_there(asking, to):
        made.add(table, comparisons(to))
    if not any(line.count is not None for line in made.lines):
        raise Refused(
            next(
                iter(made.refused),
                f"The lake holds no complete figure up to {words_of(to)}. Import the month, or ask "
                "for an earlier one.",
            )
        )
    return Report(
        where,
        to,
        tuple(made.lines),
        tuple(sorted(made.snapshots)),
        tuple(sorted(made.absent)),
        tuple(sorted(made.provisional)),
        tuple(dict.fromkeys(made.refused)),
    )


def _tables_of(measures: Sequence[Measure]) -> list[MeasureSet]:
    """Measures of one's own, crimes and others apart."""
    by_table: dict[tuple[str, bool], list[Measure]] = {}
    for one in measures:
        crimes = one.members[0].kind in _CRIMES
        by_table.setdefault((one.feed, crimes), []).append(one)
    labels = {True: POLICE_UK_CRIME.label, False: POLICE_UK_DISORDER.label}
    return [
        MeasureSet("own", labels[crimes], tuple(found))
        for (_, crimes), found in sorted(by_table.items(), key=lambda item: not item[0][1])
    ]


def _tables_there(asking: Asking, to: Month) -> list[MeasureSet]:
    """Those whose feed has the month of any force; else those whose feed is there at all."""
    asking.refresh()
    months = {one.feed: asking.months(one.feed) for one in TABLES}
    having = [
        one for one in TABLES if any(words_of(to) in there for there in months[one.feed].values())
    ]
    there = [one for one in TABLES if months[one.feed]]
    return having or there or [POLICE_UK_CRIME, POLICE_UK_DISORDER]


class _Making:
    """A report while its tables are asked for; one that cannot be had leaves a sentence."""

    def __init__(self, asking: Asking, where: Area, forces: Collection[str] | None) -> None:
        self._asking, self._where, self._forces = asking, where, forces
        self.lines: list[Line] = []
        self.refused: list[str] = []
        self.snapshots: set[int] = set()
        self.absent: set[tuple[str, Month]] = set()
        self.provisional: set[Month] = set()

    def add(self, table: MeasureSet, compare: Sequence[Comparison]) -> None:
        for one in compare:
            try:
                answer = compared(
                    self._asking,
                    table.measures,
                    [self._where],
                    one.now,
                    years=one.years,
                    forces=self._forces,
                )
            except Refused as refusal:
                self.refused.append(str(refusal))
                continue
            found = [
                line_of(one.name, measure, cell, table)
                for measure, cell in _in_order(table, answer)
            ]
            nothing = all(line.before is None for line in found)
            if nothing and (one.years > 1 or all(line.count is None for line in found)):
                continue
            self.lines += found
            self.snapshots |= set(answer.snapshots)
            self.absent |= set(answer.absent)
            self.provisional |= set(answer.provisional)


def _in_order(table: MeasureSet, answer: Any) -> Iterator[tuple[Measure, Compared]]:
    by_code: Mapping[str, Compared] = {cell.measure: cell for cell in answer.cells}
    for one in table.measures:
        cell = by_code[one.code]
        if cell.count or cell.before or one is table.measures[0]:
            yield one, cell


def line_of(name: str, measure: Measure, cell: Compared, table: MeasureSet) -> Line:
    """What the figures say of a comparison that the lake has answered."""
    breaks = table.breaks_between(cell.before_period, cell.period)
    # Tables of the Home Office can be below zero, where more was cancelled than recorded.
    known = (cell.count or 0) >= 0 and (cell.before or 0) >= 0 and not breaks
    known = known and cell.count is not None and cell.before is not None
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
        table=table.label,
        comparison=name,
        now=cell.period,
        count=cell.count,
        before_period=cell.before_period,
        before=cell.before,
        change=change(cell.count or 0, cell.before or 0) if known else None,
        ratio=ratio,
        word=Said.NOT_COMPARABLE if breaks else said_of(ratio),
        absent=cell.absent,
        breaks=breaks,
    )


def table_of(measure: Measure) -> MeasureSet:
    """The table of data.police.uk that a measure of it stands in."""
    return POLICE_UK_CRIME if measure in POLICE_UK_CRIME.measures else POLICE_UK_DISORDER


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
