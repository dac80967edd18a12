"""Dates and times as minutes write them, and doubts about them said in a sentence."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from concerted.reading.holidays import bank_holidays
from concerted.reading.model import Field, Span

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
    r"[ \n]{0,3},?[ \n]{0,3}(?:the[ ]{1,3})?)?"
)
# "21 June, 20 September": the 20 is a day, not a year.
_NO_DAY = r"(?!(?:st|nd|rd|th)\b|[ ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
_YEAR = rf"(?P<year>\d{{4}}|[’']?\d{{2}}(?![\d.:]){_NO_DAY})"
_UP_TO_MONTH = (
    r"[ ]{0,2}(?:st|nd|rd|th)?[ \n]{0,3}(?:(?:day[ ])?of[ ]{1,2}(?:the[ ])?)?[-,]?[ ]{0,2}"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d./]){_WEEKDAY}(?P<day>\d{{1,2}}){_UP_TO_MONTH}{_MONTH}(?![a-z])\.?[-]?"
    rf"(?:[ \n]{{0,3}},?[ \n]{{0,3}}{_YEAR}(?!\d))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![a-z]){_WEEKDAY}{_MONTH}[ ]{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]{{1,3}}"
    r"(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    rf"(?<![\d./]){_WEEKDAY}(?P<day>\d{{1,2}})(?P<sep>[./-])(?P<month>\d{{1,2}})(?P=sep)"
    r"(?P<year>\d{4}|\d{2})(?![\d/])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
# Looked for first: most texts have neither, and the expressions above look long.
_MONTH_STARTS = tuple(name[:3].lower() for name in MONTHS)
# Looked for before the whole expressions: the figures that each of them needs.
_DAY_AND_MONTH = re.compile(rf"\d{_UP_TO_MONTH}(?:{'|'.join(_MONTH_STARTS)})", re.IGNORECASE)
_DAY_AND_YEAR = re.compile(r"[ ]\d{1,2}(?:st|nd|rd|th)?,?[ ]{1,3}\d{4}", re.IGNORECASE)
_FIGURES = re.compile(r"\d[./-]\d")
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_TIME = re.compile(
    r"(?<![\d.:/£])(?P<hour>\d{1,2})(?:[ ]?[.:;][ ]?(?P<minute>\d{2})(?!\d))?[ ]{0,3}"
    r"(?P<half>[ap][ ]?\.?[ ]?m\b\.?|noon\b|hrs?\b|hours\b)?",
    re.IGNORECASE,
)
_FOUR = re.compile(
    r"(?<!\d)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)[ ]{0,2}(?:hrs|hours)\b", re.I
)
_NOON = re.compile(r"(?:12[ ]{1,2})?\b(?:noon|midday)\b", re.IGNORECASE)
_PLAUSIBLE = range(1970, 2100)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ``value`` is None when the day does not exist or the year is unsaid."""

    day: int
    month: int
    year: int | None
    weekday: int | None
    start: int
    end: int
    text: str

    @property
    def value(self) -> datetime.date | None:
        return _real(self.year, self.month, self.day)


def _real(year: int | None, month: int, day: int) -> datetime.date | None:
    if year is None:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _month_number(word: str) -> int:
    low = word.lower()[:3]
    return next(i for i, name in enumerate(MONTHS, 1) if name.lower().startswith(low))


def _weekday_number(word: str | None) -> int | None:
    if not word:
        return None
    return next(i for i, name in enumerate(WEEKDAYS) if name.lower().startswith(word.lower()[:3]))


def _full_year(word: str | None) -> int | None:
    if not word:
        return None
    number = int(word.strip("’'"))
    if number > 99:
        return number
    return number + (1900 if number > 69 else 2000)


def _matches(text: str) -> Iterator[re.Match[str]]:
    low = text.lower()
    if any(month in low for month in _MONTH_STARTS):
        if _DAY_AND_MONTH.search(text):
            yield from _DAY_FIRST.finditer(text)
        if _DAY_AND_YEAR.search(text):
            yield from _MONTH_FIRST.finditer(text)
    if _FIGURES.search(text):
        yield from _NUMBERS.finditer(text)
        yield from _ISO.finditer(text)


def find_dates(text: str, base: int = 0) -> list[FoundDate]:
    """Every date in ``text``, in order of place; ``base`` is added to each offset."""
    if not _DIGIT.search(text):
        return []
    found: list[FoundDate] = []
    for match in _matches(text):
        groups = match.groupdict()
        month = (
            int(groups["month"]) if groups["month"].isdigit() else _month_number(groups["month"])
        )
        day = int(groups["day"])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        found.append(
            FoundDate(
                day,
                month,
                _full_year(groups.get("year")),
                _weekday_number(groups.get("weekday")),
                base + match.start(),
                base + match.start() + len(match.group().rstrip(" .,-")),
                " ".join(match.group().split()).rstrip(" .,-"),
            )
        )
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[FoundDate] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def in_words(day: datetime.date) -> str:
    """``16 June 2009``"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _same_weekday_near(day: datetime.date, weekday: int) -> list[datetime.date]:
    forward = (weekday - day.weekday()) % 7
    near = [day + datetime.timedelta(forward - 7), day + datetime.timedelta(forward)]
    for year in (day.year - 1, day.year + 1):
        other = _real(year, day.month, day.day)
        if other and other.weekday() == weekday:
            near.append(other)
    return near


def _year_mended(year: int, month: int, day: int, weekday: int | None) -> list[datetime.date]:
    """Dates a slip of the pen could have meant: two digits changed places, or one was mistyped."""
    digits = str(year)
    years = {
        int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
        for i in range(len(digits) - 1)
    }
    years.add(int("2" + digits[1:]))
    days = [_real(y, month, day) for y in sorted(years) if y in range(1990, 2060)]
    kept = [d for d in days if d]
    fits = [d for d in kept if weekday is None or d.weekday() == weekday]
    return fits or kept


def doubts(found: FoundDate) -> tuple[str, list[datetime.date]]:
    """Why a person should look at this date ("" when they need not), and what it may have been."""
    if found.year is not None and found.year not in _PLAUSIBLE:
        mended = _year_mended(found.year, found.month, found.day, found.weekday)
        return f"The text says {found.text}. That year cannot be right.", mended
    day = found.value
    if day is None:
        return f"The text says {found.text}. There is no such day.", []
    if found.weekday is not None and found.weekday != day.weekday():
        why = (
            f"The text says {WEEKDAYS[found.weekday]} {in_words(day)}. "
            f"That day was a {WEEKDAYS[day.weekday()]}."
        )
        return why, _same_weekday_near(day, found.weekday)
    if day.weekday() > 4:
        why = f"The text says {in_words(day)}. That day was a {WEEKDAYS[day.weekday()]}."
        return why, [
            day - datetime.timedelta(day.weekday() - 4),
            day + datetime.timedelta(7 - day.weekday()),
        ]
    holiday = bank_holidays(day.year).get(day)
    if holiday:
        next_day = day + datetime.timedelta(1)
        return f"The text says {in_words(day)}. That day was {holiday}.", [next_day]
    return "", []


def date_field(found: FoundDate) -> Field | None:
    """The date as a field; None when no day of the calendar can be made of it."""
    why, candidates = doubts(found)
    value = found.value
    if found.year is not None and found.year not in _PLAUSIBLE and candidates:
        value = candidates[0]
    if value is None:
        return None
    return Field(value, Span(found.start, found.end), not why, why, tuple(candidates))


def with_year_after(found: FoundDate, meeting: datetime.date) -> datetime.date | None:
    """The date; a year that is unsaid becomes the first that puts it on or after the meeting."""
    if found.year is not None:
        return found.value
    this = _real(meeting.year, found.month, found.day)
    if this and this >= meeting:
        return this
    return _real(meeting.year + 1, found.month, found.day)


@dataclass(frozen=True, slots=True)
class FoundTime:
    value: datetime.time
    start: int
    end: int
    marked: bool


def find_times(text: str, base: int = 0) -> list[FoundTime]:
    """Times of day in ``text``; ``marked``: am, pm, noon, hrs or a colon stood there."""
    found: list[FoundTime] = []
    taken = [(d.start, d.end) for d in find_dates(text)]
    for match in _TIME.finditer(text):
        half = (match["half"] or "").lower().replace(".", "").replace(" ", "")
        if not half and match["minute"] is None:
            continue
        if any(start <= match.start() < end for start, end in taken):
            continue
        value = _time_of(int(match["hour"]), int(match["minute"] or 0), half)
        if value is not None:
            marked = bool(half) or ":" in match.group()
            end = match.start() + len(match.group().rstrip())
            found.append(FoundTime(value, base + match.start(), base + end, marked))
    for pattern in (_FOUR, _NOON):
        for match in pattern.finditer(text):
            if pattern is _NOON:
                value = datetime.time(12)
            else:
                value = datetime.time(int(match["hour"]), int(match["minute"]))
            found.append(FoundTime(value, base + match.start(), base + match.end(), True))
    found.sort(key=lambda one: (one.start, -one.end))
    return _with_halves(text, base, found)


_UNTIL = re.compile(r"[ ]{0,2}(?:-|–|—|to|until|till)[ ]{0,2}\Z", re.IGNORECASE)


def _with_halves(text: str, base: int, found: list[FoundTime]) -> list[FoundTime]:
    """`1.00-3.00pm` begins in the afternoon too: the hour before takes the half of the day."""
    for at, (one, after) in enumerate(pairwise(found)):
        later = one.value.hour + 12
        if (
            not one.marked
            and after.marked
            and one.value.hour < 8 <= later <= after.value.hour
            and _UNTIL.match(text[one.end - base : after.start - base])
        ):
            found[at] = replace(one, value=one.value.replace(hour=later), marked=True)
    return found


def _time_of(hour: int, minute: int, half: str) -> datetime.time | None:
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    if not half and hour == 0:
        return None
    return datetime.time(hour, minute)
