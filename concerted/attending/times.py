"""When a meeting begins and ends, as moments: clocks in Britain, on either side of their change."""

import datetime

from concerted.kernel.clock import BRITAIN

# Where nobody said how long it is to last.
USUAL = datetime.timedelta(hours=2)
MIDNIGHT = datetime.time()


def begins(day: datetime.date, at: datetime.time | None) -> datetime.datetime:
    """The moment it begins; of a meeting without a time, the end of its day."""
    if at is None:
        return datetime.datetime.combine(day + datetime.timedelta(days=1), MIDNIGHT, BRITAIN)
    return datetime.datetime.combine(day, at, BRITAIN)


def ends(day: datetime.date, at: datetime.time | None, minutes: int | None) -> datetime.datetime:
    """The moment it is to end. A time that lasts is counted in moments, not by the clock."""
    start = begins(day, at).astimezone(datetime.UTC)
    if at is None:
        return start.astimezone(BRITAIN)
    lasts = datetime.timedelta(minutes=minutes) if minutes else USUAL
    return (start + lasts).astimezone(BRITAIN)


def meet(
    one: tuple[datetime.date, datetime.time | None, int | None],
    other: tuple[datetime.date, datetime.time | None, int | None],
) -> bool:
    """Whether two meetings, each as (day, time, minutes), are at once as far as that is known."""
    if one[0] != other[0]:
        return False
    if one[1] is None or other[1] is None:
        return True
    return begins(*one[:2]) < ends(*other) and begins(*other[:2]) < ends(*one)
