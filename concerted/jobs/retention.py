"""Work that has ended: how long its row is kept, and how it goes."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import ProtectedError

from concerted.jobs.models import Job
from concerted.jobs.states import ENDED
from concerted.kernel.retention import Candidate, Expiring, Gone

# What stands in place of the title where something still rests on the row.
FINISHED = "Finished work"


def _expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    jobs = Job.objects.filter(state__in=ENDED, ended_at__lt=before).exclude(title=FINISHED)
    if keys is not None:
        jobs = jobs.filter(key__in=keys).select_for_update()
    return map(_candidate, jobs.order_by("ended_at", "pk"))


def _candidate(job: Job) -> Candidate:
    since = job.ended_at or job.asked_at
    return Candidate(job.key, since, f"{job.state} {since.isoformat()}", job.audience_id)


def _find(key: str) -> Candidate | None:
    job = Job.objects.filter(key=key).first()
    return _candidate(job) if job else None


def _let_go(keys: Collection[str]) -> Gone:
    """Take rows out; where something rests on one, its words go and the row stays."""
    gone = Gone()
    for job in Job.objects.filter(key__in=keys):
        gone.records.append(("jobs.job", job.key))
        try:
            with transaction.atomic():
                job.delete()
        except ProtectedError:
            Job.objects.filter(key=job.key).update(title=FINISHED, note="", arguments={})
    return gone


KINDS = (
    Expiring(
        name="finished-work",
        label="jobs.job",
        title="Work in the background that has ended",
        counts_from="the day it ended",
        months=3,
        least=1,
        most=24,
        reason="Kept to tell whoever asked what came of it. Storage limitation, Article 5(1)(e) "
        "UK GDPR: it holds the names of their files.",
        does="The row is taken out. Where files still rest on it, its title and note are replaced.",
        has_audience=True,
        erases=frozenset({"jobs.Job"}),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
)
