"""Archives and CSV files as they come: looked at before a byte is unpacked, read as streams.

An archive is somebody's upload. Its list of contents is checked against limits, and what it says of
sizes is not believed: no more bytes are read than were announced.
"""

import datetime
import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from concerted.crime.lake.feeds import ENDINGS
from concerted.crime.lake.months import Month, month_of
from concerted.crime.lake.refusals import Refused

MAX_MEMBERS = 20_000
MAX_MEMBER = 1024**3
MAX_TOTAL = 32 * 1024**3
# Police data shrink four to six times; a bomb hundreds of times.
MAX_RATIO = 60
RATIO_FROM = 1024**2
CHUNK = 1024**2
_NAME = re.compile(rf"(\d{{4}}-\d\d)-([a-z-]+?)-({'|'.join(ENDINGS)})\.csv")
NAMED = "2023-01-cleveland-street.csv"


@dataclass(frozen=True, slots=True)
class Member:
    """One CSV of a month, force and feed: a file, or a member of an archive. `size` in bytes."""

    path: Path
    inside: zipfile.ZipInfo | None
    name: str
    month: Month
    force: str
    feed: str
    size: int


class Reading:
    """Members read as streams, each archive opened once. A context manager, for one thread."""

    def __init__(self) -> None:
        self._archives: dict[Path, zipfile.ZipFile] = {}

    def __enter__(self) -> "Reading":
        return self

    def __exit__(self, *_error: object) -> None:
        for archive in self._archives.values():
            archive.close()

    def chunks(self, member: Member, size: int = CHUNK) -> Generator[bytes, None, None]:
        """Its bytes. Raises Refused where it is damaged, or not as long as was said."""
        left = member.size
        with self._opened(member) as stream:
            while chunk := stream.read(size):
                left -= len(chunk)
                if left < 0:
                    raise Refused(f"{member.name} is longer than was said. Fetch it anew.")
                yield chunk
            if left:
                raise Refused(f"{member.name} is cut short. Fetch the file anew.")

    @contextmanager
    def _opened(self, member: Member) -> Iterator[IO[bytes]]:
        if member.inside is None:
            with open(member.path, "rb") as file:
                yield file
            return
        try:
            if member.path not in self._archives:
                self._archives[member.path] = zipfile.ZipFile(member.path)
            with self._archives[member.path].open(member.inside) as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Refused(
                f"{member.name} in {member.path.name} is damaged and cannot be unpacked. Fetch the "
                "archive anew."
            ) from error

    def first_line(self, member: Member) -> bytes:
        with closing(self.chunks(member, 16 * 1024)) as chunks:
            return next(chunks, b"").partition(b"\n")[0].rstrip(b"\r")

    def digest(self, member: Member) -> str:
        total = hashlib.sha256()
        for chunk in self.chunks(member):
            total.update(chunk)
        return total.hexdigest()


def members_of(paths: Iterable[Path]) -> tuple[list[Member], list[str]]:
    """All CSVs of the files, archives and folders given, and the names of what is none.

    Raises Refused for what is damaged, too large or dangerous, and where nothing is left.
    """
    members: list[Member] = []
    others: list[str] = []
    for path in _files(paths):
        found = _in_archive(path) if _is_archive(path) else [_as_file(path)]
        members += [one for one in found if isinstance(one, Member)]
        others += [one for one in found if isinstance(one, str)]
    if not members:
        raise Refused(
            "None of these files is a CSV of data.police.uk. Its archives hold files called like "
            f"{NAMED}."
        )
    return members, others


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*.csv") if one.is_file())
        elif path.is_file():
            yield path
        else:
            raise Refused(f"There is no file {path.name}. Check its name.")


def _is_archive(path: Path) -> bool:
    with open(path, "rb") as file:
        head = file.read(4)
    if head[:2] != b"PK" and path.suffix.lower() == ".zip":
        raise Refused(f"{path.name} is no archive (.zip), or its beginning is lost. Fetch it anew.")
    return head[:2] == b"PK"


def _as_file(path: Path) -> Member:
    member = _member(path, None, path.name, path.stat().st_size)
    if isinstance(member, str):
        raise Refused(
            f"{path.name} does not say its month, force and kind. Call it as data.police.uk does: "
            f"{NAMED}."
        )
    return member


def _in_archive(path: Path) -> list[Member | str]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused(
            f"{path.name} is damaged or was not received whole. Fetch the archive anew."
        ) from error
    _refuse_sizes(path.name, infos)
    for info in infos:
        _refuse_dangerous(path.name, info)
    return [
        _member(path, info, info.filename.rpartition("/")[2], info.file_size)
        for info in infos
        if not info.is_dir()
    ]


def _refuse_sizes(name: str, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_MEMBERS:
        raise Refused(
            f"{name} holds {len(infos):,} files; at most {MAX_MEMBERS:,} are read. Fetch fewer "
            "forces or months at once."
        )
    for info in infos:
        bomb = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size
        if info.file_size > MAX_MEMBER or bomb:
            raise Refused(
                f"{name} holds a file that grows to {info.file_size / 1024**2:,.0f} MB when it is "
                f"unpacked ({info.filename[:80]}). Police data never do. Nothing was unpacked."
            )
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL:
        raise Refused(
            f"{name} holds {total / 1024**3:,.0f} GB; at most {MAX_TOTAL // 1024**3} GB are read "
            "at once. Fetch fewer forces or months."
        )


def _refuse_dangerous(name: str, info: zipfile.ZipInfo) -> None:
    said = info.orig_filename.replace("\\", "/")
    climbs = said.startswith("/") or ".." in said.split("/") or ":" in said or "\0" in said
    if climbs or stat.S_ISLNK(info.external_attr >> 16):
        raise Refused(
            f"{name} holds a file that would lie outside its folder ({said[:80]!r}). It was not "
            "made by data.police.uk; fetch the archive from there."
        )
    if info.flag_bits & 1:
        raise Refused(f"{name} is locked with a password. Unlock it, or fetch it anew.")


def _member(path: Path, inside: zipfile.ZipInfo | None, name: str, size: int) -> Member | str:
    found = _NAME.fullmatch(name)
    if not found:
        return name
    try:
        month = month_of(found[1])
    except Refused as error:
        raise Refused(
            f"{name}: there is no month {found[1]}. Mend the name of the file."
        ) from error
    if month < datetime.date(2010, 12, 1):
        raise Refused(f"{name} is from before December 2010, when data.police.uk began.")
    return Member(path, inside, name, month, found[2], ENDINGS[found[3]], size)
