"""The days of the demonstration, reckoned from the day it is built; and texts filled with them.

A text holds places such as `{board-2}`, `{board+1 weekday}` or `{today+9}`: the second meeting of
the board before today, the next one, the working day nine days from now.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from concerted.reading.holidays import bank_holidays

DAY = datetime.timedelta(days=1)
PLACE = re.compile(r"\{(?P<series>[a-z]+)(?P<by>[+-]\d+)(?: (?P<form>[a-z]+))?\}")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


@dataclass(frozen=True, slots=True)
class Series:
    """The meetings of a body: on which day of the week, how soon the next, how far apart."""

    weekday: int
    ahead: int
    every: int


# The last meeting before today lies `every` days before the next: `ahead` says which it is.
SERIES = {
    "board": Series(TUESDAY, 7, 56),
    "together": Series(THURSDAY, 30, 84),
    "violence": Series(WEDNESDAY, 11, 42),
    "fenside": Series(THURSDAY, 15, 70),
    "canal": Series(MONDAY, 21, 42),
    "jag": Series(MONDAY, 10, 28),
    "reoffending": Series(WEDNESDAY, 19, 28),
    "silver": Series(FRIDAY, 22, 42),
}


def is_working(day: datetime.date) -> bool:
    return day.weekday() <= FRIDAY and day not in bank_holidays(day.year)


def working(day: datetime.date, *, towards: int = 1) -> datetime.date:
    """That day, or the first working day after it (before it, with -1)."""
    while not is_working(day):
        day += towards * DAY
    return day


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every day that the demonstration speaks of, from today."""

    today: datetime.date

    def meeting(self, series: str, by: int) -> datetime.date:
        """The meeting `by` places from today: 1 is the next one, -1 the last one.

        Nobody meets on a holiday or between Christmas and New Year: then it is a week further off.
        """
        wanted = SERIES[series]
        soonest = self.today + wanted.ahead * DAY
        coming = soonest + (wanted.weekday - soonest.weekday()) % 7 * DAY
        day = coming + (by - 1 if by > 0 else by) * wanted.every * DAY
        while not is_working(day) or (day.month == 12 and day.day >= 24):
            day += 7 * DAY if by > 0 else -7 * DAY
        return day

    def due(self, by: int) -> datetime.date:
        """A working day about so many days from today: what is past stays past."""
        return working(self.today + by * DAY, towards=1 if by > 0 else -1)

    def filled(self, text: str) -> str:
        """A text with its places filled."""

        def fill(place: re.Match[str]) -> str:
            by = int(place["by"])
            day = self.due(by) if place["series"] == "today" else self.meeting(place["series"], by)
            return FORMS[place["form"] or ""](day)

        return PLACE.sub(fill, text)


def plain(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _nth(day: datetime.date) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{'th' if 11 <= day.day <= 13 else ending} {day:%B}"


FORMS: dict[str, Callable[[datetime.date], str]] = {
    "": plain,
    "short": lambda day: f"{day.day} {day:%B}",
    "weekday": lambda day: f"{day:%A} {plain(day)}",
    "wrong": lambda day: f"{day - DAY:%A} {plain(day)}",
    "nth": lambda day: f"{_nth(day)} {day:%Y}",
    "ordinal": lambda day: f"{day:%A}, {_nth(day)}, {day:%Y}",
    "slashes": lambda day: f"{day:%d/%m/%y}",
    "capitals": lambda day: plain(day).upper(),
    "capitalmonth": lambda day: f"{day:%B %Y}".upper(),
    "yy": lambda day: f"{day:%y}",
}
