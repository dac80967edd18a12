"""Snapshots: what one import brought, in a folder of its own that is never altered.

    counts/000007/   manifest, counts, rejects: all that pages need, and all that they are given
    rows/000007/     the rows, one Parquet file a feed and year: for the worker alone
    working/         imports under way; what an ended process left there is swept away

A snapshot is there when its folder of counts is: it is moved there last, in one step. A later one
supersedes it month by month, and none is ever written again. `expire` destroys its rows; manifest,
hash and counts stay.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from concerted.crime.lake.months import Month, month_of
from concerted.crime.lake.refusals import Refused
from concerted.kernel import clock

MANIFEST, EXPIRED, REJECTS = "manifest.json", "expired.json", "rejects.csv"
_NAME = re.compile(r"\d{6,}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is and holds. Months are written `2023-01`, moments in UTC.

    `months` counts the rows by feed, force and month; `absent` lists feed, force and month inside
    the range that no file had; `rejects` and `unknown` count by reason; `files` holds the SHA-256
    of each file of the snapshot, and `sha256` is that of all of them.

    Of files whose columns are mapped, `levels` says by feed the smallest kind of area that can be
    asked for, `within` which areas they hold whole where they are cut to one, by feed and level,
    and `mapping` how they were read. Elsewhere small areas can be asked for, and whole forces.
    """

    number: int
    source: str
    imported_at: str
    imported_by: str
    program: str
    covers: tuple[str, str]
    months: Mapping[str, Mapping[str, Mapping[str, int]]]
    provisional_from: str | None
    absent: list[tuple[str, str, str]]
    inputs: list[Mapping[str, Any]]
    left_out: list[str]
    lookups: list[tuple[str, str]]
    ward_year: int | None
    remarks: list[str]
    dropped: Mapping[str, list[str]]
    rejects: Mapping[str, int]
    unknown: Mapping[str, Mapping[str, int]]
    files: Mapping[str, str]
    sha256: str
    levels: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mapping: Mapping[str, Any] | None = None

    @property
    def rows(self) -> int:
        return sum(
            number
            for forces in self.months.values()
            for months in forces.values()
            for number in months.values()
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot as it lies on the disk; `folder` is that of its counts."""

    folder: Path
    manifest: Manifest

    @property
    def number(self) -> int:
        return self.manifest.number

    @property
    def expired(self) -> bool:
        """Whether its rows were destroyed."""
        return (self.folder / EXPIRED).exists()


Cover = tuple[str, str, Month]  # feed, force, month


def snapshots_in(counts: Path) -> tuple[Snapshot, ...]:
    """All snapshots of a folder of counts, oldest first."""
    if not counts.is_dir():
        return ()
    found = sorted(one for one in counts.iterdir() if _NAME.fullmatch(one.name))
    return tuple(Snapshot(one, _read(one / MANIFEST)) for one in found)


def standing(snapshots: Iterable[Snapshot], *, as_at: int | None = None) -> dict[Cover, int]:
    """Which snapshot answers for which feed, force and month: the newest that has it.

    With `as_at`, as it was before any snapshot with a higher number was there.
    """
    found: dict[Cover, int] = {}
    for one in sorted(snapshots, key=lambda snapshot: snapshot.number):
        if as_at is not None and one.number > as_at:
            continue
        for feed, forces in one.manifest.months.items():
            for force, months in forces.items():
                found |= {(feed, force, month_of(month)): one.number for month in months}
    return found


def superseded(snapshots: Iterable[Snapshot]) -> tuple[int, ...]:
    """The numbers of snapshots that answer for no month any more."""
    given = list(snapshots)
    answering = set(standing(given).values())
    return tuple(one.number for one in given if one.number not in answering)


def _read(path: Path) -> Manifest:
    try:
        return Manifest(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise Refused(
            f"The manifest of snapshot {path.parent.name} cannot be read. Restore that folder from "
            "the backup."
        ) from error


class Lake:
    """The folder in which all snapshots lie."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.counts, self.rows, self.working = (
            root / name for name in ("counts", "rows", "working")
        )

    def snapshots(self) -> tuple[Snapshot, ...]:
        return snapshots_in(self.counts)

    def snapshot(self, number: int) -> Snapshot:
        for one in self.snapshots():
            if one.number == number:
                return one
        raise Refused(f"There is no snapshot {number}.")

    @contextmanager
    def working_on(self) -> Iterator["Working"]:
        """A folder for one import; whatever ends it, nothing half done can be seen.

        Sweeps away first what ended imports left.
        """
        with self._alone():
            self._sweep()
            number = self._next()
            folder = self.working / f"{number:06}"
            folder.mkdir()
            lock = open(folder / "lock", "w")  # noqa: SIM115 - held until the import ends
            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield Working(self, number, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            lock.close()

    def sweep(self) -> None:
        """Remove what imports and expiries left that ended in the middle."""
        with self._alone():
            self._sweep()

    def publish(self, working: "Working") -> Snapshot:
        """Move a finished snapshot to its place: from now on it is there."""
        name = working.folder.name
        for folder in (working.rows, working.counts):
            _settle(folder)
        with self._alone():
            os.rename(working.rows, self.rows / name)
            _sync(self.rows)
            os.rename(working.counts, self.counts / name)
            _sync(self.counts)
        return self.snapshot(working.number)

    def expire(self, number: int, *, by: str = "") -> None:
        """Destroy the rows of a snapshot for good. Its manifest, hash and counts stay."""
        snapshot = self.snapshot(number)
        with self._alone():
            if not snapshot.expired:
                said = {"expired_at": clock.now().isoformat(), "expired_by": by}
                part = snapshot.folder / f"{EXPIRED}.part"
                part.write_text(json.dumps(said), "utf-8")
                _settle(snapshot.folder)
                part.rename(snapshot.folder / EXPIRED)
                _sync(snapshot.folder)
            self._sweep()

    def altered(self, number: int) -> list[str]:
        """The files of a snapshot that are not as they were written, or are gone."""
        snapshot = self.snapshot(number)
        folders = {"counts": snapshot.folder, "rows": self.rows / snapshot.folder.name}
        wrong = []
        for name, digest in snapshot.manifest.files.items():
            part, _, inside = name.partition("/")
            if part == "rows" and snapshot.expired:
                continue
            path = folders[part] / inside
            if not path.is_file() or digest_of(path) != digest:
                wrong.append(name)
        return wrong

    @contextmanager
    def _alone(self) -> Iterator[None]:
        for folder in (self.counts, self.rows, self.working):
            folder.mkdir(parents=True, exist_ok=True)
        with open(self.working / "lake.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _next(self) -> int:
        taken = [
            int(one.name)
            for folder in (self.counts, self.rows, self.working)
            for one in folder.iterdir()
            if _NAME.fullmatch(one.name)
        ]
        return max(taken, default=0) + 1

    def _sweep(self) -> None:
        for folder in self.working.iterdir():
            if folder.is_dir() and not _is_held(folder / "lock"):
                shutil.rmtree(folder, ignore_errors=True)
        for folder in self.rows.iterdir():
            counts = self.counts / folder.name
            under_way = (self.working / folder.name).exists()
            if (not counts.exists() and not under_way) or (counts / EXPIRED).exists():
                shutil.rmtree(folder, ignore_errors=True)


class Working:
    """An import under way: where it writes, and the step that makes a snapshot of it."""

    def __init__(self, lake: Lake, number: int, folder: Path) -> None:
        self.number, self.folder, self._lake = number, folder, lake
        self.rows, self.counts, self.spool = (folder / name for name in ("rows", "counts", "spool"))
        for one in (self.rows, self.counts, self.spool):
            one.mkdir()

    def files(self) -> dict[str, str]:
        """Each file written so far with its SHA-256, by a name that begins with counts or rows."""
        return {
            f"{folder.name}/{path.relative_to(folder).as_posix()}": digest_of(path)
            for folder in (self.counts, self.rows)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def publish(self, manifest: Manifest) -> Snapshot:
        said = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
        (self.counts / MANIFEST).write_text(said, "utf-8")
        return self._lake.publish(self)


def digest_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_all(files: Mapping[str, str]) -> str:
    """One hash of the names and hashes of all files of a snapshot."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _is_held(lock: Path) -> bool:
    if not lock.exists():
        return False
    with open(lock) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _settle(folder: Path) -> None:
    """Have everything inside on the disk, so that a power cut leaves all of it or nothing."""
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
