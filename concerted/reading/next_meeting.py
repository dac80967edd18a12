"""The date of the next meeting, where the minutes give it."""

import datetime
import re
from collections.abc import Sequence

from concerted.reading.dates import FoundDate, date_field, find_dates
from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Field, Span

_NEXT = re.compile(
    r"\bnext (?:[\w’'-]{1,20} ){0,2}?(?:meeting|board|forum|committee|session)\b"
    r"|\b(?:dates? of|schedule of|programme of) (?:the )?(?:next|future|forthcoming|further)\b"
    r"(?: [\w’'-]{1,20}){0,2}|\bdates of (?:the )?(?:\w+ )?meetings\b|\bmeeting dates\b"
    r"|\b(?:future|forthcoming) (?:meetings?|dates)\b|\bnext meet(?:s|ing)? (?:again )?on\b",
    re.IGNORECASE,
)
_OF_NEXT = ("next", "date", "schedule of", "programme of", "future", "forthcoming")
_NO_YEAR = "The year is not printed"


def next_meeting(text: str, lines: Sequence[Line], meeting: datetime.date | None) -> Field | None:
    """The date the minutes give for the next meeting; a mere mention without a year is none.

    A label with a whole date goes before a day whose year is not printed.
    """
    likely: Field | None = None
    for at in range(len(lines)):
        made, leads = _named_at(lines, at, meeting)
        if made is None or (likely is not None and not leads):
            continue
        if not made.why.startswith(_NO_YEAR):
            return made
        likely = likely or made
    return likely


def _named_at(
    lines: Sequence[Line], at: int, meeting: datetime.date | None
) -> tuple[Field | None, bool]:
    """The day that this line names, maybe printed under it; whether its label leads the line."""
    line = lines[at]
    low = line.text.lower()
    named = _NEXT.search(line.text) if any(word in low for word in _OF_NEXT) else None
    if named is None:
        return None, False
    place = named.start()
    leads = place < 30 and len(squeeze(line.text[:place]).split()) <= 5
    found = find_dates(line.text[place : place + 160], line.start + place)
    if not found and leads and at + 1 < len(lines) and len(line.text) < named.end() + 28:
        for later in lines[at + 1 : at + 4]:
            found = find_dates(later.text[:200], later.start)
            if found:
                break
    fields = (_next_field(one, meeting, leads=leads) for one in found)
    return next((one for one in fields if one is not None), None), leads


def _next_field(one: FoundDate, meeting: datetime.date | None, *, leads: bool) -> Field | None:
    if one.year is not None:
        made = date_field(one)
        if made and meeting and isinstance(made.value, datetime.date) and made.value <= meeting:
            return None
        return made
    if not leads or meeting is None:
        return None
    for year in (meeting.year, meeting.year + 1):
        try:
            day = datetime.date(year, one.month, one.day)
        except ValueError:
            return None
        if day > meeting:
            why = f"{_NO_YEAR}; it follows from the date of this meeting."
            return Field(day, Span(one.start, one.end), False, why)
    return None
