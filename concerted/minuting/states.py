"""Where minutes that are written here can stand, and what is noted on the way."""

from django.db import models


class MinutesState(models.TextChoices):
    WRITING = "writing", "Being written"
    RECORDED = "recorded", "Draft on record"
    CLEARED = "cleared", "Cleared by the chair"
    CIRCULATED = "circulated", "Circulated"


# What is on record stays; a clearance can be taken back until the members have the minutes.
NEXT: dict[str, frozenset[str]] = {
    MinutesState.WRITING: frozenset({MinutesState.RECORDED}),
    MinutesState.RECORDED: frozenset({MinutesState.CLEARED}),
    MinutesState.CLEARED: frozenset({MinutesState.RECORDED, MinutesState.CIRCULATED}),
    MinutesState.CIRCULATED: frozenset(),
}


class Taken(models.TextChoices):
    """A step that somebody took with minutes."""

    BEGUN = "begun", "Begun"
    RECORDED = "recorded", "Put on record as a draft"
    SENT_BACK = "sent_back", "Sent back by the chair"
    CLEARED = "cleared", "Cleared by the chair"
    UNLOCKED = "unlocked", "Clearance taken back"
    CIRCULATED = "circulated", "Circulated to the members, subject to approval"


class Came(models.TextChoices):
    """What was ticked for a seat."""

    NOT_SAID = "", "Not said yet"
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    SUBSTITUTE = "substitute", "A substitute came"
