"""How long work is begun, moved on, paused, resumed, ended and cancelled."""

from collections.abc import Mapping
from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.jobs import policies
from concerted.jobs.models import Job
from concerted.jobs.states import ENDED, NEXT, JobState
from concerted.kernel.clock import now


def begin(
    actor: Actor,
    *,
    title: str,
    total: int,
    unit: str,
    leads_to: str,
    task: str = "",
    arguments: Mapping[str, str | int] | None = None,
    whole: bool = False,
) -> Job:
    """Put work on the list, for the actor alone; `leads_to` is where its page ends.

    With the name of its task and its arguments, it can be enqueued, paused and resumed; `whole`
    work is never paused.
    """
    job = Job.objects.create(
        account_id=actor.account_id,
        title=title,
        total=total,
        unit=unit,
        task=task,
        arguments=dict(arguments or {}),
        leads_to=leads_to,
        whole=whole,
        audience_id=actor.own_audience_id,
    )
    trail.note(actor, "job.begun", job, verb=Verb.COLLECT)
    return job


def enqueue(job: Job) -> None:
    """Have a worker do it, once: never two at a time, and never twice in the queue."""
    task = app.configure_task(job.task, lock=job.key, queueing_lock=job.key)
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(**job.arguments)


def started(job: Job) -> bool:
    """Note that a worker begins, or goes on; returns whether the work may run at all."""
    job.started_at = job.started_at or now()
    job.run_at, job.run_done = now(), job.done
    return _move(job, JobState.RUNNING)


def moved_on(job: Job, *, done: int, note: str = "", total: int | None = None) -> None:
    """Note how far it is; `total` where there turned out to be more to do."""
    job.done = done
    job.note = note
    job.total = job.total if total is None else total
    _move(job, JobState.RUNNING)


def ended(job: Job, *, state: JobState, note: str) -> None:
    job.note = note
    job.ended_at = now()
    _move(job, state)


@transaction.atomic
def paused(job: Job, *, note: str) -> bool:
    """Rest, with all that was done kept; not if the person has resumed it meanwhile."""
    if not Job.objects.select_for_update().filter(pk=job.pk, pause_asked=True).exists():
        return False
    job.note = note
    return _move(job, JobState.PAUSED)


@transaction.atomic
def _move(job: Job, state: JobState) -> bool:
    """Change the state if the table allows it: work that was cancelled stays cancelled.

    The row is asked afresh: it may have been cancelled since `job` was loaded.
    """
    job.state = Job.objects.select_for_update().values_list("state", flat=True).get(pk=job.pk)
    if state not in NEXT[job.state]:
        return False
    job.beat_at = now()
    job.state = state
    job.save(
        update_fields=[
            "state",
            "done",
            "total",
            "note",
            "started_at",
            "run_at",
            "run_done",
            "beat_at",
            "ended_at",
        ]
    )
    return True


@transaction.atomic
def cancel(actor: Actor, *, job: Job) -> Job:
    """Ask for the work to stop; what waits stops at once, what runs at its next step."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    policies.may_cancel(actor, job).enforce()
    _stop(job, note="Cancelled before it began. Nothing was changed.")
    trail.note(actor, "job.cancelled", job, fields=["cancel_asked"])
    return job


def _stop(job: Job, *, note: str) -> None:
    job.cancel_asked = True
    job.save(update_fields=["cancel_asked"])
    if job.state == JobState.WAITING and not job.done:
        ended(job, state=JobState.CANCELLED, note=note)
    if job.state == JobState.PAUSED:
        # The task has what follows to say: of each thing that was not begun.
        _move(job, JobState.WAITING)
        transaction.on_commit(lambda: enqueue(job))


@transaction.atomic
def end_all_of(account_id: int, *, why: str) -> int:
    """Stop all work of an account, and take away what finished work leads to; returns how much.

    The wall must be open to that account's own audience.
    """
    theirs = Job.objects.select_for_update().filter(account_id=account_id)
    under_way = list(theirs.exclude(state__in=ENDED).filter(cancel_asked=False))
    for job in under_way:
        _stop(job, note=why)
    return len(under_way) + theirs.filter(state__in=ENDED).exclude(leads_to="").update(leads_to="")


@transaction.atomic
def pause(actor: Actor, *, job: Job) -> Job:
    """Ask for the work to rest; what waits rests at once, what runs after its present step."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    policies.may_pause(actor, job).enforce()
    job.pause_asked = True
    job.save(update_fields=["pause_asked"])
    if job.state == JobState.WAITING:
        _move(job, JobState.PAUSED)
    trail.note(actor, "job.paused", job, fields=["pause_asked"])
    return job


@transaction.atomic
def resume(actor: Actor, *, job: Job) -> Job:
    """Go on where it was paused; what has not come to rest yet just goes on."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    policies.may_resume(actor, job).enforce()
    job.pause_asked = False
    job.save(update_fields=["pause_asked"])
    if job.state == JobState.PAUSED:
        _move(job, JobState.WAITING)
        transaction.on_commit(lambda: enqueue(job))
    trail.note(actor, "job.resumed", job, fields=["pause_asked"])
    return job
