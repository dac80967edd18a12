"""Blanks that a converter left: an empty line behind every line, blanks at the ends of lines."""

import re
from itertools import pairwise

from concerted.reading.lines import Line, split

_BETWEEN = re.compile(r"\n(?:[^\S\n]*\n)+")
_TRAILING = re.compile(r"(?<=[^\s])([^\S\n]+)\n")
_FEWEST, _LONG = 8, 50


def evened(text: str) -> str:
    """The text with half of its line ends turned into blanks, where every line end is doubled.

    Blanks at the end of a line go to the front of the next. One character for one character, so
    that offsets stay true.
    """
    closed = _BETWEEN.sub(_half, text) if _is_doubled(text) else text
    ends_in_blanks = " \n" in closed or "\t\n" in closed
    return _TRAILING.sub(r"\n\1", closed) if ends_in_blanks else closed


def _is_doubled(text: str) -> bool:
    """Every line stands apart from the next, and sentences run on all the same."""
    lines = split(text)
    if len(lines) < _FEWEST or any(line.gap % 2 == 0 for line in lines[1:]):
        return False
    return sum(other.gap == 1 and _runs_on(one, other) for one, other in pairwise(lines)) > 1


def _runs_on(one: Line, other: Line) -> bool:
    """Whether a sentence, or what stands in brackets, goes on from one line to the other."""
    if len(one.text) <= _LONG or one.text[-1] in ".:;!?":
        return False
    return other.text[0].islower() or one.text.rfind("(") > one.text.rfind(")")


def _half(between: re.Match[str]) -> str:
    ends = between.group().count("\n") // 2
    return between.group().replace("\n", " ", ends)
