"""Which lines are one paragraph, told by where they begin and end; never by their words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from concerted.reading.files.pdf.marks import Line

_SPACE = 0.25  # of an em: the least blank a writer leaves between words
_WAVER = 0.3  # of an em: what a left edge may waver
_MARK = re.compile(
    r"(?:[•●▪◦‣·§–—*-]|\(?\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|"
    r"\(?(?:[a-z]|[ivx]{1,5})[.)]|\(?(?:[A-Z]|[IVX]{1,5})\))$"
)
_PERHAPS = re.compile(r"(?:\d{1,3}|[A-Z]\.|[IVX]{1,5}\.?)$")  # a day of a month, an initial
_TAB = 0.8  # of an em: what is perhaps a number opens an entry with so much room after it
_FLUSH = 0.6  # points
_SHORT = 0.15  # of the width: what a line may leave free where the next begins with a small letter
_STOPPED = (".", ":", ";", "?", "!")
_NEARLY = 0.22  # of a line’s size: what the distance of two lines may waver
_USUAL = 1.2  # of a line’s size: the distance of lines where a text is too short to tell


@dataclass(slots=True)
class Strip:
    """A line in its column. ``limit`` is where the column’s lines end, ``aside`` what stands in a
    narrow column beside it; ``fresh`` is the first line of a page or column.
    """

    line: Line
    limit: float
    origin: float = 0.0
    aside: str = ""
    fresh: bool = False

    @property
    def left(self) -> float:
        return self.line.left - self.origin

    @property
    def body(self) -> float:
        """Where the words begin after a bullet or a number."""
        at = 1 if self.marked else 0
        return self.line.words[at].left - self.origin

    @property
    def marked(self) -> bool:
        """Whether a bullet or a number opens the line."""
        words = self.line.words
        if len(words) < 2:
            return False
        if _MARK.match(words[0].text):
            return True
        room = words[1].left - words[0].right
        return bool(_PERHAPS.match(words[0].text)) and room > _TAB * words[0].size


def is_mark(text: str) -> bool:
    """Whether a text is a bullet or a number that opens an entry."""
    return bool(_MARK.match(text) or _PERHAPS.match(text))


def is_full(line: Line, following: Line, limit: float) -> bool:
    """Whether the next line’s first word had no room at the end of this one."""
    word = following.words[0]
    if line.words[-1].text.endswith(("-", "\u00ad")):
        return limit - line.right < 0.25 * (limit - line.left)
    return line.right + _SPACE * line.size + (word.right - word.left) > limit + 0.5


@dataclass(frozen=True, slots=True)
class Spacing:
    """How a document sets its lines: ``leading`` is their distance within a paragraph, as a
    multiple of their size; ``crowded`` where the next paragraph may follow at the same distance.
    """

    leading: float
    crowded: bool


def spacing_of(strips: Sequence[Strip]) -> Spacing:
    """The least distance often seen after lines that had no more room, and whether lines that had
    room are followed as closely.
    """
    full: Counter[float] = Counter()
    short: Counter[float] = Counter()
    for one, other in pairwise(strips):
        step = _step(one, other)
        if step is not None and not other.marked and not _changes_type([one], other):
            wrapped = is_full(one.line, other.line, one.limit)
            (full if wrapped else short)[round(step, 1)] += 1
    leading = _usual(full) or _usual(full + short) or _USUAL
    close = sum(times for step, times in short.items() if step <= leading + _NEARLY)
    return Spacing(leading, close > 0)


def _usual(steps: Counter[float]) -> float | None:
    often = max(2, max(steps.values(), default=0) / 4)
    return min((step for step, times in steps.items() if times >= often), default=None)


def _step(one: Strip, other: Strip) -> float | None:
    if other.fresh or abs(one.line.size - other.line.size) > 0.1 * one.line.size:
        return None
    step = (other.line.y - one.line.y) / one.line.size
    return step if 0.5 < step < 3 else None


def continues(held: Sequence[Strip], strip: Strip, spacing: Spacing) -> bool:
    """Whether a line goes on with the paragraph of the lines held."""
    last = held[-1]
    if strip.marked or _changes_type(held, strip):
        return False
    if strip.fresh:
        if last.line.text.endswith(_STOPPED) or last.aside:
            return False
    else:
        step = _step(last, strip)
        if step is None or step > spacing.leading + _NEARLY:
            return False
    if _is_centred(last) and _is_centred(strip):
        room = last.limit - last.origin - (last.line.right - last.line.left)
        word = strip.line.words[0]
        return word.right - word.left + _SPACE * last.line.size > room
    if not _is_below(held, strip):
        return False
    begins = strip.line.words[0].text
    if not is_full(last.line, strip.line, last.limit):
        room, wide = last.limit - last.line.right, last.limit - last.line.left
        return begins[0].islower() and room < _SHORT * wide
    # A sentence that ends where its line had to end anyway: only lines set to both edges show
    # that it goes on. Kept apart, the two lines do less harm than two entries glued together.
    ended = last.line.text.endswith(_STOPPED) and not begins[0].islower()
    unsure = spacing.crowded and (ended or begins.endswith(":"))
    return not unsure or last.limit - last.line.right < _FLUSH


def _changes_type(held: Sequence[Strip], strip: Strip) -> bool:
    last = held[-1].line
    if abs(last.size - strip.line.size) > 0.06 * last.size:
        return True
    if last.words[-1].bold == strip.line.words[0].bold:
        return False
    return all(one.line.bold for one in held) or strip.line.bold


def _is_centred(strip: Strip) -> bool:
    middle = (strip.line.left + strip.line.right) / 2 - strip.origin
    return strip.left > 2 * strip.line.size and abs(middle - (strip.limit - strip.origin) / 2) < 4


def _is_below(held: Sequence[Strip], strip: Strip) -> bool:
    """Whether the left edge is that of the paragraph, of its words after a mark, or of a
    paragraph whose first line is set in.
    """
    first, waver = held[0], _WAVER * strip.line.size
    if len(held) > 1:
        return abs(strip.left - held[-1].left) <= waver
    if first.marked:
        return first.left - waver <= strip.left <= first.body + 1.5 * strip.line.size
    return -waver <= first.left - strip.left <= 4 * strip.line.size


_BROKEN = re.compile(r"([^\W\d_]+)-$")


class Joiner:
    """Joins the lines of paragraphs; knows the words of the document for broken ones."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.known: set[str] = set()
        for line in lines:
            self.known.update(_bare(word.text) for word in line.words)

    def joined(self, lines: Iterable[str]) -> str:
        made = ""
        for line in lines:
            if made.endswith("\u00ad"):
                made = made[:-1] + line
            elif made.endswith("-") and line[:1].islower():
                made = self._mended(made, line)
            else:
                made = f"{made} {line}" if made else line
        return made.replace("\u00ad", "")

    def _mended(self, made: str, line: str) -> str:
        """A word broken at a hyphen: made whole only if it stands whole elsewhere."""
        found = _BROKEN.search(made)
        if found is None:
            return f"{made} {line}" if made.endswith(" -") else made + line
        rest = _bare(line.split(" ", 1)[0])
        whole, hyphened = found[1].lower() + rest, f"{found[1].lower()}-{rest}"
        if whole in self.known and hyphened not in self.known:
            return made[:-1] + line
        return made + line


def _bare(word: str) -> str:
    return word.strip(".,;:()“”‘’\"'!?").lower()
