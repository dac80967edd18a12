"""The labels of the head and of the lists in a run of words, before the first item."""

import re
from collections.abc import Iterator

from concerted.reading.lines import Line
from concerted.reading.roll_labels import read_label

# The head and the lists of people are over by then, however many there are.
_FURTHEST = 4000
_WORDS = re.compile(r"(?:[^\s:]{1,25} ){0,4}[^\s:]{1,25}\Z")
_OF_FORM = frozenset({"date", "time", "venue", "location", "place"})
_ONE_OFFICER = re.compile(r"\bofficer\b", re.IGNORECASE)
_OPENS_LIST = re.compile(r"\b(?:present|attendance|attendees|members|apologies)\b", re.IGNORECASE)


def labels_in_run(text: str, stop: int) -> list[int]:
    """Where labels begin in ``text[:stop]``; none where no list of people stands there."""
    head = text[: min(stop, _FURTHEST)]
    if not _OPENS_LIST.search(head):
        return []
    found = [at for colon in _colons(head) if (at := _label_before(head, colon)) is not None]
    return [at for at in found if at]


def _colons(head: str) -> Iterator[int]:
    at = head.find(":")
    while at >= 0:
        if head[at + 1 : at + 2] == " " and head[at - 1 : at] not in ("", " "):
            yield at
        at = head.find(":", at + 1)


def _label_before(head: str, colon: int) -> int | None:
    """Where the label begins that ends at the colon: the longest row of words that is one."""
    match = _WORDS.search(head, max(0, colon - 80), colon)
    if match is None:
        return None
    starts = [match.start() + one.start() for one in re.finditer(r"\S+", match.group())]
    for start in starts:
        words = head[start:colon]
        # "... Services Officer In Attendance:": one officer is the post of whoever stands before.
        if words[0].isupper() and not _ONE_OFFICER.search(words) and _is_label(words):
            return start
    return None


def _is_label(words: str) -> bool:
    if words.lower() in _OF_FORM:
        return True
    return read_label(Line(0, len(words) + 1, f"{words}:")) is not None
