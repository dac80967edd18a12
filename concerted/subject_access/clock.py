"""Until when a request must be answered.

Articles 12 and 12A UK GDPR and section 54 of the Data Protection Act 2018, both as the Data (Use
and Access) Act 2025 left them. Plain Python.
"""

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.holidays import bank_holidays

ONE_DAY = datetime.timedelta(1)
MONTHS = 1
EXTENDED = 3  # one month and two further ones


@dataclass(frozen=True, slots=True)
class Pause:
    """From the day on which clarification was asked for to the day it came, None while it waits.

    Neither of the two days counts, nor any between.
    """

    asked: datetime.date
    answered: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the time rests on. `starts` is None until identity is established."""

    starts: datetime.date | None
    pauses: Sequence[Pause] = ()
    extended: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """How a request stands on a day.

    `due` is None before the clock starts and while it stands; `stands_since` is the day on which
    it was stopped. `days_left` is negative once late. `share` is how much of the time has gone,
    from 0 to 100.
    """

    starts: datetime.date | None
    due: datetime.date | None = None
    stands_since: datetime.date | None = None
    days_left: int = 0
    share: int = 0
    extended: bool = False


def corresponding(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month; where that month is shorter, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def working_from(day: datetime.date) -> datetime.date:
    """The day itself, or the next one that is no weekend and no bank holiday of England."""
    while day.weekday() > 4 or day in bank_holidays(day.year):
        day += ONE_DAY
    return day


def last_day(
    starts: datetime.date, pauses: Sequence[Pause] = (), *, months: int = MONTHS
) -> datetime.date:
    """The last day on which a request is answered in time; pauses without an end are left out.

    A day of a pause moves the end by one day, unless the time had run out already.
    """
    end = corresponding(starts, months)
    for day in sorted({day for pause in pauses for day in _days_of(pause)}):
        if starts <= day <= working_from(end):
            end += ONE_DAY
    return working_from(end)


def reckon(facts: Facts, today: datetime.date) -> Clock:
    """How the clock of a request stands on a day."""
    if facts.starts is None:
        return Clock(None)
    open_since = [pause.asked for pause in facts.pauses if pause.answered is None]
    if open_since:
        return Clock(facts.starts, stands_since=min(open_since), extended=facts.extended)
    months = EXTENDED if facts.extended else MONTHS
    due = last_day(facts.starts, facts.pauses, months=months)
    whole = (due - facts.starts).days
    gone = min(max((today - facts.starts).days, 0), whole)
    return Clock(
        facts.starts,
        due=due,
        days_left=(due - today).days,
        share=round(100 * gone / whole),
        extended=facts.extended,
    )


def _days_of(pause: Pause) -> list[datetime.date]:
    if pause.answered is None:
        return []
    return [pause.asked + ONE_DAY * n for n in range((pause.answered - pause.asked).days + 1)]
