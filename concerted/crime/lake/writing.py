"""Writes the files of a snapshot: the rows of each year, their counts, what is summed of these."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from concerted.crime.lake import extract_statements, statements
from concerted.crime.lake.areas import Geography, Place, level_of
from concerted.crime.lake.feeds import Feed
from concerted.crime.lake.months import Month, words_of
from concerted.crime.lake.spooling import Spooled

# Force, month, rows, values not met before, rows that have to be looked at.
Found = tuple[str, Month | None, int, int, int]


class Writer:
    """Writes through a connection that may reach the folder of one import."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, snapshot: int, geography: Geography
    ) -> None:
        self._sql, self._snapshot = connection, snapshot
        self._sql.execute(statements.TABLES)
        places = list(geography.places.values())
        if places:
            columns = zip(Place._fields, zip(*places, strict=True), strict=True)
            self._sql.execute(
                statements.GEOGRAPHY, {name: list(column) for name, column in columns}
            )
        named = [(level, code, name) for (level, code), name in geography.names.items() if name]
        if named:
            columns = zip(("levels", "codes", "names"), zip(*named, strict=True), strict=True)
            self._sql.execute(statements.NAMES, {name: list(column) for name, column in columns})
        for enumeration in statements.ENUMERATIONS:
            self._learn(enumeration, [statements.UNMET])
        self._learn("district_word", sorted({one.district for one in places if one.district}))

    def _learn(self, enumeration: str, words: Sequence[str]) -> None:
        if words:
            self._sql.execute(statements.LEARN, {"type": enumeration, "words": list(words)})
        if enumeration == "small_area_word":
            self._sql.execute(statements.NEIGHBOURS)
        self._sql.execute(f"DROP TYPE IF EXISTS {enumeration}")
        self._sql.execute(statements.ENUMERATE[enumeration])

    def begin_feed(self) -> None:
        """Forget the types of the feed before: the same word may count as something else here."""
        self._sql.execute("DELETE FROM kinds")
        self._sql.execute(statements.FORGET)

    @property
    def knows_types(self) -> bool:
        """Whether any file of this feed was learnt from."""
        [(known,)] = self._sql.execute("SELECT count(*) FROM kinds").fetchall()
        return bool(known)

    def learn(self, feed: Feed, spooled: Sequence[Spooled]) -> None:
        """Take up the values of some files into the enumerations."""
        self._learn("force_word", sorted({one.member.force for one in spooled}))
        found = self._sql.execute(statements.VALUES[feed.name], _reading(feed, spooled)).fetchall()
        for at, enumeration in enumerate(statements.WORDS[feed.name]):
            words = sorted({row[at] for row in found if row[at] is not None})
            self._learn(enumeration, words)
            if enumeration == "code_word":
                self._name_kinds(feed, words)

    def _name_kinds(self, feed: Feed, codes: list[str]) -> None:
        known = {code for (code,) in self._sql.execute("SELECT code FROM kinds").fetchall()}
        new = sorted(set(codes) - known)
        if new:
            self._sql.execute(
                statements.KINDS, {"codes": new, "kinds": [feed.kind(code) for code in new]}
            )

    def rows(self, feed: Feed, spooled: Sequence[Spooled], path: Path) -> list[Found]:
        """Write the rows of a year, and say what was found by force and month.

        Raises duckdb.Error for a CSV that is not well formed.
        """
        self._sql.execute("DELETE FROM laid_down")
        self._sql.executemany(statements.LAID_DOWN, [_described(one) for one in spooled])
        given = {**_reading(feed, spooled), "snapshot": self._snapshot, "path": str(path)}
        self._sql.execute(statements.ROWS[feed.name], given)
        return self._sql.execute(statements.FOUND, {"path": str(path)}).fetchall()

    def counts(self, rows: Path, path: Path) -> None:
        self._sql.execute(statements.COUNTS, {"rows": str(rows), "path": str(path)})

    def summed(self, feed: Feed, rows: Sequence[Path], counts: Sequence[Path], to: Path) -> None:
        """What pages ask most, small: by district, by outcome, and by weekday and hour."""
        given = {"rows": _texts(rows)}
        self.districts(counts, to)
        if feed.name != "outcomes":
            self._sql.execute(statements.OUTCOMES, {**given, "path": str(to / "outcomes.parquet")})
        if feed.name == "stops":
            self._sql.execute(statements.HOURS, {**given, "path": str(to / "hours.parquet")})

    def districts(self, counts: Sequence[Path], to: Path) -> None:
        given = {"counts": _texts(counts), "path": str(to / "districts.parquet")}
        self._sql.execute(statements.DISTRICTS, given)

    def write(self, statement: str, path: Path, **given: object) -> None:
        """A file of this snapshot by a statement of `extract_statements`."""
        self._sql.execute(statement, {**given, "snapshot": self._snapshot, "path": str(path)})

    def places_of(self, counts: Sequence[Path], to: Path, level: str, within: str) -> None:
        """The small areas of what mapped files say something of, those without a row included."""
        places, names = str(to / "places.parquet"), str(to / "names.parquet")
        self._sql.execute(statements.HOME, {"counts": _texts(counts)})
        self._sql.execute(
            extract_statements.places(level, level_of(within)),
            {
                "snapshot": self._snapshot,
                "path": places,
                **({"within": within} if within else {"counts": _texts(counts)}),
            },
        )
        self._sql.execute(statements.NAMED, {"places": places, "path": names})

    def places(self, counts: Sequence[Path], to: Path) -> None:
        """The small areas of each district that the forces police, those without a row included."""
        places, names = str(to / "places.parquet"), str(to / "names.parquet")
        given = {"snapshot": self._snapshot, "counts": _texts(counts), "path": places}
        self._sql.execute(statements.HOME, {"counts": _texts(counts)})
        self._sql.execute(statements.PLACES, given)
        self._sql.execute(statements.NAMED, {"places": places, "path": names})

    def outside(self, counts: Sequence[Path]) -> dict[str, int]:
        """Rows by district that lie outside the area which the force polices (see HOME)."""
        sql = statements.UNKNOWN["rows outside the area that the force polices"]
        return dict(self._sql.execute(sql, {"counts": _texts(counts)}).fetchall())

    def unknown(self, counts: Sequence[Path]) -> dict[str, dict[str, int]]:
        """What was kept and could not be placed or named, with its rows."""
        given = {"counts": _texts(counts)}
        return {
            what: dict(self._sql.execute(sql, given).fetchall())
            for what, sql in statements.UNKNOWN.items()
        }


def _described(one: Spooled) -> tuple[object, ...]:
    member = one.member
    said = words_of(member.month)
    return (str(one.path), member.force, member.month, said, one.within, one.judged)


def _reading(feed: Feed, spooled: Sequence[Spooled]) -> dict[str, object]:
    return {
        "paths": _texts([one.path for one in spooled]),
        "columns": dict.fromkeys(feed.laid_down, "VARCHAR"),
    }


def _texts(paths: Sequence[Path]) -> list[str]:
    return [str(path) for path in paths]
