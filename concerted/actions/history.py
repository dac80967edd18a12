"""What the updates of one action add up to. Rows in, facts out: no database."""

import datetime
from collections.abc import Iterable, Sequence

from concerted.actions.models import Action, Update
from concerted.actions.slips import Given
from concerted.actions.states import ANSWERS, Said
from concerted.kernel.clock import BRITAIN


def day(moment: datetime.datetime) -> datetime.date:
    """The date in Britain on which something was said."""
    return moment.astimezone(BRITAIN).date()


def counting(updates: Iterable[Update]) -> list[Update]:
    """The updates that still count: all but those taken back."""
    return [one for one in updates if one.taken_back_at is None]


def claim(updates: Iterable[Update]) -> Update | None:
    """Who said last that it is done, unless that was not accepted."""
    found = None
    for update in counting(updates):
        if update.said == Said.DONE:
            found = update
        elif update.said == Said.NOT_ACCEPTED:
            found = None
    return found


def answers(updates: Iterable[Update]) -> dict[int, Update]:
    """The answer of each organisation, by its id."""
    return {
        one.organisation_id: one
        for one in counting(updates)
        if one.said in ANSWERS and one.organisation_id
    }


def complete(asked: frozenset[int], updates: Iterable[Update]) -> bool:
    """Whether every organisation asked has answered; none asked is not an answer."""
    return bool(asked) and asked <= answers(updates).keys()


def first_due(action: Action, updates: Iterable[Update]) -> datetime.date | None:
    """The due date the action was born with, whatever was said of it later."""
    moves = [one for one in updates if one.said == Said.NEW_DATE]
    return moves[0].due_before if moves else action.due


def dues(action: Action, updates: Sequence[Update]) -> list[Given]:
    """Every due date that held, and from which day."""
    first = first_due(action, updates)
    given = [Given(first, action.agreed_on)] if first else []
    for update in counting(updates):
        if update.said == Said.NEW_DATE and update.due_after:
            given.append(Given(update.due_after, day(update.at)))
    return given


def closing(updates: Iterable[Update]) -> Update | None:
    """The update that closed the action: accepted as done, or withdrawn."""
    ends = (Said.ACCEPTED, Said.WITHDRAWN)
    return next((one for one in counting(updates) if one.said in ends), None)


def ended_on(action: Action, updates: Iterable[Update]) -> datetime.date | None:
    """The day after which nothing can slip: when it was (said to be) done, or withdrawn."""
    if action.done_on:
        return action.done_on
    end = closing(updates)
    return day(end.at) if end else None
