"""Tracked changes and comments of a Word file, found in its XML with the words around them."""

import datetime
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from xml.etree import ElementTree

from concerted.reading.files.changes import (
    LONGEST_AUTHOR,
    LONGEST_PLACE,
    LONGEST_WORDS,
    MAX_CHANGES,
    MAX_COMMENTS,
    MAX_COUNTED,
    Change,
    Comment,
    Kind,
    Markup,
    What,
)
from concerted.reading.files.numbering import W
from concerted.reading.files.settling import FORMATTING

Element = ElementTree.Element

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_KINDS: dict[str, Kind] = {
    W + "ins": "inserted",
    W + "del": "deleted",
    W + "moveFrom": "moved_from",
    W + "moveTo": "moved_to",
}
_CELLS: dict[str, Kind] = {W + "cellIns": "inserted", W + "cellDel": "deleted"}
_OUT = ("deleted", "moved_from")
_PROPERTIES = frozenset(
    W + name for name in ("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr")
)
_TEXT = frozenset({W + "t", W + "delText"})
_SIGNS = {W + "tab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-"}
_WORDLESS = frozenset(
    W + name
    for name in ("drawing", "pict", "object", "sym", "footnoteReference", "endnoteReference")
)
_AROUND = 80


@dataclass(slots=True, eq=False)
class _Draft:
    """A change while its words are being read; `start` and `end` are places in the text."""

    number: int
    kind: Kind
    what: What
    author: str
    date: datetime.datetime | None
    start: int
    joined: bool
    end: int = 0
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    wordless: bool = False
    counted: bool = False

    def add(self, words: str) -> None:
        if self.length <= LONGEST_WORDS:
            self.pieces.append(words[: LONGEST_WORDS + 1])
            self.length += len(words)


@dataclass(slots=True)
class _Place:
    """Where a comment stands: in the text as accepted, and among all words."""

    start: tuple[int, int]
    end: tuple[int, int] | None = None


def read_markup(
    parts: Sequence[Element], comments: Element | None = None, extended: Element | None = None
) -> Markup:
    """What is marked in the parts of a Word file that hold text, before they are settled.

    `comments` is word/comments.xml; `extended` is word/commentsExtended.xml, which says what is
    resolved and what answers what.
    """
    listed = [] if comments is None else comments.findall(W + "comment")
    walk = _Walk({one.get(W + "id", "") for one in listed[:MAX_COMMENTS]})
    for part in parts:
        walk.visit(part)
        walk.say("\n")
    return Markup(
        changes=tuple(walk.changes()),
        comments=tuple(_comments(listed[:MAX_COMMENTS], extended, walk)),
        more_changes=min(walk.count - len(walk.found), MAX_COUNTED),
        more_comments=min(len(listed) - len(listed[:MAX_COMMENTS]), MAX_COUNTED),
        formatting=min(walk.formatting, MAX_COUNTED),
    )


class _Walk:
    """Goes through the text once; what it keeps does not grow with the number of changes."""

    def __init__(self, comments: set[str]) -> None:
        self.comments = comments
        self.places: dict[str, _Place] = {}
        self.found: list[_Draft] = []
        self.count = self.formatting = 0
        self._opened = 0
        self._open: list[_Draft] = []
        self._ended: dict[object, _Draft] = {}  # those that ended just here, by who and what
        self._out = 0
        self._accepted: list[str] = []
        self._all: list[str] = []
        self._at = self._at_all = 0

    def visit(self, element: Element) -> None:
        tag = element.tag
        if tag == _CHOICE:
            return  # what stands in it stands in its fallback again
        if tag in FORMATTING:
            self.formatting += 1
        elif tag in _PROPERTIES:
            self.formatting += sum(1 for one in element.iter() if one.tag in FORMATTING)
        elif tag in _KINDS:
            with self._change(_KINDS[tag], "words", element):
                self._visit_all(element)
        elif tag in _TEXT:
            self.say(element.text or "")
        elif tag in _SIGNS:
            self.say(_SIGNS[tag])
        elif tag == W + "p":
            self._paragraph(element)
        elif tag == W + "tr":
            self._row_or_cell(element, element.find(W + "trPr"), _KINDS, "row")
        elif tag == W + "tc":
            self._row_or_cell(element, element.find(W + "tcPr"), _CELLS, "cell")
        elif tag.startswith(W + "comment"):
            self._comment(tag, element.get(W + "id", ""))
        else:
            if tag in _WORDLESS:
                for draft in self._open:
                    draft.wordless = True
            self._visit_all(element)

    def say(self, words: str) -> None:
        if not words:
            return
        self._ended.clear()
        for draft in self._open:
            draft.add(words)
        self._all.append(words)
        self._at_all += len(words)
        if not self._out:
            self._accepted.append(words)
            self._at += len(words)

    def changes(self) -> Iterator[Change]:
        text = self.text
        for draft in sorted(self.found, key=lambda one: one.number):
            words = _clean("".join(draft.pieces))
            what = draft.what
            if what == "words" and not words.strip():
                what = "paragraph" if "\n" in words else "space" if words else "other"
            before, after = _before(text, draft.start), _after(text, draft.end)
            if what == "words":  # the breaks at its ends stand with what they part it from
                before += "\n" if words.startswith("\n") else ""
                after = "\n" + after.lstrip("\n") if words.endswith("\n") else after
            words = words.strip("\n")
            if what in ("row", "cell"):
                words = re.sub(r" *\n *", " | " if what == "row" else " ", words)
            yield Change(
                draft.kind,
                what,
                _cut(words, LONGEST_WORDS),
                draft.author,
                draft.date,
                before,
                after,
                draft.joined,
            )

    @property
    def text(self) -> str:
        return "".join(self._accepted)

    @property
    def all_text(self) -> str:
        return "".join(self._all)

    def _visit_all(self, element: Element) -> None:
        for child in element:
            self.visit(child)

    def _paragraph(self, paragraph: Element) -> None:
        self._visit_all(paragraph)
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        with self._changes(mark, _KINDS, "words"):
            self.say("\n")

    def _row_or_cell(
        self, element: Element, properties: Element | None, kinds: dict[str, Kind], what: What
    ) -> None:
        with self._changes(properties, kinds, what):
            self._visit_all(element)
            if what == "row":
                self._ended.clear()

    @contextmanager
    def _changes(
        self, properties: Element | None, kinds: dict[str, Kind], what: What
    ) -> Iterator[None]:
        """What is marked on a paragraph's mark, a row or a cell: inserted, then deleted perhaps."""
        marks = [] if properties is None else [one for one in properties if one.tag in kinds]
        with ExitStack() as opened:
            for one in marks[:4]:
                opened.enter_context(self._change(kinds[one.tag], what, one))
            yield

    @contextmanager
    def _change(self, kind: Kind, what: What, element: Element) -> Iterator[None]:
        """Everything said meanwhile belongs to this change, or to the one that it goes on with."""
        self._out += kind in _OUT
        draft = None
        if not any(one.kind == kind for one in self._open):
            draft = self._begun(kind, what, element)
            self._open.append(draft)
        yield
        if draft is not None:
            self._open.remove(draft)
            self._end(draft)
        self._out -= kind in _OUT

    def _begun(self, kind: Kind, what: What, element: Element) -> _Draft:
        author, date = _author(element), _moment(element.get(W + "date"))
        draft = self._ended.get((kind, what, author, date and date.date()))
        if draft is None:
            self._opened += 1
            draft = _Draft(self._opened, kind, what, author, date, self._at, bool(self._ended))
        return draft

    def _end(self, draft: _Draft) -> None:
        if not draft.pieces and not draft.wordless:
            return
        draft.end = self._at
        if not draft.counted:
            draft.counted = True
            self.count += 1
            if len(self.found) < MAX_CHANGES:
                self.found.append(draft)
        day = draft.date and draft.date.date()
        self._ended[draft.kind, draft.what, draft.author, day] = draft

    def _comment(self, tag: str, identity: str) -> None:
        here = (self._at, self._at_all)
        if identity not in self.comments:
            return
        if tag == W + "commentRangeEnd":
            if identity in self.places:
                self.places[identity].end = here
        else:  # the start of a range, or a point
            self.places.setdefault(identity, _Place(here))


def _comments(listed: list[Element], extended: Element | None, walk: _Walk) -> Iterator[Comment]:
    done, answers = _states(extended)
    text, everything = walk.text, walk.all_text
    nowhere = _Place((len(text), len(everything)))
    for one in sorted(
        listed, key=lambda one: walk.places.get(one.get(W + "id", ""), nowhere).start[1]
    ):
        place = walk.places.get(one.get(W + "id", ""))
        start = place.start if place else nowhere.start
        end = (place.end if place else None) or start
        on = text[start[0] : end[0]] or everything[start[1] : end[1]]
        paragraphs = list(one.iter(W + "p"))
        words = "\n".join(
            "".join(piece.text or "" for piece in paragraph.iter(W + "t"))
            for paragraph in paragraphs
        )
        identity = paragraphs[-1].get(_W14 + "paraId", "") if paragraphs else ""
        yield Comment(
            _cut(_clean(words).strip(), LONGEST_WORDS),
            _author(one),
            _moment(one.get(W + "date")),
            _cut(_clean(on[: 2 * LONGEST_PLACE]).strip(), LONGEST_PLACE),
            _before(text, start[0]) if place else "",
            _after(text, end[0]) if place else "",
            resolved=identity in done or answers.get(identity, "") in done,
            reply=identity in answers,
        )


def _states(extended: Element | None) -> tuple[set[str], dict[str, str]]:
    """Which comments are resolved, and which answers which: by the identity of a paragraph."""
    done: set[str] = set()
    answers: dict[str, str] = {}
    for one in [] if extended is None else extended.iter(_W15 + "commentEx"):
        identity, parent = one.get(_W15 + "paraId", ""), one.get(_W15 + "paraIdParent")
        if one.get(_W15 + "done") in ("1", "true", "on"):
            done.add(identity)
        if parent:
            answers[identity] = parent
    return done - {""}, answers


def _author(element: Element) -> str:
    written = element.get(W + "author", "")[: 2 * LONGEST_AUTHOR]
    return _cut(_clean(written.replace("\n", " ")).strip(), LONGEST_AUTHOR)


def _moment(written: str | None) -> datetime.datetime | None:
    """Word writes the author's own clock and calls it UTC; so the hour is taken as it stands."""
    try:
        return datetime.datetime.fromisoformat(written or "").replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None


def _clean(words: str) -> str:
    """Words with plain blanks, without signs that show nothing or turn the line round."""
    words = re.sub(r"[^\S\n]+", " ", words)
    return "".join(sign for sign in words if sign == "\n" or sign.isprintable())


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _before(text: str, at: int) -> str:
    """The words before a place: of its own paragraph, or else the end of the one before."""
    piece = text[max(0, at - _AROUND) : at]
    if at > _AROUND and "\n" not in piece.rstrip():
        piece = _from_a_word(piece)
    own = piece.rpartition("\n")[2]
    if own.strip():
        return _clean(own)
    line = piece.rstrip().rpartition("\n")[2]
    return f"{_clean(line).strip()}\n" if line else ""


def _after(text: str, at: int) -> str:
    """The words after a place: of its own paragraph, or else the beginning of the next."""
    piece = text[at : at + _AROUND]
    if at + _AROUND < len(text) and "\n" not in piece.lstrip():
        piece = _to_a_word(piece)
    own = piece.partition("\n")[0]
    if own.strip():
        return _clean(own)
    line = piece.lstrip().partition("\n")[0]
    return f"\n{_clean(line).strip()}" if line else ""


def _from_a_word(words: str) -> str:
    return words.partition(" ")[2] or words


def _to_a_word(words: str) -> str:
    return words.rpartition(" ")[0] or words
