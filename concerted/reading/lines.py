"""Lines with true offsets: newlines normalised, blanks counted, furniture known, long lines cut."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.model import Span
from concerted.reading.navigation import is_navigation

# One character for one character, so that offsets stay true.
_BLANKS = (c for c in map(chr, range(0x3001)) if c.isspace() and c not in " \t\n")
_SPACES = dict.fromkeys((*map(ord, _BLANKS), 0x200B, 0xFEFF), " ")
_ODD_SPACE = re.compile("[" + "".join(map(chr, _SPACES)) + "]")
_BULLET = re.compile(r"(?:[-–—•·§Øo*▪●◦‣→]|\?)[ \t]{1,12}(?=\S)")
_PAGE = re.compile(
    r"(?:page[ ]{0,3}\d{1,4}(?:[ ]{0,3}of[ ]{0,3}\d{1,4})?|\d{1,4} ?/ ?\d{1,4}|"
    r"[-–] ?\d{1,4} ?[-–])$",
    re.IGNORECASE,
)
_MARKING = (
    r"(?:(?:OFFICIAL|RESTRICTED|PROTECT|NOT PROTECTIVELY MARKED|UNCLASSIFIED)"
    r"(?:[ -]{1,3}SENSITIVE)?[ |:-]{0,4})?"
)
_PAGE_MARK = re.compile(
    _MARKING + r"(?:page[ ]{0,3}\d{1,4}(?:[ ]{0,3}of[ ]{0,3}\d{1,4})?|[-–] ?\d{1,4} ?[-–])$",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}$|[A-Z]:\\\S{1,400}$")
_SLOT = re.compile(
    r"(?:\d{1,3} ?min(?:ute)?s?\.?|\d{1,2}[.:]\d\d ?(?:[ap]\.?m\.?|hrs)?|"
    r"\d{1,2}(?:[.:]\d\d)? ?(?:[ap]m)? ?[-–] ?\d{1,2}(?:[.:]\d\d)? ?[ap]m)$",
    re.I,
)
_FURNITURE = frozenset(
    {
        "share this item",
        "share this page",
        "additional documents:",
        "media",
        "media:",
        "items",
        "no. item",
        "no.item",
        "no item",
        "| no. | item |",
        "view directions",
        "print this page",
        "printable version",
        "skip to content",
        "skip to main content",
        "back to top",
        "councillors and committees",
        "home",
        "menu",
        "search",
        "browse",
        "agenda item",
        "previous meeting",
        "next meeting >",
        "attendance details",
        "item description decision",
        "itempreamble",
        "item preamble",
        "action",
        "actions",
        "cookies",
        "privacy",
        "accessibility",
        "webcast for meeting",
        "related documents",
        "supporting documents",
    }
)


_COLUMNS = frozenset(
    {"name", "organisation", "agency", "item", "action", "no", "representing", "role", "initials"}
    | {
        "description",
        "decision",
        "owner",
        "title",
        "post",
        "preamble",
        "number",
        "subject",
        "by",
        "whom",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its outer blanks; ``gap`` counts the empty lines before it."""

    start: int
    end: int
    text: str
    gap: int = 0
    cut: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def part(self, start: int, end: int | None = None) -> "Line":
        """The stretch ``text[start:end]`` as a line of its own, trimmed."""
        stop = len(self.text) if end is None else end
        piece = self.text[start:stop]
        left = len(piece) - len(piece.lstrip())
        body = piece.strip()
        at = self.start + start + left
        return Line(at, at + len(body), body, self.gap if start == 0 else 0, self.cut)


def normalise(text: str) -> str:
    """The text with ``\\n`` as its only newline; every other character is kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(text: str) -> str:
    """The same number of characters, odd blanks turned into spaces."""
    return text.translate(_SPACES) if _ODD_SPACE.search(text) else text


def split(text: str) -> list[Line]:
    """The lines that hold something, in order; ``text`` is already normalised."""
    lines: list[Line] = []
    at, gap, before_mark = 0, 0, 0
    for raw in plain(text).split("\n"):
        body = raw.strip()
        if body:
            start = at + len(raw) - len(raw.lstrip())
            gap = max(gap, before_mark)
            lines.append(Line(start, start + len(body), body, gap))
            # A page number parts nothing: the line behind it stands as far off as the number.
            before_mark = gap if is_page_mark(lines[-1]) else 0
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    return lines


def without_bullet(line: Line) -> Line:
    """The line without a leading bullet."""
    found = _BULLET.match(line.text)
    return line.part(found.end()) if found else line


def is_bullet(line: Line) -> bool:
    return _BULLET.match(line.text) is not None


def is_slot(line: Line) -> bool:
    """A time slot beside an item ("10 minutes"), not words of the minutes."""
    return len(line.text) < 20 and _SLOT.match(line.text) is not None


def _is_columns(low: str) -> bool:
    """The names of a table's columns in one line ("No. Item Action")."""
    words = low.replace("/", " ").replace("|", " ").split()
    return 2 <= len(words) <= 6 and all(word.strip(".:") in _COLUMNS for word in words)


def is_page_mark(line: Line) -> bool:
    """A page's number with words or strokes that say so; a number alone may be an item's."""
    return len(line.text) < 40 and _PAGE_MARK.match(line.text) is not None


def without_page_marks(text: str, lines: Sequence[Line]) -> str:
    """The text with blanks where page marks stand: every other character keeps its place."""
    made: list[str] = []
    at = 0
    for mark in (line for line in lines if is_page_mark(line)):
        made += [text[at : mark.start], " " * (mark.end - mark.start)]
        at = mark.end
    return "".join([*made, text[at:]])


def is_furniture(line: Line) -> bool:
    """What the page, not the meeting, says: page numbers, links, buttons."""
    bare = without_bullet(line).text
    low = bare.lower()
    if low in _FURNITURE or _is_columns(low):
        return True
    if len(bare) < 40 and _PAGE.match(bare):
        return True
    return (
        bool(_LINK.match(bare))
        or is_navigation(bare)
        or not any(c.isalnum() for c in bare)
        or (len(bare) < 40 and bare.endswith("=") and " " not in bare)
    )


def squeeze(text: str) -> str:
    """One space between words, entities of the web turned back."""
    words = " ".join(text.split())
    return words.replace("&amp;", "&").replace("&#39;", "'").replace("&nbsp;", " ")
