"""Bringing figures in in the background, as the person who handed them over."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from procrastinate.contrib.django import app

from concerted.access.models import Account
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.crime import handed_over, policies, services
from concerted.jobs.public import Job, JobState, cancel_is_asked, ended, moved_on, started
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import acting_as

if TYPE_CHECKING:
    from concerted.crime.lake.importing import Progress

log = logging.getLogger(__name__)

BROKEN = "Something went wrong on our side, and nothing was changed. Hand the files over again."
CANCELLED = "You cancelled. Nothing of these files was kept."
BEAT = 1.0  # seconds between two looks at whether it is to stop


@app.task(name=services.BRING_IN)
def bring_in(account_id: int, job_key: str) -> None:
    """Whole or not at all. Safe to run again: what is there already is found by the job's key."""
    root = Path(settings.LAKE)
    account = Account.objects.get(pk=account_id)
    with acting_as(account):
        job = Job.objects.get(key=job_key)
        begun = started(job)
    if begun:
        state, note = _brought_in(account, job, root)
        with acting_as(account) as actor:
            if state == JobState.DONE:
                job.done = job.total
                trail.note(actor, "figures.imported", job, verb=Verb.COLLECT)
            ended(job, state=state, note=note)
    handed_over.let_go(root, job_key)


def _brought_in(account: Account, job: Job, root: Path) -> tuple[JobState, str]:
    # DuckDB takes 40 MB: only a worker that brings figures in loads it.
    from concerted.crime.bringing import bring  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused, Stopped  # noqa: PLC0415

    beat = _Beat(account, job)
    try:
        with acting_as(account) as actor:
            policies.may_bring_in(actor).enforce()
        wanted, files = handed_over.handed_over(root, job.key)
        said = bring(
            root, files, wanted, by=job.key, progress=beat.progress, cancelled=beat.cancelled
        )
    except Stopped:
        return JobState.CANCELLED, CANCELLED
    except (Refused, NotAllowed) as refusal:
        return JobState.FAILED, str(refusal)
    except Exception:
        log.exception("Bringing figures in, job %s, failed", job.key)
        return JobState.FAILED, BROKEN
    return JobState.DONE, said


class _Beat:
    """What is told of an import while it runs, and asked: once a second, not at every step."""

    def __init__(self, account: Account, job: Job, clock: Callable[[], float] = time.monotonic):
        self._account, self._job, self._clock = account, job, clock
        self._told = self._asked = 0.0
        self._stop = False

    def progress(self, at: "Progress") -> None:
        if self._clock() - self._told < BEAT:
            return
        self._told = self._clock()
        with acting_as(self._account):
            share = min(99, 100 * at.done // max(at.of, 1))
            moved_on(self._job, done=share, note=f"{at.rows:,} rows written")

    def cancelled(self) -> bool:
        if not self._stop and self._clock() - self._asked >= BEAT:
            self._asked = self._clock()
            with acting_as(self._account):
                self._stop = cancel_is_asked(self._job.pk)
        return self._stop


@app.periodic(cron="20 4 * * *")
@app.task(name="crime.tidy", queueing_lock="crime.tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Take away files that no worker came for."""
    handed_over.let_strays_go(Path(settings.LAKE))
