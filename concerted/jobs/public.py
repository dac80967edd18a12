"""What other packages may ask of jobs."""

from concerted.jobs.models import Job
from concerted.jobs.queries import cancel_is_asked, visible_to
from concerted.jobs.services import begin, ended, moved_on, started
from concerted.jobs.states import JobState

__all__ = [
    "Job",
    "JobState",
    "begin",
    "cancel_is_asked",
    "ended",
    "moved_on",
    "started",
    "visible_to",
]
