"""Snapshots open for questions: which of them answers for which month, and which months nobody has.

A page's process is given the folder of counts alone. What it asks runs in memory, in that process,
and reaches nothing else.
"""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from concerted.crime.lake.areas import LEVELS
from concerted.crime.lake.engine import FOR_QUESTIONS, connect
from concerted.crime.lake.measures import Area
from concerted.crime.lake.months import Month, Period, month_of, words_of
from concerted.crime.lake.refusals import Refused, listed
from concerted.crime.lake.snapshots import Cover, Snapshot, snapshots_in, standing

SUMMED_LEVELS = frozenset({"district", "partnership", "police_area", "force"})
_LARGER = (*LEVELS, "force")
_WORDS = {"force": "forces", "police_area": "police areas"}
_TABLES = """
CREATE TABLE in_force (feed VARCHAR, force VARCHAR, month DATE, snapshot INTEGER)
"""
_IN_FORCE = """
INSERT INTO in_force
SELECT unnest($feeds), unnest($forces), unnest($months), unnest($snapshots)
"""
_KNOWN = {
    level: "SELECT DISTINCT LEVEL, snapshot FROM read_parquet($paths) "
    "WHERE LEVEL IS NOT NULL".replace("LEVEL", level)
    for level in LEVELS
}


def _words(level: str) -> str:
    return _WORDS.get(level, f"{level.replace('_', ' ')}s")


class Asking:
    """A lake open for questions, by any number of threads. It notices new snapshots by itself.

    `rows` is the folder of rows, for the worker's questions. With `as_at` all is answered as it
    was when that snapshot was the newest: as an issued figure was.
    """

    def __init__(self, counts: Path, *, rows: Path | None = None, as_at: int | None = None) -> None:
        self._counts, self._rows, self._as_at = counts, rows, as_at
        self._lock = threading.Lock()
        folders = [counts, rows] if rows else [counts]
        self._sql = connect(*folders, memory=FOR_QUESTIONS)
        self._sql.execute(_TABLES)
        self._names: list[str] = []
        self._snapshots: dict[int, Snapshot] = {}
        self._standing: dict[Cover, int] = {}
        self._known: dict[str, Mapping[str, set[int]]] = {}

    def close(self) -> None:
        self._sql.close()

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def snapshots(self) -> Mapping[int, Snapshot]:
        self.refresh()
        return self._snapshots

    def refresh(self) -> None:
        """Take up snapshots that came since. Costs one look into the folder where none did."""
        with self._lock:
            names = (
                sorted(one.name for one in self._counts.iterdir()) if self._counts.is_dir() else []
            )
            if names == self._names:
                return
            snapshots = {one.number: one for one in snapshots_in(self._counts)}
            self._standing = standing(snapshots.values(), as_at=self._as_at)
            self._write_in_force()
            self._known = {}
            self._snapshots, self._names = snapshots, names

    def _write_in_force(self) -> None:
        covers = [(*cover, number) for cover, number in self._standing.items()]
        columns = list(zip(*covers, strict=True)) or [(), (), (), ()]
        names = ("feeds", "forces", "months", "snapshots")
        given = {name: list(column) for name, column in zip(names, columns, strict=True)}
        cursor = self._sql.cursor()
        cursor.begin()
        cursor.execute("DELETE FROM in_force")
        if covers:
            cursor.execute(_IN_FORCE, given)
        cursor.commit()

    def ask(self, sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of one question. Raises Refused where it needs more memory than it may have."""
        try:
            return self._sql.cursor().execute(sql, dict(given)).fetchall()
        except duckdb.OutOfMemoryException as error:
            raise Refused(
                "This question needs too much memory. Ask for fewer areas or a shorter period."
            ) from error

    def forces(self, feed: str, forces: Collection[str] | None) -> list[str]:
        """The forces asked for, or all. Raises Refused for one of which there is nothing."""
        there = sorted({force for what, force, _ in self._standing if what == feed})
        missing = sorted(set(forces or ()) - set(there))
        if missing or not there:
            raise Refused(
                f"The lake has nothing of {listed(missing) or 'any force'} ({feed}). Import it "
                "first."
            )
        return sorted(forces) if forces else there

    def answering(self, feed: str, forces: Iterable[str], periods: Sequence[Period]) -> list[int]:
        """The snapshots that answer for any month of the periods, by number."""
        wanted = set(forces)
        return sorted(
            {
                number
                for (what, force, month), number in self._standing.items()
                if what == feed
                and force in wanted
                and any(one.first <= month <= one.last for one in periods)
            }
        )

    def counts_of(
        self, feed: str, level: str, snapshots: Iterable[int], periods: Sequence[Period]
    ) -> list[str]:
        """The files that hold counts of a level: one summed by district, or those of the years."""
        folders = [self._snapshots[number].folder / feed for number in snapshots]
        if level in SUMMED_LEVELS:
            return [str(folder / "districts.parquet") for folder in folders]
        return self._of_years(folders, periods)

    def refuse_what_is_not_told(self, feed: str, area: Area, snapshots: Iterable[int]) -> None:
        """Refuse areas smaller than a file says, and larger than what it was cut to."""
        asked = _LARGER.index(area.level)
        for number in snapshots:
            manifest = self._snapshots[number].manifest
            finest, within = manifest.levels.get(feed), manifest.within.get(feed, {})
            if finest == "force" and asked < _LARGER.index(finest):
                raise Refused(
                    f"Snapshot {number} does not say where its rows lie: it can be counted as a "
                    "whole alone, by the name of the force or hospital."
                )
            if finest and asked < _LARGER.index(finest):
                raise Refused(
                    f"Snapshot {number} says {_words(finest)} and nothing smaller: it cannot be "
                    f"counted by {_words(area.level)}. Ask for {_words(finest)}, or for what they "
                    "lie in."
                )
            if within and area.level not in within and asked > min(map(_LARGER.index, within)):
                raise Refused(
                    f"Snapshot {number} was made of {listed(sorted(set(within.values())))} alone. "
                    "Ask for that, or for what lies in it."
                )

    def rows_of(self, feed: str, snapshots: Iterable[int], periods: Sequence[Period]) -> list[str]:
        """The files of rows. Raises Refused where they are not here, or were destroyed."""
        if self._rows is None:
            raise Refused("Single rows are for the worker; pages have counts alone.")
        gone = [number for number in snapshots if self._snapshots[number].expired]
        if gone:
            raise Refused(
                f"The rows of snapshot {listed([str(one) for one in gone])} were destroyed; its "
                "counts are kept. Ask for a later period, or import the months again."
            )
        folders = [self._rows / self._snapshots[number].folder.name / feed for number in snapshots]
        return self._of_years(folders, periods)

    @staticmethod
    def _of_years(folders: Iterable[Path], periods: Sequence[Period]) -> list[str]:
        years = sorted(
            {year for one in periods for year in range(one.first.year, one.last.year + 1)}
        )
        paths = [folder / f"{year}.parquet" for folder in folders for year in years]
        return [str(path) for path in paths if path.exists()]

    def absent(
        self, feed: str, area: Area, forces: Iterable[str], period: Period
    ) -> tuple[tuple[str, Month], ...]:
        """Force and month that nobody reported, or not for this area."""
        knowing = self._knowing(area)
        return tuple(
            (force, month)
            for month in period.months
            for force in forces
            if (number := self._standing.get((feed, force, month))) is None
            or (knowing is not None and feed != "stops" and number not in knowing)
        )

    def _knowing(self, area: Area) -> set[int] | None:
        """The snapshots whose lookups know all codes of an area; None where that is no question.

        Raises Refused for a code that none of them knows: it would count as zero.
        """
        if area.level == "force":
            return None
        known = self._known_codes(area.level)
        strange = sorted(code for code in area.codes if code not in known)
        if strange:
            raise Refused(
                f"The lake knows no {area.level.replace('_', ' ')} {listed(strange)}. Check the "
                "code, or import the data of the force that polices it."
            )
        return set.intersection(*(known[code] for code in area.codes))

    def _known_codes(self, level: str) -> Mapping[str, set[int]]:
        if level not in self._known:
            found: dict[str, set[int]] = defaultdict(set)
            paths = [str(one.folder / "places.parquet") for one in self._snapshots.values()]
            for code, number in self.ask(_KNOWN[level], {"paths": paths}):
                found[code].add(number)
            self._known[level] = found
        return self._known[level]

    def provisional(self, feed: str, forces: Iterable[str], period: Period) -> tuple[Month, ...]:
        """The months of a period that the snapshot which answers calls provisional."""
        forces = list(forces)
        found = []
        for month in period.months:
            numbers = {self._standing.get((feed, force, month)) for force in forces} - {None}
            begins = [self._snapshots[one].manifest.provisional_from for one in numbers if one]
            if any(begin and month_of(begin) <= month for begin in begins):
                found.append(month)
        return tuple(found)

    def months(self, feed: str) -> dict[str, list[str]]:
        """The months that are there, by force, as words."""
        found: dict[str, list[str]] = defaultdict(list)
        for what, force, month in sorted(self._standing):
            if what == feed:
                found[force].append(words_of(month))
        return dict(found)
