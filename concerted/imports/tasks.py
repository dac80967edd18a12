"""Reading files in the background, one at a time, as the person who handed them over."""

import logging
from typing import cast

from procrastinate.contrib.django import app

from concerted.access.models import Account
from concerted.documents.public import read_bytes
from concerted.imports import policies, services
from concerted.imports.models import File, Handover
from concerted.imports.states import FileState
from concerted.jobs.public import Job, JobState, cancel_is_asked, ended, moved_on, started
from concerted.people.public import acting_as
from concerted.reading.files import NotReadable
from concerted.reading.files.changes import Changes
from concerted.reading.sandbox import read_file

log = logging.getLogger(__name__)

NO_LONGER = "Not read: your account may no longer hand over minutes."
CANCELLED = "Not read, because you cancelled. Hand it over again to read it."
BROKEN = "Not read: something went wrong on our side. Hand it over again to read it."
# Of a file that was read before, and stays as it was.
CANCELLED_AGAIN = "You cancelled."
BROKEN_AGAIN = "Something went wrong on our side. Choose again to try once more."


@app.task(name="imports.read_handover")
def read_handover(handover_key: str, account_id: int, again: str = "") -> None:
    """Read each file that waits. Safe to run again: what was read is not read twice.

    `again` is the key of one file, to be read once more as somebody chose, in work of its own.
    Whatever happens, the work ends with a sentence and no file waits for ever.
    """
    account = Account.objects.get(pk=account_id)
    with acting_as(account) as actor:
        handover = Handover.objects.select_related("job").get(key=handover_key)
        wanted = handover.files.filter(**({"key": again} if again else {}))
        files = list(
            wanted.defer("reading", "answers", "markup")
            .select_related("again")
            .order_by("position")
        )
        job = (files[0].again if again else None) or handover.job
        allowed = account.is_active and policies.may_hand_over(actor)
        if allowed:
            started(job)
    if not allowed:
        _give_up(account, files, NO_LONGER)
        _end(account, job, JobState.FAILED, NO_LONGER)
        return
    try:
        cancelled = _read_all(account, job, files)
    except Exception:
        log.exception("Reading handover %s failed", handover_key)
        _give_up(account, files, BROKEN_AGAIN if again else BROKEN)
        _end(account, job, JobState.FAILED, "Something went wrong on our side. Look at the files.")
        return
    if cancelled:
        left = _give_up(account, files, CANCELLED_AGAIN if again else CANCELLED)
        job.done = read = len(files) - left
        note = f"Cancelled. {read} of {len(files)} files were looked at; {left} were not."
        _end(account, job, JobState.CANCELLED, note)
    else:
        job.done = len(files)
        _end(account, job, JobState.DONE, "")


def _read_all(account: Account, job: Job, files: list[File]) -> bool:
    """Read what waits, one file after the other; returns whether it was cancelled meanwhile."""
    for done, file in enumerate(files):
        if _is_cancelled(account, job):
            return True
        if file.state == FileState.WAITING:
            with acting_as(account):
                moved_on(job, done=done, note=file.name)
            _read(account, job, file)
    return _is_cancelled(account, job)


def _is_cancelled(account: Account, job: Job) -> bool:
    with acting_as(account):
        return cancel_is_asked(job.pk)


def _read(account: Account, job: Job, file: File) -> None:
    """Read one file in a child process and keep the outcome in a transaction of its own."""
    with acting_as(account):
        file = File.objects.select_related("version").get(pk=file.pk)
        assert file.version  # noqa: S101 - a file that waits has its bytes
        data = read_bytes(file.version)
    try:
        reading, text = read_file(
            data,
            file.name,
            changes=cast(Changes, file.read_as),
            cancelled=lambda: _is_cancelled(account, job),
        )
    except NotReadable as refusal:
        with acting_as(account) as actor:
            services.was_refused(actor, file=file, sentence=str(refusal))
        return
    with acting_as(account) as actor:
        services.was_read(
            actor,
            file=file,
            reading=reading,
            notes=text.notes,
            markup=text.markup,
            report=text.report,
        )


def _give_up(account: Account, files: list[File], sentence: str) -> int:
    """Say of each file that still waits why it will not be read; returns how many there were."""
    with acting_as(account) as actor:
        waiting = list(
            File.objects.filter(pk__in=[file.pk for file in files], state=FileState.WAITING).defer(
                "reading", "answers", "markup"
            )
        )
        for file in waiting:
            services.was_refused(actor, file=file, sentence=sentence)
        return len(waiting)


def _end(account: Account, job: Job, state: JobState, note: str) -> None:
    with acting_as(account):
        ended(job, state=state, note=note)
