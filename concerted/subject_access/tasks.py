"""Collecting in the background, as the person who asked for it; and what expires each day."""

import logging
from collections.abc import Sequence
from functools import partial

from procrastinate.contrib.django import app

from concerted.access.models import Account
from concerted.documents.public import Version, read_bytes
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
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import acting_as
from concerted.subject_access import expiring, policies, services
from concerted.subject_access.collecting import asked_for, collected, others_than
from concerted.subject_access.in_files import counted, found_in, next_files
from concerted.subject_access.models import Draft
from concerted.subject_access.searching import Bytes, Looked, Names, look_into
from concerted.subject_access.sources import Source, sources

log = logging.getLogger(__name__)

NO_LONGER = "Nothing was collected: your account may no longer handle requests."
BROKEN = "Something went wrong on our side. Make a new draft."
CANCELLED = "You cancelled. Nothing can be decided from a draft that is not whole."
# Looked through in one step: few enough that whoever cancels waits a moment only.
TABLES = 8


@app.task(name=services.DRAFT)
def draft(draft_key: str, account_id: int) -> None:
    """Collect what each table holds, then what files say, in steps of a transaction each.

    Safe to run again: what a step found is kept with it, or not at all.
    """
    account = Account.objects.get(pk=account_id)
    with acting_as(account) as actor:
        made = Draft.objects.select_related("request", "job").get(key=draft_key)
        job = made.job
        assert job  # noqa: S101 - a draft is begun with its job
        sentence = "" if account.is_active and policies.may_handle(actor) else NO_LONGER
        sentence = sentence or policies.may_collect(made.request).why_not
        if not sentence and not started(job) and not cancel_is_asked(job.pk):
            return
    if sentence:
        _end(account, job, JobState.FAILED, sentence)
        return
    try:
        stopped = _collect(account, made, job)
        if not stopped:
            with acting_as(account) as actor:
                services.finish_draft(actor, draft=made)
    except NotAllowed as refused:
        _end(account, job, JobState.FAILED, str(refused))
        return
    except Exception:
        log.exception("Draft %s failed", draft_key)
        _end(account, job, JobState.FAILED, BROKEN)
        return
    if stopped == "cancel":
        _end(account, job, JobState.CANCELLED, CANCELLED)
    elif not stopped:
        job.done = job.total
        _end(account, job, JobState.DONE, "")


def _collect(account: Account, made: Draft, job: Job) -> str:
    """Go on where it stopped; returns what was asked instead, `cancel` or `pause`, if anything."""
    whole = sources()
    while job.done < len(whole):
        if asked := _stops(account, job):
            return asked
        _some_tables(account, made, job, whole[job.done : job.done + TABLES])
    while not (asked := _stops(account, job)):
        if not _some_files(account, made, job, tables=len(whole)):
            return ""
    return asked


def _stops(account: Account, job: Job) -> str:
    with acting_as(account):
        asked = asked_to_stop(job.pk)
        return asked if asked == "cancel" or (asked and paused(job, note="")) else ""


def _some_tables(account: Account, made: Draft, job: Job, some: Sequence[Source]) -> None:
    with acting_as(account) as actor:
        policies.may_handle(actor).enforce()
        asked = asked_for(actor, made.request.person_id, made.names)
        others = others_than(actor, asked)
        for source in some:
            found = list(collected(actor, source, asked, others))
            services.add_findings(actor, draft=made, source=source.label, found=found)
        moved_on(job, done=job.done + len(some))


def _some_files(account: Account, made: Draft, job: Job, *, tables: int) -> bool:
    """Look into the next files, and keep what was found with how far that is; none: False.

    What was read when a worker was killed or somebody cancelled is forgotten, and read again.
    """
    with acting_as(account) as actor:
        policies.may_handle(actor).enforce()
        asked = asked_for(actor, made.request.person_id, made.names)
        others = others_than(actor, asked)
        files = next_files(actor, made)
        done, total = counted(actor, made)
        _moved_on(job, tables, done, total)
    if not files:
        return False
    looked: dict[str, Looked] = {}
    given = [Bytes(one.sha256, one.name, one.size, partial(_bytes_of, one)) for one in files]
    names = Names(asked.names, others.wanted)
    for sha256, one in look_into(given, names, cancelled=lambda: _is_cancelled(account, job)):
        looked[sha256] = one
        with acting_as(account):
            _moved_on(job, tables, done + len(looked), total)
    if len(looked) < len(files):
        return True  # somebody cancelled: the next step says so
    with acting_as(account) as actor:
        policies.may_handle(actor).enforce()
        found = found_in(actor, looked, others)
        services.add_file_findings(actor, draft=made, through=files[-1].sha256, found=found)
    return True


def _moved_on(job: Job, tables: int, done: int, total: int) -> None:
    note = f"{done:,} of {total:,} files"
    moved_on(job, done=tables + done, total=tables + total, note=note)


def _bytes_of(version: Version) -> bytes | None:
    """The bytes of a version; None where they went meanwhile, or the disk does not give them."""
    try:
        return read_bytes(version)
    except (OSError, NotAllowed):
        return None


def _is_cancelled(account: Account, job: Job) -> bool:
    with acting_as(account):
        return cancel_is_asked(job.pk)


def _end(account: Account, job: Job, state: JobState, note: str) -> None:
    with acting_as(account):
        ended(job, state=state, note=note)


@app.periodic(cron="40 3 * * *")
@app.task(name="subject_access.expire", queueing_lock="subject_access.expire", pass_context=False)
def expire(timestamp: int) -> None:
    """Empty what was kept for 30 days after a request ended."""
    expiring.expire()
