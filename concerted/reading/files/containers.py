"""Files that hold other files: zip archives, opened into their members."""

import io
import zipfile
import zlib
from dataclasses import dataclass

from concerted.reading.files.refusals import MAX_BYTES, NotReadable

MOST_MEMBERS = 1000
MOST_TOGETHER = 1024 * 1024 * 1024  # bytes, unpacked
_FAULTS = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error)
_BROKEN = "This archive cannot be opened. Make it again, or hand over its files without it."


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container: its name with its folders, its bytes or the sentence why not."""

    name: str
    data: bytes | None = None
    why_not: str = ""


def is_container(data: bytes) -> bool:
    """Whether a file is an archive of files, and not a Word file, which is one inside."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not {"[Content_Types].xml", "word/document.xml"} & set(archive.namelist())
    except _FAULTS:
        return False


def members_of(data: bytes) -> list[Member]:
    """The files of an archive in its order. Raises NotReadable for one that cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive)
    except _FAULTS as fault:
        raise NotReadable(_BROKEN) from fault


def _members(archive: zipfile.ZipFile) -> list[Member]:
    files = [one for one in archive.infolist() if not one.is_dir()]
    if len(files) > MOST_MEMBERS:
        raise NotReadable(
            f"This archive holds {len(files):,} files; {MOST_MEMBERS:,} is the most. "
            "Make several smaller ones of it."
        )
    if sum(one.file_size for one in files) > MOST_TOGETHER:
        raise NotReadable("This archive unpacks to more than 1 GB. Make several smaller ones.")
    return [_member(archive, one) for one in files]


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> Member:
    if one.flag_bits & 1:
        return Member(one.filename, None, "This file has a password. Hand it over without one.")
    if one.file_size > MAX_BYTES:
        return Member(
            one.filename, None, "This file is larger than 50 MB. Hand over a smaller one."
        )
    try:
        with archive.open(one) as member:
            data = member.read(one.file_size + 1)
    except _FAULTS:
        return Member(
            one.filename, None, "This file is damaged in its archive. Hand it over alone."
        )
    if is_container(data):
        why_not = "This is an archive inside another. Hand it over on its own."
        return Member(one.filename, None, why_not)
    return Member(one.filename, data)
