"""When what comes again is due again. Plain Python; a month is its first day."""

import datetime

from dateutil.relativedelta import relativedelta

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


def month_of(day: datetime.date) -> datetime.date:
    return day.replace(day=1)


def next_month(cycle: str, due: datetime.date, dealt_on: datetime.date) -> datetime.date | None:
    """The first month of the cycle, counted from `due`, after the one in which it was dealt with.

    What was dealt with early is due next one whole step after it was due. None where the cycle is
    not one of months.
    """
    step = MONTHS.get(cycle)
    if step is None:
        return None
    first, dealt = month_of(due), month_of(dealt_on)
    behind = (dealt.year - first.year) * 12 + dealt.month - first.month
    return _after(first, step * max(1, behind // step + 1))


def year_from(first: datetime.date) -> list[datetime.date]:
    """Twelve months, this one first."""
    return [_after(month_of(first), number) for number in range(12)]


def _after(month: datetime.date, count: int) -> datetime.date:
    later: datetime.date = month + relativedelta(months=count)
    return later
