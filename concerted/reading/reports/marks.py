"""What stands before a paragraph or a limb: 3. · 2.1 · (a) · iv) · a bullet."""

import re
from dataclasses import dataclass

from concerted.reading.lines import Line, is_bullet, without_bullet

_DECIMAL = re.compile(
    r"(?P<ref>\d{1,2}(?:\.\d{1,3}){1,3})[.)]?[ \t]+(?=\S)"
    r"(?!(?:million|billion|per cent|%|miles?|km|hours?|times|[ap]\.?m\b))",
)
_WHOLE = re.compile(r"(?P<ref>\(\d{1,3}\)|\d{1,3}(?=[.)]))(?P<end>[.)]?)[ \t]+(?=\S)")
_SMALL = re.compile(
    r"(?P<open>\(?)(?P<word>[a-z]|[ivx]{1,5}|(?<=\()[A-Z])(?P<end>[.)])[ \t]*(?=\S)"
)
_ROMAN = re.compile(r"(?:x{0,2}(?:ix|iv|v?i{0,3}))$")


@dataclass(frozen=True, slots=True)
class Mark:
    """``ref`` as printed without a closing full stop; ``length`` is how much of the line it is.

    Kinds: decimal, whole, letter, roman, either (c, d, i, v, x and so on), bullet.
    """

    ref: str | None
    kind: str
    length: int


def mark_of(line: Line) -> Mark | None:
    """The mark with which a line begins; a bullet before a number does not count."""
    bare = without_bullet(line)
    lead = bare.start - line.start
    for kind, pattern in (("decimal", _DECIMAL), ("whole", _WHOLE)):
        found = pattern.match(bare.text)
        if found:
            ref = found["ref"]
            if kind == "whole" and found["end"] == ")" and not ref.startswith("("):
                ref += ")"
            return Mark(ref, kind, lead + found.end())
    found = _SMALL.match(bare.text)
    if found and not (found["end"] == "." and bare.text[found.end() :][1:2] == "."):
        ref = found["open"] + found["word"] + (")" if found["end"] == ")" else "")
        return Mark(ref, _small_kind(found["word"]), lead + found.end())
    return Mark(None, "bullet", lead) if is_bullet(line) else None


def _small_kind(word: str) -> str:
    roman = bool(_ROMAN.match(word))
    if len(word) > 1:
        return "roman" if roman else "letter"
    return "either" if roman else "letter"


def settled(mark: Mark, before: str | None) -> str:
    """The kind of a mark after another of kind ``before``: (i) alone opens a Roman series."""
    if mark.kind != "either":
        return mark.kind
    if before in ("roman", "letter"):
        return before
    return "roman" if (mark.ref or "").strip("().") == "i" else "letter"
