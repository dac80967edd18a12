"""How an action can stand, what may be said of it, and what follows what."""

from django.db import models


class ActionState(models.TextChoices):
    OPEN = "open", "Open"
    CLAIMED = "claimed", "Said to be done"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Said(models.TextChoices):
    """What an update says."""

    DONE = "done", "done"
    ON_TRACK = "on_track", "on track"
    STILL = "still", "still being done"
    LATE = "late", "will be late"
    NEW_DATE = "new_date", "new date"
    NOTE = "note", "note"
    ANSWER = "answer", "answered"
    NIL = "nil", "nothing to say (nil return)"
    ACCEPTED = "accepted", "accepted as done"
    NOT_ACCEPTED = "not_accepted", "not accepted as done"
    WITHDRAWN = "withdrawn", "withdrawn"


NEXT: dict[str, frozenset[str]] = {
    ActionState.OPEN: frozenset({ActionState.CLAIMED, ActionState.DONE, ActionState.WITHDRAWN}),
    ActionState.CLAIMED: frozenset({ActionState.OPEN, ActionState.DONE, ActionState.WITHDRAWN}),
    ActionState.DONE: frozenset(),
    ActionState.WITHDRAWN: frozenset(),
}

UNFINISHED = frozenset({ActionState.OPEN, ActionState.CLAIMED})

# What an owner says of progress; what an organisation answers; what may be taken back for a day.
PROGRESS = frozenset({Said.DONE, Said.ON_TRACK, Said.STILL, Said.LATE, Said.NOTE})
ANSWERS = frozenset({Said.ANSWER, Said.NIL})
RETRACTABLE = PROGRESS | ANSWERS | {Said.NEW_DATE}


class How(models.TextChoices):
    """How the minutes said it."""

    MARKED = "marked", "written as an action"
    OFFERED = "offered", "a promise in the text, followed because a person ticked it"
    ADDED = "added", "added by hand"
