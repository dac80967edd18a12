"""How long work is begun, moved on, ended and cancelled."""

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.jobs import policies
from concerted.jobs.models import Job
from concerted.jobs.states import NEXT, JobState
from concerted.kernel.clock import now


def begin(actor: Actor, *, title: str, total: int, unit: str, leads_to: str) -> Job:
    """Put work on the list, for the actor alone; `leads_to` is where its page ends."""
    job = Job.objects.create(
        account_id=actor.account_id,
        title=title,
        total=total,
        unit=unit,
        leads_to=leads_to,
        audience_id=actor.own_audience_id,
    )
    trail.note(actor, "job.begun", job, verb=Verb.COLLECT)
    return job


def started(job: Job) -> None:
    job.started_at = job.started_at or now()
    _move(job, JobState.RUNNING)


def moved_on(job: Job, *, done: int, note: str = "") -> None:
    job.done = done
    job.note = note
    _move(job, JobState.RUNNING)


def ended(job: Job, *, state: JobState, note: str) -> None:
    job.note = note
    job.ended_at = now()
    _move(job, state)


@transaction.atomic
def _move(job: Job, state: JobState) -> None:
    """Change the state if the table allows it: work that was cancelled stays cancelled.

    The row is asked afresh: it may have been cancelled since `job` was loaded.
    """
    job.state = Job.objects.select_for_update().values_list("state", flat=True).get(pk=job.pk)
    if state not in NEXT[job.state]:
        return
    job.beat_at = now()
    job.state = state
    job.save(update_fields=["state", "done", "note", "started_at", "beat_at", "ended_at"])


@transaction.atomic
def cancel(actor: Actor, *, job: Job) -> Job:
    """Ask for the work to stop; what waits stops at once, what runs at its next step."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    policies.may_cancel(actor, job).enforce()
    job.cancel_asked = True
    job.save(update_fields=["cancel_asked"])
    if job.state == JobState.WAITING:
        ended(job, state=JobState.CANCELLED, note="Cancelled before it began. Nothing was changed.")
    trail.note(actor, "job.cancelled", job, fields=["cancel_asked"])
    return job
