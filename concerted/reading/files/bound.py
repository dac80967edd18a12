"""A Word file that was made here and comes back: its paragraphs, and the marks that bind them.

What goes out bears bookmarks (ECMA-376 part 1, 17.13.6.2), which stay with their paragraph when its
words are changed. Of each paragraph both texts are kept: as it was before tracked changes, and with
them.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from concerted.reading.files.changes import LONGEST_AUTHOR, NOTHING_MARKED, Markup
from concerted.reading.files.marks import read_markup
from concerted.reading.files.numbering import Numbering, W
from concerted.reading.files.refusals import NotReadable
from concerted.reading.files.word import DAMAGED, parts_of_word

Element = ElementTree.Element

MAX_BLOCKS = 20_000
LONGEST_BLOCK = 100_000
MAX_MARKS = 20
MAX_AUTHORS = 10
NOT_WORD = "This is not a Word file (.docx). Save it as .docx in Word and choose that file."
_TOO_LONG = "This Word file is too long to be one that was made here. Choose another file."
_NEEDED = re.compile(
    r"word/(?:document|numbering|styles|comments|commentsExtended)\.xml|docProps/core\.xml"
    r"|\[Content_Types\]\.xml|(?:.*/)?_rels/[^/]*\.rels"
)
_PARSED = re.compile(r"word/.*\.xml|docProps/core\.xml|.*\.rels")
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_COMING = frozenset({W + "ins", W + "moveTo"})
_GOING = frozenset({W + "del", W + "moveFrom"})
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PROPERTIES = frozenset(W + name for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr"))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a row of a table by its `cells`.

    `marks` are the names of bookmarks that begin in it, or before it. `before` is what it said
    without the tracked changes, `after` with them, and `authors` made these; two paragraphs that a
    change joined or parted are one block with a line break.
    """

    before: str
    after: str
    style: str = ""
    marks: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    changed_on: datetime.date | None = None
    cells: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if max(len(self.before), len(self.after), *map(len, self.cells)) > LONGEST_BLOCK:
            raise NotReadable(_TOO_LONG)


@dataclass(frozen=True, slots=True)
class Bound:
    """A Word file as far as what was made here needs it.

    `identifier` is what its properties say that it is; `foreign` that it holds macros, or loads
    something from elsewhere when it is opened.
    """

    blocks: tuple[Block, ...]
    identifier: str = ""
    foreign: bool = False
    markup: Markup = NOTHING_MARKED


def read_bound(data: bytes) -> Bound:
    """Raises NotReadable."""
    if not data.startswith(b"PK\x03\x04"):
        raise NotReadable(NOT_WORD)
    try:
        parts = parts_of_word(data, lambda name: bool(_NEEDED.fullmatch(name)))
        if "word/document.xml" not in parts:
            raise NotReadable(NOT_WORD)
        trees = {
            name: ElementTree.fromstring(part)  # noqa: S314 - parts_of looked at it first
            for name, part in parts.items()
            if _PARSED.fullmatch(name)
        }
        document = trees["word/document.xml"]
        markup = read_markup(
            [document], trees.get("word/comments.xml"), trees.get("word/commentsExtended.xml")
        )
        numbering = Numbering(trees.get("word/numbering.xml"), trees.get("word/styles.xml"))
        numbering.write_out(document)
        blocks = list(_blocks(document))
        if len(blocks) > MAX_BLOCKS:
            raise NotReadable(_TOO_LONG)
        return Bound(
            tuple(blocks),
            _identifier(trees.get("docProps/core.xml")),
            _foreign(parts, trees),
            markup,
        )
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # damage shows as any exception of zipfile or expat
        raise NotReadable(DAMAGED) from error


def _identifier(core: Element | None) -> str:
    said = "" if core is None else core.findtext(_IDENTIFIER) or ""
    return said if said.isalnum() and said.isascii() and len(said) <= 40 else ""


def _foreign(parts: dict[str, bytes], trees: dict[str, Element]) -> bool:
    if re.search(rb"macroEnabled|vbaProject|oleObject|activeX", parts["[Content_Types].xml"]):
        return True
    relations = [tree for name, tree in trees.items() if name.endswith(".rels")]
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        for tree in relations
        for one in tree.iter(_RELATION)
    )


@dataclass(slots=True)
class _Text:
    """The two texts of a paragraph while it is read."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    days: list[datetime.date] = field(default_factory=list)

    def say(self, words: str, came: bool, gone: bool) -> None:
        if not came:
            self.before.append(words)
        if not gone:
            self.after.append(words)

    def by(self, change: Element) -> None:
        author = "".join(
            sign for sign in change.get(W + "author", "")[:LONGEST_AUTHOR] if sign.isprintable()
        ).strip()
        if author and author not in self.authors and len(self.authors) < MAX_AUTHORS:
            self.authors.append(author)
        try:
            self.days.append(datetime.datetime.fromisoformat(change.get(W + "date", "")).date())
        except ValueError:
            return


def _blocks(document: Element) -> Iterator[Block]:
    held = _Text()
    body = document.find(W + "body")
    for element in [] if body is None else list(_flat(body)):
        if element.tag == W + "bookmarkStart":
            _mark(element, held)
        elif element.tag == W + "tr":
            cells = tuple(_words_of(cell, held) for cell in _cells(element))
            taken_out = element.find(f"{W}trPr/{W}del") is not None
            yield _made(held, cells=() if taken_out else cells)
            held = _Text()
        elif element.tag == W + "p":
            _read(element, held, False, False)
            mark = element.find(f"{W}pPr/{W}rPr")
            came = mark is not None and any(one.tag in _COMING for one in mark)
            gone = mark is not None and any(one.tag in _GOING for one in mark)
            if mark is not None and (came or gone):
                for one in mark:
                    if one.tag in _COMING | _GOING:
                        held.by(one)
                held.say("\n", came, gone)
                if not (came and gone):
                    continue  # its text goes on in the next paragraph, before or after
            style = element.find(f"{W}pPr/{W}pStyle")
            yield _made(held, "" if style is None else style.get(W + "val", "")[:100])
            held = _Text()
    if held.before or held.after:
        yield _made(held)


def _flat(body: Element) -> Iterator[Element]:
    """Paragraphs, rows and bookmarks in order, wherever a program wrapped them."""
    for element in body:
        if element.tag in (W + "p", W + "tr", W + "bookmarkStart"):
            yield element
        elif element.tag != _CHOICE:
            yield from _flat(element)


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row, not those of a table inside one of them."""
    for element in row:
        if element.tag == W + "tc":
            yield element
        elif element.tag not in _PROPERTIES | {_CHOICE}:
            yield from _cells(element)


def _read(element: Element, held: _Text, came: bool, gone: bool) -> None:
    for child in element:
        if child.tag in _PROPERTIES or child.tag == _CHOICE:
            continue
        if child.tag == W + "bookmarkStart":
            _mark(child, held)
        elif child.tag in (W + "t", W + "delText"):
            held.say(child.text or "", came, gone)
        elif child.tag in _SIGNS:
            held.say(_SIGNS[child.tag], came, gone)
        else:
            changed = child.tag in _COMING | _GOING
            if changed:
                held.by(child)
            _read(child, held, came or child.tag in _COMING, gone or child.tag in _GOING)


def _words_of(cell: Element, held: _Text) -> str:
    inner = _Text()
    for paragraph in cell.iter(W + "p"):
        _read(paragraph, inner, False, False)
        inner.say("\n", False, False)
    held.marks += inner.marks
    return _clean("".join(inner.after))


def _mark(element: Element, held: _Text) -> None:
    name = element.get(W + "name", "")
    if name.isascii() and re.fullmatch(r"\w{1,40}", name) and len(held.marks) < MAX_MARKS:
        held.marks.append(name)


def _made(held: _Text, style: str = "", cells: tuple[str, ...] = ()) -> Block:
    style = "".join(sign for sign in style if sign.isprintable())
    return Block(
        _clean("".join(held.before)),
        _clean("".join(held.after)),
        style,
        tuple(held.marks),
        tuple(held.authors),
        max(held.days) if held.days else None,
        cells,
    )


def _clean(words: str) -> str:
    """Plain blanks and line breaks, without signs that show nothing or turn the line round."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in words.split("\n"))
    return "\n".join("".join(sign for sign in line if sign.isprintable()) for line in lines).strip(
        "\n"
    )
