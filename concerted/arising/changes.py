"""What became of an action since a day, from its updates: rows in, words out, no database."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from concerted.actions.public import Said
from concerted.arising.states import Change
from concerted.kernel.clock import BRITAIN
from concerted.ui.words import day


class Update(Protocol):
    """What is asked of an update of an action."""

    said: str
    at: datetime.datetime
    note: str
    due_before: datetime.date | None
    due_after: datetime.date | None
    taken_back_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Changed:
    """The change that matters most, and what was said of it."""

    change: Change
    words: str = ""


_CLOSES: dict[str, Change] = {Said.ACCEPTED: Change.DONE, Said.WITHDRAWN: Change.WITHDRAWN}


def changed(
    agreed_on: datetime.date, updates: Sequence[Update], *, since: datetime.date | None
) -> Changed:
    """What changed after the day `since`, of the last meeting; None where there was none.

    Done and withdrawn come before a date that moved, that before other updates, those before the
    mere fact that it is new. What was taken back was never said. An action given at the last
    meeting itself is new.
    """
    after = [
        one
        for one in updates
        if one.taken_back_at is None and (since is None or _day(one.at) > since)
    ]
    for one in reversed(after):
        if one.said in _CLOSES:
            return Changed(_CLOSES[one.said], _with_note(day(_day(one.at)), one.note))
    moved = [one for one in after if one.said == Said.NEW_DATE]
    if moved:
        first, last = moved[0].due_before, moved[-1].due_after
        return Changed(
            Change.MOVED,
            _with_note(f"from {day(first) or 'no date'} to {day(last)}", moved[-1].note),
        )
    if after:
        last_said = after[-1]
        words = str(Said(last_said.said).label).capitalize()
        return Changed(
            Change.SAID, _with_note(f"{words}, {day(_day(last_said.at))}", last_said.note)
        )
    if since is None or agreed_on >= since:
        return Changed(Change.NEW, f"Given on {day(agreed_on)}")
    return Changed(Change.NOTHING)


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(BRITAIN).date()


def _with_note(words: str, note: str) -> str:
    said = " ".join(note.split())
    return f"{words}: “{said}”" if said else words
