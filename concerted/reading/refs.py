"""References of items: "17.", "SMP/12/25", "LRB/14", "18.OS.23", "2409.01", "4a", "II"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.lines import Line, squeeze
from concerted.reading.vocabulary import listed

_END = r"(?:[.):]|\.\)|\])?(?=[ \t]|$)"
# Letters and numbers of a series: "Dun/285/07-08", "AF(4)3/06", "LRB/14", "18.OS.23", "PC1/22".
_SERIES_FORM = (
    r"(?P<ref>(?:(?P<lead>[A-Z][A-Za-z]{0,7}(?:[ /.-][A-Z]{1,5})?)(?:[ ]{1,4}|[/.-])?)?"
    r"(?:\(\d{1,2}\))?\d{1,4}(?:[a-z]|[A-Z](?=/))?"
    r"(?P<more>(?:[/.-](?:\d{1,4}[A-Za-z]?(?![A-Za-z])|[A-Z]{1,5})){0,3}))"
)
_CODE = re.compile(rf"\(?{_SERIES_FORM}{_END}")
# The same within a run of text, before the capital of a title; numbers need a slash there.
CODE_IN_TEXT = re.compile(
    rf"(?<![\w/.,£(-])(?=\S{{0,20}}[/.(-])"
    rf"{_SERIES_FORM}(?:[.):](?=[ ]))?(?=[ ]{{1,4}}[‘“\"(]?[A-Z])"
)
# A number before the capital of a title, within a run of text; "6 August" is a day.
NUMBER_IN_TEXT = re.compile(
    r"(?<![\w/.,£:-])(?P<n>\d{1,3})(?P<more>[A-Z]|[a-e](?=\.))?"
    r"(?:\. {1,4}| {1,4}(?!(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b))(?=[A-Z‘“\"][A-Za-z’]{2})"
)
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
        "minute",
        re.compile(
            r"min(?:ute)?\.?[ ]{1,3}(?:(?:no|number)\.?[ ]{0,3})?"
            rf"(?P<ref>\d{{1,4}}(?:/\d{{2,4}})?){_END}",
            re.I,
        ),
    ),
    ("dotted", re.compile(r"(?P<ref>\d{1,4}\.\d{1,3}(?:[a-e]|\.\d{1,3})?)\.?(?=[ \t]|$)")),
    ("code", _CODE),
    ("number", re.compile(rf"#?(?P<ref>\d{{1,6}}[A-Za-z]?){_END}")),
    ("round", re.compile(r"\((?P<ref>\d{1,3})\)(?=[ \t]|$)")),
    ("roman", re.compile(r"(?P<ref>[IVX]{1,5})[.):]?(?=[ \t]|$)")),
    ("letter", re.compile(r"(?P<ref>[A-Z])[.)](?=[ \t])")),
)
_PREFIX = re.compile(r"[A-Z]{2,6}$")
_SERIES = re.compile(r"\d{1,4}/\d{2,4}$")
# Words that stand before a number and are no letters of a series.
_NO_LEAD = listed(
    """a an in on at to of the and for by it is as or if we he may june july march april august
    september october november december january february page item items no minute minutes note
    notes part section para paragraph appendix annex action actions figure table week day days
    year room flat unit ward route step phase stage option question paper version
    about over under some only nearly around approximately all than from until since between
    within after before covid mon tue tues wed thu thur thurs fri sat sun class form rule
    standing order article schedule stages
    cllr mr mrs ms dr pc jan feb mar apr jun jul aug sep sept oct nov dec"""
)
# A digit soon, or a letter with its mark: most lines have neither, and are tried no further.
_MAY_BEGIN = re.compile(r"[^\d\n]{0,20}\d|[A-Z]{1,5}(?:[.):]|[ \t]|$)")
_YEAR_AND_NUMBER = re.compile(r"\d{2}(?:\d{2})?-\d{3}$")
# "23/0123/FUL": the application that is talked about, not the item.
_PLANNING = re.compile(r"\d/\d{2,4}/[A-Z]{2,5}$")
# "TRAINING PLAN 2012/13": what the words are about, not the letters of a series.
_FINANCIAL_YEAR = re.compile(r"[ ](?:19|20)\d\d[/-]\d\d(?:\d\d)?$")
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
        if self.kind == "letter":
            return ord(self.ref) - ord("A") + 1
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
    if not _MAY_BEGIN.match(line.text):
        return None
    for kind, pattern in _FORMS:
        match = pattern.match(line.text)
        if not match or (kind == "code" and not is_code(match)):
            continue
        rest = line.part(match.end())
        if kind == "number" and match["ref"].startswith("0"):
            return None
        trimmed = rest.text.lstrip("-–—:./| \t")
        if trimmed != rest.text and len(trimmed) < len(rest.text):
            rest = rest.part(len(rest.text) - len(trimmed))
        at = line.part(match.start("ref"), match.end("ref"))
        return Ref(kind, squeeze(match["ref"]), at, rest if rest.text else None)
    return None


def in_order(numbers: Sequence[int]) -> list[int]:
    """The places of the numbers that are no references back: where one stands between an item and
    the item numbered next ("14, 3, 15"), it is talked about."""
    kept: list[int] = []
    wanted: int | None = None
    for place, number in enumerate(numbers):
        if wanted is None or number == wanted or wanted not in numbers[place + 1 : place + 9]:
            kept.append(place)
            wanted = number + 1
    return kept


def is_code(match: re.Match[str]) -> bool:
    """Letters with a number, or numbers parted by a slash; not a date, a sum or a time."""
    lead, more = match["lead"] or "", match["more"]
    if lead and _FINANCIAL_YEAR.search(match["ref"]):
        return False
    if _PLANNING.search(match["ref"]):
        return False
    if lead.lower() in _NO_LEAD and not match["ref"][len(lead)].isalnum():
        return False
    if not lead and match["ref"][0].isdigit():
        return _is_numbers_only(more, match["ref"])
    if " " in match["ref"][len(lead) :] and "/" not in more:
        # "CSP 12": only capitals, because any word may stand before a number or a year.
        number = match["ref"].split()[-1]
        return lead.isupper() and 2 <= len(lead) <= 6 and number.isdigit() and len(number) < 4
    return lead.isupper() or "/" in match["ref"] or (bool(more) and len(lead) <= 5)


def _is_numbers_only(more: str, ref: str) -> bool:
    """ "77/21", "24/05/113", "18.OS.23": more than one part, and no year alone nor a date."""
    letters = any(c.isalpha() for c in more)
    if not letters and "/" not in more:
        return _YEAR_AND_NUMBER.match(ref) is not None
    parts = re.split(r"[/.-]", ref)
    marks = {c for c in ref if c in "/.-"}
    return not (len(parts) == 3 and not letters and len(marks) == 1 and _is_date(parts))


def _is_date(parts: list[str]) -> bool:
    day, month, year = parts
    return (
        len(day) <= 2
        and len(month) <= 2
        and len(year) in (2, 4)
        and 1 <= int(re.sub(r"\D", "", day) or 0) <= 31
        and 1 <= int(month) <= 12
    )


def is_letters(line: Line) -> bool:
    """A few capitals alone on a line, as the letters of a series stand."""
    return _PREFIX.match(line.text) is not None


def is_prefix(line: Line, following: Line | None) -> bool:
    """A series' letters alone on a line, with the number on the next one."""
    return (
        following is not None
        and _PREFIX.match(line.text) is not None
        and _SERIES.match(following.text) is not None
    )
