"""Where an entry of a forward plan can stand, how often it comes, and what usually asks for it."""

from django.db import models


class EntryState(models.TextChoices):
    OPEN = "open", "To come"
    DEALT = "dealt", "Dealt with"
    DROPPED = "dropped", "Taken off the plan"


NEXT: dict[str, frozenset[str]] = {
    EntryState.OPEN: frozenset({EntryState.DEALT, EntryState.DROPPED}),
    EntryState.DEALT: frozenset(),
    EntryState.DROPPED: frozenset(),
}


class Cycle(models.TextChoices):
    ONCE = "once", "Once"
    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"
    HALF_YEARLY = "half_yearly", "Every half-year"
    YEARLY = "yearly", "Every year"
    MEETINGS = "meetings", "Every so many meetings"


class Asked(models.TextChoices):
    """What an item is to be put on the agenda for."""

    DECISION = "decision", "For decision"
    INFORMATION = "information", "For information"


# What the law usually asks of a partnership; a partnership adds its own by typing them.
DRIVERS = (
    "Strategic assessment, each year",
    "Partnership plan and its yearly revision",
    "Summary of the plan, to be published",
    "Copy of the plan to the police and crime commissioner",
    "Public meeting, each year",
    "Information sharing: protocol and liaison officers",
    "Data under section 17A, each quarter",
    "Annual review of performance",
)
