"""What the lake holds, as its pages say it: snapshots, their months, what was not taken and why."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import SOURCE
from concerted.crime.lake.months import Month, Period, month_of
from concerted.crime.lake.snapshots import Snapshot, standing

FEEDS = {
    "street": "Crime and anti-social behaviour",
    "outcomes": "Outcomes",
    "stops": "Stop and search",
    "recorded": "Crime as a force recorded it",
    "incidents": "Incidents as a force recorded them",
    "home_office": "Recorded crime, Home Office tables",
    "hospital": "Injuries seen at hospitals",
}


@dataclass(frozen=True, slots=True)
class OfForce:
    """The rows of a force in a feed, month by month; None for a month that no file had."""

    feed: str
    force: str
    rows: int
    months: tuple[tuple[Month, int | None], ...]

    @property
    def absent(self) -> list[Month]:
        return [month for month, rows in self.months if rows is None]


@dataclass(frozen=True, slots=True)
class Held:
    """A snapshot; `answers` for so many of its `months`: a later one answers for the others."""

    number: int
    source: str
    imported_at: datetime.datetime
    first: Month
    last: Month
    forces: tuple[OfForce, ...]
    months: int
    answers: int
    expired: bool
    provisional_from: Month | None
    inputs: Sequence[str]
    rejects: Mapping[str, int]
    unknown: Mapping[str, int]
    dropped: Mapping[str, Sequence[str]]
    remarks: Sequence[str]
    sha256: str

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.forces)

    @property
    def rejected(self) -> int:
        return sum(self.rejects.values())

    @property
    def stands(self) -> str:
        """Whether figures still come from it."""
        if self.answers == self.months:
            return "in use"
        return "superseded" if not self.answers else "superseded in part"


def all_of(asking: Asking, *, not_public: bool = False) -> list[Held]:
    """Every snapshot of what the police publish, the newest first; others where asked for too."""
    snapshots = asking.snapshots
    newest = standing(snapshots.values())
    return [
        _held(one, sum(number == one.number for number in newest.values()))
        for _, one in sorted(snapshots.items(), reverse=True)
        if not_public or one.manifest.source == SOURCE
    ]


def one_of(asking: Asking, number: int, *, not_public: bool = False) -> Held | None:
    held = all_of(asking, not_public=not_public)
    return next((one for one in held if one.number == number), None)


def _held(snapshot: Snapshot, answers: int) -> Held:
    manifest = snapshot.manifest
    first, last = map(month_of, manifest.covers)
    absent = {(feed, force, month_of(month)) for feed, force, month in manifest.absent}
    forces = tuple(
        OfForce(
            FEEDS.get(feed, feed),
            force,
            sum(rows.values()),
            tuple(
                (month, None if (feed, force, month) in absent else rows.get(f"{month:%Y-%m}"))
                for month in Period(first, last).months
            ),
        )
        for feed, of_feed in manifest.months.items()
        for force, rows in sorted(of_feed.items())
    )
    return Held(
        number=manifest.number,
        source=manifest.source,
        imported_at=datetime.datetime.fromisoformat(manifest.imported_at),
        first=first,
        last=last,
        forces=forces,
        months=sum(rows is not None for one in forces for _, rows in one.months),
        answers=answers,
        expired=snapshot.expired,
        provisional_from=month_of(manifest.provisional_from) if manifest.provisional_from else None,
        inputs=[str(one["name"]) for one in manifest.inputs],
        rejects=manifest.rejects,
        unknown={
            what.replace("_", " "): number
            for what, found in manifest.unknown.items()
            if (number := sum(found.values()))
        },
        dropped={FEEDS.get(feed, feed): names for feed, names in manifest.dropped.items() if names},
        remarks=manifest.remarks,
        sha256=manifest.sha256,
    )
