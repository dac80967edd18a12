"""Word files (.docx) to HTML, after the zip and its XML have been found harmless."""

import io
import re
import zipfile
from xml.etree import ElementTree

import mammoth

from concerted.reading.files.numbering import Numbering, W
from concerted.reading.files.package import Faults, parts_of
from concerted.reading.files.refusals import NotReadable

_READ = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:_rels/)?[^/]+\.(?:xml|rels)")
_UNREAD = re.compile(r"word/(?:_rels/)?(?:header|footer|settings|theme|fontTable)")
_DAMAGED = (
    "This Word file is damaged and cannot be opened. Open it in Word, save it again as .docx and "
    "choose the new file."
)
_BOMB = (
    "This Word file unpacks to far more than its size, as files made to do harm do, and was not "
    "opened. If it is yours, copy its text into a new document and choose that."
)
_CHANGES = (
    "This file has tracked changes. They were read as if accepted: insertions are in, deletions "
    "are out."
)
_COMMENTS = "This file has comments in its margin. They were left out."


def html_of_word(data: bytes) -> tuple[str, list[str]]:
    """The HTML of a .docx and notes on what was left out; raises NotReadable."""
    try:
        parts = parts_of(data, _is_needed, Faults(_DAMAGED, _BOMB))
        document = next(name for name in parts if re.fullmatch(r"word/document\d*\.xml", name))
        tree = _tree(parts[document])
        # Without its numbering the converter makes no lists of its own, which would restart at 1
        # after every paragraph between two numbers.
        numbers = parts.pop("word/numbering.xml", None)
        Numbering(_tree_or_none(numbers), _tree_or_none(parts.get("word/styles.xml"))).write_out(
            tree
        )
        parts[document] = ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)
        return _converted(_packed(parts)), _notes(tree, parts)
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # damage shows as any exception of zipfile, expat or mammoth
        raise NotReadable(_DAMAGED) from error


def names_in_zip(data: bytes) -> list[str]:
    """The names of the parts of a zip; raises NotReadable when it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotReadable(_DAMAGED) from error


def _is_needed(part: str) -> bool:
    return _READ.fullmatch(part) is not None and not _UNREAD.match(part)


def _tree(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314 - parts_of looked at it first


def _tree_or_none(xml: bytes | None) -> ElementTree.Element | None:
    return None if xml is None else _tree(xml)


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    """A zip of the needed parts only: pictures and numbering never reach the converter."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    packed.seek(0)
    return packed


def _converted(packed: io.BytesIO) -> str:
    result = mammoth.convert_to_html(packed, convert_image=lambda image: [])
    return str(result.value)


def _notes(tree: ElementTree.Element, parts: dict[str, bytes]) -> list[str]:
    notes: list[str] = []
    changes = (W + "ins", W + "del", W + "moveFrom", W + "moveTo")
    if any(element.tag in changes for element in tree.iter()):
        notes.append(_CHANGES)
    if re.search(rb"<(?:\w+:)?comment[\s>]", parts.get("word/comments.xml", b"")):
        notes.append(_COMMENTS)
    return notes
