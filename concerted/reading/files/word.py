"""Word files (.docx) to HTML, after the zip and its XML have been found harmless."""

import io
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import mammoth

from concerted.reading.files.changes import Changes, Markup
from concerted.reading.files.marks import read_markup
from concerted.reading.files.numbering import Numbering
from concerted.reading.files.package import Faults, parts_of
from concerted.reading.files.pictures import note_of_pictures
from concerted.reading.files.refusals import NotReadable
from concerted.reading.files.settling import settle

_READ = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:_rels/)?[^/]+\.(?:xml|rels)")
_UNREAD = re.compile(r"word/(?:_rels/)?(?:header|footer|settings|theme|fontTable)")
DAMAGED = (
    "This Word file is damaged and cannot be opened. Open it in Word, save it again as .docx and "
    "choose the new file."
)
BOMB = (
    "This Word file unpacks to far more than its size, as files made to do harm do, and was not "
    "opened. If it is yours, copy its text into a new document and choose that."
)
# Files saved as “Strict Open XML” name the same elements otherwise.
_STRICT = b'"http://purl.oclc.org/ooxml/wordprocessingml/main"'
_USUAL = b'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def html_of_word(data: bytes, changes: Changes = "accepted") -> tuple[str, Markup, str]:
    """The HTML of a .docx, all its changes accepted or none made; what is marked in it; and a
    sentence on its pictures.

    Raises NotReadable.
    """
    try:
        parts = parts_of_word(data, _is_needed)
        held = _named("document", parts)[:1] + _named("footnotes|endnotes", parts)
        trees = {name: _tree(parts[name]) for name in held}
        comments, extended = (
            next((_tree(parts.pop(name)) for name in _named(part, parts)), None)
            for part in ("comments", "commentsExtended")
        )
        markup = read_markup(list(trees.values()), comments, extended)
        # Without its numbering the converter makes no lists of its own, which would restart at 1
        # after every paragraph between two numbers.
        numbers = parts.pop("word/numbering.xml", None)
        pictures = note_of_pictures(trees[held[0]]) if held else ""
        numbering = Numbering(_tree_or_none(numbers), _tree_or_none(parts.get("word/styles.xml")))
        for name, tree in trees.items():
            settle(tree, changes)
            if name == held[0]:
                numbering.write_out(tree)
            parts[name] = ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)
        return _converted(_packed(parts)), markup, pictures
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # damage shows as any exception of zipfile, expat or mammoth
        raise NotReadable(DAMAGED) from error


def parts_of_word(data: bytes, needed: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts of a .docx whose names are needed, in the names of the usual namespaces."""
    found = parts_of(data, needed, Faults(DAMAGED, BOMB))
    return {name: part.replace(_STRICT, _USUAL) for name, part in found.items()}


def _named(part: str, parts: dict[str, bytes]) -> list[str]:
    return [name for name in parts if re.fullmatch(rf"word/(?:{part})\d*\.xml", name)]


def names_in_zip(data: bytes) -> list[str]:
    """The names of the parts of a zip; raises NotReadable when it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotReadable(DAMAGED) from error


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
