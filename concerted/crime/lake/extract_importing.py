"""Bringing mapped files into the lake: judged row by row, laid down, written, kept.

The second way in beside `importing`, to the same snapshots and by the same rules: nothing can be
seen before all of it is there, and whatever stops it leaves older snapshots as they were.
"""

import csv
import importlib.metadata
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from concerted.crime.lake import extract_statements
from concerted.crime.lake.engine import FOR_IMPORTS, connect
from concerted.crime.lake.extracts import ExtractPlan, Reading, input_of, refuse_persons
from concerted.crime.lake.importing import Progress
from concerted.crime.lake.judging import Judge, Judged
from concerted.crime.lake.mappings import as_json
from concerted.crime.lake.months import Month, later, words_of
from concerted.crime.lake.refusals import Refused, Stopped
from concerted.crime.lake.snapshots import (
    REJECTS,
    Lake,
    Manifest,
    Snapshot,
    Working,
    digest_of_all,
)
from concerted.crime.lake.spooling import Rejects
from concerted.crime.lake.tables import Table
from concerted.crime.lake.troubles import refuse_no_room, said_plainly
from concerted.crime.lake.writing import Writer
from concerted.kernel import clock

_OFTEN = 2000  # rows between two looks at whether it is to stop


def bring_in_extract(
    lake: Lake,
    plan: ExtractPlan,
    *,
    by: str = "",
    provisional_from: Month | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Snapshot:
    """Import what was planned as a new snapshot, and return it.

    As `importing.bring_in`: `progress` counts rows, and bytes of the files that are done. Raises
    Refused, after which the lake is as it was, also for a file that changed since it was planned;
    and Stopped when cancelled.
    """
    with said_plainly(), lake.working_on() as working:
        refuse_no_room(lake, 4 * plan.size)
        one = _ExtractImport(working, plan, progress, cancelled)
        return working.publish(one.run(by, provisional_from))


class _ExtractImport:
    """One import, from the plan to the manifest."""

    def __init__(
        self,
        working: Working,
        plan: ExtractPlan,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._working, self._plan, self._mapping = working, plan, plan.mapping
        self._progress, self._cancelled = progress, cancelled
        self._judge = Judge(plan.mapping, plan.geography)
        self._rejects = Rejects(working.counts / REJECTS)
        self._left_out: Counter[str] = Counter()
        self._months: Counter[Month] = Counter()
        self._files: dict[int, TextIO] = {}
        self._writers: dict[int, Any] = {}  # csv's own kind of writer has no name
        self._laid: dict[int, Path] = {}
        self._outside: dict[str, int] = {}
        self._done = 0

    def run(self, by: str, provisional_from: Month | None) -> Manifest:
        try:
            for table in self._plan.tables:
                self._lay_down(table)
        finally:
            for file in self._files.values():
                file.close()
        if dict(self._months) != self._plan.months:
            raise Refused("A file changed while it was read and is not used. Begin again.")
        sorting = self._working.folder / "sorting"
        folder = self._working.folder
        with connect(folder, memory=FOR_IMPORTS, temporary=sorting) as connection:
            self._writer = Writer(connection, self._working.number, self._plan.geography)
            counted = [self._write(year, path) for year, path in sorted(self._laid.items())]
            self._sum(counted)
        return self._manifest(by, provisional_from)

    def _lay_down(self, table: Table) -> None:
        """Judged rows, a CSV a year."""
        refuse_persons(table, self._mapping)
        reading = Reading(self._judge, table, [], self._left_out)
        for number, judged in enumerate(reading.judged()):
            if number % _OFTEN == 0:
                self._tell()
            self._months[judged.month] += 1
            self._write_row(judged)
        self._judge.refuse_unmapped(table.path.name)
        self._rejects.add(reading.rejects)
        now = input_of(table.path)
        if now not in self._plan.inputs:
            raise Refused(f"{table.path.name} changed while it was read. Begin again.")
        self._done = min(self._done + now.size, self._plan.size)
        self._tell()

    def _write_row(self, judged: Judged) -> None:
        year = judged.month.year
        if year not in self._files:
            path = self._working.spool / f"{year}.csv"
            self._laid[year] = path
            file = open(path, "w", encoding="utf-8", newline="")  # noqa: SIM115 - closed by run
            self._files[year] = file
            self._writers[year] = csv.writer(file, lineterminator="\n")
            self._writers[year].writerow(extract_statements.COLUMNS)
        self._writers[year].writerow(_cells(judged))

    def _tell(self) -> None:
        if self._cancelled():
            raise Stopped("The import was stopped. Nothing was changed.")
        self._progress(Progress(self._months.total(), self._done, self._plan.size))

    def _write(self, year: int, laid: Path) -> Path:
        """The rows of a year, where the feed keeps them, and their counts; the path of these."""
        feed = self._mapping.of
        given = {"laid": str(laid), "columns": extract_statements.COLUMNS}
        rows, counts = (
            folder / feed.name / f"{year}.parquet"
            for folder in (self._working.rows, self._working.counts)
        )
        counts.parent.mkdir(exist_ok=True)
        if feed.rows:
            rows.parent.mkdir(exist_ok=True)
            self._writer.write(extract_statements.ROWS_OF[feed.name], rows, **given)
        self._writer.write(extract_statements.COUNTS, counts, **given, kind=feed.kind)
        return counts

    def _sum(self, counted: list[Path]) -> None:
        """What pages ask of most: by district; of hospitals by weekday and hour, and how whole."""
        feed, to = self._mapping.of, self._working.counts / self._mapping.feed
        self._writer.districts(counted, to)
        if feed.name == "hospital":
            given = {
                "laid": [str(path) for path in self._laid.values()],
                "columns": extract_statements.COLUMNS,
            }
            hours, whole = to / "hours.parquet", to / "completeness.parquet"
            self._writer.write(extract_statements.HOURS, hours, **given, kind=feed.kind)
            self._writer.write(extract_statements.COMPLETENESS, whole, **given)
        level = self._judge.locating.finest
        level = "district" if level in ("small_area", "ward", "force") else level
        self._writer.places_of(counted, self._working.counts, level, self._mapping.within)
        if not self._mapping.within:
            self._outside = self._writer.outside(counted)

    def _manifest(self, by: str, provisional_from: Month | None) -> Manifest:
        plan, mapping, files = self._plan, self._mapping, self._working.files()
        locating = self._judge.locating
        reasons = self._rejects.reasons + self._left_out
        return Manifest(
            number=self._working.number,
            source=mapping.of.source,
            imported_at=clock.now().isoformat(),
            imported_by=by,
            program=importlib.metadata.version("concerted"),
            covers=(words_of(plan.covers.first), words_of(plan.covers.last)),
            months={mapping.feed: {mapping.recorded_by: self._by_month()}},
            provisional_from=words_of(provisional_from) if provisional_from else None,
            absent=[(feed, force, words_of(month)) for feed, force, month in plan.absent],
            inputs=[asdict(one) for one in plan.inputs],
            left_out=sorted(plan.twice),
            lookups=list(plan.geography.sources),
            ward_year=plan.geography.ward_year,
            remarks=[*plan.geography.remarks, *plan.remarks],
            dropped={mapping.feed: list(plan.dropped)},
            rejects=dict(sorted(reasons.items())),
            unknown=self._unknown(),
            files=files,
            sha256=digest_of_all(files),
            levels={mapping.feed: locating.finest},
            within={mapping.feed: dict(locating.holds)} if locating.holds else {},
            mapping=as_json(mapping),
        )

    def _by_month(self) -> dict[str, int]:
        """Rows of each month; of a quarter they stand at its first, and the others have none."""
        found: dict[str, int] = defaultdict(int)
        for month, rows in sorted(self._months.items()):
            found[words_of(month)] += rows
            for by in range(1, self._mapping.of.step):
                found[words_of(later(month, by))] += 0
        return dict(found)

    def _unknown(self) -> dict[str, dict[str, int]]:
        judge, mapping = self._judge, self._mapping
        unplaced = dict(sorted(judge.unplaced.items()))
        small = mapping.level == "small_area"
        without = {mapping.recorded_by: judge.without_area} if judge.without_area else {}
        return {
            "small areas": unplaced if small else {},
            "areas": {} if small else unplaced,
            "rows without a small area": without,
            "rows outside the area that the force polices": self._outside,
            "types": {},
        }


def _cells(judged: Judged) -> tuple[object, ...]:
    moment = judged.moment.isoformat(sep=" ") if judged.moment else ""
    return (
        judged.force,
        judged.month.isoformat(),
        judged.code,
        *judged.place,
        judged.n,
        moment,
        judged.timed,
        *judged[-5:],
    )
