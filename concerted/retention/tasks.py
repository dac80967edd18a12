"""Runs are proposed each month; an approved one is carried out as the person who approved it."""

import datetime
import logging

from procrastinate.contrib.django import app

from concerted.access.models import Account
from concerted.documents.public import let_stray_bytes_go
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
from concerted.kernel.clock import now
from concerted.kernel.retention import Expiring, kinds
from concerted.people.public import acting_as
from concerted.retention import policies, services
from concerted.retention.models import Run
from concerted.retention.states import RunState

log = logging.getLogger(__name__)

NO_LONGER = "Your account may no longer decide on this. Nothing more went."
BROKEN = "Something went wrong on our side. What went is listed; the rest is proposed again."


@app.periodic(cron="30 3 1 * *")
@app.task(name="retention.propose", queueing_lock="retention.propose", pass_context=False)
def propose(timestamp: int) -> None:
    """On the first of each month. Nothing goes until a person has approved it."""
    services.propose()


@app.periodic(cron="50 3 * * *")
@app.task(name="retention.tidy", queueing_lock="retention.tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Each night. What was handed over today may still be on its way to a record."""
    if gone := let_stray_bytes_go(before=now() - datetime.timedelta(days=1)):
        log.info("Destroyed what %d stray files held", gone)


@app.task(name="retention.carry_out")
def carry_out(run_key: str, account_id: int) -> None:
    """Let go what was approved, batch by batch. Safe to run again: what went does not go twice."""
    account = Account.objects.get(pk=account_id)
    with acting_as(account) as actor:
        run = Run.objects.select_related("job").get(key=run_key)
        job = run.job
        assert job  # noqa: S101 - it has one from being approved on
        allowed = account.is_active and policies.may_decide(actor)
        runs = allowed and (started(job) or cancel_is_asked(job.pk))
    if not allowed:
        _end(account, run, job, JobState.FAILED, NO_LONGER)
        return
    if not runs:
        return
    try:
        stopped = _until_stopped(account, run, job)
    except Exception:
        log.exception("Carrying out run %s failed", run_key)
        _end(account, run, job, JobState.FAILED, BROKEN)
        return
    if stopped == "pause":
        return
    if stopped:
        _end(account, run, job, JobState.CANCELLED, "Cancelled. What went before is listed.")
    else:
        job.done = job.total
        _end(account, run, job, JobState.DONE, "")


def _until_stopped(account: Account, run: Run, job: Job) -> str:
    """Work until nothing is left or somebody asked to stop; says which, `pause` or `cancel`."""
    while True:
        asked = _work(account, run, job)
        with acting_as(account):
            # Resumed before it came to rest: then it goes on.
            if asked != "pause" or paused(job, note=""):
                return asked


def _work(account: Account, run: Run, job: Job) -> str:
    # What went before a kill may have left its bytes.
    _destroy_bytes(account, run)
    for done, kind in enumerate(kinds()):
        if asked := _let_kind_go(account, run, job, kind, done):
            return asked
    return ""


def _let_kind_go(account: Account, run: Run, job: Job, kind: Expiring, done: int) -> str:
    """Let the lines of one kind go; returns what was asked instead, if anything."""
    while True:
        with acting_as(account) as actor:
            if asked := asked_to_stop(job.pk):
                return asked
            moved_on(job, done=done, note=kind.title)
            settled = services.let_some_go(actor, run=run, kind=kind)
        _destroy_bytes(account, run)
        if not settled:
            return ""


def _destroy_bytes(account: Account, run: Run) -> None:
    while True:
        with acting_as(account):
            if not services.destroy_some_bytes(run=run):
                return


def _end(account: Account, run: Run, job: Job, state: JobState, note: str) -> None:
    with acting_as(account) as actor:
        ended(job, state=state, note=note)
        services.end_run(
            actor, run=run, state=RunState.DONE if state == JobState.DONE else RunState.STOPPED
        )
