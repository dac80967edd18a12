"""What a slip is: a due date that passed, or was moved later, before the action was done."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Given:
    """A due date, and the day from which it held."""

    due: datetime.date
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Slip:
    """A due date that was not kept; `moved_to` is the later date given instead, if one was."""

    due: datetime.date
    moved_to: datetime.date | None = None


def slipped(
    history: Sequence[Given], done_on: datetime.date | None, today: datetime.date
) -> tuple[Slip, ...]:
    """The due dates that were not kept, in the order they were given.

    A date moved earlier before it came is no slip, and no date slips twice. What was given after
    the action was done counts for nothing.
    """
    end = done_on or today
    given = [one for one in history if done_on is None or one.since <= done_on]
    found: dict[datetime.date, Slip] = {}
    for this, after in zip_longest(given, given[1:]):
        held_until = after.since if after else end
        later = after.due if after and after.due > this.due else None
        if later or this.due < held_until:
            found.setdefault(this.due, Slip(this.due, later))
    return tuple(found.values())


def slips(history: Sequence[Given], done_on: datetime.date | None, today: datetime.date) -> int:
    """How many due dates slipped; each distinct date counts at most once."""
    return len(slipped(history, done_on, today))
