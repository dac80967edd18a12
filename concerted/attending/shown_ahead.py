"""What is to be expected of a meeting, and one’s own answer, on the page of the meeting."""

from concerted.access.actor import Actor
from concerted.attending.queries import ahead_of
from concerted.meetings.public import Ahead, Meeting, Panel


class OwnAnswer(Ahead):
    def panel(self, actor: Actor, meeting: Meeting) -> Panel | None:
        given = {"ahead": ahead_of(actor, meeting), "back": "meeting"}
        return Panel("attending/panel.html", given)
