"""What was approved is carried out in the background, step by step."""

import logging

from procrastinate.contrib.django import app

from concerted.access.models import Account
from concerted.erasure import replaying, services
from concerted.erasure.models import Erasure
from concerted.erasure.states import ErasureState
from concerted.jobs.public import (
    Job,
    JobState,
    asked_to_stop,
    cancel_is_asked,
    ended,
    moved_on,
    paused,
    started,
)
from concerted.people.public import acting_as
from concerted.subject_access.public import may_handle

log = logging.getLogger(__name__)

NO_LONGER = "Your account may no longer handle requests. Nothing more was erased."
BROKEN = "Something went wrong on our side. What was erased is listed; decide again about the rest."
CANCELLED = "Cancelled. What was erased before is listed; decide again about the rest."


@app.task(name=services.CARRY_OUT)
def carry_out(erasure_key: str, account_id: int) -> None:
    """Erase what was approved, batch by batch. Safe to run again after a kill."""
    account = Account.objects.get(pk=account_id)
    with acting_as(account) as actor:
        erasure = Erasure.objects.select_related("job", "request").get(key=erasure_key)
        job = erasure.job
        assert job  # noqa: S101 - it has one from being approved on
        allowed = account.is_active and may_handle(actor)
        runs = allowed and (started(job) or cancel_is_asked(job.pk))
    if not allowed:
        _end(account, erasure, job, JobState.FAILED, NO_LONGER)
        return
    if not runs or erasure.state != ErasureState.APPROVED:
        return
    try:
        stopped = _until_stopped(account, erasure, job)
    except Exception:
        log.exception("Carrying out erasure %s failed", erasure_key)
        _end(account, erasure, job, JobState.FAILED, BROKEN)
        return
    if stopped == "cancel":
        _end(account, erasure, job, JobState.CANCELLED, CANCELLED)
    elif not stopped:
        job.done = job.total
        _end(account, erasure, job, JobState.DONE, "")


def _until_stopped(account: Account, erasure: Erasure, job: Job) -> str:
    """Work until all is done or somebody asked to stop; says which, `pause` or `cancel`."""
    # A step that a kill left in the ledger alone.
    replaying.replay()
    left = 1
    while left:
        with acting_as(account) as actor:
            asked = asked_to_stop(job.pk)
            if asked == "cancel" or (asked == "pause" and paused(job, note="")):
                return asked
            left = services.erase_some(actor, erasure=erasure)
        with acting_as(account):
            services.destroy_bytes(erasure=erasure)
    with acting_as(account) as actor:
        moved_on(job, done=1)
        services.finish(actor, erasure=erasure)
    return ""


def _end(account: Account, erasure: Erasure, job: Job, state: JobState, note: str) -> None:
    with acting_as(account) as actor:
        ended(job, state=state, note=note)
        if state != JobState.DONE:
            services.stop(actor, erasure=erasure)
