"""At which meetings a report is expected, and how many were heard. Plain Python, in meetings."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from concerted.reports_back.states import Frequency


def expected(
    frequency: str,
    every: int | None,
    days: Sequence[datetime.date],
    *,
    starts: datetime.date,
    ends: datetime.date | None,
) -> list[datetime.date]:
    """The days of meetings at which a report is expected, of all `days` on which the body meets.

    Without cancelled meetings: they never count. The first meeting from the first day of the link
    on is one of them; then every so many, or the first of each quarter of the calendar.
    """
    within = sorted(one for one in days if starts <= one and (ends is None or one <= ends))
    if frequency == Frequency.MEETINGS:
        return within[:: every or 1]
    if frequency == Frequency.QUARTERLY:
        first: dict[tuple[int, int], datetime.date] = {}
        for one in within:
            first.setdefault((one.year, (one.month - 1) // 3), one)
        return list(first.values())
    return within


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Of one link: how many reports were expected and heard, in meetings that were held.

    `silence` is the most expected reports one after the other of which none was heard, `silent`
    how many of them are the last ones. None of it is reckoned of persons.
    """

    expected: int
    heard: int
    silence: int
    silent: int
    last_heard: datetime.date | None

    @property
    def rate(self) -> str:
        """`4 of 6`: without a percentage, which so few meetings do not bear."""
        return f"{self.heard} of {self.expected}" if self.expected else "none expected yet"


def reckoned(awaited: Sequence[datetime.date], heard: Collection[datetime.date]) -> Reckoned:
    """What was heard at the meetings at which a report was awaited, all of them held.

    The return rate is (written + oral + minutes attached + nil) ÷ expected; minutes attached are a
    written report. Not received, and nothing said, are neither. A report that nobody expected ends
    a silence and adds nothing to the rate.
    """
    longest = run = count = 0
    for day in sorted({*awaited, *heard}):
        if day in heard:
            count += day in awaited
            run = 0
        else:
            run += 1
            longest = max(longest, run)
    return Reckoned(len(awaited), count, longest, run, max(heard, default=None))
