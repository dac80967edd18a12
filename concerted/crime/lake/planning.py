"""What an import would bring: looked at whole, and refused where it must be, before anything is
written."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from concerted.crime.lake.archives import Member, Reading, members_of
from concerted.crime.lake.feeds import FEEDS, Feed
from concerted.crime.lake.months import Month, Period, words_of
from concerted.crime.lake.refusals import Refused, listed
from concerted.kernel import clock

Gap = tuple[str, str, Month]  # feed, force, month
_OLD = {"Easting", "Northing"}


@dataclass(frozen=True, slots=True)
class Input:
    """A file as it was handed over; `size` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The CSVs to be read, one for each feed, force and month.

    `absent` are months that lie inside the range and in no file; `twice` names files that were
    given more than once with the same content and are read once; `others` what is none of ours.
    """

    members: tuple[Member, ...]
    inputs: tuple[Input, ...]
    absent: tuple[Gap, ...]
    twice: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def forces(self) -> tuple[str, ...]:
        return tuple(sorted({one.force for one in self.members}))

    @property
    def covers(self) -> Period:
        months = [one.month for one in self.members]
        return Period(min(months), max(months))

    @property
    def size(self) -> int:
        """Bytes to be read, unpacked."""
        return sum(one.size for one in self.members)


def plan(
    paths: Sequence[Path],
    *,
    forces: Collection[str] = (),
    feeds: Collection[str] = tuple(FEEDS),
    within: Period | None = None,
    gaps_are_known: bool = False,
) -> Plan:
    """Look at archives, CSVs and folders of them. Nothing is unpacked onto the disk.

    `forces` are named as in the files (`cleveland`), and must be where there are several. Months
    that are not `within` a period are left alone. Raises Refused: for damage, limits, unknown
    columns, a month with two contents, and a month that is missing inside the range unless
    `gaps_are_known` (forces do leave months out).
    """
    found, others = members_of(paths)
    asked = [
        one
        for one in found
        if one.feed in feeds and (within is None or within.first <= one.month <= within.last)
    ]
    wanted = _chosen(asked, forces)
    _refuse_future(wanted)
    with Reading() as reading:
        members, twice = _one_each(wanted, reading)
        members = [one for one in members if not _is_empty(one, reading.first_line(one))]
    if not members:
        raise Refused("None of these files holds a row. Fetch the archive anew.")
    absent = _absent(members)
    if absent and not gaps_are_known:
        raise Refused(
            f"Months are missing: {listed([_gap(one) for one in absent])}. Add their files; or, "
            "where the force never published them, say that this is known."
        )
    inputs = tuple(_input(path) for path in sorted({one.path for one in members}))
    return Plan(tuple(members), inputs, absent, tuple(twice), tuple(others))


def _chosen(members: list[Member], forces: Collection[str]) -> list[Member]:
    there = sorted({one.force for one in members})
    if not there:
        raise Refused("None of these files is of a kind and month that was asked for.")
    missing = sorted(set(forces) - set(there))
    if missing:
        raise Refused(
            f"There is nothing of {listed(missing)} in these files. There is: "
            f"{listed(there, most=50)}."
        )
    if not forces and len(there) > 1:
        raise Refused(
            f"These files hold {len(there)} forces: {listed(there, most=50)}. Say which of them "
            "are wanted."
        )
    return [one for one in members if not forces or one.force in forces]


def _one_each(members: Iterable[Member], reading: Reading) -> tuple[list[Member], list[str]]:
    same: dict[Gap, list[Member]] = defaultdict(list)
    for one in members:
        same[one.feed, one.force, one.month].append(one)
    twice = []
    for key, several in same.items():
        if len(several) > 1 and len({reading.digest(one) for one in several}) > 1:
            raise Refused(
                f"{_gap(key)} stands in several files with different content: "
                f"{listed(sorted({one.path.name for one in several}))}. Leave out all but the one "
                "that holds."
            )
        twice += [one.name for one in several[1:]]
    order = sorted(same, key=lambda key: (key[0], key[2], key[1]))
    return [same[key][0] for key in order], sorted(twice)


def _refuse_future(members: list[Member]) -> None:
    today = clock.today()
    for one in members:
        if one.month > today:
            raise Refused(f"{one.name} is of a month that has not begun. Mend its name.")


def _is_empty(member: Member, first_line: bytes) -> bool:
    """Whether there is no row below the header: such a month was not reported."""
    _refuse_header(member, first_line, FEEDS[member.feed])
    return member.size <= len(first_line) + 2


def _refuse_header(member: Member, first_line: bytes, feed: Feed) -> None:
    try:
        header = next(csv.reader([first_line.decode("utf-8-sig")]), [])
    except UnicodeDecodeError:
        header = []
    if tuple(header) == feed.columns:
        return
    if set(header) & _OLD:
        raise Refused(
            f"{member.name} is from before 2013, when other columns were published (Easting and "
            "Northing, no small areas). Such files cannot be read; begin with later months."
        )
    unknown = [one[:40] for one in header if one not in feed.columns]
    lacking = [one for one in feed.columns if one not in header]
    found = [
        *([f"has columns that are not known: {listed(unknown)}"] if unknown else []),
        *([f"lacks columns: {listed(lacking)}"] if lacking else []),
    ] or ["has its columns in another order, or twice"]
    raise Refused(
        f"{member.name} {' and '.join(found)}. The publisher may have changed the file: it is not "
        "read until somebody has looked at what that means."
    )


def _absent(members: list[Member]) -> tuple[Gap, ...]:
    """Months that a force lacks in a feed, between the first and the last of its months there."""
    months: dict[tuple[str, str], set[Month]] = defaultdict(set)
    for one in members:
        months[one.feed, one.force].add(one.month)
    return tuple(
        (feed, force, month)
        for (feed, force), there in sorted(months.items())
        for month in Period(min(there), max(there)).months
        if month not in there
    )


def _gap(gap: Gap) -> str:
    feed, force, month = gap
    return f"{words_of(month)} of {force} ({feed})"


def _input(path: Path) -> Input:
    with open(path, "rb") as file:
        return Input(
            path.name, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
        )
