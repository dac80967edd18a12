"""Where a file of minutes can stand between being handed over and being records."""

from django.db import models


class FileState(models.TextChoices):
    WAITING = "waiting", "Waiting to be read"
    READ = "read", "To check"
    OPENED = "opened", "Opened: its files stand on their own"
    REFUSED = "refused", "Could not be read"
    ACCEPTED = "accepted", "Made into records"
    KEPT = "kept", "Kept as another version"
    REJECTED = "rejected", "Rejected"


NEXT: dict[str, frozenset[str]] = {
    FileState.WAITING: frozenset(
        {FileState.READ, FileState.OPENED, FileState.REFUSED, FileState.REJECTED}
    ),
    FileState.READ: frozenset({FileState.ACCEPTED, FileState.KEPT, FileState.REJECTED}),
    FileState.OPENED: frozenset(),
    FileState.REFUSED: frozenset({FileState.REJECTED}),
    FileState.ACCEPTED: frozenset(),
    FileState.KEPT: frozenset(),
    FileState.REJECTED: frozenset(),
}


class LineState(models.TextChoices):
    """How one meeting of those accepted together stands."""

    WAITING = "waiting", "Not begun"
    MADE = "made", "Made into records"
    LEFT = "left", "Left for a person"
