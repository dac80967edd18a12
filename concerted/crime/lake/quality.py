"""How good the data are, so that nobody trusts them further: gaps, repeats, what has no place."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.months import Month, Period, words_of

_VINTAGES = """
SELECT
    cells.month,
    CAST(sum(CASE WHEN cells.vintage = 2011 THEN cells.n ELSE 0 END) AS BIGINT) AS of_2011,
    CAST(sum(CASE WHEN cells.vintage = 2021 THEN cells.n ELSE 0 END) AS BIGINT) AS of_2021,
    CAST(sum(CASE WHEN cells.small_area IS NULL THEN cells.n ELSE 0 END) AS BIGINT) AS placeless,
    CAST(
        sum(
            CASE
                WHEN cells.small_area IS NOT NULL AND cells.stable_area IS NULL THEN cells.n
                ELSE 0
            END
        ) AS BIGINT
    ) AS strange
FROM read_parquet($paths) AS cells
JOIN in_force
    ON in_force.snapshot = cells.snapshot AND in_force.force = cells.force
    AND in_force.month = cells.month AND in_force.feed = $feed
WHERE cells.month BETWEEN $first AND $last AND list_contains($forces, cells.force)
GROUP BY cells.month ORDER BY cells.month
"""
_REPEATED = """
SELECT CAST(count(*) AS BIGINT), CAST(coalesce(sum(seen.n), 0) AS BIGINT) FROM (
    SELECT cells.crime_id, count(*) AS n
    FROM read_parquet($paths) AS cells
    JOIN in_force
        ON in_force.snapshot = cells.snapshot AND in_force.force = cells.force
        AND in_force.month = cells.month AND in_force.feed = $feed
    WHERE cells.crime_id IS NOT NULL
        AND cells.month BETWEEN $first AND $last AND list_contains($forces, cells.force)
    GROUP BY cells.crime_id HAVING count(*) > 1
) AS seen
"""


@dataclass(frozen=True, slots=True)
class OfMonth:
    """Rows of a month that need care: in codes of one census alone, without a small area, in a
    small area that no lookup knows."""

    month: Month
    of_2011: int
    of_2021: int
    without_small_area: int
    unknown_small_area: int


@dataclass(frozen=True, slots=True)
class Quality:
    """`rejects` counts lines that could not be read, by reason; `types` rows of types nobody has
    placed; `outside` rows by district that lie outside the area which the force polices."""

    months: tuple[OfMonth, ...]
    absent: tuple[tuple[str, Month], ...]
    rejects: dict[str, int]
    types: dict[str, int]
    small_areas: dict[str, int]
    outside: dict[str, int]
    remarks: tuple[str, ...]
    snapshots: tuple[int, ...]


def quality(
    asking: Asking, period: Period, *, feed: str = "street", forces: Collection[str] | None = None
) -> Quality:
    """What is to be known of the data of a period. Raises Refused for a force that is not there."""
    asking.refresh()
    chosen = asking.forces(feed, forces)
    numbers = asking.answering(feed, chosen, [period])
    given = {"feed": feed, "forces": chosen, "first": period.first, "last": period.last}
    paths = asking.counts_of(feed, "small_area", numbers, [period])
    months = asking.ask(_VINTAGES, {**given, "paths": paths}) if paths else []
    there = asking.months(feed)
    manifests = [asking.snapshots[one].manifest for one in numbers]
    unknown = [one.unknown for one in manifests]
    return Quality(
        months=tuple(OfMonth(*row) for row in months),
        absent=tuple(
            (force, month)
            for force in chosen
            for month in period.months
            if words_of(month) not in there[force]
        ),
        rejects=_added([one.rejects for one in manifests]),
        types=_added([one["types"] for one in unknown]),
        small_areas=_added([one["small areas"] for one in unknown]),
        outside=_added([one["rows outside the area that the force polices"] for one in unknown]),
        remarks=tuple(dict.fromkeys(remark for one in manifests for remark in one.remarks)),
        snapshots=tuple(numbers),
    )


def repeated_crime_ids(
    asking: Asking, period: Period, *, forces: Collection[str] | None = None
) -> tuple[int, int]:
    """How many Crime IDs stand on more than one row, and on how many rows: they are no key.

    Needs the rows. Rows without an ID (all anti-social behaviour) are not repeats.
    """
    asking.refresh()
    chosen = asking.forces("street", forces)
    numbers = asking.answering("street", chosen, [period])
    given = {"feed": "street", "forces": chosen, "first": period.first, "last": period.last}
    paths = asking.rows_of("street", numbers, [period])
    [(ids, rows)] = asking.ask(_REPEATED, {**given, "paths": paths}) if paths else [(0, 0)]
    return ids, rows


def _added(counted: Collection[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counted:
        total.update(one)
    return dict(sorted(total.items()))
