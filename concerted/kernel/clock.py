"""Now and today, as people here mean them: the date in Britain, wherever the server is."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

BRITAIN = ZoneInfo("Europe/London")

_stands_at: ContextVar[datetime.datetime | None] = ContextVar("_stands_at", default=None)


def now() -> datetime.datetime:
    """The moment, aware, in UTC."""
    return _stands_at.get() or datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    return now().astimezone(BRITAIN).date()


@contextmanager
def as_of(moment: datetime.datetime) -> Iterator[None]:
    """Let the clock stand at a moment. For the demonstration, which needs a past, and for tests."""
    before = _stands_at.set(moment)
    try:
        yield
    finally:
        _stands_at.reset(before)
