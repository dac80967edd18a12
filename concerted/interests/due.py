"""Until when a member confirms the register, and when reminders go. Plain Python, days in."""

import calendar
import datetime
from collections.abc import Iterable
from typing import Protocol


class Periods(Protocol):
    """As much of a rule as is counted with."""

    starts: datetime.date
    days_after_appointment: int
    confirm_months: int
    remind_days: int


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return datetime.date(years, month + 1, min(day.day, last))


def due_on(
    rule: Periods, *, since: Iterable[datetime.date | None], confirmed_on: datetime.date | None
) -> datetime.date:
    """The day by which a member confirms next; `since` are the first days of their seats.

    Nobody is late for days before the rule, nor before the days that a new seat gives.
    """
    begun = [max(one or rule.starts, rule.starts) for one in since] or [rule.starts]
    given = datetime.timedelta(days=rule.days_after_appointment)
    if confirmed_on is None:
        return min(begun) + given
    later = [one for one in begun if one > confirmed_on]
    return max([months_later(confirmed_on, rule.confirm_months), *(one + given for one in later)])


def turn(rule: Periods, *, due: datetime.date, day: datetime.date) -> int | None:
    """Which reminder is due on a day, the first being 0; None before its time.

    The first goes `remind_days` before the day, another after each further such span.
    """
    begins = due - datetime.timedelta(days=rule.remind_days)
    return (day - begins).days // rule.remind_days if day >= begins else None
