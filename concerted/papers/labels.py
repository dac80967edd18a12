"""Late and tabled: computed from stamps, never typed. Plain Python."""

import datetime

from concerted.kernel.clock import BRITAIN


def is_late(received_at: datetime.datetime | None, due_on: datetime.date | None) -> bool:
    """Whether it was received after its last day, as clocks in Britain show it."""
    if received_at is None or due_on is None:
        return False
    return received_at.astimezone(BRITAIN).date() > due_on


def begins_at(on: datetime.date, at: datetime.time | None) -> datetime.datetime:
    """When a meeting begins: without a time, with its day."""
    return datetime.datetime.combine(on, at or datetime.time.min, BRITAIN)


def is_tabled(
    published_at: datetime.datetime | None,
    issued_at: datetime.datetime | None,
    begins: datetime.datetime | None,
) -> bool:
    """Whether it was published after its agenda (`issued_at`), or once the meeting had begun.

    What goes out together with the agenda is not tabled.
    """
    if published_at is None:
        return False
    begun = begins is not None and published_at >= begins
    return begun or (issued_at is not None and published_at > issued_at)
