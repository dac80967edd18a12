"""How dates, times and counts are written: as the GOV.UK style guide writes them."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from concerted.kernel import clock as kernel_clock

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
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def local(moment: dt.datetime) -> dt.datetime:
    """Return the moment as clocks in London show it; a naive moment is taken as it is."""
    return moment.astimezone(kernel_clock.BRITAIN) if timezone.is_aware(moment) else moment


def _date(value: dt.date | dt.datetime) -> dt.date:
    return local(value).date() if isinstance(value, dt.datetime) else value


def day(value: dt.date | dt.datetime | None) -> str:
    """16 June 2009."""
    if value is None:
        return ""
    date = _date(value)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def day_and_month(value: dt.date | dt.datetime | None) -> str:
    """16 June: where the year is plain from the text beside it."""
    return day(value).rpartition(" ")[0]


def month(value: dt.date | None) -> str:
    """June 2009."""
    return "" if value is None else day(value).partition(" ")[2]


def weekday(value: dt.date | dt.datetime | None) -> str:
    """Tuesday 16 June 2009."""
    return "" if value is None else f"{WEEKDAYS[_date(value).weekday()]} {day(value)}"


def clock(value: dt.time | dt.datetime | None) -> str:
    """9:30am, 10am, noon, midnight."""
    if value is None:
        return ""
    time = local(value).time() if isinstance(value, dt.datetime) else value
    if time.minute == 0 and time.hour in (0, 12):
        return "noon" if time.hour else "midnight"
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'pm' if time.hour >= 12 else 'am'}"


def when(value: dt.datetime | None) -> str:
    """16 June 2009 at 9:12am."""
    return "" if value is None else f"{day(value)} at {clock(value)}"


def number(value: float) -> str:
    """1,486."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """1 action, 3 actions, 2 bodies; give ``many`` where English is irregular."""
    return f"{number(count)} {one if count == 1 else many or _many(one)}"


def _many(one: str) -> str:
    if one.endswith("y") and one[-2:-1] not in "aeiou":
        return one[:-1] + "ies"
    return one + ("es" if one.endswith(("s", "x", "ch", "sh")) else "s")


def days_from(value: dt.date | dt.datetime, today: dt.date | None = None) -> int:
    """Count the days until a date; negative once it has passed."""
    return (_date(value) - (today or kernel_clock.today())).days


def in_days(value: dt.date | dt.datetime, today: dt.date | None = None) -> str:
    """Today, tomorrow, in 4 days, yesterday, 3 days ago."""
    days = days_from(value, today)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} ago"


def listed(names: Sequence[object]) -> str:
    """Join names as a sentence does: A, B and C."""
    said = [str(name) for name in names]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def as_text(value: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{value}" if value.lstrip()[:1] in ("=", "+", "-", "@") else value
