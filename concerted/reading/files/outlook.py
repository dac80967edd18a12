"""E-mails saved from Outlook (.msg): a few properties of [MS-OXMSG], read over OLE storage."""

import datetime
import io
import re
import struct
from dataclasses import dataclass

import olefile

from concerted.reading.files.characters import decoded
from concerted.reading.files.mail import Attachment, Mail, without_addresses
from concerted.reading.files.page import text_of_page
from concerted.reading.files.refusals import NotReadable

MAX_DEPTH = 3  # messages inside messages
MAX_ATTACHMENTS = 1_000
MAX_UNPACKED = 200 * 1024 * 1024  # streams of a hostile file may all lie in the same place

_SUBJECT, _SENDER, _SENDER_FOR, _WORDS, _HTML = "0037", "0C1A", "0042", "1000", "1013"
_DATA, _LONG_NAME, _NAME, _CONTENT_ID = "3701", "3707", "3704", "3712"
_CLASS, _SENDER_ADDRESS, _SENDER_MAILBOX = "001A", "0C1F", "5D01"
_NAMED_BYTES = re.compile(r"__substg1\.0_8[0-9A-F]{3}0102", re.IGNORECASE)
_UID_MARK = b"vCal-Uid\x01\x00\x00\x00"
_SUBMITTED, _DELIVERED, _CODE_PAGE = 0x0039, 0x0E06, 0x3FFD
_TIME, _INTEGER = 0x0040, 0x0003
_DAMAGED = (
    "This e-mail is damaged and cannot be opened. Open it in Outlook, save it again, or copy its "
    "text into a new document and choose that."
)
_BOMB = (
    "This e-mail holds far more than its size, as files made to do harm do, and was not opened. If "
    "it is yours, save its attachments and choose those."
)


def mail_of_outlook(data: bytes) -> Mail:
    """The message in a .msg; raises NotReadable."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _Storage(ole, [], _Budget(MAX_UNPACKED)).mail(0)
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # damage shows as any exception of the library
        raise NotReadable(_DAMAGED) from error


@dataclass(frozen=True, slots=True)
class Response:
    """What a message is by its class, from which mailbox, and to which invitation it belongs."""

    kind: str
    sender: str
    uid: str


def response_of_outlook(data: bytes) -> Response:
    """The class, sender and invitation of a .msg; raises NotReadable."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _Storage(ole, [], _Budget(MAX_UNPACKED)).response()
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # damage shows as any exception of the library
        raise NotReadable(_DAMAGED) from error


class _Budget:
    """How many bytes may still be taken out of the file."""

    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise NotReadable(_BOMB)


class _Storage:
    """A message or an attachment: a folder of streams, one a property."""

    def __init__(self, ole: olefile.OleFileIO, path: list[str], budget: _Budget) -> None:
        self._ole, self._path, self._budget = ole, path, budget

    def mail(self, depth: int) -> Mail:
        if depth > MAX_DEPTH:
            raise NotReadable(_BOMB)
        numbers = self._numbers(24 if depth else 32)
        page = numbers.get((_CODE_PAGE, _INTEGER), 0) & 0xFFFFFFFF
        sent = numbers.get((_SUBMITTED, _TIME)) or numbers.get((_DELIVERED, _TIME))
        return Mail(
            " ".join(self._text(_SUBJECT, page).split())[:300],
            without_addresses(self._text(_SENDER, page) or self._text(_SENDER_FOR, page)),
            _day(sent),
            self._words(page),
            tuple(self._attachments(depth, page)),
        )

    def response(self) -> Response:
        sender = self._text(_SENDER_MAILBOX, 0) or self._text(_SENDER_ADDRESS, 0)
        return Response(self._text(_CLASS, 0), sender, self._invitation())

    def _invitation(self) -> str:
        """The identifier of an invitation that came by e-mail, kept in a property without a
        number of its own: each that has a name and holds bytes is looked at."""
        for path in self._ole.listdir():
            if len(path) == 1 and _NAMED_BYTES.fullmatch(path[0]):
                _, mark, rest = self._stream(path[0]).partition(_UID_MARK)
                if mark:
                    return rest.partition(b"\0")[0].decode("utf-8", "replace").strip()
        return ""

    def _words(self, page: int) -> str:
        words = self._text(_WORDS, page)
        if words.strip():
            return words.replace("\r\n", "\n").strip("\n")
        html = self._stream(f"__substg1.0_{_HTML}0102")
        source = decoded(html, None)[0] if html else self._text(_HTML, page)
        return text_of_page(source)

    def _attachments(self, depth: int, page: int) -> list[Attachment]:
        found: list[Attachment] = []
        for storage in self._folders("__attach_version1.0_#")[:MAX_ATTACHMENTS]:
            inner = _Storage(self._ole, [*self._path, storage], self._budget)
            name = inner._text(_LONG_NAME, page) or inner._text(_NAME, page)
            within = f"__substg1.0_{_DATA}000D"
            if inner._ole.exists([*inner._path, within, "__properties_version1.0"]):
                mail = _Storage(self._ole, [*inner._path, within], self._budget).mail(depth + 1)
                found.append(Attachment(mail.subject or name or "message", mail))
                continue
            data = inner._stream(f"__substg1.0_{_DATA}0102")
            if data and not (inner._text(_CONTENT_ID, page) and _is_picture(data)):
                found.append(Attachment(name or "attachment", data))
        return found

    def _folders(self, start: str) -> list[str]:
        depth = len(self._path)
        held = self._ole.listdir(streams=False, storages=True)
        return sorted(
            path[depth]
            for path in held
            if len(path) == depth + 1 and path[:depth] == self._path and path[-1].startswith(start)
        )

    def _text(self, identity: str, page: int) -> str:
        wide = self._stream(f"__substg1.0_{identity}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._stream(f"__substg1.0_{identity}001E")
        declared = f"windows-{page}" if 1250 <= page <= 1258 else None
        return decoded(narrow, declared)[0].rstrip("\0")

    def _numbers(self, header: int) -> dict[tuple[int, int], int]:
        """The properties that hold a number, by identity and type; the first word of 8 bytes."""
        stream = self._stream("__properties_version1.0")[header:]
        numbers: dict[tuple[int, int], int] = {}
        for kind, identity, _, value in struct.iter_unpack(
            "<HHIq", stream[: len(stream) // 16 * 16]
        ):
            numbers[identity, kind] = value
        return numbers

    def _stream(self, name: str) -> bytes:
        path = [*self._path, name]
        if self._ole.get_type(path) != olefile.STGTY_STREAM:
            return b""
        self._budget.spend(self._ole.get_size(path))
        with self._ole.openstream(path) as stream:
            return bytes(stream.read())


def _is_picture(data: bytes) -> bool:
    return data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"))


def _day(ticks: int | None) -> datetime.date | None:
    """The day of a Windows time: tenths of microseconds since 1601."""
    if not ticks:
        return None
    try:
        return (datetime.datetime(1601, 1, 1) + datetime.timedelta(microseconds=ticks // 10)).date()
    except OverflowError:
        return None
