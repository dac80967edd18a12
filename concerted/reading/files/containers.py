"""Files that hold files: zips and e-mails, opened without believing their names or sizes."""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from concerted.reading.files.formats import kind_of
from concerted.reading.files.mail import Mail, is_mail, mail_of
from concerted.reading.files.outlook import mail_of_outlook
from concerted.reading.files.package import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, SMALL
from concerted.reading.files.refusals import MAX_BYTES, NotReadable

MAX_CONTAINER = 200 * 1024 * 1024  # bytes of the container itself
MAX_MEMBERS = 1_000
MAX_DEPTH = 2  # a zip in a zip, an e-mail in a zip; not what those hold in their turn
MAX_NAME = 255
WORDS = "message.txt"  # the member that an e-mail’s own words are

_DAMAGED = "This packed file is damaged and cannot be opened. Pack the files again and choose that."
_BOMB = (
    "This packed file unpacks to far more than its size, as files made to do harm do, and was not "
    "opened. If it is yours, unpack it and choose the files in it."
)
_MANY = (
    f"This file holds more than {MAX_MEMBERS:,} files. Split it, and hand over one part after the "
    "other."
)
_LARGE = (
    f"This file unpacks to more than {MAX_UNPACKED // 1024 // 1024} MB. Split it, and hand over "
    "one part after the other."
)
_TOO_BIG = (
    f"This file has more than {MAX_BYTES // 1024 // 1024} MB. Save the minutes on their own, "
    "without the pictures and the papers, and choose that file."
)
_LOCKED = (
    "This file is protected by a password. Unpack it with the password and choose the file itself."
)
_ODD = "This file is packed in an unusual way. Unpack it and choose the file itself."
_BROKEN = "This file is damaged inside the packed file. Choose the file itself."
_DEEP = (
    "This file lies in a packed file inside a packed file inside a packed file. Unpack it and "
    "choose the file itself."
)
_EMPTY = "This packed file is empty. Hand over the files that belong in it."
_EMPTY_ZIP = b"PK\x05\x06"  # nothing but the end of its list
_HIDDEN = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.(?!\.?(?:/|$))|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE
)
_DRIVE = re.compile(r"^(?:[A-Za-z]:\s*)+")
_OF_OFFICE = re.compile(rb"(?:\[Content_Types\]\.xml|mimetype)\Z|(?:word|xl|ppt)/.*\.xml")


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container: its bytes, or the sentence why they are not handed over.

    `name` shows the folders it lay in (“2014/March/minutes.docx”) and is never a path: it has no
    drive, does not begin with a slash and has no “..” in it. No two members share a name.
    """

    name: str
    data: bytes | None
    sentence: str = ""


def is_zip(data: bytes) -> bool:
    """Whether a file is a zip of other files, and no office file, which is one inside."""
    if data.startswith(_EMPTY_ZIP):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    if _directory(data) == 0xFFFFFFFF:  # a zip of the large kind, which no office file is
        return True
    return next(_parts(data), None) is not None and not _is_office(data)


def is_container(data: bytes) -> bool:
    """Whether a file is one that holds files: a zip that is no office file, an .eml or a .msg.

    Looks at its first bytes and a zip’s list of names; unpacks nothing and raises nothing.
    """
    if data.startswith((b"PK\x03\x04", _EMPTY_ZIP)):
        return is_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind(data) == "msg"
    return is_mail(data)


def members_of(data: bytes, name: str) -> list[Member]:
    """The files in a .zip, .eml or .msg that can be read, in their order, and what holds them back.

    The words of an e-mail come first, as “message.txt”. Zips and e-mails inside are opened too, to
    a depth of 2; folders, and what systems leave in them, are left out. `name` serves sentences.

    Raises NotReadable when the file is none of these, damaged, made to do harm, or holds more than
    1,000 files or 200 MB.
    """
    return list(each_member(data, name))


def each_member(data: bytes, name: str) -> Iterator[Member]:
    """The same, one at a time, so that they need not all be held in memory at once."""
    names: set[str] = set()
    unpacked = 0
    for number, member in enumerate(_opened(data, name, 1)):
        if number >= MAX_MEMBERS:
            raise NotReadable(_MANY)
        unpacked += len(member.data or b"")
        if unpacked > MAX_UNPACKED:
            raise NotReadable(_LARGE)
        member = replace(member, name=_apart(plain_name(member.name), names))
        names.add(member.name.casefold())
        yield member


def plain_name(name: str) -> str:
    """A member’s name as text that cannot be taken for a path; at most 255 characters."""
    return _without_path(_without_path(name)[-MAX_NAME:]) or "file"


def _without_path(name: str) -> str:
    parts = name.replace("\\", "/").split("/")
    shown = ("".join(sign for sign in part if sign.isprintable()).strip() for part in parts)
    kept = (_DRIVE.sub("", part).strip() for part in shown)
    return "/".join(part for part in kept if part.strip(". "))


def _apart(name: str, taken: set[str]) -> str:
    """The name, or the first of “name (2)”, “name (3)” … that no other member has."""
    if name.casefold() not in taken:
        return name
    stem, point, ending = name.rpartition(".")
    if not stem or "/" in ending or len(ending) > 20:
        stem, point, ending = name, "", ""
    for number in range(2, MAX_MEMBERS + 2):
        tail = f" ({number}){point}{ending}"
        other = stem[: MAX_NAME - len(tail)].rstrip("/ ") + tail
        if other.casefold() not in taken:
            return other
    raise NotReadable(_MANY)


def _opened(data: bytes, name: str, depth: int) -> Iterator[Member]:
    if data.startswith((b"PK\x03\x04", _EMPTY_ZIP)) and not _is_office(data):
        yield from _from_zip(data, depth)
        return
    kind = kind_of(data, name)
    if kind not in ("eml", "msg"):
        raise NotReadable("This file holds no other files. Choose it as it is.")
    yield from _from_mail(mail_of(data) if kind == "eml" else mail_of_outlook(data), depth)


def _from_zip(data: bytes, depth: int) -> Iterator[Member]:
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                name = _name_of(entry)
                if entry.is_dir() or _HIDDEN.search(name.replace("\\", "/")):
                    continue
                member = _unpacked(archive, entry, name)
                unpacked += len(member.data or b"")
                if unpacked > SMALL and unpacked > len(data) * MAX_RATIO:
                    raise NotReadable(_BOMB)
                if unpacked > MAX_UNPACKED:
                    raise NotReadable(_LARGE)
                yield from _judged(member, depth)
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # damage shows as any exception of zipfile
        raise NotReadable(_DAMAGED) from error


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: some programs write UTF-8 and do not say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Member:
    if entry.flag_bits & 0x1:
        return Member(name, None, _LOCKED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Member(name, None, _ODD)
    try:
        with archive.open(entry) as part:
            data = part.read(MAX_BYTES + 1)
    except MemoryError:
        raise
    except Exception:  # damage shows as any exception of zipfile and zlib
        return Member(name, None, _BROKEN)
    return Member(name, data)


def _from_mail(mail: Mail, depth: int) -> Iterator[Member]:
    words = mail.text()
    if words:
        yield Member(WORDS, words.encode("utf-8", "replace"))
    for attached in mail.attachments:
        content = attached.content
        if isinstance(content, bytes):
            yield from _judged(Member(plain_name(attached.name), content), depth)
        elif depth >= MAX_DEPTH:
            yield Member(plain_name(attached.name), None, _DEEP)
        else:
            yield from _within(attached.name, _from_mail(content, depth + 1))


def _judged(member: Member, depth: int) -> Iterator[Member]:
    """The member; what it holds, if it is a container; or the sentence why it cannot be read."""
    data = member.data
    if data is None:
        yield member
    elif len(data) > MAX_BYTES:
        yield Member(member.name, None, _TOO_BIG)
    elif not is_container(data):
        yield _readable(member, data)
    elif depth >= MAX_DEPTH:
        yield Member(member.name, None, _DEEP)
    else:
        yield from _inner(member, data, depth)


def _inner(member: Member, data: bytes, depth: int) -> Iterator[Member]:
    """What a container inside holds; one that cannot be opened is a member with its sentence."""
    if data.startswith(_EMPTY_ZIP):
        yield Member(member.name, None, _EMPTY)
        return
    try:
        yield from _within(member.name, _opened(data, member.name, depth + 1))
    except NotReadable as refusal:
        yield Member(member.name, None, refusal.sentence)


def _within(folder: str, members: Iterator[Member]) -> Iterator[Member]:
    for member in members:
        yield replace(member, name=f"{folder}/{member.name}")


def _readable(member: Member, data: bytes) -> Member:
    try:
        kind_of(data, member.name)
    except NotReadable as refusal:
        return Member(member.name, None, refusal.sentence)
    return member


def _kind(data: bytes) -> str:
    try:
        return kind_of(data, "")
    except NotReadable:
        return ""


def _parts(data: bytes) -> Iterator[bytes]:
    """The names in a zip’s own list, as far as an office file’s would go."""
    at = _directory(data)
    for _ in range(MAX_PARTS):
        if at < 0 or data[at : at + 4] != b"PK\x01\x02" or len(data) < at + 46:
            return
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        yield data[at + 46 : at + 46 + name]
        at += 46 + name + extra + comment


def _directory(data: bytes) -> int:
    """Where a zip’s list of names begins; -1 for none."""
    end = data.rfind(b"PK\x05\x06")
    return int.from_bytes(data[end + 16 : end + 20], "little") if end >= 0 else -1


def _is_office(data: bytes) -> bool:
    return any(_OF_OFFICE.match(name) for name in _parts(data))
