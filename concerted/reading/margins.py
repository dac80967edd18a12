"""The marking that a file prints on its pages: in headers and footers, on its cover, in a field.

What stands in the middle of the text is its words, and never counts.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from xml.etree import ElementTree

from concerted.reading.files.package import Faults, parts_of
from concerted.reading.lines import split
from concerted.reading.reports import markings

MOST = 400  # lines of margins that are looked at
COVER, LAST, FIELDS = 12, 3, 60  # lines of a text: its cover, its end, where fields stand
_WORD = re.compile(r"word/(?:header|footer)\d*\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_VML = "{urn:schemas-microsoft-com:vml}textpath"  # a watermark's words
_RTF = re.compile(rb"\{\\(?:header|footer)[lrf]?\b", re.IGNORECASE)
_RTF_SIGN = re.compile(rb"\\[a-z]+-?\d* ?|\\'[0-9a-f]{2}|\\[^a-z]", re.IGNORECASE)
_FAULTS = Faults("damaged", "bomb")


def printed_marking(text: str, margins: Sequence[str] = ()) -> str:
    """The marking that asks for most care, of those at the head or foot of pages or in a field."""
    lines = split(text)
    fields = [line for line in lines[COVER:FIELDS] if markings.is_labelled(line)]
    looked_at = [*lines[:COVER], *fields, *lines[max(COVER, len(lines) - LAST) :]]
    for margin in margins:
        looked_at += split(margin)
    found = markings.strongest(looked_at)
    return str(found.value)[:120] if found else ""


def margins_of(data: bytes) -> list[str]:
    """The texts of a file's headers and footers; none where it cannot be opened.

    Those of a PDF stand in its text, where they are markings (`files.pdf.running`).
    """
    try:
        if data.startswith(b"PK\x03\x04"):
            return list(islice(_of_package(data), MOST))
        if data[:1024].lstrip().startswith(b"{\\rtf"):
            return list(islice(_of_rich_text(data), MOST))
    except MemoryError:
        raise
    except Exception:  # damage shows as any exception; the reader of its text says so
        return []
    return []


def _of_package(data: bytes) -> Iterator[str]:
    for name, part in parts_of(data, _is_margin, _FAULTS).items():
        tree = ElementTree.fromstring(part)  # noqa: S314 - parts_of looked at it first
        if name == "styles.xml":
            for which in ("header", "footer", "header-left", "footer-left", "header-first"):
                for margin in tree.iter(_STYLE + which):
                    yield from _paragraphs(margin, _TEXT + "p")
        else:
            yield from _paragraphs(tree, _W + "p")
            yield from _paragraphs(tree, _STRICT + "p")
            yield from (one.get("string", "") for one in tree.iter(_VML))


def _is_margin(name: str) -> bool:
    return name == "styles.xml" or _WORD.fullmatch(name) is not None


def _paragraphs(tree: ElementTree.Element, tag: str) -> Iterator[str]:
    for paragraph in tree.iter(tag):
        if text := "".join(paragraph.itertext()).strip():
            yield text[:400]


def _of_rich_text(data: bytes) -> Iterator[str]:
    for opening in _RTF.finditer(data):
        depth, at = 1, opening.end()
        while depth and at < len(data):
            depth += (data[at : at + 1] == b"{") - (data[at : at + 1] == b"}")
            at += 1
        inside = data[opening.end() : at - 1].replace(b"\\par", b"\n\\par")
        plain = _RTF_SIGN.sub(b"", inside).replace(b"{", b"").replace(b"}", b"")
        yield plain.decode("latin-1")[:400]
