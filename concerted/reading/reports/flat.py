"""A report whose lines were run together is cut again; one that stands twice is read once."""

import re
from collections.abc import Sequence
from itertools import pairwise

from concerted.reading.lines import Line
from concerted.reading.reports.headings import kind_of_title

_LONG = 300
_LABELS = re.compile(
    r"(?:(?<=[\w.:)] )|^)(?:Agenda [Ii]tem(?: (?:No|Number))?\b|AGENDA ITEM\b|"
    r"Report (?:to|of|by|from|author)\b|"
    r"REPORT (?:TO|OF|BY)\b|Report [Tt]itle\b|Date(?: of [Mm]eeting)?:? (?=\d|[MTWFS][a-z]+ \d)|"
    r"Meeting [Dd]ate\b|Title:|Subject:|Author:|Contact [Oo]fficer|Background [Pp]apers:|"
    r"It is recommended (?=that|:)|Wards? [Aa]ffected:|Portfolio [Hh]older:?)"
)
# The figure first, then what stands before it: a search goes straight to figures.
_DECIMAL = re.compile(r"\d(?<=[\w.:;)”’] \d)\d?\.\d{1,2}\.? (?=[A-Z‘“\"£])")
_NUMBERED = re.compile(r"\d(?<=[\w.:;)”’] \d)\d?(?:\.0?)? (?=[A-Z][A-Za-z]+\b)")
_LIMB = re.compile(r"(?<=[\w.:;)”’] )\((?:[a-z]|[ivx]{1,4})\) (?=\w)")
_WORDS = re.compile(r"[A-Za-z()’'&/-]+")


def cut(lines: Sequence[Line]) -> list[Line]:
    """The same lines; those that hold a whole report are cut at labels, headings and numbers."""
    made: list[Line] = []
    for line in lines:
        made += _pieces(line) if len(line.text) >= _LONG else [line]
    return made


def _pieces(line: Line) -> list[Line]:
    text = line.text
    headings = _headings(text)
    cuts = {match.start() for match in _DECIMAL.finditer(text)}
    if len(cuts) + 2 * len(headings) < 3:
        return [line]
    cuts |= {match.start() for match in _LABELS.finditer(text)}
    for start, end in headings:
        # Numbers and labels inside a heading are part of it.
        cuts = {at for at in cuts if not start < at < end} | {start, end}
    cuts |= {match.start() for match in _LIMB.finditer(text)}
    order = sorted(cuts | {0, len(text)})
    pieces = [line.part(a, b) for a, b in pairwise(order)]
    return [
        Line(one.start, one.end, one.text, line.gap if n == 0 else 1, True)
        for n, one in enumerate(piece for piece in pieces if piece.text)
    ]


def _headings(text: str) -> list[tuple[int, int]]:
    """Where a number and a known heading stand in the run: (start, end)."""
    found: list[tuple[int, int]] = []
    for match in _NUMBERED.finditer(text):
        words = _run(text, match.end())
        for count in range(min(len(words), 7), 0, -1):
            end = words[count - 1].end()
            kind = kind_of_title(text[match.end() : end])
            if kind and ("." in match.group() or kind not in ("detail", "options")):
                found.append((match.start(), end))
                break
    return found


def _run(text: str, at: int) -> list[re.Match[str]]:
    """The words from here on that have nothing but one blank between them."""
    made: list[re.Match[str]] = []
    for word in _WORDS.finditer(text, at, at + 80):
        if made and word.start() != made[-1].end() + 1:
            break
        made.append(word)
    return made


def once(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines, and those that only say again what stands before them."""
    if len(lines) < 8:
        return list(lines), []
    texts = [line.text for line in lines]
    for at in range(4, len(texts) - 3):
        if texts[at : at + 3] != texts[:3]:
            continue
        again = len(texts) - at
        same = sum(a == b for a, b in zip(texts[at:], texts, strict=False))
        if again >= 4 and same >= 0.9 * again:
            return list(lines[:at]), list(lines[at:])
    return list(lines), []
