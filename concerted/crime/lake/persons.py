"""Which columns of a file look as if they told who somebody is: by their heading, by their values.

Made to find too much rather than too little. What a value says never leaves this file: a finding
names the column and the kind of thing, and nothing that stands in it.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

NAME, ADDRESS, BIRTH, NHS = "names", "addresses", "dates of birth", "NHS numbers"
PHONE, EMAIL, NUMBER = "telephone numbers", "e-mail addresses", "numbers of persons"

_OF_PERSONS = (
    r"(victim|patient|offender|suspect|complainant|caller|informant|witness|officer|accused|"
    r"defendant|aggrieved|injured|person|staff|doctor|nurse|gp|next of kin|nok|keyworker|client)"
)
_HEADINGS = {
    NHS: r"\bnhs\b",
    BIRTH: r"\b(dob|d o b|birth|birthday|born)\b|dateofbirth|birthdate",
    EMAIL: r"\be ?mail",
    PHONE: r"\b(tele)?phones?\b|\bmobile\b|\btel\b|telephone|\bcontact (no|number)\b",
    ADDRESS: r"\baddress|\bpost ?code\b|\bhouse (no|name|number)\b|"
    r"\bresidence\b|\buprn\b",
    NUMBER: r"\b(nino|national insurance|passport|pnc|cro|crn|nomis|hospital number|mrn|"
    r"patient (id|no|number)|nominal|custody (no|number))\b",
    NAME: r"^(full |first |last |middle |family |given |christian |maiden )?names?$|"
    r"\b(fore|sur|first|last|family|given|middle|maiden|full)[ -]?names?\b|\binitials\b|"
    rf"\b{_OF_PERSONS}s?( s)? ?names?\b|\bnames? of (the )?{_OF_PERSONS}|^{_OF_PERSONS}$",
}
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(\+44|\(?0[1-37-9])[\d ()-]{8,13}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"^(flat \d+\w?,? )?\d{1,4}[a-z]?,? ([a-z’'-]+ ){1,4}?"
    r"(street|st|road|rd|avenue|ave|drive|crescent|terrace|grove|gardens|lane|close|court|way|walk|"
    r"place|square|row|mews)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(mr|mrs|miss|ms|mx|dr|prof|rev|sir|dame|pc|sgt)\.? [A-Z][\w’'-]+", re.IGNORECASE
)
_SURNAME_FIRST = re.compile(r"[A-Z][\w’'-]+, ?[A-Z][\w’'-]+( [A-Z]\.?)?")
_DATE = re.compile(r"(\d{4})-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-](\d{4})")
# Of the values of a column: more than this share, and it is no accident.
_MANY, _SOME = 0.5, 0.2
_LONG_AGO = 5  # years before the newest date of a file: what happened then is in no return


@dataclass(frozen=True, slots=True)
class Finding:
    """A column, and what it seems to hold; `by` is heading or values."""

    column: str
    kind: str
    by: str

    def __str__(self) -> str:
        return f"“{self.column[:60]}” ({self.kind}, by its {self.by})"


def by_heading(columns: Iterable[str]) -> list[Finding]:
    """Columns whose heading says so."""
    return [
        Finding(column, kind, "heading")
        for column in columns
        for kind in [_kind_of(column)]
        if kind
    ]


def _kind_of(heading: str) -> str | None:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", parted.lower()).split())
    return next((kind for kind, words in _HEADINGS.items() if re.search(words, plain)), None)


def is_nhs_number(words: str) -> bool:
    """Ten digits whose last is the check digit: weights 10 to 2, modulus 11 (NHS Data Model)."""
    digits = re.sub(r"[ -]", "", words.strip())
    if not re.fullmatch(r"\d{10}", digits) or len(set(digits)) == 1:
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[9])


@dataclass(slots=True)
class _Seen:
    values: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)


class Values:
    """The values of a file as they pass by, column by column; nothing of them is kept.

    `dates` are columns that are known to say when something happened.
    """

    def __init__(self, dates: Collection[str] = ()) -> None:
        self._dates = dates
        self._seen: dict[str, _Seen] = {}

    def look(self, row: Mapping[str, object]) -> None:
        for column, value in row.items():
            if value == "":
                continue
            seen = self._seen.setdefault(column, _Seen())
            seen.values += 1
            if isinstance(value, datetime.datetime):
                seen.years.append(value.year)
                continue
            words = str(value)
            if date := _DATE.match(words):
                seen.years.append(int(date[1] or date[2]))
            elif kind := _kind_of_value(words):
                seen.kinds[kind] = seen.kinds.get(kind, 0) + 1

    def findings(self) -> list[Finding]:
        """Columns whose values say so: one NHS number or e-mail address is enough."""
        newest = max((max(seen.years, default=0) for seen in self._seen.values()), default=0)
        return [
            Finding(column, kind, "values")
            for column, seen in self._seen.items()
            for kind in [_verdict(seen, 0 if column in self._dates else newest)]
            if kind
        ]


def _kind_of_value(words: str) -> str | None:
    if is_nhs_number(words):
        return NHS
    if _EMAIL.search(words):
        return EMAIL
    if _PHONE.fullmatch(words.strip()) and 10 <= sum(map(str.isdigit, words)) <= 12:
        return PHONE
    if _POSTCODE.search(words) or _STREET.match(words.strip()):
        return ADDRESS
    if _TITLED.match(words) or _SURNAME_FIRST.fullmatch(words.strip()):
        return NAME
    return None


def _verdict(seen: _Seen, newest: int) -> str | None:
    for kind, number in seen.kinds.items():
        least = 0 if kind in (NHS, EMAIL) else (_MANY if kind == ADDRESS else _SOME)
        if number > least * seen.values:
            return kind
    old = sum(year <= newest - _LONG_AGO for year in seen.years)
    return BIRTH if old > _MANY * seen.values else None
