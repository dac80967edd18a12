"""What other packages may ask of jobs."""

from concerted.jobs.models import Job
from concerted.jobs.queries import asked_to_stop, cancel_is_asked, visible_to
from concerted.jobs.services import begin, end_all_of, ended, enqueue, moved_on, paused, started
from concerted.jobs.states import JobState

__all__ = [
    "Job",
    "JobState",
    "asked_to_stop",
    "begin",
    "cancel_is_asked",
    "end_all_of",
    "ended",
    "enqueue",
    "moved_on",
    "paused",
    "started",
    "visible_to",
]
