"""How far a thing is kept back, and how it is marked."""

from django.db import models


class Level(models.TextChoices):
    """What those see who are not on the audience."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    HIDDEN = "hidden", "Hidden"


class Tier(models.TextChoices):
    """Nothing above OFFICIAL-SENSITIVE is held here."""

    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"


# From the least to the most that is kept back.
RANK = {Level.OPEN: 0, Level.CLOSED: 1, Level.HIDDEN: 2}
