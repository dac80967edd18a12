"""References of items: "17.", "SMP/12/25", "Dun/285/07-08", "4a", "II", "Agenda item 4"."""

import re
from dataclasses import dataclass

from concerted.reading.lines import Line, squeeze

_END = r"(?:[.):]|\.\))?(?=[ \t]|$)"
_FORMS = (
    # The order decides: the fuller form first.
    (
        "worded",
        re.compile(
            rf"(?:agenda[ ]{{1,3}}item|agenda|"
            rf"item)[ ]{{1,3}}(?:no\.?[ ]{{0,2}})?(?P<ref>\d{{1,3}}[a-z]?){_END}",
            re.I,
        ),
    ),
    ("worded", re.compile(rf"no\.?[ ]{{1,2}}(?P<ref>\d{{1,3}}[a-z]?){_END}", re.I)),
    (
        "code",
        re.compile(
            rf"(?P<ref>[A-Z][A-Za-z]{{0,7}}(?:\(\d\)\d{{1,3}})?(?:[ /.-][A-Z]{{1,5}})?"
            rf"[ /.-]{{0,2}}\d{{1,4}}/\d{{2,4}}(?:[/-]\d{{2,4}})?){_END}"
        ),
    ),
    ("code", re.compile(rf"(?P<ref>[A-Z]{{1,5}}\(\d{{1,2}}\)\d{{1,3}}/\d{{2,4}}){_END}")),
    ("code", re.compile(rf"(?P<ref>\d{{1,4}}\.[A-Z]{{1,5}}\.\d{{2,4}}){_END}")),
    ("code", re.compile(rf"(?P<ref>\d{{1,4}}/\d{{1,4}}(?:[/-]\d{{2,4}})?){_END}")),
    ("code", re.compile(rf"(?P<ref>[A-Z]{{2,6}}\.\d{{1,4}}){_END}")),
    ("code", re.compile(rf"(?P<ref>[A-Z]{{1,5}}\d{{1,4}}[a-z]?){_END}")),
    ("dotted", re.compile(r"(?P<ref>\d{1,3}\.\d{1,2}(?:\.\d{1,2})?)\.?(?=[ \t]|$)")),
    ("number", re.compile(rf"(?P<ref>\d{{1,4}}[a-z]?){_END}")),
    ("roman", re.compile(r"(?P<ref>[IVX]{1,5})[.):]?(?=[ \t]|$)")),
)
_PREFIX = re.compile(r"[A-Z]{2,6}$")
_SERIES = re.compile(r"\d{1,4}/\d{2,4}$")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference found at the front of a line; ``rest`` is what stands after it."""

    kind: str
    ref: str
    at: Line
    rest: Line | None

    @property
    def number(self) -> int:
        """The number by which references of one kind follow each other."""
        if self.kind == "roman":
            return roman(self.ref)
        digits = re.search(r"\d+", self.ref)
        return int(digits.group()) if digits else 0

    @property
    def shape(self) -> str:
        """References of one series have one shape: letters stay, digits become 9."""
        return re.sub(r"\d+", "9", self.ref)


def roman(word: str) -> int:
    total = 0
    for i, letter in enumerate(word):
        value = _ROMAN[letter]
        total += -value if i + 1 < len(word) and _ROMAN[word[i + 1]] > value else value
    return total


def read_ref(line: Line) -> Ref | None:
    """The reference a line begins with, or None."""
    for kind, pattern in _FORMS:
        match = pattern.match(line.text)
        if not match:
            continue
        rest = line.part(match.end())
        if kind == "number" and match["ref"].startswith("0"):
            return None
        trimmed = rest.text.lstrip("-–—:. \t")
        if trimmed != rest.text and len(trimmed) < len(rest.text):
            rest = rest.part(len(rest.text) - len(trimmed))
        at = line.part(match.start("ref"), match.end("ref"))
        return Ref(kind, squeeze(match["ref"]), at, rest if rest.text else None)
    return None


def is_prefix(line: Line, following: Line | None) -> bool:
    """A series' letters alone on a line, with the number on the next one."""
    return (
        following is not None
        and _PREFIX.match(line.text) is not None
        and _SERIES.match(following.text) is not None
    )
