"""How often a body reports to another, and what a return can be."""

from django.db import models


class Frequency(models.TextChoices):
    EVERY = "every", "At every meeting"
    MEETINGS = "meetings", "Every so many meetings"
    QUARTERLY = "quarterly", "Once a quarter"


class ReturnKind(models.TextChoices):
    """What was heard of a body at a meeting. A nil return is an answer; not received is none."""

    WRITTEN = "written", "Written report"
    ORAL = "oral", "Oral report"
    ATTACHED = "attached", "Minutes attached"
    NIL = "nil", "Nil return"
    NOT_RECEIVED = "not_received", "Not received"


HEARD = frozenset({ReturnKind.WRITTEN, ReturnKind.ORAL, ReturnKind.ATTACHED, ReturnKind.NIL})
