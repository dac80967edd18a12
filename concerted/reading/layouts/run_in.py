"""Headings that run into their text: "Police report - One burglary in Elm Road." line by line."""

import re
from collections.abc import Sequence

from concerted.reading.layouts.series import Heading
from concerted.reading.lines import Line, is_bullet
from concerted.reading.roll_labels import read_label
from concerted.reading.titles import SENTENCE_WORDS, is_closing
from concerted.reading.vocabulary import is_standard

_MARK = re.compile(r"[ ]?[-–—][ ]{1,3}|:[ ]{1,3}")
_MOST_WORDS = 6


def run_in_headings(lines: Sequence[Line], begin: int) -> list[Heading]:
    """The lines of the form "title - text", where most lines have it and three are known."""
    found = [one for one in (_at(lines, at) for at in range(begin, len(lines))) if one]
    known = [one for one in found if one.title and is_standard(one.title.text)]
    if len(known) < 3:
        return []
    span = sum(not is_closing(line) for line in lines[found[0].at : found[-1].at + 1])
    return found if len(found) * 2 >= span else []


def _at(lines: Sequence[Line], at: int) -> Heading | None:
    line = lines[at]
    mark = _MARK.search(line.text[:70])
    if mark is None or mark.end() >= len(line.text) or is_bullet(line) or is_closing(line):
        return None
    title = line.part(0, mark.start())
    if not _can_run_in(title.text) or read_label(line) is not None:
        return None
    return Heading(at, at + 1, None, None, title, line.part(mark.end()))


def _can_run_in(title: str) -> bool:
    """Few words that tell nothing by themselves."""
    words = title.split()
    if not words or len(words) > _MOST_WORDS or not title[0].isupper():
        return False
    if is_standard(title):
        return True
    return len(title) > 2 and not any(
        word.lower().strip(".,()") in SENTENCE_WORDS for word in words
    )
