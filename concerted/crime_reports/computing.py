"""Figures of the lake, ready to be kept with a report. Loads scipy and DuckDB."""

from concerted.crime.frozen import frozen
from concerted.crime.lake.areas import level_of
from concerted.crime.lake.months import Period
from concerted.crime.lake.named import Named
from concerted.crime.opened import lake, outlines, residents
from concerted.crime.summary import Summary, summary
from concerted.crime_reports.drafting import drafted
from concerted.crime_reports.models import Report
from concerted.crime_reports.services import NewFigures


def computed(found: Summary) -> NewFigures:
    """The figures of a report of an area with the words that follow from them."""
    return NewFigures(
        area=found.where.code,
        area_name=found.where.name,
        first=found.period.first,
        last=found.period.last,
        years=found.years,
        held=frozen(found, outlines()),
        drafted=[(one.code, one.heading, one.text) for one in drafted(found)],
        snapshots=found.snapshots,
    )


def computed_anew(report: Report) -> NewFigures:
    """What a report asked, asked of the lake as it is now. Raises Refused."""
    where = Named(level_of(report.area) or "force", report.area, report.area_name)
    period = Period(report.first, report.last)
    return computed(summary(lake(), where, period, report.years, residents=residents()))


def newest_snapshot() -> int:
    """The number of the last that was brought in; 0 where nothing was."""
    asking = lake()
    asking.refresh()
    return max(asking.snapshots, default=0)
