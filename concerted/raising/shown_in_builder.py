"""What was put forward, at the head of the builder of an agenda."""

from collections.abc import Sequence

from django.urls import reverse

from concerted.access.actor import Actor
from concerted.agendas.public import Head, Heads
from concerted.meetings.public import Meeting
from concerted.raising.models import ItemRequest
from concerted.raising.queries import to_rule_on, waiting_for


class PutForward(Heads):
    def waiting(self, actor: Actor, meeting: Meeting) -> Sequence[Head]:
        return [
            *(_urgent(one) for one in to_rule_on(actor, meeting)),
            *(_head(line.request, meeting) for line in waiting_for(actor, meeting)),
        ]


def _urgent(request: ItemRequest) -> Head:
    words = f"Raised as urgent business by {request.raised_by}: the chair rules on it"
    return Head(request.key, request.title, request.get_absolute_url(), words)


def _head(request: ItemRequest, meeting: Meeting) -> Head:
    return Head(
        key=request.key,
        title=request.title,
        href=request.get_absolute_url(),
        words=f"Put forward by {request.raised_by}",
        action=reverse("raising:take", args=[request.key]),
        fields={"seen": str(request.version), "meeting": meeting.key},
    )
