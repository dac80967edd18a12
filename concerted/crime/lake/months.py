"""Months and the periods that boards compare. A month is the date of its first day."""

import datetime
import re
from dataclasses import dataclass

from concerted.crime.lake.refusals import Refused

Month = datetime.date
FINANCIAL_YEAR = 4  # April


def month_of(words: str) -> Month:
    """`2023-01` as a month. Raises Refused."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", words)
    if not found:
        raise Refused(f"“{words[:40]}” is not a month. Write it as 2023-01.")
    return datetime.date(int(found[1]), int(found[2]), 1)


def words_of(month: Month) -> str:
    return f"{month:%Y-%m}"


def later(month: Month, by: int) -> Month:
    """The month so many months later, or earlier where `by` is negative."""
    years, rest = divmod(month.year * 12 + month.month - 1 + by, 12)
    return datetime.date(years, rest + 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole months, both ends included. Raises Refused where it ends before it begins."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1:
            raise Refused("A period is made of whole months: give the first day of each.")
        if self.last < self.first:
            raise Refused(
                f"The period ends ({words_of(self.last)}) before it begins "
                f"({words_of(self.first)}). Change one of them."
            )

    @property
    def months(self) -> tuple[Month, ...]:
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return tuple(later(self.first, by) for by in range(count))

    @property
    def days(self) -> int:
        """The exposure of a rate: 31, 28 or 365 days."""
        return (later(self.last, 1) - self.first).days

    def before(self, years: int = 1) -> "Period":
        """The same months so many years earlier."""
        return Period(later(self.first, -12 * years), later(self.last, -12 * years))

    def __str__(self) -> str:
        return f"{words_of(self.first)} to {words_of(self.last)}"


def year_to_date(to: Month, *, begins: int = FINANCIAL_YEAR) -> Period:
    """From the first month of the year that `to` lies in; years begin in April unless told."""
    return Period(datetime.date(to.year - (to.month < begins), begins, 1), to)


def rolling(to: Month, *, months: int = 12) -> Period:
    """The months that end with `to`: twelve, or 60 and 120 for five and ten years."""
    return Period(later(to, 1 - months), to)


def years_ending(to: Month, *, years: int) -> tuple[Period, ...]:
    """Twelve months each, the last of which ends with `to`; oldest first."""
    return tuple(rolling(later(to, -12 * ago)) for ago in reversed(range(years)))
