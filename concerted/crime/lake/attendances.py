"""How whole the returns of hospitals are: a fall in recorded places is no fall in violence."""

from collections.abc import Collection
from dataclasses import dataclass

from concerted.crime.lake.answers import Answer
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.measures import Area
from concerted.crime.lake.months import Month, Period

_COMPLETENESS = """
SELECT
    cells.month, CAST(sum(cells.attendances) AS BIGINT), CAST(sum(cells.located) AS BIGINT),
    CAST(sum(cells.with_weapon) AS BIGINT)
FROM read_parquet($paths) AS cells
JOIN in_force
    ON in_force.snapshot = cells.snapshot AND in_force.force = cells.force
    AND in_force.month = cells.month AND in_force.feed = 'hospital'
WHERE cells.month BETWEEN $first AND $last AND list_contains($hospitals, cells.force)
GROUP BY cells.month
"""


@dataclass(frozen=True, slots=True)
class Completeness:
    """Assault attendances of a month, those with a usable place, those whose weapon is said.

    All None where a hospital did not report the month.
    """

    month: Month
    attendances: int | None
    located: int | None
    with_weapon: int | None

    @property
    def ascertainment(self) -> float | None:
        """The share of attendances with a usable place, 0 to 1; None where there is none."""
        return (self.located or 0) / self.attendances if self.attendances else None


def completeness(
    asking: Asking, period: Period, *, hospitals: Collection[str] | None = None
) -> Answer[Completeness]:
    """Each month of a period. Raises Refused for a hospital of which the lake has nothing."""
    asking.refresh()
    chosen = asking.forces("hospital", hospitals)
    snapshots = asking.answering("hospital", chosen, [period])
    paths = [
        str(asking.snapshots[one].folder / "hospital" / "completeness.parquet") for one in snapshots
    ]
    given = {"paths": paths, "first": period.first, "last": period.last, "hospitals": chosen}
    found = {month: rest for month, *rest in asking.ask(_COMPLETENESS, given)} if paths else {}
    absent = asking.absent("hospital", Area("all", "force", frozenset(chosen)), chosen, period)
    lacking = {month for _, month in absent}
    return Answer(
        tuple(
            Completeness(month, *([None] * 3 if month in lacking else found.get(month, [0] * 3)))
            for month in period.months
        ),
        tuple(snapshots),
        absent,
        asking.provisional("hospital", chosen, period),
    )
