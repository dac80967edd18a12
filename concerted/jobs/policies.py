"""Who may stop a piece of work, pause it and resume it."""

from concerted.access.actor import Actor
from concerted.jobs.models import Job
from concerted.jobs.states import ENDED, JobState
from concerted.kernel.verdict import YES, Verdict, no


def may_cancel(actor: Actor, job: Job) -> Verdict:
    if job.account_id != actor.account_id:
        return no("Only the person who asked for this work can cancel it.")
    if job.state in ENDED:
        return no("This work has ended already.")
    return YES


def may_pause(actor: Actor, job: Job) -> Verdict:
    if job.account_id != actor.account_id:
        return no("Only the person who asked for this work can pause it.")
    if job.state in ENDED:
        return no("This work has ended already.")
    if not job.task:
        return no("This work is short and cannot be paused. You can cancel it.")
    if job.whole:
        return no("This work is done whole or not at all. It cannot be paused; you can cancel it.")
    if job.state == JobState.PAUSED or job.pause_asked:
        return no("This work is paused already. Resume it when you are ready.")
    return YES


def may_resume(actor: Actor, job: Job) -> Verdict:
    if job.account_id != actor.account_id:
        return no("Only the person who asked for this work can resume it.")
    if job.state in ENDED:
        return no("This work has ended already.")
    if job.state != JobState.PAUSED and not job.pause_asked:
        return no("This work is not paused. It goes on by itself.")
    return YES
