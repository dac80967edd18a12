"""More questions: where offences gather, when, and what became of them. One statement each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from concerted.crime.lake.answers import Absent, Answer, members_of
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.measures import Area, Measure
from concerted.crime.lake.months import Period
from concerted.crime.lake.refusals import Refused, listed

_MEMBERS = """
    SELECT
        unnest($measures) AS measure, unnest($kinds) AS kind, unnest($types) AS code,
        unnest($begins) AS begins, unnest($ends) AS ends
"""
_IN_FORCE = """
    in_force.snapshot = cells.snapshot AND in_force.force = cells.force
    AND in_force.month = cells.month AND in_force.feed = $feed
"""
_OF_MEASURE = """
    member.kind = cells.kind AND (member.code IS NULL OR member.code = cells.code)
    AND cells.month BETWEEN member.begins AND member.ends
"""
_RANKED = """
SELECT place, n, total, places FROM (
    SELECT
        place, n, sum(n) OVER (ORDER BY n DESC, place ROWS UNBOUNDED PRECEDING) AS running,
        sum(n) OVER () AS total, count(*) OVER () AS places
    FROM (COUNTED) AS counted
) AS ranked
WHERE n > 0 AND running - n < $share * total
ORDER BY n DESC, place
"""
_SMALL_AREAS = """
    SELECT known.stable_area AS place, CAST(coalesce(found.n, 0) AS BIGINT) AS n
    FROM (
        SELECT DISTINCT stable_area FROM read_parquet($places)
        WHERE LEVEL IN (SELECT unnest($codes))
    ) AS known
    LEFT JOIN (
        SELECT cells.stable_area, sum(cells.n) AS n
        FROM read_parquet($paths) AS cells
        JOIN in_force ON IN_FORCE
        JOIN (MEMBERS) AS member ON OF_MEASURE
        WHERE cells.month BETWEEN $first AND $last AND list_contains($forces, cells.force)
        GROUP BY cells.stable_area
    ) AS found ON found.stable_area = known.stable_area
"""
# A label such as Supermarket stands at many points, and a street at several: both make a place.
_POINTS = """
    SELECT
        cells.location || ' (' || CAST(cells.longitude AS VARCHAR) || ', '
            || CAST(cells.latitude AS VARCHAR) || ')' AS place,
        count(*) AS n
    FROM (
        SELECT rows_read.*, types.kind FROM read_parquet($paths) AS rows_read
        JOIN (SELECT DISTINCT kind, code FROM read_parquet($summed)) AS types
            ON types.code = rows_read.code
        WHERE rows_read.longitude IS NOT NULL AND rows_read.small_area IN (
            SELECT small_area FROM read_parquet($places) WHERE LEVEL IN (SELECT unnest($codes))
        )
    ) AS cells
    JOIN in_force ON IN_FORCE
    JOIN (MEMBERS) AS member ON OF_MEASURE
    WHERE cells.month BETWEEN $first AND $last AND list_contains($forces, cells.force)
    GROUP BY 1
"""
_OUTCOMES = """
SELECT cells.kind, cells.code, cells.outcome, CAST(sum(cells.n) AS BIGINT) AS n
FROM read_parquet($paths) AS cells
JOIN in_force ON IN_FORCE
WHERE cells.month BETWEEN $first AND $last AND list_contains($forces, cells.force)
    AND cells.LEVEL IN (SELECT unnest($codes))
GROUP BY cells.kind, cells.code, cells.outcome
ORDER BY cells.kind, cells.code, n DESC, cells.outcome
"""
_HOURS = """
SELECT cells.weekday, cells.hour, CAST(sum(cells.n) AS BIGINT) AS n
FROM read_parquet($paths) AS cells
JOIN in_force ON IN_FORCE
JOIN (MEMBERS) AS member ON OF_MEASURE
WHERE cells.month BETWEEN $first AND $last AND list_contains($forces, cells.force)
GROUP BY cells.weekday, cells.hour
ORDER BY cells.weekday, cells.hour
"""


def _whole(sql: str, level: str = "") -> str:
    """A statement with its parts in it; levels come from lists of our own."""
    for name, part in {
        "MEMBERS": _MEMBERS,
        "IN_FORCE": _IN_FORCE,
        "OF_MEASURE": _OF_MEASURE,
        "LEVEL": level,
    }.items():
        sql = sql.replace(name, part)
    return sql


_AREA_LEVELS = ("stable_area", "ward", "district", "partnership", "police_area")
_SMALL_AREAS_AT = {
    one: _whole(_RANKED.replace("COUNTED", _SMALL_AREAS), one) for one in _AREA_LEVELS
}
_POINTS_AT = {one: _whole(_RANKED.replace("COUNTED", _POINTS), one) for one in _AREA_LEVELS}
_OUTCOMES_AT = {
    one: _whole(_OUTCOMES, one) for one in ("district", "partnership", "police_area", "force")
}
_HOURS_WHOLE = _whole(_HOURS)


@dataclass(frozen=True, slots=True)
class Concentration:
    """The fewest places that hold a share of the offences: `top`, most first, of all `places`.

    Of small areas all are counted, those without an offence too; of points only those that have
    one, for the others are not known. `total` counts offences; None where a month lacks.
    """

    share: float
    top: tuple[tuple[str, int], ...]
    places: int
    total: int | None
    snapshots: tuple[int, ...]
    absent: Absent = ()


def concentration(
    asking: Asking,
    measure: Measure,
    area: Area,
    period: Period,
    *,
    share: float = 0.5,
    by_point: bool = False,
    forces: Collection[str] | None = None,
) -> Concentration:
    """Which stable areas hold at least this share; or which points, which needs the rows.

    Raises Refused for files that say no small areas, and for points of any but data.police.uk.
    Points are anonymised by the publisher: a point is a label on a map, not where it happened.
    """
    if not 0 < share <= 1:
        raise Refused("Give the share as a number above 0 and up to 1: 0.5 for half.")
    if by_point and measure.feed not in ("street", "outcomes"):
        raise Refused("Points are published by data.police.uk alone. Ask for small areas.")
    given = _given(asking, measure.feed, area, period, forces, _AREA_LEVELS)
    snapshots = given.pop("snapshots")
    asking.refuse_what_is_not_told(
        measure.feed, Area(area.key, "stable_area", area.codes), snapshots
    )
    places = [str(asking.snapshots[one].folder / "places.parquet") for one in snapshots]
    given |= {"share": share, "places": places, **members_of([measure])}
    if by_point:
        given["summed"] = asking.counts_of(measure.feed, "district", snapshots, [period])
        given["paths"] = asking.rows_of(measure.feed, snapshots, [period])
        statement = _POINTS_AT[area.level]
    else:
        given["paths"] = asking.counts_of(measure.feed, "stable_area", snapshots, [period])
        statement = _SMALL_AREAS_AT[area.level]
    absent = asking.absent(measure.feed, area, given["forces"], period)
    rows = asking.ask(statement, given) if given["paths"] else []
    if not rows:
        return Concentration(share, (), 0, None if absent else 0, tuple(snapshots), absent)
    return Concentration(
        share,
        tuple((place, number) for place, number, _, _ in rows),
        rows[0][3],
        None if absent else int(rows[0][2]),
        tuple(snapshots),
        absent,
    )


@dataclass(frozen=True, slots=True)
class OfOutcome:
    """How many offences of a type have an outcome; None where none is published yet, or ever."""

    kind: str
    code: str
    outcome: str | None
    count: int


@dataclass(frozen=True, slots=True)
class At:
    """A weekday (1 is Monday) and hour; None where the source gives days alone."""

    weekday: int
    hour: int | None
    count: int


def outcomes_by_type(
    asking: Asking,
    area: Area,
    period: Period,
    *,
    feed: str = "street",
    forces: Collection[str] | None = None,
) -> Answer[OfOutcome]:
    """What became of the offences of a period, by type: as known when the data were published.

    For a district or anything larger; of `stops`, for a force.
    """
    if feed not in ("street", "stops"):
        raise Refused("Outcomes by type come with the street data, or with stop and search.")
    levels = ("force",) if feed == "stops" else tuple(_OUTCOMES_AT)
    given = _given(asking, feed, area, period, forces, levels)
    snapshots = given.pop("snapshots")
    given["paths"] = [
        str(asking.snapshots[one].folder / feed / "outcomes.parquet") for one in snapshots
    ]
    rows = asking.ask(_OUTCOMES_AT[area.level], given) if snapshots else []
    return Answer(
        tuple(OfOutcome(*row) for row in rows),
        tuple(snapshots),
        asking.absent(feed, area, _forces_of(area, given["forces"]), period),
        asking.provisional(feed, given["forces"], period),
    )


def weekdays_and_hours(
    asking: Asking, measure: Measure, period: Period, *, forces: Collection[str] | None = None
) -> Answer[At]:
    """When, by clocks in Britain: of stop and search, and of assaults treated at hospitals."""
    if measure.feed not in ("stops", "hospital"):
        raise Refused("These data say the month alone: there is no weekday and no hour.")
    asking.refresh()
    chosen = asking.forces(measure.feed, forces)
    snapshots = asking.answering(measure.feed, chosen, [period])
    folders = [asking.snapshots[one].folder / measure.feed for one in snapshots]
    paths = [str(folder / "hours.parquet") for folder in folders]
    given = {
        **members_of([measure]),
        "paths": paths,
        "feed": measure.feed,
        "forces": chosen,
        "first": period.first,
        "last": period.last,
    }
    rows = asking.ask(_HOURS_WHOLE, given) if paths else []
    whole = Area("all", "force", frozenset(chosen))
    return Answer(
        tuple(At(*row) for row in rows),
        tuple(snapshots),
        asking.absent(measure.feed, whole, chosen, period),
        asking.provisional(measure.feed, chosen, period),
    )


def _given(
    asking: Asking,
    feed: str,
    area: Area,
    period: Period,
    forces: Collection[str] | None,
    levels: Sequence[str],
) -> dict[str, Any]:
    if area.level not in levels:
        kinds = [one.replace("_", " ") for one in levels]
        raise Refused(f"This can be asked for these kinds of area: {listed(kinds)}.")
    asking.refresh()
    chosen = asking.forces(feed, forces)
    answering = asking.answering(feed, chosen, [period])
    asking.refuse_what_is_not_told(feed, area, answering)
    return {
        "feed": feed,
        "forces": chosen,
        "first": period.first,
        "last": period.last,
        "codes": sorted(area.codes),
        "snapshots": answering,
    }


def _forces_of(area: Area, forces: list[str]) -> list[str]:
    return sorted(area.codes) if area.level == "force" else forces
