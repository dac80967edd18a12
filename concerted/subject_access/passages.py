"""Where names stand in a text, with a few words around each place. Plain Python."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.subject_access.redacting import pattern

MOST = 100  # passages of one file
AROUND = 100  # signs to either side
TOGETHER = 200  # signs from the first name of a passage to the end of its last
LONGEST = TOGETHER + 2 * AROUND + 4  # signs of a passage, with the dots at its ends

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a text, and the line that the first name in them stands on, from 1."""

    line: int
    words: str


def passages(
    text: str, names: Sequence[str], *, most: int = MOST, uncut: re.Pattern[str] | None = None
) -> tuple[list[Passage], int]:
    """The first passages in which one of the names stands as whole words, and how many more.

    Each is at most LONGEST signs, as names are of fewer than TOGETHER. None begins or ends inside
    a word, nor inside what `uncut` matches: half of another name would be found by nobody.
    """
    groups: list[Span] = []
    for match in re.finditer(pattern(names), text, re.IGNORECASE):
        start, end = match.span()
        if groups and end - groups[-1][0] <= TOGETHER:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    shown, line, at = [], 1, 0
    for group in groups[:most]:
        line += text.count("\n", at, group[0])
        at = group[0]
        shown.append(Passage(line, _words(text, group, uncut)))
    return shown, len(groups) - len(shown)


def _words(text: str, group: Span, uncut: re.Pattern[str] | None) -> str:
    start, end = max(0, group[0] - AROUND), min(len(text), group[1] + AROUND)
    while start < group[0] and start and _joins(text, start):
        start += 1
    while end > group[1] and end < len(text) and _joins(text, end):
        end -= 1
    near = uncut.finditer(text, max(0, start - LONGEST), end + LONGEST) if uncut else ()
    for first, last in [match.span() for match in near]:
        if first < start < last:
            start = min(last, group[0])
        if first < end < last:
            end = max(first, group[1])
    words = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(text) else ''}"


def _joins(text: str, at: int) -> bool:
    """Whether a word goes on over this place."""
    return bool(re.match(r"\w\w", text[at - 1 : at + 1]))
