"""What a file is, by its content, and its text."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from concerted.reading.files.changes import NOTHING_MARKED, Change, Changes, Comment, Markup
from concerted.reading.files.characters import decoded, is_binary, without_controls
from concerted.reading.files.page import text_of_page
from concerted.reading.files.pdf import text_of_pdf
from concerted.reading.files.refusals import (
    WHAT_WORKS,
    NotReadable,
    refuse_length,
    refuse_size,
)
from concerted.reading.files.word import html_of_word, names_in_zip

Format = Literal["txt", "html", "docx", "pdf"]


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, what the file really was, and notes a person should see beside it."""

    text: str
    format: Format
    notes: tuple[str, ...] = ()
    markup: Markup = NOTHING_MARKED

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
    (b"{\\rtf", "a rich text file (.rtf)"),
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
    ("__substg1.0_", "an e-mail saved from Outlook (.msg)"),
    ("WordDocument", "an old Word file (.doc)"),
    ("Workbook", "a spreadsheet"),
    ("PowerPoint Document", "a presentation"),
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
    refuse_size(len(data))
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise NotReadable(_EMPTY)
    if data.startswith(b"PK\x03\x04"):
        _refuse_other_zips(data)
        html, markup = html_of_word(data, changes)
        return replace(_finished(text_of_page(html), "docx", [], name), markup=markup)
    if b"%PDF-" in data[:1024]:
        text, notes = text_of_pdf(data)
        return _finished(text, "pdf", notes, name)
    _refuse_other_kinds(data)
    text, notes = decoded(data, _declared(data))
    if is_binary(text):
        raise NotReadable(
            f"“{_shown(name)}” is not text inside, whatever its name says. {WHAT_WORKS}: open the "
            "file in the program it was made with and save it as one of them."
        )
    if _HTML.match(text.removeprefix("\ufeff")):
        return _finished(text_of_page(text), "html", notes, name)
    return _finished(text, "txt", notes, name)


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
    }
    kinds = {"txt": "plain text", "html": "a web page", "docx": "a Word file", "pdf": "a PDF"}
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if not ending or ending in endings[found].split():
        return []
    return [f"The file’s name ends in .{_shown(ending)}, but it is {kinds[found]}; so it was read."]


def _refuse_other_zips(data: bytes) -> None:
    names = names_in_zip(data)
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return
    if any(name.startswith("xl/") for name in names):
        raise _refusal("a spreadsheet")
    if any(name.startswith("ppt/") for name in names):
        raise _refusal("a presentation")
    if "mimetype" in names:
        raise _refusal("an OpenDocument file (.odt)")
    raise _refusal("a packed file (.zip)")


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
    if start.startswith(_OLD_OFFICE):
        for inside, kind in _INSIDE_OLD_OFFICE:
            if inside.encode("utf-16-le") in data:
                raise _refusal(kind)
        raise _refusal("an old Office file")
    if re.search(rb"(?im)^content-type:\s*multipart/", start) and b"MIME-Version:" in start:
        raise _refusal("an e-mail or a web archive (.eml, .mht)")
    if b"<?mso-application" in start or (start.startswith(b"<?xml") and b"<w:wordDocument" in data):
        raise _refusal("a Word file of an old kind (.xml)")


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
