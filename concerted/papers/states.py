"""How a paper is held."""

from django.db import models


class Tier(models.TextChoices):
    """Nothing above OFFICIAL-SENSITIVE is held here."""

    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"
