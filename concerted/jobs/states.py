"""How a long piece of work can stand, and what may follow what."""

from django.db import models


class JobState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    PAUSED = "paused", "Paused"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


NEXT: dict[str, frozenset[str]] = {
    JobState.WAITING: frozenset(
        {JobState.RUNNING, JobState.PAUSED, JobState.CANCELLED, JobState.FAILED}
    ),
    JobState.RUNNING: frozenset(
        {
            JobState.RUNNING,
            JobState.PAUSED,
            JobState.DONE,
            JobState.FAILED,
            JobState.CANCELLED,
        }
    ),
    # Resumed it waits again; its account may have lost its post meanwhile.
    JobState.PAUSED: frozenset({JobState.WAITING, JobState.CANCELLED}),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.WAITING}),
    JobState.CANCELLED: frozenset(),
}

ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
