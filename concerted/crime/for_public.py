"""A report's figures as tables for the public: what would single somebody out is hidden in them.

Plain Python: the lake is asked what could follow from all that was ever shown (`released`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from concerted.crime.exploring import words_of_period
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.measures import ALL_CRIME, area
from concerted.crime.lake.months import Month, Period
from concerted.crime.lake.named import district_of, forces_of, wards
from concerted.crime.lake.questions import monthly
from concerted.crime.released import Cell, Known, given_away, hidden_in
from concerted.crime.report import OF_POLICE_UK, Line, area_of
from concerted.crime.summary import Summary
from concerted.figures.suppression import SMALLEST_SHOWN

HIDDEN = "hidden"
NOT_REPORTED = "not reported"
NOTE = (
    f"Counts of 1 to {SMALLEST_SHOWN - 1} in a ward are hidden, and others from which they would "
    "follow. What was not reported is not zero."
)
# Areas that are so small that a small count in them can single somebody out.
SMALL_LEVELS = frozenset({"ward", "stable_area", "small_area"})
GROUPS = tuple(one.code for one in OF_POLICE_UK if one != ALL_CRIME and one.feed == ALL_CRIME.feed)


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A table as texts, and the counts that it shows or hides."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
    cells: tuple[Cell, ...]


def tables_of(
    found: Summary, asking: Asking, earlier: Iterable[Cell] = ()
) -> tuple[PublicTable, ...]:
    """Crime by group, calls, and crime by ward, each with the same months before.

    Wards also with the words that the report has for their rates.

    `earlier` are all cells of all versions that were ever public. Raises Refused where hiding does
    not help any more, or the lake cannot tell.
    """
    groups = [(one.measure.label, found.where.code, one) for one in found.lines]
    calls = [(one.measure.label, found.where.code, one) for one in found.disorder]
    by_ward = [(ward.name, ward.code, line) for ward, line in found.wards]
    small = {ward.code for ward, _ in found.wards}
    if found.where.level in SMALL_LEVELS:
        small.add(found.where.code)
    told = [*groups, *calls, *by_ward]
    wanted = [cell for _, code, line in told for cell in _cells(code, line, small)]
    shown = {one.place: one for one in hidden(wanted, asking, earlier)}
    now, before = map(_head, (found.period, found.total.before_period))
    where = found.where.name
    beside = {one.ward.code: str(one.word) for one in found.rates}
    return tuple(
        _with_rates(
            _table(f"{what}, {where}", (first, now, before), rows, shown, small),
            f"For its residents, beside {where}",
            [beside[code] for _, code, _ in rows] if rows is by_ward and beside else [],
        )
        for what, first, rows in (
            ("Recorded crime", "Group", groups),
            ("Calls about anti-social behaviour", "Calls", calls),
            ("Recorded crime by ward", "Ward", by_ward),
        )
        if rows
    )


def _cells(code: str, line: Line, small: set[str]) -> list[Cell]:
    made = []
    for period, count in ((line.now, line.count), (line.before_period, line.before)):
        if count is not None:
            one = Cell(line.measure.code, code, period.first, period.last)
            made.append(replace(one, small=code in small and 0 < count < SMALLEST_SHOWN))
    return made


def _table(
    caption: str,
    head: tuple[str, ...],
    told: Sequence[tuple[str, str, Line]],
    shown: dict[tuple[str, str, Month, Month], Cell],
    small: set[str],
) -> PublicTable:
    cells = [shown[one.place] for _, code, line in told for one in _cells(code, line, small)]
    rows = tuple(
        (
            name,
            _words(line, code, line.now, line.count, shown),
            _words(line, code, line.before_period, line.before, shown),
        )
        for name, code, line in told
    )
    of_small = any(one.area in small for one in cells)
    return PublicTable(caption, head, rows, NOTE if of_small else "", tuple(cells))


def _head(period: Period) -> str:
    words = words_of_period(period).removeprefix("the ")
    return f"{words[0].upper()}{words[1:]}"


def _with_rates(table: PublicTable, head: str, words: Sequence[str]) -> PublicTable:
    """The table with what is said of each ward's rate, where its count is shown."""
    if not words:
        return table
    told = [
        HIDDEN if row[1] == HIDDEN else said for row, said in zip(table.rows, words, strict=True)
    ]
    rows = tuple((*row, said) for row, said in zip(table.rows, told, strict=True))
    return replace(table, head=(*table.head, head), rows=rows)


def _words(
    line: Line,
    code: str,
    period: Period,
    count: int | None,
    shown: dict[tuple[str, str, Month, Month], Cell],
) -> str:
    if count is None:
        return NOT_REPORTED
    return (
        HIDDEN if shown[line.measure.code, code, period.first, period.last].hidden else f"{count:,}"
    )


def hidden(wanted: Sequence[Cell], asking: Asking, earlier: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells of a new version with those hidden that must be. Raises Refused."""
    of_small, before, known = _weighed(wanted, asking, earlier)
    if known is None:
        return tuple(wanted)
    found = {one.place: one for one in hidden_in(of_small, known, before)}
    return tuple(found.get(one.place, one) for one in wanted)


def would_follow(cells: Sequence[Cell], asking: Asking, earlier: Iterable[Cell]) -> bool:
    """Whether a small count would follow from these cells and all that was ever shown."""
    of_small, before, known = _weighed(cells, asking, earlier)
    return known is not None and bool(given_away(of_small, known, before))


def _weighed(
    cells: Sequence[Cell], asking: Asking, earlier: Iterable[Cell]
) -> tuple[list[Cell], list[Cell], Known | None]:
    """The cells from which something of a small area can follow, and what is known of them."""
    districts = {found for one in cells if (found := _district(asking, one.area))}
    inside = {code: [one.code for one in wards(asking, code)] for code in sorted(districts)}
    small = frozenset(code for parts in inside.values() for code in parts)
    near = [one for one in earlier if one.area in {*small, *districts}]
    measures = {one.measure for one in (*cells, *near) if one.area in small}
    if measures & {*GROUPS}:
        measures |= {ALL_CRIME.code, *GROUPS}
    counted = [one for one in OF_POLICE_UK if one.code in measures]
    if not counted:
        return [], [], None
    of, before = ([one for one in some if one.measure in measures] for some in (cells, near))
    both = (*of, *before)
    period = Period(min(one.first for one in both), max(one.last for one in both))
    months: dict[tuple[str, str], dict[Month, int]] = {}
    for district, parts in inside.items():
        places = [area("district", district), *(area("ward", one) for one in parts)]
        forces = forces_of(asking, places[0])
        for point in monthly(asking, counted, places, period, forces=forces).cells:
            if point.count is not None:
                months.setdefault((point.measure, point.area), {})[point.month] = point.count
    groups = {ALL_CRIME.code: GROUPS} if measures & {*GROUPS} else {}
    return of, before, Known(inside, groups, months, small)


def _district(asking: Asking, code: str) -> str | None:
    level = area_of(code).level
    if level == "district":
        return code
    return district_of(asking, code) if level == "ward" else None
