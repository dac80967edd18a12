"""Actions that slip again and again, at the head of an agenda's builder."""

from collections.abc import Sequence

from django.urls import reverse

from concerted.access.actor import Actor
from concerted.agendas.public import Head, Heads
from concerted.arising.queries import Line, slipping
from concerted.meetings.public import Meeting

_NUMBERS = {3: "Three", 4: "Four", 5: "Five", 6: "Six"}


class Slipping(Heads):
    def waiting(self, actor: Actor, meeting: Meeting) -> Sequence[Head]:
        body = meeting.body
        return [_head(one, meeting) for one in slipping(actor, body)]


def _head(line: Line, meeting: Meeting) -> Head:
    """Of the action and the organisation that owns it: nobody is named."""
    often = _NUMBERS.get(line.slips, str(line.slips))
    whose = f" Owned by {line.owner_words}." if line.owners else ""
    open_to_all = line.audience_id == meeting.body.papers_audience_id
    return Head(
        key=line.reference,
        title=line.text,
        href=line.href,
        words=f"{often} due dates not kept.{whose}",
        action=reverse("arising:name", args=[line.reference]) if open_to_all else "",
        fields={"meeting": meeting.key},
    )
