"""Reading files and making records in the background, as the person who asked for it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import cast

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.documents.public import Version, read_bytes
from concerted.imports import bulk, policies, queries, services
from concerted.imports.matching import Directory
from concerted.imports.models import Batch, BatchLine, File, Handover
from concerted.imports.states import FileState, LineState
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
from concerted.papers.public import may_hold
from concerted.people.public import acting_as
from concerted.reading.files import NotReadable
from concerted.reading.files.changes import Changes
from concerted.reading.files.containers import WORDS, is_container, is_zip
from concerted.reading.readers import Given, Outcome, read_each
from concerted.reading.sandbox import open_container

log = logging.getLogger(__name__)

ABOVE = 3  # the care that may not be held (`reading.reports.markings.care`)
NO_LONGER = "Not read: your account may no longer hand over minutes."
CANCELLED = "Not read, because you cancelled. Hand it over again to read it."
BROKEN = "Not read: something went wrong on our side. Hand it over again to read it."
# Of a file that was read before, and stays as it was.
CANCELLED_AGAIN = "You cancelled."
BROKEN_AGAIN = "Something went wrong on our side. Choose again to try once more."
NOT_MADE = "Your account may no longer make records. Nothing more was made."


@app.task(name="imports.read_handover")
def read_handover(handover_key: str, account_id: int, again: str = "") -> None:
    """Read each file that waits. Safe to run again: what was read is not read twice.

    `again` is the key of one file, to be read once more as somebody chose, in work of its own.
    Whatever happens, the work rests where it was paused, or ends with a sentence and no file
    waits for ever.
    """
    account = Account.objects.get(pk=account_id)
    with acting_as(account) as actor:
        handover = Handover.objects.select_related("job").get(key=handover_key)
        wanted = handover.files.filter(key=again) if again else handover.files.filter(again=None)
        file = wanted.select_related("again").first() if again else None
        job = (file and file.again) or handover.job
        may = policies.may_have_read(actor, asked_for=handover.asked_for)
        allowed = account.is_active and may
        runs = allowed and (started(job) or cancel_is_asked(job.pk))
    if not allowed:
        _give_up(account, wanted, NO_LONGER)
        _end(account, job, JobState.FAILED, NO_LONGER)
        return
    if not runs:
        return
    try:
        stopped = _until_stopped(account, job, lambda: _read_all(account, job, wanted))
    except Exception:
        log.exception("Reading handover %s failed", handover_key)
        _give_up(account, wanted, BROKEN_AGAIN if again else BROKEN)
        _end(account, job, JobState.FAILED, "Something went wrong on our side. Look at the files.")
        return
    if stopped == "pause":
        return
    if stopped == "cancel":
        left = _give_up(account, wanted, CANCELLED_AGAIN if again else CANCELLED)
        job.done = read = job.total - left
        note = f"Cancelled. {read} of {job.total} files were looked at; {left} were not."
        _end(account, job, JobState.CANCELLED, note)
    else:
        job.done = job.total
        _end(account, job, JobState.DONE, "")


def _until_stopped(account: Account, job: Job, work: Callable[[], None]) -> str:
    """Work until nothing is left or somebody asked to stop; says which, `pause` or `cancel`."""
    while True:
        work()
        with acting_as(account):
            asked = asked_to_stop(job.pk)
            # Resumed before it came to rest: then it goes on.
            if asked != "pause" or paused(job, note=""):
                return asked


def _read_all(account: Account, job: Job, wanted: QuerySet[File]) -> None:
    """Read what waits, several at once, until nothing does or somebody asked to stop."""
    with acting_as(account) as actor:
        known = queries.directory(actor)
    waiting = _waiting(account, job, wanted)
    for file, outcome in read_each(waiting, cancelled=lambda: _is_cancelled(account, job)):
        _keep(account, file, outcome, known)


def _is_cancelled(account: Account, job: Job) -> bool:
    with acting_as(account):
        return cancel_is_asked(job.pk)


def _waiting(account: Account, job: Job, wanted: QuerySet[File]) -> Iterator[Given[File]]:
    """The files that wait, one after the other as each is wanted; a container is opened first."""
    taken = -1
    while True:
        with acting_as(account) as actor:
            file = (
                wanted.filter(state=FileState.WAITING, position__gt=taken)
                .select_related("version")
                .defer("reading", "answers", "markup")
                .order_by("position")
                .first()
            )
            if file is None or asked_to_stop(job.pk):
                return
            taken = file.position
            done = job.total - wanted.filter(state=FileState.WAITING).count()
            moved_on(job, done=done, note=file.name)
            data = _bytes_of(actor, file)
        if data is None:
            continue
        if not is_container(data) or not _open(account, job, file, data):
            yield Given(file, data, file.name, cast(Changes, file.read_as))


def _bytes_of(actor: Actor, file: File) -> bytes | None:
    """The bytes of a file; None where they were destroyed, because they may not be held at all."""
    try:
        return read_bytes(_version(file))
    except FileNotFoundError:
        services.was_too_high(actor, file=file, sentence=may_hold(ABOVE).why_not)
        return None


def _version(file: File) -> Version:
    assert file.version  # noqa: S101 - a file that waits has its bytes
    return file.version


def _open(account: Account, job: Job, file: File, data: bytes) -> bool:
    """Make the members of a container files that wait, all of them or none.

    Returns False for what is read as the one file that it is: an e-mail to which nothing is
    attached, and the words of one that were taken out of it.
    """
    if file.within_id and not is_zip(data):
        return False
    try:
        if file.within_id:
            raise NotReadable("This is an archive inside another. Hand it over on its own.")
        members = open_container(data, file.name, cancelled=lambda: _is_cancelled(account, job))
    except NotReadable as refusal:
        with acting_as(account) as actor:
            services.was_refused(actor, file=file, sentence=refusal.sentence)
        return True
    if not is_zip(data) and [one.name for one in members] in ([], [WORDS]):
        return False
    with acting_as(account) as actor:
        total = services.was_opened(actor, file=file, members=members)
        moved_on(job, done=job.done, note=job.note, total=total)
    return True


def _keep(account: Account, file: File, outcome: Outcome, known: Directory) -> None:
    """Keep what became of one file, in a transaction of its own."""
    with acting_as(account) as actor:
        if isinstance(outcome, NotReadable):
            services.was_refused(actor, file=file, sentence=outcome.sentence)
        else:
            reading, text = outcome
            services.was_read(
                actor,
                file=file,
                reading=reading,
                notes=text.notes,
                markup=text.markup,
                report=text.report,
                marking=text.marking,
                known=known,
            )


def _give_up(account: Account, wanted: QuerySet[File], sentence: str) -> int:
    """Say of each file that still waits why it will not be read; returns how many there were."""
    with acting_as(account) as actor:
        waiting = list(wanted.filter(state=FileState.WAITING).defer("reading", "answers", "markup"))
        for file in waiting:
            services.was_refused(actor, file=file, sentence=sentence)
        return len(waiting)


def _end(account: Account, job: Job, state: JobState, note: str) -> None:
    with acting_as(account):
        ended(job, state=state, note=note)


@app.task(name="imports.accept_batch")
def accept_batch(batch_key: str, account_id: int) -> None:
    """Make each meeting of a batch into records that is still sure; the others get a sentence.

    Safe to run again: what was made is not made twice.
    """
    account = Account.objects.get(pk=account_id)
    with acting_as(account) as actor:
        batch = Batch.objects.select_related("job").get(key=batch_key)
        job = batch.job
        allowed = account.is_active and policies.may_hand_over(actor)
        runs = allowed and (started(job) or cancel_is_asked(job.pk))
    if not allowed:
        _end(account, job, JobState.FAILED, NOT_MADE)
        return
    if not runs:
        return
    try:
        stopped = _until_stopped(account, job, lambda: _accept_all(account, batch))
    except Exception:
        log.exception("Accepting batch %s failed", batch_key)
        note = "Something went wrong on our side. What was made stays; the rest waits for you."
        _end(account, job, JobState.FAILED, note)
        return
    if stopped == "pause":
        return
    bulk.look_again(account)
    with acting_as(account):
        done = batch.lines.exclude(state=LineState.WAITING).count()
        made = batch.lines.filter(state=LineState.MADE).count()
    job.done = done
    note = f"{made} of {job.total} were made into records."
    state = JobState.CANCELLED if stopped else JobState.DONE
    _end(account, job, state, f"Cancelled. {note}" if stopped else note)


def _accept_all(account: Account, batch: Batch) -> None:
    with acting_as(account):
        lines = list(batch.lines.filter(state=LineState.WAITING).order_by("position"))
        done = batch.lines.exclude(state=LineState.WAITING).count()
    for line in lines:
        if _accept_one(account, batch, line, done):
            return
        done += 1


def _accept_one(account: Account, batch: Batch, line: BatchLine, done: int) -> str:
    """Settle one line in a transaction of its own; returns what was asked instead, if anything."""
    with acting_as(account):
        if asked := asked_to_stop(batch.job_id):
            return asked
        file = File.objects.defer("reading", "answers", "markup").get(pk=line.file_id)
        moved_on(batch.job, done=done, note=file.name)
    bulk.settle(account, batch, line, file)
    return ""


@app.task(name="imports.look_again")
def look_again(account_id: int) -> None:
    """See anew what the files that wait ask, now that more people and bodies are on record."""
    bulk.look_again(Account.objects.get(pk=account_id))


def look_again_soon(account_id: int) -> None:
    """Have that done in the background, once for however many asked meanwhile."""
    task = look_again.configure(queueing_lock=f"imports.look_again {account_id}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(account_id=account_id)
