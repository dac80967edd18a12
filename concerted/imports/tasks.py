"""Reading files in the background, one at a time, as the person who handed them over."""

import logging

from procrastinate.contrib.django import app

from concerted.access.models import Account
from concerted.documents.public import read_bytes
from concerted.imports import services
from concerted.imports.models import File, Handover
from concerted.imports.states import FileState
from concerted.jobs.public import JobState, cancel_is_asked, ended, moved_on, started
from concerted.people.public import acting_as
from concerted.reading.files import NotReadable
from concerted.reading.sandbox import read_file

log = logging.getLogger(__name__)


@app.task(name="imports.read_handover")
def read_handover(handover_key: str, account_id: int) -> None:
    """Read each file that waits. Safe to run again: what was read is not read twice."""
    account = Account.objects.get(pk=account_id)
    with acting_as(account):
        handover = Handover.objects.select_related("job").get(key=handover_key)
        job = handover.job
        started(job)
        files = list(handover.files.defer("reading").order_by("position"))
    for done, file in enumerate(files):
        if file.state != FileState.WAITING:
            continue
        with acting_as(account):
            if cancel_is_asked(job.pk):
                break
            moved_on(job, done=done, note=file.name)
        _read(account, file)
    else:
        with acting_as(account):
            job.done = len(files)
            ended(job, state=JobState.DONE, note="")
        return
    with acting_as(account):
        ended(
            job,
            state=JobState.CANCELLED,
            note=f"Cancelled. {done} of {len(files)} files were read; they wait for you to check.",
        )


def _read(account: Account, file: File) -> None:
    """Read one file in a child process and keep the outcome in a transaction of its own."""
    with acting_as(account):
        file = File.objects.select_related("version").get(pk=file.pk)
        assert file.version  # noqa: S101 - a file that waits has its bytes
        data = read_bytes(file.version)
    try:
        reading, text = read_file(data, file.name)
    except NotReadable as refusal:
        with acting_as(account):
            services.was_refused(file, sentence=str(refusal))
        return
    with acting_as(account):
        services.was_read(file, reading=reading, notes=text.notes)
