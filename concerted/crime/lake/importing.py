"""Bringing data of data.police.uk into the lake: planned, laid down, written year by year, kept.

While DuckDB sorts one year, the next is unpacked in a thread of its own. Nothing can be seen before
all of it is there; whatever stops it leaves older snapshots as they were.
"""

import importlib.metadata
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

import duckdb

from concerted.crime.lake.archives import Member, Reading
from concerted.crime.lake.areas import Geography
from concerted.crime.lake.engine import FOR_IMPORTS, connect
from concerted.crime.lake.feeds import FEEDS, SOURCE, Feed
from concerted.crime.lake.months import Month, words_of
from concerted.crime.lake.planning import Plan
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.snapshots import (
    REJECTS,
    Lake,
    Manifest,
    Snapshot,
    Working,
    digest_of_all,
)
from concerted.crime.lake.spooling import Meter, Rejects, Spooled, spool, spool_by_row
from concerted.crime.lake.troubles import refuse_no_room, said_plainly
from concerted.crime.lake.writing import Found, Writer
from concerted.kernel import clock

HEARTBEAT = 0.2  # seconds between two looks at whether it is to stop


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: rows written, and bytes read of all there are."""

    rows: int
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class _Batch:
    """The files of a feed and year: what one Parquet file is made of."""

    feed: Feed
    year: int
    members: tuple[Member, ...]


def bring_in(
    lake: Lake,
    plan: Plan,
    geography: Geography,
    *,
    by: str = "",
    provisional_from: Month | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Snapshot:
    """Import what was planned as a new snapshot, and return it.

    `by` is a reference of whoever imports; months from `provisional_from` on are marked so.
    `progress` and `cancelled` are called in this thread, several times a second. Raises Refused,
    after which the lake is as it was: for damage met while unpacking, a file of which most rows
    cannot be read, a full disk; and Stopped when cancelled.
    """
    with said_plainly(), lake.working_on() as working:
        largest = max(sum(one.size for one in batch.members) for batch in _batches(plan))
        refuse_no_room(lake, 2 * largest + plan.size // 4)
        one = _Import(working, plan, geography, progress, cancelled)
        return working.publish(one.run(by, provisional_from))


def _batches(plan: Plan) -> list[_Batch]:
    found: dict[tuple[str, int], list[Member]] = defaultdict(list)
    for member in plan.members:
        found[member.feed, member.month.year].append(member)
    return [
        _Batch(FEEDS[feed], year, tuple(members)) for (feed, year), members in sorted(found.items())
    ]


class _Import:
    """One import, from the plan to the manifest."""

    def __init__(
        self,
        working: Working,
        plan: Plan,
        geography: Geography,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._working, self._plan, self._geography = working, plan, geography
        self._progress, self._cancelled = progress, cancelled
        self._meter = Meter()
        self._rejects = Rejects(working.counts / REJECTS)
        self._paths = (working.spool / f"{number:06}.csv" for number in count())
        self._months: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        self._rows = 0
        self._counted: list[Path] = []

    def run(self, by: str, provisional_from: Month | None) -> Manifest:
        sorting = self._working.folder / "sorting"
        with (
            connect(self._working.folder, memory=FOR_IMPORTS, temporary=sorting) as connection,
            Reading() as reading,
            ThreadPoolExecutor(1) as ahead,
        ):
            self._writer = Writer(connection, self._working.number, self._geography)
            try:
                self._write_all(reading, ahead)
            finally:
                self._meter.stop.set()
            self._writer.places(self._counted, self._working.counts)
            unknown = self._writer.unknown(self._counted)
        return self._manifest(by, provisional_from, unknown)

    def _write_all(self, reading: Reading, ahead: ThreadPoolExecutor) -> None:
        batches = _batches(self._plan)
        laid = ahead.submit(self._lay_down, batches[0])
        feed: Feed | None = None
        years: list[Path] = []
        for place, batch in enumerate(batches):
            spooled = self._wait(laid)
            if place + 1 < len(batches):
                laid = ahead.submit(self._lay_down, batches[place + 1])
            if batch.feed is not feed:
                self._sum(feed, years)
                self._writer.begin_feed()
                feed, years = batch.feed, []
            years.append(self._write(batch, spooled, reading))
            self._tell()
        self._sum(feed, years)

    def _lay_down(self, batch: _Batch) -> list[Spooled]:
        """In the other thread, with archives opened there."""
        with Reading() as reading:
            return [
                spool_by_row(reading, one, next(self._paths), self._meter, self._rejects)
                if batch.feed.by_row
                else spool(reading, one, next(self._paths), self._meter)
                for one in batch.members
            ]

    def _wait(self, laid: Future[list[Spooled]]) -> list[Spooled]:
        while True:
            self._tell()
            try:
                return laid.result(timeout=HEARTBEAT)
            except TimeoutError:
                continue

    def _tell(self) -> None:
        if self._cancelled():
            self._meter.stop.set()
            self._meter.count(0)
        self._progress(Progress(self._rows, self._meter.done, self._plan.size))

    def _write(self, batch: _Batch, spooled: list[Spooled], reading: Reading) -> Path:
        """The rows of a feed and year and their counts; the path of the rows."""
        rows, counts = (
            folder / batch.feed.name / f"{batch.year}.parquet"
            for folder in (self._working.rows, self._working.counts)
        )
        for path in (rows, counts):
            path.parent.mkdir(exist_ok=True)
        found = self._found(batch.feed, spooled, reading, rows)
        self._writer.counts(rows, counts)
        self._counted.append(counts)
        for force, month, number, _, _ in found:
            if month:
                self._months[batch.feed.name][force][words_of(month)] = number
                self._rows += number
        for one in spooled:
            one.path.unlink()
        return rows

    def _found(
        self, feed: Feed, spooled: list[Spooled], reading: Reading, rows: Path
    ) -> list[Found]:
        """Written at once where nothing is odd; else odd files row by row, and then again."""
        found: list[Found] = []
        try:
            if not self._writer.knows_types:
                self._writer.learn(feed, spooled)
            found = self._writer.rows(feed, spooled, rows)
            if any(unmet for *_, unmet, _ in found):
                self._writer.learn(feed, spooled)
                found = self._writer.rows(feed, spooled, rows)
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            found = []  # a CSV that is not well formed: each is looked at
        odd = _odd(spooled, found)
        if not odd:
            return found
        judged = [self._judged(one, reading) if one in odd else one for one in spooled]
        self._writer.learn(feed, judged)
        found = self._writer.rows(feed, judged, rows)
        if left := _odd(judged, found):
            raise Refused(
                f"{left[0].member.name} was read twice with two results and is not used. Fetch it "
                "anew."
            )
        return found

    def _judged(self, one: Spooled, reading: Reading) -> Spooled:
        if one.judged:
            return one
        return spool_by_row(reading, one.member, one.path, Meter(), self._rejects)

    def _sum(self, feed: Feed | None, years: list[Path]) -> None:
        if feed:
            counts = [self._working.counts / feed.name / path.name for path in years]
            self._writer.summed(feed, years, counts, self._working.counts / feed.name)

    def _manifest(
        self, by: str, provisional_from: Month | None, unknown: dict[str, dict[str, int]]
    ) -> Manifest:
        files, covers = self._working.files(), self._plan.covers
        return Manifest(
            number=self._working.number,
            source=SOURCE,
            imported_at=clock.now().isoformat(),
            imported_by=by,
            program=importlib.metadata.version("concerted"),
            covers=(words_of(covers.first), words_of(covers.last)),
            months={feed: dict(forces) for feed, forces in self._months.items()},
            provisional_from=words_of(provisional_from) if provisional_from else None,
            absent=[(feed, force, words_of(month)) for feed, force, month in self._plan.absent],
            inputs=[asdict(one) for one in self._plan.inputs],
            left_out=sorted({*self._plan.twice, *self._plan.others}),
            lookups=list(self._geography.sources),
            ward_year=self._geography.ward_year,
            remarks=list(self._geography.remarks),
            dropped={name: list(FEEDS[name].dropped) for name in sorted(self._months)},
            rejects=dict(sorted(self._rejects.reasons.items())),
            unknown=unknown,
            files=files,
            sha256=digest_of_all(files),
        )


def _odd(spooled: list[Spooled], found: list[Found]) -> list[Spooled]:
    """The files of which not every row was found as it should be."""
    there = {(force, month): (number, faults) for force, month, number, _, faults in found}
    return [
        one
        for one in spooled
        if there.get((one.member.force, one.member.month), (0, 0)) != (one.rows, 0)
    ]
