"""Reads of long work."""

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.jobs.models import Job


def visible_to(actor: Actor) -> QuerySet[Job]:
    return Job.objects.filter(audience_id__in=actor.audience_ids)


def cancel_is_asked(job_id: int) -> bool:
    return Job.objects.filter(pk=job_id, cancel_asked=True).exists()


def asked_to_stop(job_id: int) -> str:
    """What was asked of work since it began: `cancel`, `pause`, or nothing."""
    asked = Job.objects.values_list("cancel_asked", "pause_asked").get(pk=job_id)
    return "cancel" if asked[0] else "pause" if asked[1] else ""
