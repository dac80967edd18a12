"""OpenDocument text (.odt) to HTML, after its zip and its XML have been found harmless.

A walk of our own over the XML, with the standard library: the libraries for it need lxml, open
files by themselves and give no text as a reader of the page sees it.
"""

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from concerted.reading.files.numbering import Scheme
from concerted.reading.files.odf_numbering import STYLE, TEXT, Lists, restart, whole
from concerted.reading.files.package import Faults, parts_of
from concerted.reading.files.refusals import NotReadable

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
MOST_BLANKS = 200  # of one text:s: wider columns than any page has

_DAMAGED = (
    "This OpenDocument file is damaged and cannot be opened. Open it in the program it was made "
    "with, save it again and choose the new file."
)
_BOMB = (
    "This OpenDocument file unpacks to far more than its size, as files made to do harm do, and "
    "was not opened. If it is yours, copy its text into a new document and choose that."
)
_LOCKED = (
    "This OpenDocument file is protected by a password. Open it in the program it was made with, "
    "save it without the password and choose that file."
)
_CHANGES = (
    "This file has tracked changes. They were read as if accepted: insertions are in, deletions "
    "are out."
)
_COMMENTS = "This file has comments in its margin. They were left out."
_HIDDEN = "This file has hidden text. It was left out."
_CONTENTS = "This file’s table of contents was left out."

_NEEDED = frozenset({"content.xml", "styles.xml", "META-INF/manifest.xml"})
_BLANKS = re.compile(r"[ \t\r\n]+")
_INDEXES = frozenset(
    TEXT + name
    for name in (
        *("table-of-content", "alphabetical-index", "illustration-index", "table-index"),
        *("object-index", "user-index", "bibliography"),
    )
)
_LEFT_OUT = frozenset(
    {OFFICE + "forms", OFFICE + "annotation-end", TEXT + "hidden-text", TEXT + "script"}
    | {TEXT + "ruby-text", DRAW + "object", DRAW + "image", TEXT + "notes-configuration"}
)
_BOXES = frozenset(
    DRAW + name
    for name in ("frame", "text-box", "g", "custom-shape", "rect", "ellipse", "polygon", "a")
)
_ROWS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))


def html_of_odt(data: bytes) -> tuple[str, list[str]]:
    """The HTML of an .odt and notes on what was left out; raises NotReadable."""
    try:
        parts = parts_of(data, _NEEDED.__contains__, Faults(_DAMAGED, _BOMB))
        if re.search(
            rb"<(?:[\w-]+:)?encryption-data[\s/>]", parts.get("META-INF/manifest.xml", b"")
        ):
            raise NotReadable(_LOCKED)
        content = _tree(parts["content.xml"])
        styles = [_tree(parts["styles.xml"])] if "styles.xml" in parts else []
        text = content.find(f"{OFFICE}body/{OFFICE}text")
        if text is None:
            raise NotReadable(_DAMAGED)
        walk = _Walk(content, styles)
        walk.blocks(text)
        return walk.html(), walk.notes
    except (NotReadable, MemoryError):
        raise
    except RuntimeError as error:  # zipfile’s word for a part under a password
        raise NotReadable(_LOCKED if "password" in str(error) else _DAMAGED) from error
    except Exception as error:  # damage shows as any exception of zipfile or expat
        raise NotReadable(_DAMAGED) from error


def _tree(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314 - parts_of looked at it first


class _Walk:
    """The text of a document in its order, as HTML."""

    def __init__(self, content: ElementTree.Element, styles: list[ElementTree.Element]) -> None:
        self.notes: list[str] = []
        self._lists = Lists([content, *styles])
        self._hidden = _hidden_styles([content, *styles])
        self._html: list[str] = []
        self._footnotes: list[str] = []
        self._boxes: list[ElementTree.Element] = []

    def html(self) -> str:
        """All that was walked, with the footnotes at its end."""
        return "".join([*self._html, *self._footnotes])

    def blocks(self, parent: ElementTree.Element) -> None:
        """Walk the paragraphs, lists and tables of a part of the text."""
        for element in parent:
            self._block(element)

    def _block(
        self, element: ElementTree.Element, scheme: Scheme | None = None, level: int = 0
    ) -> None:
        tag = element.tag
        if tag in (TEXT + "p", TEXT + "h"):
            heading = tag == TEXT + "h" and scheme is None
            self._paragraph(element, self._lists.heading(element) if heading else "")
        elif tag == TEXT + "list":
            self._list(element, scheme, level)
        elif tag == TEXT + "numbered-paragraph":
            self._numbered_paragraph(element)
        elif tag == TABLE + "table":
            self._table(element)
        elif tag == TEXT + "tracked-changes":
            if len(element):
                self._note(_CHANGES)
        elif tag in _INDEXES:
            self._note(_CONTENTS)
        elif tag == TEXT + "section" and element.get(TEXT + "display") == "none":
            self._note(_HIDDEN)
        elif tag == OFFICE + "annotation":
            self._note(_COMMENTS)
        elif tag not in _LEFT_OUT:
            self.blocks(element)

    def _list(self, element: ElementTree.Element, around: Scheme | None, level: int) -> None:
        scheme = self._lists.begun(element, around)
        if around is not None and element.get(TEXT + "continue-numbering") == "false":
            scheme.counts.pop(level, None)
        for item in element:
            numbered = item.tag == TEXT + "list-item"
            restart(scheme, level, item)
            for block in item:
                if block.tag in (TEXT + "p", TEXT + "h"):
                    self._paragraph(block, scheme.next(level) if numbered else "")
                    numbered = False
                else:
                    self._block(block, scheme, level + 1)

    def _numbered_paragraph(self, element: ElementTree.Element) -> None:
        scheme = self._lists.begun(element, None)
        level = whole(element.get(TEXT + "level"), 1) - 1
        restart(scheme, level, element)
        for block in element:
            self._paragraph(block, scheme.next(level))

    def _table(self, table: ElementTree.Element) -> None:
        self._html.append("<table>")
        for row in _rows(table):
            self._html.append("<tr>")
            for cell in row.findall(TABLE + "table-cell"):
                self._html.append("<td>")
                self.blocks(cell)
                self._html.append("</td>")
            self._html.append("</tr>")
        self._html.append("</table>")

    def _paragraph(self, element: ElementTree.Element, number: str) -> None:
        words: list[str] = []
        self._inline(element, words)
        # What the XML breaks into lines is one; text:s, here \0, stands for blanks that are meant.
        text = re.sub(" {2,}", " ", "".join(words)).replace("\0", " ")
        if number and text.strip():
            text = f"{number} {text.lstrip()}"
        self._html.append(_paragraph_of(text))
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _inline(self, element: ElementTree.Element, words: list[str]) -> None:
        if element.get(TEXT + "style-name") in self._hidden:
            self._note(_HIDDEN)
            return
        words.append(_BLANKS.sub(" ", element.text or ""))
        for child in element:
            self._inline_child(child, words)
            words.append(_BLANKS.sub(" ", child.tail or ""))

    def _inline_child(self, child: ElementTree.Element, words: list[str]) -> None:
        tag = child.tag
        if tag == TEXT + "s":
            words.append("\0" * min(whole(child.get(TEXT + "c"), 1), MOST_BLANKS))
        elif tag == TEXT + "tab":
            words.append("\t")
        elif tag == TEXT + "line-break":
            words.append("\n")
        elif tag == TEXT + "note":
            self._footnote(child, words)
        elif tag == OFFICE + "annotation":
            self._note(_COMMENTS)
        elif tag in _BOXES:
            self._boxes.append(child)
        elif tag not in _LEFT_OUT:
            self._inline(child, words)

    def _footnote(self, note: ElementTree.Element, words: list[str]) -> None:
        mark = f"[{(note.findtext(TEXT + 'note-citation') or '*').strip()}]"
        words.append(mark)
        body = note.find(TEXT + "note-body")
        if body is None:
            return
        text, boxes, self._html, self._boxes = self._html, self._boxes, [], []
        self.blocks(body)
        html = "".join(self._html)
        self._footnotes.append(
            re.sub("^<(?:p|pre)>", lambda opened: f"{opened[0]}{escape(mark)} ", html)
        )
        self._html, self._boxes = text, boxes

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def _paragraph_of(text: str) -> str:
    """A paragraph as HTML; one whose columns are made by blanks or tabs keeps them."""
    tag = "pre" if "\t" in text or "  " in text.strip() else "p"
    lines = "<br>".join(escape(line) for line in text.split("\n"))
    return f"<{tag}>{lines}</{tag}>"


def _rows(table: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for element in table:
        if element.tag == TABLE + "table-row":
            yield element
        elif element.tag in _ROWS:
            yield from _rows(element)


def _hidden_styles(trees: list[ElementTree.Element]) -> frozenset[str]:
    return frozenset(
        style.get(STYLE + "name", "")
        for tree in trees
        for style in tree.iter(STYLE + "style")
        if any(
            properties.get(TEXT + "display") == "none"
            for properties in style.findall(STYLE + "text-properties")
        )
    )
