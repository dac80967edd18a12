"""HTML to text in reading order: paragraphs, lists with their numbers, tables row by row."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "iframe", "object"}
    | {"svg", "math", "textarea", "select", "audio", "video", "canvas"}
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"})
_LINES = frozenset(
    {"div", "section", "article", "header", "footer", "main", "nav", "aside", "address"}
    | {"ul", "ol", "dl", "dt", "dd", "figure", "figcaption", "form", "fieldset", "legend"}
    | {"details", "summary", "body", "html", "center", "caption", "tbody", "thead", "tfoot"}
)
_BLANKS = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class _Flow:
    """Lines being written: of the page, or of one cell."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    marker: str = ""
    verbatim: bool = False

    def add(self, text: str) -> None:
        if self.marker and text.strip():
            self.words.append(self.marker)
            self.marker = ""
        if text.strip() or self.words:
            self.words.append(text)

    def end_line(self) -> None:
        line = "".join(self.words)
        if not self.verbatim:
            line = _BLANKS.sub(" ", line)
        line = line.strip(" \t\n\r\f")
        self.words.clear()
        self.verbatim = False
        if line:
            self.lines.append(line)

    def end_paragraph(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1] and not self.marker:
            self.lines.append("")

    def closed(self) -> list[str]:
        self.end_line()
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return self.lines


@dataclass(slots=True)
class _Table:
    row: list[list[str]] = field(default_factory=list)
    cell: _Flow | None = None


@dataclass(slots=True)
class _List:
    """A list and the number its next item has; no style for bullets."""

    style: str | None
    number: int = 1


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = _Flow()
        self.tables: list[_Table] = []
        self.lists: list[_List] = []
        self.dropping: list[str] = []
        self.verbatim = 0

    @property
    def flow(self) -> _Flow:
        """Where text goes now: the innermost open cell, else the page."""
        for table in reversed(self.tables):
            if table.cell is not None:
                return table.cell
        return self.page

    def handle_data(self, data: str) -> None:
        if self.dropping:
            return
        if self.verbatim:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self.flow.end_line()
                self.flow.add(line)
                self.flow.verbatim = True  # columns in it are kept apart by blanks
        else:
            self.flow.add(_BLANKS.sub(" ", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body" and self.dropping == ["head"]:
            self.dropping.clear()  # pages that never close their head
        if tag in _DROPPED:
            self.dropping.append(tag)
        if self.dropping:
            return
        if tag in _PARAGRAPHS:
            self.flow.end_paragraph()
            self.verbatim += tag == "pre"
        elif tag in _LINES or tag == "br":
            self.flow.end_line()
        if tag in ("ul", "ol"):
            self.lists.append(_list(tag, dict(attrs)))
        elif tag == "li":
            self._item(dict(attrs))
        elif tag in ("table", "tr", "td", "th"):
            self._open_table_part(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.dropping:
            if tag in self.dropping:
                del self.dropping[self.dropping.index(tag) :]
            return
        if tag in _PARAGRAPHS:
            self.flow.end_paragraph()
            self.verbatim -= tag == "pre" and self.verbatim > 0
        elif tag in _LINES or tag == "li":
            self.flow.end_line()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            if not self.lists:
                self.flow.end_paragraph()
        elif tag in ("table", "tr", "td", "th") and self.tables:
            self._close_table_part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # In HTML only the void elements close themselves; “<script/>” opens a script.
        self.handle_starttag(tag, attrs)
        if tag in _DROPPED and self.dropping:
            self.dropping.pop()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # What Word’s pages hold (“<![if …]>”), and any other word there, for which the library
        # raises; a browser takes it for a comment.
        return self.parse_bogus_comment(i)

    def _item(self, attrs: dict[str, str | None]) -> None:
        self.flow.end_line()
        held = self.lists[-1] if self.lists else _List(None)
        if held.style is None:
            self.flow.marker = "• "
            return
        held.number = _integer(attrs.get("value"), held.number)
        self.flow.marker = f"{_numeral(held.number, held.style)}. "
        held.number += 1

    def _open_table_part(self, tag: str) -> None:
        if tag == "table":
            self.flow.end_line()
            self.tables.append(_Table())
        elif self.tables:
            self._close_table_part("td")
            if tag == "tr":
                self._close_table_part("tr")
            else:
                self.tables[-1].cell = _Flow()

    def _close_table_part(self, tag: str) -> None:
        table = self.tables[-1]
        if table.cell is not None:
            table.row.append(table.cell.closed())
            table.cell = None
        if tag in ("tr", "table"):
            self._write_row(table)
        if tag == "table":
            self.tables.pop()
            self.flow.end_paragraph()

    def _write_row(self, table: _Table) -> None:
        cells, table.row = table.row, []
        flow = self.flow  # around the table: its own cell is closed
        flow.end_line()
        if any(len(cell) > 1 for cell in cells):
            # A table that lays out a page (a number, then title, heading and paragraphs): one
            # line would glue them together.
            for cell in cells:
                flow.lines.extend(cell)
                flow.end_paragraph()
            return
        line = " | ".join("".join(cell) for cell in cells).rstrip(" |")
        if line.strip(" |"):
            flow.lines.append(line)


# A number beyond every character; the library fails at one of thousands of digits.
_NO_CHARACTER = re.compile(r"&#(?:[xX][0-9a-fA-F]{7,}|[0-9]{8,});?")


def text_of_page(source: str) -> str:
    """The text a reader of the page sees, without scripts and styles.

    Paragraphs are parted by an empty line; a table row is one line with `` | `` between its cells,
    unless a cell holds several lines.
    """
    page = _Page()
    page.feed(_NO_CHARACTER.sub("\ufffd", _without_comments(source)))
    page.close()
    while page.tables:
        page._close_table_part("table")
    return "\n".join(page.page.closed())


def _without_comments(source: str) -> str:
    """The page without comments; one that never ends costs the library quadratic time."""
    kept: list[str] = []
    at = 0
    while (start := source.find("<!--", at)) >= 0:
        end = source.find("-->", start + 4)
        if end < 0:
            return "".join(kept) + source[at:].replace("<!--", "")
        kept.append(source[at:start])
        at = end + 3
    return "".join(kept) + source[at:]


def _list(tag: str, attrs: dict[str, str | None]) -> _List:
    if tag == "ul":
        return _List(None)
    return _List(attrs.get("type") or "1", _integer(attrs.get("start"), 1))


def _integer(value: str | None, otherwise: int) -> int:
    if value is None or not re.fullmatch(r"\s*-?[0-9]{1,6}\s*", value):
        return otherwise
    return int(value)


def _numeral(number: int, style: str) -> str:
    if style in ("a", "A"):
        return letter(number) if style == "a" else letter(number).upper()
    if style in ("i", "I"):
        return roman(number) if style == "i" else roman(number).upper()
    return str(number)


def letter(number: int) -> str:
    """1 is a, 26 is z, 27 is aa; figures for what letters cannot say."""
    if not 1 <= number <= 18_278:
        return str(number)
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def roman(number: int) -> str:
    """A number in small Roman numerals; figures for what they cannot say."""
    if not 1 <= number < 4000:
        return str(number)
    written = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        written += sign * (number // value)
        number %= value
    return written
