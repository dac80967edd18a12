"""Sheets of Excel workbooks (.xlsx, ECMA-376), as a stream of rows."""

import datetime
import re
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

WORKBOOK = "xl/workbook.xml"
MAX_STRINGS = 128 * 1024**2  # characters of all texts of a workbook together
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")
_SPACE = 256  # more than the longest mention of a merged cell
# The numbers of Excel's own formats that show a date, beside those a workbook defines.
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_FIRST_SERIAL = 61  # before 1 March 1900 Excel counts a day that there was not


class _Book(Handler):
    """The names of the sheets, and whether days are counted from 1904."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.from_1904 = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            self.sheets[given.get("name", "")] = given.get("id", "")
        elif tag == "workbookPr":
            self.from_1904 = given.get("date1904") in ("1", "true")


class _Targets(Handler):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship" and given.get("TargetMode") != "External":
            self.targets[given.get("Id", "")] = given.get("Target", "")


class _Styles(Handler):
    """Which styles of cells show a date."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._formats: dict[str, bool] = {}
        self._inside, self._number = False, 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt":
            self._formats[given.get("numFmtId", "")] = _shows_date(given.get("formatCode", ""))
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            number = given.get("numFmtId", "0")
            known = number.isdecimal() and int(number) in _DATES
            if self._formats.get(number, known):
                self.dates.add(self._number)
            self._number += 1

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False


def _shows_date(code: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
    return bool(re.search(r"[dmyh]", bare, re.IGNORECASE)) and bare.lower() != "general"


class _Strings(Handler):
    """The texts that cells point to by number."""

    def __init__(self, name: str) -> None:
        self.texts: list[str] = []
        self._name, self._left = name, MAX_STRINGS
        self._parts: list[str] = []
        self._taking = self._sound = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "rPh":
            self._sound = True  # how a text is pronounced is no part of it
        self._taking = tag == "t" and not self._sound

    def end(self, tag: str) -> None:
        self._taking = False
        if tag == "rPh":
            self._sound = False
        elif tag == "si":
            self.texts.append("".join(self._parts)[:MAX_CELL])
            self._parts = []

    def text(self, words: str) -> None:
        if self._taking:
            self._left -= len(words)
            if self._left < 0:
                raise Refused(f"{self._name} holds more text than is read. Save it as .csv.")
            self._parts.append(words)


class _Sheet(Handler):
    """The rows of a sheet, taken out as they are complete."""

    def __init__(self, name: str, texts: list[str], dates: set[int], from_1904: bool) -> None:
        self.rows: list[Row] = []
        self._name, self._texts, self._dates = name, texts, dates
        self._epoch = (
            datetime.datetime(1904, 1, 1) if from_1904 else datetime.datetime(1899, 12, 30)
        )
        self._line = self._at = 0
        self._values: dict[int, Value] = {}
        self._formulas: set[int] = set()
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._length = 0
        self._taking = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "row":
            line = given.get("r", "")
            self._line = int(line) if line.isdecimal() and len(line) < 8 else self._line + 1
            if self._line > MAX_ROWS:
                raise Refused(f"{self._name} has more than {MAX_ROWS:,} rows. Bring fewer at once.")
            self._at, self._values, self._formulas = 0, {}, set()
        elif tag == "c":
            place = _PLACE.fullmatch(given.get("r", ""))
            self._at = _column(place[1]) if place else self._at + 1
            if self._at > MAX_COLUMNS:
                raise Refused(f"{self._name} has more than {MAX_COLUMNS} columns. Leave out some.")
            self._kind, self._style = given.get("t", "n"), given.get("s", "0")
            self._parts, self._length = [], 0
        elif tag == "f":
            self._formulas.add(self._at - 1)
        self._taking = tag in ("v", "t")

    def text(self, words: str) -> None:
        if self._taking and self._length < MAX_CELL:
            self._parts.append(words)
            self._length += len(words)

    def end(self, tag: str) -> None:
        self._taking = False
        if tag == "c":
            if value := self._value("".join(self._parts)[:MAX_CELL]):
                self._values[self._at - 1] = value
        elif tag == "row" and self._values:
            width = max(self._values) + 1
            values = tuple(self._values.get(at, "") for at in range(width))
            self.rows.append(Row(self._line, values, frozenset(self._formulas)))

    def _value(self, words: str) -> Value:
        if self._kind == "s":
            number = int(words) if words.isdecimal() else -1
            return self._texts[number].strip() if 0 <= number < len(self._texts) else ""
        if self._kind == "d":
            try:
                return datetime.datetime.fromisoformat(words)
            except ValueError:
                return words
        if self._kind != "n" or not words:
            return words.strip()
        if self._style.isdecimal() and int(self._style) in self._dates:
            return self._date(words)
        return plain_number(words)

    def _date(self, words: str) -> Value:
        try:
            days = float(words)
            if days < _FIRST_SERIAL:
                return words
            return self._epoch + datetime.timedelta(seconds=round(days * 86_400))
        except (ValueError, OverflowError):
            return words


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def sheet_names(package: Package) -> list[str]:
    book = _Book()
    package.read(WORKBOOK, book)
    return list(book.sheets)


def rows(package: Package, wanted: str, header: int) -> Iterator[Row]:
    """The rows of a sheet; empty ones are left out. `header` is the line of the columns' names.

    Raises Refused for damage, and for merged cells in that line or below it.
    """
    book, targets, styles = _Book(), _Targets(), _Styles()
    package.read(WORKBOOK, book)
    package.read("xl/_rels/workbook.xml.rels", targets)
    package.read("xl/styles.xml", styles)
    name = chosen_sheet(package.path, list(book.sheets), wanted)
    target = targets.targets.get(book.sheets[name], "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    _refuse_merged(package, part, header)
    strings = _Strings(package.path.name)
    package.read("xl/sharedStrings.xml", strings, most=MAX_PART)
    sheet = _Sheet(package.path.name, strings.texts, styles.dates, book.from_1904)
    for _ in package.parse(part, sheet):
        yield from sheet.rows
        sheet.rows = []


def _refuse_merged(package: Package, part: str, header: int) -> None:
    """Looked for first: a sheet says at its end which of its cells are merged."""
    rest = b""
    for chunk in package.chunks(part):
        rest += chunk
        for found in _MERGED.finditer(rest):
            if int(found[4]) >= header:
                where = b"".join((found[1], found[2], b":", found[3], found[4]))
                refuse_merged(package.path, where.decode())
        rest = rest[-_SPACE:]
