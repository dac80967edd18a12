"""Files whose columns are mapped, looked at whole before anything is written.

Extracts of a force (crimes, incidents), tables of the Home Office, returns of a hospital. All that
can be wrong with one is found here: columns and words that nobody mapped, columns that tell who
somebody is, months that lack or come twice.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from concerted.crime.lake.areas import Geography
from concerted.crime.lake.feeds import NotReadable
from concerted.crime.lake.judging import Judge, Judged, LeftOut
from concerted.crime.lake.mappings import ColumnMapping
from concerted.crime.lake.months import Month, Period, later, words_of
from concerted.crime.lake.persons import ADDRESS, Finding, Values, by_heading
from concerted.crime.lake.planning import Gap, Input
from concerted.crime.lake.refusals import Refused, listed
from concerted.crime.lake.sheets import Row, Value, is_workbook
from concerted.crime.lake.spooling import MOST_REJECTED, Reject
from concerted.crime.lake.tables import Table, columns_of, rows_below


@dataclass(frozen=True, slots=True)
class ExtractPlan:
    """Files to be read by one mapping. `months` counts the rows of each month of the force or
    hospital; `dropped` names the columns that are left out; `remarks` are for whoever imports."""

    mapping: ColumnMapping
    geography: Geography
    tables: tuple[Table, ...]
    inputs: tuple[Input, ...]
    months: dict[Month, int]
    absent: tuple[Gap, ...]
    twice: tuple[str, ...]
    dropped: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def covers(self) -> Period:
        return Period(min(self.months), later(max(self.months), self.mapping.of.step - 1))

    @property
    def size(self) -> int:
        """Bytes of the files as they lie there."""
        return sum(one.size for one in self.inputs)


@dataclass(slots=True)
class Reading:
    """A table read by a judge: the rows that can be used, and what became of the others."""

    judge: Judge
    table: Table
    rejects: list[Reject]
    left_out: Counter[str]
    rows: int = 0

    def judged(self, values: Values | None = None) -> Iterator[Judged]:
        """Raises Refused for a header that is not the mapping's, and for a file cut short."""
        columns = columns_of(self.table)
        name = _name(self.table)
        self.judge.mapping.refuse_header(name, columns)
        at, width = self.judge.places_of(columns), len(columns)
        whole = not is_workbook(self.table.path)
        for row in rows_below(self.table):
            _refuse_cut(name, row, width, whole)
            if values:
                values.look(_named(columns, row))
            try:
                judged = self.judge.judge(row, at, width, whole=whole)
            except NotReadable as fault:
                self.rejects.append(Reject(name, row.line, str(fault)))
            except LeftOut as reason:
                self.left_out[str(reason)] += 1
            else:
                self.rows += 1
                yield judged
        self._refuse_rejects(name)

    def _refuse_rejects(self, name: str) -> None:
        bad = self.rejects
        if len(bad) > MOST_REJECTED * (self.rows + len(bad)):
            raise Refused(
                f"{name} cannot be used: {len(bad):,} of its {self.rows + len(bad):,} rows cannot "
                f"be read (line {bad[0].line}: {bad[0].reason}). Look at the mapping, or fetch the "
                "file anew."
            )


def _named(columns: Sequence[str], row: Row) -> dict[str, Value]:
    """The values of a row by column; what stands under no name is looked at by its place."""
    names = [*columns, *[""] * (len(row.values) - len(columns))]
    return {
        name or f"column {place}": value
        for place, (name, value) in enumerate(zip(names, row.values, strict=False), 1)
    }


def _refuse_cut(name: str, row: Row, width: int, whole: bool) -> None:
    if whole and row.cut and len(row.values) < width:
        raise Refused(f"{name} is cut short in line {row.line}. Fetch the file anew.")


def _name(table: Table) -> str:
    return f"{table.path.name}, {table.sheet}" if table.sheet else table.path.name


def plan_extract(
    paths: Sequence[Path],
    mapping: ColumnMapping,
    geography: Geography,
    *,
    gaps_are_known: bool = False,
) -> ExtractPlan:
    """Look at files of one mapping, all of each. Nothing is written.

    Raises Refused: for damage; for columns, codes and areas that are not mapped; for a return of a
    hospital with a column that tells who somebody is; for a month in two files; and for months
    missing between the first and the last, unless `gaps_are_known`.
    """
    tables, twice = _once([Table(p, s, mapping.header) for p in paths for s in _sheets(mapping)])
    months: dict[Month, int] = {}
    of_table: dict[Month, Table] = {}
    remarks: list[str] = []
    for table in tables:
        refuse_persons(table, mapping)
        judge = Judge(mapping, geography)
        found = _months(judge, table)
        judge.refuse_unmapped(_name(table))
        for month in sorted(found):
            if month in of_table:
                raise Refused(
                    f"{words_of(month)} stands in {_name(of_table[month])} and in {_name(table)}. "
                    "Leave out one, or put them together in one file."
                )
            of_table[month] = table
        months |= found
        remarks += _remarks(table, mapping)
    if not months:
        raise Refused("None of these files holds a row that is used. Look at the mapping.")
    absent = _absent(mapping, months)
    if absent and not gaps_are_known:
        lacking = [words_of(month) for _, _, month in absent]
        raise Refused(
            f"Months are missing: {listed(lacking)}. Add their files; or, where they are not to be "
            "had, say that this is known."
        )
    inputs = tuple(input_of(path) for path in dict.fromkeys(one.path for one in tables))
    return ExtractPlan(
        mapping,
        geography,
        tuple(tables),
        inputs,
        months,
        absent,
        tuple(twice),
        mapping.dropped,
        tuple(remarks),
    )


def _sheets(mapping: ColumnMapping) -> tuple[str, ...]:
    return mapping.sheets or ("",)


def _once(tables: Sequence[Table]) -> tuple[list[Table], list[str]]:
    """Each content once, and the names of files that were given again."""
    taken: dict[tuple[str, str], Table] = {}
    twice = []
    for one in tables:
        key = input_of(one.path).sha256, one.sheet
        if key in taken:
            twice.append(_name(one))
        taken.setdefault(key, one)
    return list(taken.values()), sorted(twice)


def _months(judge: Judge, table: Table) -> dict[Month, int]:
    found: Counter[Month] = Counter()
    dates = [judge.mapping.columns.get("date", "")]
    values = Values(dates) if judge.mapping.feed == "hospital" else None
    reading = Reading(judge, table, [], Counter())
    for judged in reading.judged(values):
        found[judged.month] += 1
    if values:
        _refuse_found(table, judge.mapping, values.findings())
    return dict(found)


def refuse_persons(table: Table, mapping: ColumnMapping) -> None:
    """A hospital's file with a column that says who somebody is is not read at all."""
    if mapping.feed == "hospital":
        _refuse_found(table, mapping, by_heading(columns_of(table)))


def _refuse_found(table: Table, mapping: ColumnMapping, found: Collection[Finding]) -> None:
    # A place is said in words that may look like an address; there by its heading alone.
    location = mapping.columns.get("location")
    found = [one for one in found if not (one.kind == ADDRESS and one.column == location)]
    if found:
        raise Refused(
            f"{_name(table)} seems to tell who somebody is: {listed([str(one) for one in found])}. "
            "Nothing of it was kept. Ask the hospital for a return without these columns, and have "
            "this file destroyed."
        )


def _remarks(table: Table, mapping: ColumnMapping) -> list[str]:
    """A force's file may hold such columns; they are not read, and whoever sent it is to know."""
    found = by_heading(columns_of(table))
    if not found:
        return []
    return [
        f"{_name(table)} has columns that seem to tell who somebody is: "
        f"{listed([str(one) for one in found])}. They were not taken; ask for files without them."
    ]


def _absent(mapping: ColumnMapping, months: dict[Month, int]) -> tuple[Gap, ...]:
    step = mapping.of.step
    period = mapping.period or Period(min(months), max(months))
    expected = [month for month in period.months if step == 1 or month.month % 3 == 1]
    return tuple(
        (mapping.feed, mapping.recorded_by, month) for month in expected if month not in months
    )


def input_of(path: Path) -> Input:
    """Raises Refused where there is no such file."""
    if not path.is_file():
        raise Refused(f"There is no file {path.name}. Check its name.")
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Input(path.name, digest, path.stat().st_size)
