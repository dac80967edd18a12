"""Sheets of OpenDocument spreadsheets (.ods, ISO/IEC 26300), as a stream of rows."""

import datetime
from collections.abc import Iterator

from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.sheets import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_PART,
    MAX_ROWS,
    Handler,
    Package,
    Row,
    Value,
    chosen_sheet,
    plain_number,
    refuse_merged,
)

CONTENT = "content.xml"
_LOCK = "META-INF/manifest.xml"


class _Names(Handler):
    def __init__(self) -> None:
        self.names: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self.names.append(given.get("name", ""))


class _Locked(Handler):
    def __init__(self) -> None:
        self.locked = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        self.locked = self.locked or tag == "encryption-data"


class _Sheet(Handler):
    """The rows of one table. What is repeated is written out, within limits; nothing is not."""

    def __init__(self, package: Package, wanted: str, header: int) -> None:
        self.rows: list[Row] = []
        self._path, self._wanted, self._header = package.path, wanted, header
        self._inside = self._annotation = False
        self._line = 0
        self._repeat = self._across = 1
        self._values: list[Value] = []
        self._blank = 0
        self._formulas: set[int] = set()
        self._given: dict[str, str] = {}
        self._parts: list[str] | None = None
        self._length = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self._inside = given.get("name", "") == self._wanted
        elif not self._inside:
            return
        elif tag == "table-row":
            self._repeat = _times(given, "number-rows-repeated")
            self._values, self._blank, self._formulas = [], 0, set()
        elif tag in ("table-cell", "covered-table-cell"):
            self._given, self._across = given, _times(given, "number-columns-repeated")
            self._parts, self._length = [], 0
            if "formula" in given:
                self._formulas.add(len(self._values) + self._blank)
            spans = _times(given, "number-columns-spanned"), _times(given, "number-rows-spanned")
            if max(spans) > 1 and self._line + spans[1] >= self._header:
                refuse_merged(self._path, f"row {self._line + 1}")
        elif tag == "annotation":
            self._annotation = True
        elif tag == "p" and self._parts:
            self._parts.append("\n")
        elif tag == "s" and self._parts is not None:
            self._parts.append(" ")

    def text(self, words: str) -> None:
        if self._parts is not None and not self._annotation and self._length < MAX_CELL:
            self._parts.append(words)
            self._length += len(words)

    def end(self, tag: str) -> None:
        if tag == "annotation":
            self._annotation = False
        elif tag == "table":
            self._inside = False
        elif self._inside and tag in ("table-cell", "covered-table-cell"):
            self._take(self._value())
            self._parts = None
        elif self._inside and tag == "table-row":
            self._end_row()

    def _value(self) -> Value:
        given = self._given
        kind = given.get("value-type", "string")
        if kind == "date":
            try:
                moment = datetime.datetime.fromisoformat(given.get("date-value", ""))
                return moment.replace(microsecond=0)
            except ValueError:
                return given.get("date-value", "")
        if kind in ("float", "currency", "percentage"):
            return plain_number(given.get("value", ""))
        return "".join(self._parts or ())[:MAX_CELL].strip()

    def _take(self, value: Value) -> None:
        if value == "":
            self._blank += self._across  # only what stands before a value is written out
            return
        if len(self._values) + self._blank + self._across > MAX_COLUMNS:
            raise Refused(f"{self._path.name} has more than {MAX_COLUMNS} columns. Leave out some.")
        self._values += [""] * self._blank + [value] * self._across
        self._blank = 0

    def _end_row(self) -> None:
        first = self._line + 1
        self._line += self._repeat
        if not self._values:
            return
        if self._line > MAX_ROWS:
            raise Refused(
                f"{self._path.name} has more than {MAX_ROWS:,} rows. Bring fewer at once."
            )
        values, formulas = tuple(self._values), frozenset(self._formulas)
        self.rows += [Row(first + at, values, formulas) for at in range(self._repeat)]


def _times(given: dict[str, str], name: str) -> int:
    words = given.get(name, "1")
    return int(words) if words.isdecimal() and 0 < len(words) < 10 else 1


def sheet_names(package: Package) -> list[str]:
    names = _Names()
    package.read(CONTENT, names, most=MAX_PART)
    return names.names


def rows(package: Package, wanted: str, header: int) -> Iterator[Row]:
    """The rows of a sheet; empty ones are left out. Raises Refused as `xlsx.rows` does."""
    lock = _Locked()
    package.read(_LOCK, lock)
    if lock.locked:
        raise Refused(f"{package.path.name} is locked with a password. Unlock it first.")
    name = chosen_sheet(package.path, sheet_names(package), wanted)
    sheet = _Sheet(package, name, header)
    for _ in package.parse(CONTENT, sheet):
        yield from sheet.rows
        sheet.rows = []
