"""What answers have in common: which statement asks for what, what lacks, what they rest on."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from concerted.crime.lake.areas import LEVELS
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import BY_QUARTER
from concerted.crime.lake.measures import Area, Measure
from concerted.crime.lake.months import Month, Period
from concerted.crime.lake.refusals import Refused, listed

Absent = tuple[tuple[str, Month], ...]  # force and month
Rows = list[tuple[Any, ...]]
Cell = TypeVar("Cell")

_CELLS = """
    SELECT asked.area, cells.kind, cells.code, cells.month, sum(cells.n) AS n
    FROM read_parquet($paths) AS cells
    JOIN in_force
        ON in_force.snapshot = cells.snapshot AND in_force.force = cells.force
        AND in_force.month = cells.month AND in_force.feed = $feed
    JOIN (SELECT unnest($areas) AS area, unnest($codes) AS code) AS asked
        ON asked.code = cells.LEVEL
    WHERE cells.month BETWEEN $first AND $last
        AND list_contains($forces, cells.force)
    GROUP BY asked.area, cells.kind, cells.code, cells.month
"""
_MEMBERS = """
    SELECT
        unnest($measures) AS measure, unnest($kinds) AS kind, unnest($types) AS code,
        unnest($begins) AS begins, unnest($ends) AS ends
"""


def at_levels(sql: str) -> dict[str, str]:
    """The statement for each level: the names of columns cannot be bound, and come from a list."""
    whole = sql.replace("CELLS", _CELLS).replace("MEMBERS", _MEMBERS)
    return {level: whole.replace("LEVEL", level) for level in (*LEVELS, "force")}


@dataclass(frozen=True, slots=True)
class Answer(Generic[Cell]):
    """What was found, and what it rests on: numbers of snapshots, months that lack, months that
    the source may still change."""

    cells: tuple[Cell, ...]
    snapshots: tuple[int, ...]
    absent: Absent = ()
    provisional: tuple[Month, ...] = ()


def members_of(measures: Sequence[Measure]) -> dict[str, list[Any]]:
    """The members of measures as the parameters of MEMBERS."""
    members = [(measure.code, one) for measure in measures for one in measure.members]
    return {
        "measures": [code for code, _ in members],
        "kinds": [one.kind for _, one in members],
        "types": [one.code for _, one in members],
        "begins": [one.first for _, one in members],
        "ends": [one.last for _, one in members],
    }


@dataclass(frozen=True, slots=True)
class Group:
    """The measures of one feed and the areas of one level: what one statement can answer."""

    asking: Asking
    feed: str
    level: str
    measures: tuple[Measure, ...]
    areas: tuple[Area, ...]
    forces: list[str]
    periods: Sequence[Period]
    snapshots: list[int]

    def ask(self, statements: Mapping[str, str], *, members: bool = True, **given: object) -> Rows:
        paths = self.asking.counts_of(self.feed, self.level, self.snapshots, self.periods)
        if not paths:
            return []
        pairs = [(area.key, code) for area in self.areas for code in sorted(area.codes)]
        return self.asking.ask(
            statements[self.level],
            {
                "paths": paths,
                "feed": self.feed,
                "forces": self.forces,
                "areas": [key for key, _ in pairs],
                "codes": [code for _, code in pairs],
                "last": max(one.last for one in self.periods),
                **(members_of(self.measures) if members else {}),
                **given,
            },
        )


def groups(
    asking: Asking,
    measures: Sequence[Measure],
    areas: Sequence[Area],
    forces: Collection[str] | None,
    periods: Sequence[Period],
) -> Iterator[Group]:
    asking.refresh()
    keys = Counter(area.key for area in areas) + Counter(measure.code for measure in measures)
    if twice := sorted(key for key, number in keys.items() if number > 1):
        raise Refused(f"{listed(twice)} was asked for twice. Give each its own name.")
    for feed in sorted({one.feed for one in measures}):
        chosen = asking.forces(feed, forces)
        snapshots = asking.answering(feed, chosen, periods)
        for level in sorted({one.level for one in areas}):
            if feed == "stops" and level != "force":
                raise Refused(
                    "Stop and search is published with points and no small areas: it can be "
                    "counted for a whole force alone."
                )
            _refuse_part_quarters(feed, periods)
            for area in areas:
                if area.level == level:
                    asking.refuse_what_is_not_told(feed, area, snapshots)
            yield Group(
                asking,
                feed,
                level,
                tuple(one for one in measures if one.feed == feed),
                tuple(one for one in areas if one.level == level),
                chosen,
                periods,
                snapshots,
            )


def _refuse_part_quarters(feed: str, periods: Sequence[Period]) -> None:
    """Tables that count quarters cannot say what a month of one had."""
    whole = all(one.first.month % 3 == 1 and one.last.month % 3 == 0 for one in periods)
    if feed in BY_QUARTER and not whole:
        raise Refused(
            "The tables of the Home Office count quarters: ask for whole ones, such as April to "
            "June, and not for months."
        )


class Gathered(Generic[Cell]):
    """Cells of several statements, and what they rest on."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self._snapshots: set[int] = set()
        self._absent: dict[tuple[str, Month], None] = {}
        self._provisional: dict[str, set[Month]] = {}

    def absent_of(self, group: Group, area: Area, periods: Sequence[Period]) -> Absent:
        """What lacks for an area; kept for the answer as a whole too."""
        forces = sorted(area.codes) if area.level == "force" else group.forces
        self._snapshots.update(group.snapshots)
        if group.feed not in self._provisional:
            self._provisional[group.feed] = {
                month
                for period in group.periods
                for month in group.asking.provisional(group.feed, group.forces, period)
            }
        found = [
            one
            for period in periods
            for one in group.asking.absent(group.feed, area, forces, period)
        ]
        self._absent |= dict.fromkeys(found)
        return tuple(found)

    def answer(self) -> Answer[Cell]:
        return Answer(
            tuple(self.cells),
            tuple(sorted(self._snapshots)),
            tuple(sorted(self._absent)),
            tuple(sorted(set[Month]().union(*self._provisional.values()))),
        )
