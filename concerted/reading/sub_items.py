"""Lettered parts of an item, where they are told rather than listed under its title."""

import re
from collections.abc import Sequence

from concerted.reading.lines import Line, squeeze

_FIRST = re.compile(r"\(?[aA]\)[ \t]{1,12}(?!that\b)\S", re.IGNORECASE)
_LETTER = re.compile(r"(?:^|(?<=[.;:,] ))\(?(?P<letter>[A-Za-z])\)[ \t]{1,12}(?=\S)")
_END = re.compile(r"[.;](?:[ ]|$)")
_MOST = 140


def told_subs(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The parts (a), (b) ... of an item that begins with (a); one letter alone parts nothing.

    Letters that only follow other words are the choices or decisions of those words.
    """
    if not lines or not _FIRST.match(lines[0].text):
        return []
    found: list[tuple[str, str]] = []
    for line in lines:
        for match in _LETTER.finditer(line.text):
            letter = match["letter"]
            if ord(letter) == ord(found[-1][0]) + 1 if found else letter in "aA":
                found.append((letter, _first_words(line.text[match.end() : match.end() + _MOST])))
    return found if len(found) > 1 else []


def _first_words(text: str) -> str:
    end = _END.search(text)
    return squeeze(text[: end.start()] if end else text)
