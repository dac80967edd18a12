"""The days of a series, from its rule. Plain Python: dates as in Britain, no times, no database."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from concerted.reading.holidays import bank_holidays

DAY = datetime.timedelta(days=1)
SATURDAY = 5
# No rule moves a meeting further than this; a body that rests longer leaves it out.
FURTHEST = 60 * DAY


@dataclass(frozen=True, slots=True)
class EveryWeeks:
    """Each `every`th week on a weekday (Monday is 0), counted from the first such day."""

    weekday: int
    every: int = 1

    def days(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        start = first + (self.weekday - first.weekday()) % 7 * DAY
        return _by_rule(WEEKLY, self.every, weekday(self.weekday), start, last)


@dataclass(frozen=True, slots=True)
class EveryMonths:
    """The `nth` (or last, -1) weekday of each `every`th month, counted from the first month."""

    weekday: int
    nth: int
    every: int = 1

    def days(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        return _by_rule(MONTHLY, self.every, weekday(self.weekday, self.nth), first, last)


@dataclass(frozen=True, slots=True)
class Named:
    """These days, each once."""

    on: tuple[datetime.date, ...]

    def days(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        return iter(sorted({day for day in self.on if first <= day <= last}))


@dataclass(frozen=True, slots=True)
class Daily:
    """Each day but Saturdays and Sundays."""

    def days(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        for number in range((last - first).days + 1):
            day = first + number * DAY
            if day.weekday() < SATURDAY:
                yield day


Rule = EveryWeeks | EveryMonths | Named | Daily


@dataclass(frozen=True, slots=True)
class Wanted:
    """A series: its rule, from the first to the last day, and when nobody meets.

    A week of which `closed` names any day is closed. What falls on a bank holiday of England or
    in a closed week goes to the next working day, or is left out where `moves` is false.
    """

    rule: Rule
    first: datetime.date
    last: datetime.date
    moves: bool = True
    closed: frozenset[datetime.date] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Place:
    """A day of a series as the rule `meant` it, and the day it is `held_on`, or None; and `why`."""

    meant: datetime.date
    held_on: datetime.date | None
    why: str = ""


def places(wanted: Wanted) -> list[Place]:
    """The days of a series in order. Of two that would be moved to one day the second is out."""
    meant = list(wanted.rule.days(wanted.first, wanted.last))
    taken = {day for day in meant if not why_closed(day, wanted.closed)}
    found = []
    for day in meant:
        why = why_closed(day, wanted.closed)
        if not why:
            found.append(Place(day, day))
            continue
        to = _next_working(day, wanted.closed) if wanted.moves else None
        if to is not None and to in taken:
            to, why = None, f"{why}, and the next working day has a meeting of this series"
        if to is not None:
            taken.add(to)
        found.append(Place(day, to, why))
    return found


def why_closed(day: datetime.date, closed: frozenset[datetime.date]) -> str:
    """Why nobody meets on a day, in words; nothing where there is no reason."""
    holiday = bank_holidays(day.year).get(day, "")
    return holiday or ("a closed week" if _week(day) in {_week(one) for one in closed} else "")


def _week(day: datetime.date) -> datetime.date:
    """The Monday of its week."""
    return day - day.weekday() * DAY


def _next_working(day: datetime.date, closed: frozenset[datetime.date]) -> datetime.date | None:
    to = day
    while to.weekday() >= SATURDAY or why_closed(to, closed):
        to += DAY
        if to - day > FURTHEST:
            return None
    return to


def _by_rule(
    frequency: int, every: int, on: weekday, first: datetime.date, last: datetime.date
) -> Iterator[datetime.date]:
    start, end = (datetime.datetime.combine(day, datetime.time()) for day in (first, last))
    for moment in rrule(frequency, interval=every, byweekday=on, dtstart=start, until=end):
        yield moment.date()
