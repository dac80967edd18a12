"""What a file is, by its content, and its text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from concerted.reading.files.changes import NOTHING_MARKED, Change, Changes, Comment, Markup
from concerted.reading.files.characters import decoded, is_binary, without_controls
from concerted.reading.files.mail import is_mail, mail_of, text_of_mail
from concerted.reading.files.odt import html_of_odt
from concerted.reading.files.outlook import mail_of_outlook
from concerted.reading.files.page import text_of_page
from concerted.reading.files.pdf import text_of_pdf
from concerted.reading.files.refusals import (
    WHAT_WORKS,
    NotReadable,
    refuse_length,
    refuse_size,
)
from concerted.reading.files.rtf import html_of_rtf
from concerted.reading.files.word import html_of_word, names_in_zip

Format = Literal["txt", "html", "docx", "doc", "odt", "rtf", "pdf", "eml", "msg"]


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, what the file really was, and notes a person should see beside it;
    what is marked in it, and a sentence on the pictures that its words do not show."""

    text: str
    format: Format
    notes: tuple[str, ...] = ()
    markup: Markup = NOTHING_MARKED
    pictures: str = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.markup.changes

    @property
    def comments(self) -> tuple[Comment, ...]:
        return self.markup.comments


_EMPTY = "This file is empty. Choose another file, or paste the text of the minutes."
_NO_TEXT = (
    "This file holds no text, perhaps only pictures of pages. Choose a file with text in it, or "
    "type the minutes in."
)
_STARTS = (
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"ID3", "a recording"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!\x1a", "a packed file"),
)
_PHOTOGRAPHS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE_OLD_OFFICE = (
    ("EncryptedPackage", "protected by a password"),
    ("Workbook", "a spreadsheet"),
    ("PowerPoint Document", "a presentation"),
)
# The class of the root folder; a file inside another one cannot be taken for it.
_CLASSES: dict[bytes, Format] = {
    bytes.fromhex("0609020000000000c000000000000046"): "doc",  # Word 97 and later
    bytes.fromhex("0009020000000000c000000000000046"): "doc",  # Word 6 and 95
    bytes.fromhex("0b0d020000000000c000000000000046"): "msg",
}
_OLD_WORD = (
    "This file is an old Word file (.doc), and this server has no LibreOffice to open it with. "
    "Open it in Word, save it as .docx and choose that file."
)
_OPEN_DOCUMENT = (
    ("a spreadsheet", b"application/vnd.oasis.opendocument.spreadsheet"),
    ("a presentation", b"application/vnd.oasis.opendocument.presentation"),
    ("a drawing", b"application/vnd.oasis.opendocument.graphics"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--(?:(?!-->).){0,5000}-->\s*){0,20}"
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|base|link|style|script|article|section|main|"
    r"header|div|span|font|center|table|p|h[1-6]|ul|ol|b|i|strong|em|br|hr)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
# What a page may name where the usual guess (UTF-8, then Windows) would be wrong.
CHARSETS = frozenset(
    {"macintosh", "koi8-r", "koi8-u"}
    | {f"iso-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)}
    | {f"windows-125{page}" for page in (0, 1, 3, 4, 5, 6, 7, 8)}
)


def text_of(data: bytes, name: str, *, changes: Changes = "accepted") -> FileText:
    """The text of a file, told by its content; `name` serves only the sentences.

    `changes` says which text of a Word file with tracked changes is wanted: "accepted", as if all
    were accepted, or "original", as if none were made.
    Raises NotReadable with a sentence for its owner when the file is empty, too big, damaged,
    hostile or of a kind that is not read.
    """
    found = kind_of(data, name)
    if found == "docx":
        html, markup, pictures = html_of_word(data, changes)
        file = _finished(text_of_page(html), found, [], name)
        return replace(file, markup=markup, pictures=pictures)
    text, notes = _READERS[found](data)
    return _finished(text, found, notes, name)


def kind_of(data: bytes, name: str) -> Format:
    """What a file is, told by its content; raises NotReadable for what is not read."""
    refuse_size(len(data))
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise NotReadable(_EMPTY)
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if data.startswith(_OLD_OFFICE):
        return _kind_of_old_office(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse_other_kinds(data)
    if data[:1024].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if is_mail(data):
        return "eml"
    text, _ = decoded(data, _declared(data))
    if is_binary(text):
        raise NotReadable(
            f"“{_shown(name)}” is not text inside, whatever its name says. {WHAT_WORKS}: open the "
            "file in the program it was made with and save it as one of them."
        )
    return "html" if _HTML.match(text.removeprefix("\ufeff")) else "txt"


def is_old_word(data: bytes) -> bool:
    """Whether a file is a .doc, which has to be turned into a .docx before it can be read."""
    return data.startswith(_OLD_OFFICE) and _class_of(data) == "doc"


def _plain(data: bytes) -> tuple[str, list[str]]:
    return decoded(data, _declared(data))


def _page(data: bytes) -> tuple[str, list[str]]:
    text, notes = _plain(data)
    return text_of_page(text), notes


def _old_word(data: bytes) -> tuple[str, list[str]]:
    raise NotReadable(_OLD_WORD)


def _open_document(data: bytes) -> tuple[str, list[str]]:
    html, notes = html_of_odt(data)
    return text_of_page(html), notes


def _rich_text(data: bytes) -> tuple[str, list[str]]:
    html, notes = html_of_rtf(data)
    return text_of_page(html), notes


_READERS: dict[Format, Callable[[bytes], tuple[str, list[str]]]] = {
    "txt": _plain,
    "html": _page,
    "doc": _old_word,
    "odt": _open_document,
    "rtf": _rich_text,
    "pdf": text_of_pdf,
    "eml": lambda data: text_of_mail(mail_of(data)),
    "msg": lambda data: text_of_mail(mail_of_outlook(data)),
}


def _finished(text: str, found: Format, notes: list[str], name: str) -> FileText:
    text, removed = without_controls(text.removeprefix("\ufeff"))
    if not text.strip():
        raise NotReadable(_NO_TEXT)
    refuse_length(len(text))
    return FileText(text, found, (*_misnamed(found, name), *notes, *removed))


def _misnamed(found: Format, name: str) -> list[str]:
    endings = {
        "txt": "txt text md",
        "html": "html htm xhtml",
        "docx": "docx docm dotx",
        "pdf": "pdf",
        "doc": "doc dot",
        "odt": "odt ott",
        "rtf": "rtf doc",  # Word opens rich text under its own ending
        "eml": "eml mht mhtml",
        "msg": "msg oft",
    }
    kinds = {
        "txt": "plain text",
        "html": "a web page",
        "docx": "a Word file",
        "doc": "an old Word file",
        "odt": "an OpenDocument file",
        "rtf": "rich text",
        "pdf": "a PDF",
        "eml": "an e-mail",
        "msg": "an e-mail saved from Outlook",
    }
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if not ending or ending in endings[found].split():
        return []
    return [f"The file’s name ends in .{_shown(ending)}, but it is {kinds[found]}; so it was read."]


def _kind_of_zip(data: bytes) -> Format:
    names = names_in_zip(data)
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise _refusal("a spreadsheet")
    if any(name.startswith("ppt/") for name in names):
        raise _refusal("a presentation")
    if "mimetype" in names and "content.xml" in names:
        for kind, mark in _OPEN_DOCUMENT:
            if mark in data[:200]:  # the first part, never packed
                raise _refusal(kind)
        return "odt"
    raise _refusal("a packed file (.zip)")


def _kind_of_old_office(data: bytes) -> Format:
    found = _class_of(data)
    if found is not None:
        return found
    for inside, kind in _INSIDE_OLD_OFFICE:
        if inside.encode("utf-16-le") in data:
            raise _refusal(kind)
    raise _refusal("an old Office file")


def _class_of(data: bytes) -> Format | None:
    """What an OLE file says it is, else what the names of its streams say."""
    root = (int.from_bytes(data[48:52], "little") + 1) << min(data[30], 16) if len(data) > 52 else 0
    said = data[root + 80 : root + 96]
    if any(said):
        return _CLASSES.get(said)
    if "__substg1.0_".encode("utf-16-le") in data:
        return "msg"
    return "doc" if "WordDocument".encode("utf-16-le") in data else None


def _refuse_other_kinds(data: bytes) -> None:
    start = data[:1024].lstrip()
    for mark, kind in _STARTS:
        if start.startswith(mark):
            raise _refusal(kind)
    if start[8:12] == b"WEBP" or start[4:12] in (
        b"ftypheic",
        b"ftypheix",
        b"ftypmif1",
        b"ftypavif",
    ):
        raise _refusal("a picture")
    if b"<?mso-application" in start or (start.startswith(b"<?xml") and b"<w:wordDocument" in data):
        raise _refusal("a Word file of an old kind (.xml)")
    if start.startswith(b"<?xml") and b"<office:document" in start:
        raise _refusal("an OpenDocument file of one piece (.fodt)")


def _refusal(kind: str) -> NotReadable:
    return NotReadable(
        f"This file is {kind}. {WHAT_WORKS}: open it in the program it was made with, save it as "
        "one of them and choose that file."
    )


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    return name if name in CHARSETS else None


def _shown(name: str) -> str:
    """A file’s name as it may stand in a sentence."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:80] or "This file"
