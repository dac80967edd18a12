"""What files with mapped columns tell: extracts of a force, Home Office tables, hospitals' returns.

Each source has tables of its own, beside what data.police.uk publishes and never added to it. Plain
Python.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from concerted.crime.exploring import words_of_period
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.mappings import MAPPED
from concerted.crime.lake.measure_sets import TABLES, Break, MeasureSet
from concerted.crime.lake.months import month_of
from concerted.crime.lake.named import districts
from concerted.crime.report import Line, Report, area_of, report

OTHERS = tuple(one for one in TABLES if one.feed in MAPPED)
Words = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OfTable:
    """The lines of a table in one comparison; `breaks` are why nothing is compared, if so."""

    label: str
    words: str
    lines: tuple[Line, ...]
    breaks: tuple[Break, ...]


def choices(asking: Asking) -> dict[str, Words]:
    """What can be asked, by the name of the choice; nothing where no such file was brought in."""
    asking.refresh()
    there = [asking.months(one.feed) for one in OTHERS]
    months = sorted({month for of in there for found in of.values() for month in found})
    if not months:
        return {}
    senders = sorted({name for of in there for name in of})
    named = [(one.code, one.name) for one in districts(asking)]
    return {
        "area": [*((name, _whole(name)) for name in senders), *named],
        "to": [(month, f"{month_of(month):%B %Y}") for month in reversed(months)],
    }


def _whole(name: str) -> str:
    return f"All of {name.replace('-', ' ').title()}"


def told(asking: Asking, area: str, to: str) -> Report:
    """The tables of an area, or of all that one force or hospital sent. Raises Refused."""
    where = area_of(area)
    tables = [one for one in OTHERS if _has(asking, one, where.codes, where.level)]
    return report(asking, where, month_of(to), tables=tables or OTHERS)


def _has(asking: Asking, table: MeasureSet, codes: frozenset[str], level: str) -> bool:
    there = asking.months(table.feed)
    return bool(codes & there.keys()) if level == "force" else bool(there)


def by_table(found: Report) -> list[OfTable]:
    """The tables as they are shown: one for each comparison."""
    keys = dict.fromkeys((one.table, one.comparison) for one in found.lines)
    made = []
    for table, comparison in keys:
        lines = tuple(
            one for one in found.lines if (one.table, one.comparison) == (table, comparison)
        )
        now, before = map(words_of_period, (lines[0].now, lines[0].before_period))
        made.append(OfTable(table, f"{now}, against {before}", lines, lines[0].breaks))
    return made
