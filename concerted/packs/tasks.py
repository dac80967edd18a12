"""Building a pack in the background, as the person who asked for it."""

import logging

from procrastinate.contrib.django import app

from concerted.access.models import Account
from concerted.jobs.public import Job, JobState, cancel_is_asked, ended, moved_on, started
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.packs import queries, services
from concerted.people.public import acting_as

log = logging.getLogger(__name__)

GONE = "Nothing was built: this meeting is not open to your account any more."
BROKEN = "Something went wrong on our side, and nothing was changed. Build the pack once more."
CANCELLED = "You cancelled. What was built before stays."


@app.task(name=services.BUILD)
def build(meeting_key: str, account_id: int, job_key: str) -> None:
    """Each circle of readers in a transaction of its own. Safe to run again: what was built is
    found, and nothing is left to do."""
    account = Account.objects.get(pk=account_id)
    with acting_as(account):
        job = Job.objects.get(key=job_key)
        if not started(job):
            return
    try:
        state, note = _build(account, meeting_key, job)
    except NotAllowed as refused:
        state, note = JobState.FAILED, str(refused)
    except Exception:
        log.exception("Pack of meeting %s failed", meeting_key)
        state, note = JobState.FAILED, BROKEN
    with acting_as(account):
        if state == JobState.DONE:
            job.done = job.total
        ended(job, state=state, note=note)


def _build(account: Account, meeting_key: str, job: Job) -> tuple[JobState, str]:
    with acting_as(account) as actor:
        meeting = meetings_visible_to(actor).filter(key=meeting_key).first()
        circles = queries.audiences_of(actor, meeting) if meeting else []
    if meeting is None:
        return JobState.FAILED, GONE
    pages = 0
    for done, audience_id in enumerate(circles):
        with acting_as(account):
            if cancel_is_asked(job.pk):
                return JobState.CANCELLED, CANCELLED
            moved_on(job, done=done, total=len(circles))
        with acting_as(account) as actor:
            made = services.build(actor, meeting=meeting, audience_id=audience_id)
        pages += sum(one.last - one.first + 1 for one in made)
    return JobState.DONE, f"{pages} pages were made." if pages else "Nothing was new."
