"""What is published: which archives there are, what each holds, and which of them hold a period.

As the publisher's pages and people who read its archives say in September 2026: there is an archive
for each month since December 2013, made anew with the month. Since May 2017 it holds 36 months of
all forces, before that all months since December 2010. Later ones know more of the same month
(outcomes above all). They have 1.0 to 2.6 GB.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from concerted.crime.lake.months import Month, Period, later, month_of, words_of
from concerted.crime.lake.refusals import Refused

FIRST_MONTH, FIRST_ARCHIVE = datetime.date(2010, 12, 1), datetime.date(2013, 12, 1)
HELD, HELD_SINCE = 36, datetime.date(2017, 5, 1)
_ARCHIVE = re.compile(r"([\w-]+)\.zip")
# One of them has the ETag of an upload in parts in its place, which is no MD5 of the file.
_MD5 = re.compile(r"(?<![\w-])[0-9a-fA-F]{32}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Told:
    """Which archives there are, and the MD5 of those of which one was told, in small letters."""

    months: frozenset[Month] = frozenset()
    checksums: Mapping[Month, str] = field(default_factory=dict)


def told_in(page: str) -> Told:
    """The archives and their MD5 in the page that lists them.

    An MD5 belongs to the file whose name stands before it. Where two stand there, none is believed.
    """
    names = list(_ARCHIVE.finditer(page))
    ends = [one.start() for one in names[1:]] + [len(page)]
    found: dict[Month, set[str]] = {}
    for name, end in zip(names, ends, strict=True):
        if month := month_in(name[1]):
            sums = {one.lower() for one in _MD5.findall(page, name.end(), end)}
            found.setdefault(month, set()).update(sums)
    return Told(
        frozenset(found),
        {month: min(one) for month, one in found.items() if len(one) == 1},
    )


def archives_for(period: Period, latest: Month) -> tuple[Month, ...]:
    """The fewest archives that hold a period, newest first; of several ways, the freshest.

    No month is in two of them. Raises Refused where the publisher has no such months.
    """
    if period.first < FIRST_MONTH:
        raise Refused(f"There are no data from before {words_of(FIRST_MONTH)}. Begin with it.")
    if period.last > latest:
        raise Refused(
            f"The latest month published is {words_of(latest)}, and {words_of(period.last)} was "
            "asked for."
        )
    least = max(period.last, FIRST_ARCHIVE)
    ends = reversed(Period(least, max(latest, least)).months)
    return min((_back_from(end, period.first) for end in ends), key=len)


def _back_from(end: Month, first: Month) -> tuple[Month, ...]:
    found = [end]
    while (begins := first_in(found[-1])) > first:
        found.append(later(begins, -1))
    return tuple(found)


def first_in(archive: Month) -> Month:
    """The first month that the archive of a month holds."""
    return later(archive, 1 - HELD) if archive >= HELD_SINCE else FIRST_MONTH


def month_in(words: object) -> Month | None:
    """The month that some words say; None where they say none."""
    try:
        return month_of(str(words))
    except Refused:
        return None
