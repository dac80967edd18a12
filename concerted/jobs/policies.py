"""Who may stop a piece of work."""

from concerted.access.actor import Actor
from concerted.jobs.models import Job
from concerted.jobs.states import ENDED
from concerted.kernel.verdict import YES, Verdict, no


def may_cancel(actor: Actor, job: Job) -> Verdict:
    if job.account_id != actor.account_id:
        return no("Only the person who asked for this work can cancel it.")
    if job.state in ENDED:
        return no("This work has ended already.")
    return YES
