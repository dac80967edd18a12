"""Tables as people have them: CSV, Excel (.xlsx) and OpenDocument (.ods), read row by row.

A file is somebody's upload: what it is is told from its first bytes, a workbook is read as a stream
by the standard library's own parser, and nothing in it is followed, run or worked out. A formula is
no value: its cell is marked, and whoever needs it refuses.
"""

import csv
import datetime
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from concerted.crime.lake.refusals import Refused, listed

MAX_ROWS = 5_000_000
MAX_COLUMNS = 500
MAX_CELL = 64 * 1024
MAX_PARTS = 5_000
# A sheet of text shrinks ten to thirty times; one of nothing but repeats hundreds of times.
MAX_PART = 1024**3
MAX_RATIO = 250
RATIO_FROM = 16 * 1024**2
MAX_SMALL = 64 * 1024**2  # a part that is no sheet
MAX_DEPTH = 100
MAX_TOKEN = 8 * 1024**2
CHUNK = 256 * 1024

Value = str | datetime.datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, counted from 1. `formulas` are the places whose value is worked out.

    `cut` is set for the last line of a CSV that ends without a line break.
    """

    line: int
    values: tuple[Value, ...]
    formulas: frozenset[int] = frozenset()
    cut: bool = False


def is_workbook(path: Path) -> bool:
    """Whether it is a workbook rather than text. Raises Refused for what cannot be read at all."""
    if not path.is_file():
        raise Refused(f"There is no file {path.name}. Check its name.")
    with open(path, "rb") as file:
        head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            f"{path.name} is an old Excel file (.xls), or locked with a password. Open it in the "
            "program it was made with and save it as .xlsx or .csv, without a password."
        )
    return head.startswith(b"PK")


# CSV


def rows_of_csv(path: Path) -> Iterator[Row]:
    """The lines of a CSV in UTF-8, UTF-16 or Windows' own alphabet, whatever parts its values.

    Raises Refused where it is no text, or cut short inside quotation marks.
    """
    encoding = _encoding(path)
    ends = _ends_with_break(path)
    with open(path, encoding=encoding, newline="") as file:
        head = file.readline(MAX_CELL)
        file.seek(0)
        reader = csv.reader(file, delimiter=max(",;\t|", key=head.count), strict=True)
        before: Row | None = None
        try:
            for values in reader:
                if before:
                    yield before
                if len(values) > MAX_COLUMNS:
                    raise Refused(_wide(path))
                before = Row(reader.line_num, tuple(value.strip() for value in values))
        except csv.Error as error:
            raise Refused(
                f"{path.name} cannot be read at line {reader.line_num}: its quotation marks do not "
                "match, or it was cut short. Fetch it or save it anew."
            ) from error
        if before:
            yield Row(before.line, before.values, cut=not ends)


def _encoding(path: Path) -> str:
    with open(path, "rb") as file:
        head = file.read(4)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            while chunk := file.read(CHUNK):
                if "\0" in chunk:
                    raise Refused(f"{path.name} is no text and no workbook. Choose another file.")
    except UnicodeDecodeError:
        return "cp1252" if _is_text(path) else _no_text(path)
    return "utf-8-sig"


def _is_text(path: Path) -> bool:
    with open(path, encoding="cp1252", errors="replace", newline="") as file:
        while chunk := file.read(CHUNK):
            if "\0" in chunk or "\ufffd" in chunk:
                return False
    return True


def _no_text(path: Path) -> str:
    raise Refused(f"{path.name} is no text and no workbook. Choose another file.")


def _ends_with_break(path: Path) -> bool:
    with open(path, "rb") as file:
        file.seek(max(0, path.stat().st_size - 2))
        return file.read().rstrip(b"\0").endswith((b"\n", b"\r"))


def _wide(path: Path) -> str:
    return f"{path.name} has more than {MAX_COLUMNS} columns. Leave out those that are not needed."


# Workbooks


class Package:
    """The zip that a workbook is, looked at before a part of it is unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._damage():
            self._zip = zipfile.ZipFile(path)
            self.names = frozenset(self._zip.namelist())
        infos = self._zip.infolist()
        if len(infos) > MAX_PARTS or any(_is_bomb(one) for one in infos):
            self.close()
            raise Refused(
                f"{path.name} unpacks to far more than any table needs, as files made to do harm "
                "do. Nothing was unpacked; save the sheet alone as .csv and choose that."
            )

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def chunks(self, name: str) -> Iterator[bytes]:
        with self._damage(), self._zip.open(name) as part:
            while chunk := part.read(CHUNK):
                yield chunk

    def parse(self, name: str, parser: "Handler") -> Iterator[None]:
        """Hand a part to a handler, and stop after each chunk for what it found by then."""
        depth = fed = 0
        local = _Local()

        def start(tag: str, given: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                self._refuse_tricks()
            parser.start(local[tag], {local[key]: value for key, value in given.items()})

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            parser.end(local[tag])

        reader = expat.ParserCreate(namespace_separator=" ")
        reader.buffer_text = True
        reader.StartElementHandler, reader.EndElementHandler = start, end
        reader.CharacterDataHandler = parser.text
        reader.StartDoctypeDeclHandler = self._refuse_tricks
        with self._damage():
            for chunk in self.chunks(name):
                reader.Parse(chunk, False)
                fed += len(chunk)
                if fed - reader.CurrentByteIndex > MAX_TOKEN:
                    self._refuse_tricks()
                yield
            reader.Parse(b"", True)
        yield

    def read(self, name: str, parser: "Handler", most: int = MAX_SMALL) -> None:
        """All of a part that may be missing; at most so many bytes."""
        if name in self.names:
            if self._zip.getinfo(name).file_size > most:
                self._refuse_tricks()
            for _ in self.parse(name, parser):
                pass

    def _refuse_tricks(self, *_given: object) -> None:
        """A document type, which entities need; absurd nesting, or one sign without end."""
        raise Refused(
            f"{self.path.name} is built as no office program builds a workbook, as files made to "
            "do harm are, and was not read. Save the sheet alone as .csv and choose that."
        )

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (
            *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError),
            *(expat.ExpatError, LookupError, ValueError),
        ) as error:
            raise Refused(
                f"{self.path.name} is damaged or was not received whole. Fetch it or save it anew."
            ) from error
        except RuntimeError as error:  # zipfile's word for a part under a password
            raise Refused(
                f"{self.path.name} is locked with a password. Unlock it first."
            ) from error


class Handler:
    """What is done with the elements of a part. Names come without their namespace."""

    def start(self, tag: str, given: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, words: str) -> None: ...


class _Local(dict[str, str]):
    """Names without their namespace, each worked out once for a part."""

    def __missing__(self, name: str) -> str:
        if len(self) < MAX_COLUMNS:
            self[name] = name.rpartition(" ")[2]
        return name.rpartition(" ")[2]


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    ratio = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size
    return info.file_size > MAX_PART or ratio


def plain_number(words: str) -> str:
    """`12.0` and `1.2000000000000002E1` as a spreadsheet shows them: `12`."""
    try:
        number = float(words)
    except ValueError:
        return words.strip()
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(number, ".15g")


def chosen_sheet(path: Path, names: list[str], wanted: str) -> str:
    """The sheet asked for, or the only one. Raises Refused with the names there are."""
    there = listed([f"“{name[:40]}”" for name in names], most=20)
    if wanted and wanted not in names:
        raise Refused(f"{path.name} has no sheet “{wanted[:40]}”. There is: {there}.")
    if not wanted and len(names) != 1:
        raise Refused(f"{path.name} has {len(names)} sheets: {there}. Say which is meant.")
    return wanted or names[0]


def refuse_merged(path: Path, where: str) -> None:
    raise Refused(
        f"{path.name} has merged cells at or below the names of its columns ({where}): one value "
        "then stands for several rows or columns. Split them and fill in what is empty."
    )
