"""Where a file of minutes can stand between being handed over and being records."""

from django.db import models


class FileState(models.TextChoices):
    WAITING = "waiting", "Waiting to be read"
    READ = "read", "To check"
    REFUSED = "refused", "Could not be read"
    ACCEPTED = "accepted", "Made into records"
    REJECTED = "rejected", "Rejected"


NEXT: dict[str, frozenset[str]] = {
    FileState.WAITING: frozenset({FileState.READ, FileState.REFUSED, FileState.REJECTED}),
    FileState.READ: frozenset({FileState.ACCEPTED, FileState.REJECTED}),
    FileState.REFUSED: frozenset({FileState.REJECTED}),
    FileState.ACCEPTED: frozenset(),
    FileState.REJECTED: frozenset(),
}
