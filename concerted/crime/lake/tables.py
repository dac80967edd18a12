"""A table whatever its format: the names of its columns, and its rows below them."""

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from concerted.crime.lake import ods, xlsx
from concerted.crime.lake.refusals import Refused, listed
from concerted.crime.lake.sheets import Package, Row, is_workbook, rows_of_csv

MAX_BYTES = 1024**3
_LOOKED_AT = 40  # lines in which the names of columns may stand


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a file, or a CSV. `header` is the line of the columns' names, from 1."""

    path: Path
    sheet: str = ""
    header: int = 1


def sheets_of(path: Path) -> list[str]:
    """The names of a workbook's sheets; none for a CSV. Raises Refused."""
    _refuse_size(path)
    if not is_workbook(path):
        return []
    with Package(path) as package:
        return _format(package).sheet_names(package)


def lines(table: Table) -> Generator[Row, None, None]:
    """Every line that is not empty, those above the header too. Raises Refused for damage."""
    _refuse_size(table.path)
    if not is_workbook(table.path):
        if table.sheet:
            raise Refused(f"{table.path.name} is a CSV and has no sheets. Leave the sheet out.")
        yield from (row for row in rows_of_csv(table.path) if any(row.values))
        return
    with Package(table.path) as package:
        yield from _format(package).rows(package, table.sheet, table.header)


class _Format(NamedTuple):
    sheet_names: Callable[[Package], list[str]]
    rows: Callable[[Package, str, int], Iterator[Row]]


def _format(package: Package) -> _Format:
    if xlsx.WORKBOOK in package.names:
        return _Format(xlsx.sheet_names, xlsx.rows)
    if ods.CONTENT in package.names:
        return _Format(ods.sheet_names, ods.rows)
    raise Refused(
        f"{package.path.name} is no workbook that can be read. Save it as .xlsx, .ods or .csv."
    )


def _refuse_size(path: Path) -> None:
    if not path.is_file():
        raise Refused(f"There is no file {path.name}. Check its name.")
    if path.stat().st_size > MAX_BYTES:
        raise Refused(f"{path.name} is larger than any such file (1 GB). Bring fewer months.")


def columns_of(table: Table) -> tuple[str, ...]:
    """The names of its columns. Raises Refused for none, for two alike, and for a formula."""
    with closing(lines(table)) as rows:
        for row in rows:
            if row.line == table.header:
                return _columns(table, row)
            if row.line > table.header:
                break
    raise Refused(
        f"Line {table.header} of {table.path.name} is empty: no columns are named there. Say in "
        "which line they are."
    )


def _columns(table: Table, row: Row) -> tuple[str, ...]:
    names = tuple(" ".join(str(value).split()) for value in row.values)
    while names and not names[-1]:
        names = names[:-1]
    if row.formulas:
        raise Refused(f"{table.path.name} works out the names of its columns. Type them in.")
    twice = [name for name, number in Counter(names).items() if name and number > 1]
    if twice:
        raise Refused(
            f"{table.path.name} has columns of one name: {listed(twice)}. Give each its own."
        )
    return names


def rows_below(table: Table) -> Iterator[Row]:
    """The rows below the names of the columns."""
    return (row for row in lines(table) if row.line > table.header)


def likely_header(path: Path, sheet: str = "") -> int:
    """The line in which the columns seem to be named: the first of the widest near the top."""
    widest, found = 0, 1
    with closing(lines(Table(path, sheet, header=2**31))) as rows:
        for row in rows:
            if row.line > _LOOKED_AT:
                break
            width = sum(1 for value in row.values if value != "")
            if width > widest:
                widest, found = width, row.line
    return found
