"""The questions of the standing report, each one SQL statement over the counts.

A month that was not reported is never zero: where a force's month is absent, the count of a period
that holds it is None, and the answer says which months these are. All answers name the snapshots
that they come from.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from concerted.crime.lake.answers import Absent, Answer, Gathered, at_levels, groups
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import BY_QUARTER
from concerted.crime.lake.measures import ALL_CRIME, Area, Measure
from concerted.crime.lake.months import Month, Period, later, rolling
from concerted.crime.lake.months import year_to_date as to_date
from concerted.crime.lake.refusals import Refused

_MONTHLY = """
SELECT member.measure, cells.area, cells.month, CAST(sum(cells.n) AS BIGINT) AS n
FROM (CELLS) AS cells
JOIN (MEMBERS) AS member
    ON member.kind = cells.kind AND (member.code IS NULL OR member.code = cells.code)
    AND cells.month BETWEEN member.begins AND member.ends
GROUP BY member.measure, cells.area, cells.month
"""
_COMPARED = """
SELECT
    member.measure, cells.area,
    CAST(sum(CASE WHEN cells.month >= $now_first THEN cells.n ELSE 0 END) AS BIGINT) AS n,
    CAST(sum(CASE WHEN cells.month <= $then_last THEN cells.n ELSE 0 END) AS BIGINT) AS before
FROM (CELLS) AS cells
JOIN (MEMBERS) AS member
    ON member.kind = cells.kind AND (member.code IS NULL OR member.code = cells.code)
    AND cells.month BETWEEN member.begins AND member.ends
GROUP BY member.measure, cells.area
"""
_TYPES = """
SELECT
    cells.kind, cells.code,
    CASE WHEN cells.month <= $then_last THEN cells.month + INTERVAL '1' YEAR ELSE cells.month END
        AS month,
    CAST(sum(CASE WHEN cells.month >= $now_first THEN cells.n ELSE 0 END) AS BIGINT) AS n,
    CAST(sum(CASE WHEN cells.month <= $then_last THEN cells.n ELSE 0 END) AS BIGINT) AS before
FROM (CELLS) AS cells
WHERE cells.month >= $now_first OR cells.month <= $then_last
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
"""


_MONTHLY_AT, _COMPARED_AT, _TYPES_AT = map(at_levels, (_MONTHLY, _COMPARED, _TYPES))


@dataclass(frozen=True, slots=True)
class Point:
    """A month of a chart's line. `count` is None where the month was not reported."""

    measure: str
    area: str
    month: Month
    count: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Offences of a period and of the same months some years before; None where a month lacks."""

    measure: str
    area: str
    period: Period
    count: int | None
    before_period: Period
    before: int | None
    absent: Absent = ()


@dataclass(frozen=True, slots=True)
class OfType:
    """A type in a month and in the same month of the year before."""

    kind: str
    code: str
    month: Month
    count: int | None
    before: int | None


def monthly(
    asking: Asking,
    measures: Sequence[Measure],
    areas: Sequence[Area],
    period: Period,
    *,
    forces: Collection[str] | None = None,
) -> Answer[Point]:
    """Offences by month, measure and area: the lines of a chart, every month of the period there.

    `forces` are those whose records are counted: all that the lake has unless told. Raises Refused
    for an area or a force that the lake does not know, and for tables that count quarters.
    """
    if any(one.feed in BY_QUARTER for one in measures):
        raise Refused("These tables count quarters and have no months. Compare periods instead.")
    gathered: Gathered[Point] = Gathered()
    for group in groups(asking, measures, areas, forces, [period]):
        found = {
            (measure, key, month): number
            for measure, key, month, number in group.ask(_MONTHLY_AT, first=period.first)
        }
        for area in group.areas:
            absent = gathered.absent_of(group, area, [period])
            lacking = {month for _, month in absent}
            gathered.cells += [
                Point(
                    one.code,
                    area.key,
                    month,
                    None if month in lacking else found.get((one.code, area.key, month), 0),
                )
                for one in group.measures
                for month in period.months
            ]
    return gathered.answer()


def compared(
    asking: Asking,
    measures: Sequence[Measure],
    areas: Sequence[Area],
    period: Period,
    *,
    years: int = 1,
    forces: Collection[str] | None = None,
) -> Answer[Compared]:
    """Offences of a period against the same months so many years before. Raises as `monthly`."""
    if years < 1:
        raise Refused("A period is compared with one that lies before it: a year or more.")
    then = period.before(years)
    gathered: Gathered[Compared] = Gathered()
    for group in groups(asking, measures, areas, forces, [then, period]):
        found = {
            (measure, key): numbers
            for measure, key, *numbers in group.ask(
                _COMPARED_AT, first=then.first, now_first=period.first, then_last=then.last
            )
        }
        for area in group.areas:
            now_lacks = gathered.absent_of(group, area, [period])
            then_lacks = gathered.absent_of(group, area, [then])
            for one in group.measures:
                count, before = found.get((one.code, area.key), (0, 0))
                cell = Compared(
                    one.code,
                    area.key,
                    period,
                    None if now_lacks else count,
                    then,
                    None if then_lacks else before,
                    (*then_lacks, *now_lacks),
                )
                gathered.cells.append(cell)
    return gathered.answer()


def year_to_date(
    asking: Asking,
    measures: Sequence[Measure],
    areas: Sequence[Area],
    to: Month,
    *,
    forces: Collection[str] | None = None,
) -> Answer[Compared]:
    """From 1 April to the end of a month, against the same months of the year before."""
    return compared(asking, measures, areas, to_date(to), forces=forces)


def rolling_year(
    asking: Asking,
    measures: Sequence[Measure],
    areas: Sequence[Area],
    to: Month,
    *,
    years: int = 1,
    forces: Collection[str] | None = None,
) -> Answer[Compared]:
    """Twelve months against the twelve of one year before; of five and ten with `years`."""
    return compared(asking, measures, areas, rolling(to), years=years, forces=forces)


def types_compared(
    asking: Asking, area: Area, period: Period, *, forces: Collection[str] | None = None
) -> Answer[OfType]:
    """Each type of crime and anti-social behaviour by month, against the year before.

    The period is a year at most. A type without a row in both is left out.
    """
    if len(period.months) > 12:
        raise Refused("Types are compared over twelve months at most. Shorten the period.")
    then = period.before()
    gathered: Gathered[OfType] = Gathered()
    for group in groups(asking, (ALL_CRIME,), [area], forces, [then, period]):
        rows = group.ask(
            _TYPES_AT, first=then.first, now_first=period.first, then_last=then.last, members=False
        )
        absent = gathered.absent_of(group, area, [then, period])
        lacking = {month for _, month in absent}
        for kind, code, month, count, before in rows:
            day = Month(month.year, month.month, 1)  # adding a year made a moment of it
            gathered.cells.append(
                OfType(
                    kind,
                    code,
                    day,
                    None if day in lacking else count,
                    None if later(day, -12) in lacking else before,
                )
            )
    return gathered.answer()
