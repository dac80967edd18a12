"""Planning the meetings of a series: all of them or none."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from concerted.access.actor import Actor
from concerted.kernel.clock import today
from concerted.meetings.public import Meeting, plan
from concerted.people.public import Body
from concerted.series import policies


@transaction.atomic
def plan_all(
    actor: Actor,
    *,
    body: Body,
    days: Sequence[datetime.date],
    starts_at: datetime.time | None = None,
    venue: str = "",
    length_minutes: int | None = None,
) -> list[Meeting]:
    """Plan a meeting on each of these days. `starts_at` is as clocks in Britain show it then.

    Raises NotAllowed, and plans none, where one of the days has a meeting by now.
    """
    policies.may_plan_all(actor, body, days, today=today()).enforce()
    return [
        plan(
            actor,
            body=body,
            held_on=day,
            starts_at=starts_at,
            venue=venue,
            length_minutes=length_minutes,
        )
        for day in sorted(days)
    ]
