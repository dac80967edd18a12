"""What mail somebody wants, and how a letter in the outbox can stand."""

from django.db import models


class Wanted(models.TextChoices):
    AT_ONCE = "at_once", "At once for what is mine, the rest once a day"
    DIGEST = "digest", "Once a day, in one mail"
    NONE = "none", "None, except what the law needs"


class LetterState(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    DROPPED = "dropped", "Not sent"


NEXT: dict[str, frozenset[str]] = {
    LetterState.WAITING: frozenset({LetterState.SENT, LetterState.DROPPED}),
    LetterState.SENT: frozenset(),
    LetterState.DROPPED: frozenset(),
}


class Gets(models.TextChoices):
    """How one of those whom a letter is for gets it."""

    NOW = "now", "By mail, now"
    DIGEST = "digest", "In their next daily mail"
    NOTHING = "nothing", "Not at all: they want no such mail"
    NO_ADDRESS = "no_address", "Not at all: they have no account"
