"""Who plans a series of meetings. Facts in, Verdict out."""

import datetime
from collections.abc import Sequence

from concerted.access.actor import Actor
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import may_plan, may_record
from concerted.people.public import Body

MOST = 120


def may_look(actor: Actor, body: Body) -> Verdict:
    if may_record(actor, body):
        return YES
    return no("Only this body’s secretary can plan its meetings.")


def may_plan_all(
    actor: Actor, body: Body, days: Sequence[datetime.date], *, today: datetime.date
) -> Verdict:
    """Before any of these days is looked at on its own."""
    verdict = may_look(actor, body)
    if not verdict:
        return verdict
    if not days:
        return no("Tick at least one day.")
    if len(days) > MOST:
        return no(f"Plan at most {MOST} meetings in one step.")
    if len(set(days)) < len(days):
        return no("Two of these days are the same. Change one, or untick it.")
    if min(days) < today:
        return no("One of these days is over. Choose days still to come.")
    return may_plan(actor, body, that_day=())
