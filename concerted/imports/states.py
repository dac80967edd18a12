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


class ReadAs(models.TextChoices):
    """Which text of a Word file with tracked changes was read."""

    ACCEPTED = "accepted", "As if all changes were accepted"
    ORIGINAL = "original", "As it was before the changes"


NEXT: dict[str, frozenset[str]] = {
    FileState.WAITING: frozenset(
        {FileState.READ, FileState.OPENED, FileState.REFUSED, FileState.REJECTED}
    ),
    # Back to waiting: another text of the file is wanted, with or without its tracked changes.
    FileState.READ: frozenset(
        {FileState.WAITING, FileState.ACCEPTED, FileState.KEPT, FileState.REJECTED}
    ),
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
