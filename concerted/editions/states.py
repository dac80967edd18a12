"""Where a public version can stand, from a draft to what is left after it was withdrawn."""

from django.db import models


class ReleaseState(models.TextChoices):
    DRAFT = "draft", "Draft"
    ASKED = "asked", "Waiting for approval"
    APPROVED = "approved", "Approved, on its way"
    PUSHED = "pushed", "Public"
    REPLACED = "replaced", "Replaced by a newer version"
    WITHDRAWN = "withdrawn", "Withdrawn"
    STOPPED = "stopped", "Stopped"


NEXT: dict[str, frozenset[str]] = {
    ReleaseState.DRAFT: frozenset({ReleaseState.ASKED, ReleaseState.STOPPED}),
    ReleaseState.ASKED: frozenset({ReleaseState.APPROVED, ReleaseState.STOPPED}),
    # Stopped here: a marking was raised, or a hit was found, before it had gone.
    ReleaseState.APPROVED: frozenset({ReleaseState.PUSHED, ReleaseState.STOPPED}),
    ReleaseState.PUSHED: frozenset({ReleaseState.REPLACED, ReleaseState.WITHDRAWN}),
    ReleaseState.REPLACED: frozenset(),
    ReleaseState.WITHDRAWN: frozenset(),
    ReleaseState.STOPPED: frozenset(),
}

UNDER_WAY = frozenset({ReleaseState.DRAFT, ReleaseState.ASKED, ReleaseState.APPROVED})


class SourceKind(models.TextChoices):
    """What has a public version."""

    MEETING = "meeting", "Meeting"
    PAPER = "paper", "Paper"


class Errand(models.TextChoices):
    """What is carried to the public edition."""

    RELEASE = "release", "A public version"
    WITHDRAWAL = "withdrawal", "A withdrawal"
