"""Words of a paper that mean nothing in minutes: “paragraph 2 above”, “at this meeting”."""

import re
from dataclasses import dataclass

from concerted.reading.lines import squeeze
from concerted.reading.model import Span

_NUMBERS = r"\d+(?:\.\d+)*(?:(?:,| and| to| or|[-–])\s*\d+(?:\.\d+)*)*"
_PLACE = r"(?:above|below|overleaf|of this (?:report|paper))"
_COPIED = (
    (
        rf"(?:paragraphs?|paras?\.?|sections?) {_NUMBERS}\s{_PLACE}",
        "points to a place in the paper. Say what stands there, or name the paper and the number.",
    ),
    (
        rf"(?:paragraphs?|paras?\.?) {_NUMBERS}",
        "is a number in the paper, not in the minutes. Name the paper, or say what stands there.",
    ),
    (
        rf"recommendations?(?: {_NUMBERS})? (?:set out )?{_PLACE}",
        "points to a place in the paper. Write here what was recommended.",
    ),
    (
        r"(?:as )?(?:set out|shown|listed|attached|described) (?:above|below|overleaf)",
        "points to a place in the paper. Write it here, or name the paper.",
    ),
    (
        r"at (?:this|today[’']s|tonight[’']s) meeting",
        "was written before the meeting. In minutes, say what was done, or give the day.",
    ),
    (
        r"(?:in |of )?this (?:report|paper)\b",
        "is the paper itself speaking. In minutes, name the paper.",
    ),
)
# A line may end between any two words.
_FOUND = [
    (re.compile(rf"(?<![\w“]){pattern}".replace(" ", r"\s+"), re.IGNORECASE), why)
    for pattern, why in _COPIED
]


@dataclass(frozen=True, slots=True)
class Copied:
    """Words as they stand in a text, where, and why a reader of minutes cannot follow them."""

    words: str
    span: Span
    why: str


def copied(text: str) -> list[Copied]:
    """What in a text seems to be taken from a paper as it was, in order; nothing twice.

    Words that open a quotation are left alone: there somebody says what the paper says.
    """
    made: list[Copied] = []
    for pattern, why in _FOUND:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= one.span.start or start >= one.span.end for one in made):
                made.append(Copied(squeeze(match[0]), Span(start, end), why))
    return sorted(made, key=lambda one: one.span.start)
