"""Papers that are asked for, at the head of the builder of their agenda."""

from collections.abc import Sequence

from concerted.access.actor import Actor
from concerted.agendas.public import Head, Heads
from concerted.meetings.public import Meeting
from concerted.paper_calls.queries import of_meeting
from concerted.paper_calls.states import Standing
from concerted.ui.words import day


class Called(Heads):
    def waiting(self, actor: Actor, meeting: Meeting) -> Sequence[Head]:
        return [
            Head(
                key=one.call.key,
                title=one.call.title,
                href=one.call.get_absolute_url(),
                words=f"Paper {one.standing.label.lower()}: {one.call.asked}, "
                f"by {day(one.call.due_on)}",
            )
            for one in of_meeting(actor, meeting)
            if one.standing not in (Standing.PUBLISHED, Standing.WITHDRAWN)
        ]
