"""English bank holidays, by rule and by the few exceptions the Crown proclaimed."""

import datetime
from functools import lru_cache

_MONDAY = 0
_EXTRA = {
    datetime.date(1999, 12, 31): "the Millennium bank holiday",
    datetime.date(2002, 6, 3): "the Golden Jubilee bank holiday",
    datetime.date(2002, 6, 4): "the Spring bank holiday",
    datetime.date(2011, 4, 29): "the royal wedding bank holiday",
    datetime.date(2012, 6, 4): "the Spring bank holiday",
    datetime.date(2012, 6, 5): "the Diamond Jubilee bank holiday",
    datetime.date(2020, 5, 8): "the Early May bank holiday",
    datetime.date(2022, 6, 2): "the Spring bank holiday",
    datetime.date(2022, 6, 3): "the Platinum Jubilee bank holiday",
    datetime.date(2022, 9, 19): "the State Funeral bank holiday",
    datetime.date(2023, 5, 8): "the Coronation bank holiday",
}
# Years in which the last Monday of May, or the first, was moved to another day.
_SPRING_MOVED = {2002, 2012, 2022}
_MAY_DAY_MOVED = {2020}


def _easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


def _monday_from(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta((_MONDAY - day.weekday()) % 7)


def _working_from(day: datetime.date, taken: dict[datetime.date, str]) -> datetime.date:
    while day.weekday() > 4 or day in taken:
        day += datetime.timedelta(1)
    return day


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> dict[datetime.date, str]:
    """The bank holidays of England in a year (1978 and later), with their names."""
    easter = _easter(year)
    days = {day: name for day, name in _EXTRA.items() if day.year == year}
    days[easter - datetime.timedelta(2)] = "Good Friday"
    days[easter + datetime.timedelta(1)] = "Easter Monday"
    if year not in _MAY_DAY_MOVED:
        days[_monday_from(datetime.date(year, 5, 1))] = "the Early May bank holiday"
    if year not in _SPRING_MOVED:
        days[_monday_from(datetime.date(year, 5, 25))] = "the Spring bank holiday"
    days[_monday_from(datetime.date(year, 8, 25))] = "the Summer bank holiday"
    days[_working_from(datetime.date(year, 1, 1), days)] = "New Year’s Day"
    days[_working_from(datetime.date(year, 12, 25), days)] = "Christmas Day"
    days[_working_from(datetime.date(year, 12, 26), days)] = "Boxing Day"
    return days
