"""What waits on the forward plan, at the head of the builder of an agenda."""

from collections.abc import Sequence

from django.urls import reverse

from concerted.access.actor import Actor
from concerted.agendas.public import Head, Heads
from concerted.forward_plan.queries import Line, waiting_for
from concerted.meetings.public import Meeting


class Waiting(Heads):
    def waiting(self, actor: Actor, meeting: Meeting) -> Sequence[Head]:
        return [_head(line, meeting) for line in waiting_for(actor, meeting)]


def _head(line: Line, meeting: Meeting) -> Head:
    entry = line.entry
    because = entry.driver or entry.comes_from or ("a decision" if line.decision else "")
    open_to_all = entry.audience_id == entry.home_id
    return Head(
        key=entry.key,
        title=entry.topic,
        href=entry.get_absolute_url(),
        words=f"On the forward plan: {line.standing.lower()}{'; ' if because else ''}{because}",
        action=reverse("forward_plan:take", args=[entry.key]) if open_to_all else "",
        fields={"seen": str(entry.version), "meeting": meeting.key},
    )
