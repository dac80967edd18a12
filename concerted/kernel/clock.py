"""Today, as the partnership's people mean it: the date in Britain, whatever the server's clock zone."""

import datetime
from zoneinfo import ZoneInfo

BRITAIN = ZoneInfo("Europe/London")


def today() -> datetime.date:
    return datetime.datetime.now(BRITAIN).date()


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
