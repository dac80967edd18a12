"""Handing over files of crime figures, for a worker to bring in."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from concerted.access.actor import Actor
from concerted.crime import handed_over, policies
from concerted.crime.handed_over import Wanted, What
from concerted.crime.lake.refusals import Refused
from concerted.jobs.public import Job, begin, enqueue
from concerted.kernel.verdict import NotAllowed

BRING_IN = "crime.bring_in"
TITLES = {
    What.POLICE: "Bringing in crime figures",
    What.MAPPED: "Bringing in figures by a mapping",
    What.AREAS: "Keeping where small areas lie",
    What.RESIDENTS: "Keeping how many live where",
    What.OUTLINES: "Keeping outlines of areas",
}


@transaction.atomic
def hand_over(actor: Actor, *, wanted: Wanted, files: Sequence[tuple[str, IO[bytes]]]) -> Job:
    """Keep files until a worker has brought them in, whole or not at all."""
    policies.may_bring_in(actor).enforce()
    job = begin(
        actor,
        title=TITLES[What(wanted.what)],
        total=100,
        unit="%",
        leads_to="crime:snapshots",
        task=BRING_IN,
        whole=True,
    )
    job.arguments = {"account_id": actor.account_id, "job_key": job.key}
    job.save(update_fields=["arguments"])
    try:
        handed_over.keep(Path(settings.LAKE), job.key, wanted, files)
    except Refused as refusal:
        raise NotAllowed(str(refusal)) from refusal
    transaction.on_commit(lambda: enqueue(job))
    return job
