"""The pack of a meeting to come, on the page of that meeting."""

from concerted.access.actor import Actor
from concerted.meetings.public import Ahead, Meeting, Panel
from concerted.packs import policies, queries


class PackAhead(Ahead):
    def panel(self, actor: Actor, meeting: Meeting) -> Panel | None:
        if not meeting.agenda_issue:
            return None
        parts = queries.visible_to(actor).filter(meeting=meeting)
        given = {
            "parts": list(parts.order_by("number", "id")),
            "may_build": policies.may_build(actor, meeting),
        }
        return Panel("packs/panel.html", given)
