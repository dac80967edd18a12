"""CSVs laid down for DuckDB to read: as they are, or row by row where each has to be judged.

What is laid down is temporary and lies inside the import's own folder. A row that cannot be read is
put among the rejects with file, line and reason; what it says is not, for it may be anything.
"""

import csv
import io
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from concerted.crime.lake.archives import Member, Reading
from concerted.crime.lake.feeds import FEEDS, NotReadable, fell_within
from concerted.crime.lake.refusals import Refused, Stopped

LONGEST_LINE = 64 * 1024
# More than this share of rows that cannot be read is no flaw of the data: the file is broken.
MOST_REJECTED = 0.5


@dataclass(frozen=True, slots=True)
class Spooled:
    """A CSV on the disk. `rows` is how many records it must have; `judged` that each was looked at.

    `within` is how its first row calls the force.
    """

    member: Member
    path: Path
    rows: int
    within: str = ""
    judged: bool = False


@dataclass(slots=True)
class Meter:
    """What was done so far, seen from another thread; `stop` ends it."""

    done: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def count(self, size: int) -> None:
        if self.stop.is_set():
            raise Stopped("The import was stopped. Nothing was changed.")
        self.done += size


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that could not be read, counted from 1 as editors do."""

    file: str
    line: int
    reason: str


class Rejects:
    """All lines that could not be read, in a CSV file; their reasons are counted."""

    def __init__(self, path: Path) -> None:
        self.reasons: Counter[str] = Counter()
        self._path = path
        self._lock = threading.Lock()
        self._write([("file", "line", "reason")])

    def add(self, rejects: list[Reject]) -> None:
        with self._lock:
            self._write([(one.file, str(one.line), one.reason) for one in rejects])
            self.reasons.update(one.reason for one in rejects)

    def _write(self, rows: list[tuple[str, str, str]]) -> None:
        with open(self._path, "a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def spool(reading: Reading, member: Member, path: Path, meter: Meter) -> Spooled:
    """Lay a CSV down as it is, counting its lines."""
    lines, last, head = 0, b"\n", b""
    with open(path, "wb") as file:
        for chunk in reading.chunks(member):
            meter.count(len(chunk))
            head = head or chunk[:LONGEST_LINE]
            lines += chunk.count(b"\n")
            last = chunk[-1:]
            file.write(chunk)
    return Spooled(member, path, lines - 1 + (last != b"\n"), _within(member, head))


def _within(member: Member, head: bytes) -> str:
    lines = head.decode("utf-8-sig", "replace").splitlines()[:2]
    row = dict(zip(*csv.reader(lines), strict=False)) if len(lines) == 2 else {}
    name = row.get("Falls within", "")
    return name if fell_within(member.force, name) else ""


def spool_by_row(
    reading: Reading, member: Member, path: Path, meter: Meter, rejects: Rejects
) -> Spooled:
    """Lay down only the rows that can be read.

    Raises Refused where more than half of the rows cannot be read.
    """
    feed, bad, rows = FEEDS[member.feed], list[Reject](), 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(feed.laid_down)
        for number, line in _lines(reading, member, meter):
            try:
                row = _row(feed.columns, line)
                writer.writerow(feed.read(row, member.month, member.force))
                rows += 1
            except NotReadable as fault:
                bad.append(Reject(member.name, number, str(fault)))
    if len(bad) > MOST_REJECTED * (rows + len(bad)):
        raise Refused(
            f"{member.name} cannot be used: {len(bad):,} of its {rows + len(bad):,} rows cannot be "
            f"read (line {bad[0].line}: {bad[0].reason}). Fetch the file anew."
        )
    rejects.add(bad)
    return Spooled(member, path, rows, judged=True)


def _lines(reading: Reading, member: Member, meter: Meter) -> Iterator[tuple[int, bytes]]:
    """The lines below the header with their numbers. No published value holds a line break."""
    number, rest = 0, b""
    for chunk in reading.chunks(member):
        meter.count(len(chunk))
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            number += 1
            if number > 1 and line.strip():
                yield number, line
        if len(rest) > LONGEST_LINE:
            raise Refused(f"{member.name} has a line longer than any row. Fetch the file anew.")
    if rest.strip():
        yield number + 1, rest


def _row(columns: tuple[str, ...], line: bytes) -> dict[str, str]:
    try:
        text = line.rstrip(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotReadable("it is not text in UTF-8") from error
    try:
        values = next(csv.reader(io.StringIO(text, newline=""), strict=True), [])
    except csv.Error as error:
        raise NotReadable("its quotation marks do not match") from error
    if len(values) != len(columns):
        more = "more" if len(values) > len(columns) else "fewer"
        raise NotReadable(f"it has {more} values than there are columns")
    return dict(zip(columns, values, strict=True))
