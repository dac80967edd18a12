"""Whether a row of an attendance list goes on in the next line of the page."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from concerted.reading.plurals import plural_title
from concerted.reading.vocabulary import (
    PARTICLES,
    bare,
    is_person,
    is_role,
    is_strong_title,
    is_title,
)

# Not every line of a printed page is as long as the longest: letters differ in width.
_RAGGED = 6
_OPEN_ENDS = (" and", "&", " of", " for", " the", " -", "–", " to", " with", " on", " in", "/")
_BULLETS = ("-", "–", "•", "·", "*", "§", "▪", "●")
_PARTING = re.compile(r"[,;]|[ ]and[ ]")
_AND = re.compile(r"[ ](?:and|&)[ ]")
_FRAGMENT = re.compile(r"[,;()\n:|\t]|[ ]{2,}|[ ][-–—][ ]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-[ \t]{0,4}\n[ \t]{0,8}(?=[^\W\d_])")

# "Independent Member: Ms Bell": a row of its own begins.
_LABELLED = re.compile(r"[A-Z][^,;:()\n]{2,60}:(?:[ \t]|$)")


# No page is printed in lines shorter or longer than this.
_NARROWEST, _WIDEST = 45, 130


def column(rows: Sequence[str]) -> int:
    """How wide the page is whose lines are broken at a column; 0 when its lines run on.

    Most of the long lines end just before the column; a few may stand beyond it.
    """
    widths = sorted(len(row) for row in rows if len(row) >= _NARROWEST)
    if len(widths) < 3 or sum(width > _WIDEST for width in widths) * 5 > len(widths):
        return 0
    ending = [bisect_right(widths, width) - bisect_left(widths, width - 10) for width in widths]
    near = max(ending)
    width = max(width for width, count in zip(widths, ending, strict=True) if count == near)
    return width if near > 2 and near * 3 >= len(widths) and width <= _WIDEST else 0


def is_full(row: str, following: str, width: int) -> bool:
    """The row ended because the next word had no room in a column of that width."""
    if not width or not following.strip():
        return False
    return len(row.rstrip()) + 1 + len(following.split(None, 1)[0]) > width - _RAGGED


# The lines around a list, by which the width of its page is judged.
_AROUND = 3000


def page_width(text: str, start: int, end: int) -> int:
    """The width of the page around ``text[start:end]``; 0 when it is not broken at a column."""
    if "\n" not in text[start:end]:
        return 0
    return column(text[max(0, start - _AROUND) : end + _AROUND].split("\n")[1:-1])


def unbroken(run: str, width: int) -> str:
    """The run with a blank for each newline at which the page's column broke a list that flows.

    Rows of one person each do not flow, however long they are.
    """
    rows = run.split("\n")
    if len(rows) < 2:
        return run
    width = next((w for w in (width, _own_width(rows)) if w and _flows(rows, w)), 0)
    if not width:
        return run
    made = [rows[0]]
    for before, row in pairwise(rows):
        joined = is_full(before, row, width) and not row.startswith((" ", "\t"))
        joined = joined and not before.endswith("-")
        made += [" " if joined else "\n", row]
    return "".join(made)


def _own_width(rows: Sequence[str]) -> int:
    """The column of a list of several lines on a page that tells none."""
    widest = max(len(row) for row in rows)
    return widest if len(rows) > 2 and 50 <= widest <= _WIDEST else 0


def _flows(rows: Sequence[str], width: int) -> bool:
    """Nearly every line ends where the list does not, and the lines between fill the column."""
    said = [row for row in rows if row.strip()]
    breaks = list(pairwise(said))
    if any(mark in row for row in said for mark in ("|", "\t", "   ")):
        return False
    if sum(len(_PARTING.findall(row)) for row in said) < max(len(said), 2) - 1:
        return False
    within = sum(breaks_within(before, after) for before, after in breaks)
    full = sum(is_full(row, after, width) for row, after in breaks[1:])
    return within * 4 >= len(breaks) * 3 and within > 0 and full * 3 >= (len(breaks) - 1) * 2


_PLACE_FIRST = re.compile(r"[^,;()\n]{2,45}(?:[ ][-–—][ ]|:[ ])")


def breaks_within(before: str, after: str) -> bool:
    """The line breaks off in an entry or behind a comma, not where the next person's row begins."""
    if ends_open(before):
        return True
    if _PLACE_FIRST.match(after):
        return False
    first = _FRAGMENT.split(after.strip()[:90], maxsplit=1)[0].strip(" .")
    return not is_person(_AND.split(first, maxsplit=1)[0]) and not first.startswith(_BULLETS)


def ends_open(row: str) -> bool:
    """No list ends behind a comma or a title."""
    ends = row.rstrip()
    last = _FRAGMENT.split(ends[-90:])[-1].strip(" .")
    return ends.endswith((",", ";", " and", "&")) or _ends_in_title(last)


def _ends_in_title(last: str) -> bool:
    """``..., Det`` and ``..., District``: the name is in the next line."""
    if not last:
        return False
    words = last.split()
    return _is_unfinished(last) or (
        len(words) < 4 and is_title(words[-1]) and words[-1][0].isupper()
    )


def unhyphened(words: str) -> str:
    """A word broken at its hyphen by the end of a line, whole again."""
    return _HYPHEN.sub("-", words)


def goes_on(text: str, at: int, end: int) -> bool:
    """Whether the row that ends at the newline ``at`` goes on in the next line."""
    if text[at : at + 2] == "\n\n":
        return False
    before = text[max(0, at - 90) : at].rstrip(" \t")
    after = text[at : min(end, at + 90)].lstrip()
    if not before or not after:
        return False
    if before.endswith(_OPEN_ENDS) or (before.endswith("-") and before[-2:-1].isalpha()):
        return True
    if _LABELLED.match(after):
        return False
    if after[0].islower() and not after.startswith("ff"):
        return True
    if after.startswith("("):
        return True
    last = _FRAGMENT.split(before)[-1].strip(" .")
    following = _FRAGMENT.split(after, maxsplit=1)[0].strip(" .")
    if not last.strip() or not following.strip():
        return False
    return _is_unfinished(last) or _completes(before, last, following)


def _is_unfinished(last: str) -> bool:
    """A row cannot end in a title or in a particle of a surname."""
    word = last.split()[-1]
    if plural_title(f"{last} x") is not None and len(last.split()) <= 2:
        return True
    words = last.split()
    if "and" in words:
        words = words[len(words) - words[::-1].index("and") :]
    if words and all(_is_initial(w) or is_strong_title(w) for w in words):
        return len(words) > 1 or _is_initial(words[0]) or _is_lone_title(words[0])
    if len(words) == 1:
        return False
    return bare(word) in PARTICLES and word[0].islower()


def _is_lone_title(word: str) -> bool:
    return is_strong_title(word) and word[0].isupper() and not word.isupper()


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isupper()


def _completes(before: str, last: str, following: str) -> bool:
    """``Ms Carol`` and ``Tain``, ``Democratic Services`` and ``Officer``: one name, one post."""
    if len(following.split()) > 2 or is_strong_title(following.split()[0]):
        return False
    flowing = "," in before or ";" in before
    if not flowing:
        return False
    if len(following.split()) == 1 and is_person(last) and not is_role(following):
        return len(last.split()) == 2 and is_strong_title(last.split()[0])
    whole = f"{last} {following}"
    return is_role(whole) and not is_person(last) and not is_person(following)
