"""Two agendas of the violence group: one that is published, and the next one, still a draft."""

import datetime
from collections.abc import Sequence

from concerted.access.actor import Actor
from concerted.agendas.public import Entry, add, approve, begin, draft_of, publish, set_length
from concerted.briefs.public import write as write_prompt
from concerted.demonstration.days import Calendar
from concerted.demonstration.partnership import Made
from concerted.meetings.public import Meeting, items_visible_to, plan
from concerted.people.public import acting_as

VENUE = "Room 4, Wyle House, Marlbeck"
FIRST = (
    Entry("Licences in Market Place", kind="decision", minutes_allowed=25),
    Entry("The six that trade after 2am", under=True, minutes_allowed=10),
    Entry("Taxi marshals in December", kind="decision", minutes_allowed=20),
)
SECOND = (Entry("Door staff and training", kind="decision", minutes_allowed=15),)


def plan_agendas(made: Made, calendar: Calendar) -> None:
    """The secretary drafts both; the chair of the group has approved the first."""
    with acting_as(made.accounts["dilys"]) as dilys:
        first = _planned(dilys, made, calendar, 1)
        token = _drafted(dilys, first, FIRST)
    with acting_as(made.accounts["gareth"]) as gareth:
        approve(gareth, meeting=first, token=token)
    with acting_as(made.accounts["dilys"]) as dilys:
        issue = draft_of(dilys, first)
        assert issue  # noqa: S101 - drafted above
        publish(dilys, issue=issue, token=token)
        _drafted(dilys, _planned(dilys, made, calendar, 2), SECOND)
    with acting_as(made.accounts["gareth"]) as gareth:
        marshals = items_visible_to(gareth).get(meeting=first, title="Taxi marshals in December")
        write_prompt(
            gareth, item=marshals, text="Ask the council who pays for them after December."
        )


def _planned(dilys: Actor, made: Made, calendar: Calendar, by: int) -> Meeting:
    return plan(
        dilys,
        body=made.bodies["violence"],
        held_on=calendar.meeting("violence", by),
        starts_at=datetime.time(14),
        venue=VENUE,
    )


def _drafted(dilys: Actor, meeting: Meeting, entries: Sequence[Entry]) -> str:
    """Begin from the standing items, add these; returns the token of the draft as it is then."""
    issue = begin(dilys, meeting=meeting, from_last=True)
    set_length(dilys, issue=issue, token=str(issue.version), length_minutes=120)
    for done, entry in enumerate(entries, start=1):
        add(dilys, issue=issue, token=str(issue.version + done), entry=entry)
    return str(issue.version + 1 + len(entries))
