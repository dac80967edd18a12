"""Until when an appointment holds without being confirmed anew.

Each quarter of the calendar every appointment is confirmed. A confirmation counts for the quarter
in which it is given, and until 14 days after the end of a quarter for that one too. So what was
confirmed in one quarter lapses 14 days after the end of the next, and its first notice goes when
that quarter ends.
"""

import calendar
import datetime

NOTICE = datetime.timedelta(days=14)
REMINDER = datetime.timedelta(days=3)


def quarter_end(day: datetime.date) -> datetime.date:
    """The last day of the quarter in which a day lies."""
    month = (day.month + 2) // 3 * 3
    return day.replace(month=month, day=calendar.monthrange(day.year, month)[1])


def asked_from(confirmed_on: datetime.date) -> datetime.date:
    """The first day on which it waits to be confirmed anew: the first of the next quarter."""
    return quarter_end(confirmed_on) + datetime.timedelta(days=1)


def notice_on(confirmed_on: datetime.date) -> datetime.date:
    """When it is first said that it lapses: the last day of the next quarter."""
    return quarter_end(asked_from(confirmed_on))


def last_day(confirmed_on: datetime.date, noticed_on: datetime.date) -> datetime.date:
    """Its last day unless somebody confirms it. A notice that went late gives all of its days."""
    return max(notice_on(confirmed_on), noticed_on) + NOTICE


def reminder_on(confirmed_on: datetime.date, noticed_on: datetime.date) -> datetime.date:
    """When it is said again."""
    return last_day(confirmed_on, noticed_on) - REMINDER
