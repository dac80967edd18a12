"""Papers for the violence group’s next meeting: one approved, one late, one due; comments asked."""

import datetime

from concerted.demonstration.agendas import SECOND
from concerted.demonstration.days import Calendar
from concerted.demonstration.papers import Paper
from concerted.demonstration.partnership import Made
from concerted.imports.commands import accept_handed_in, read_handed_in
from concerted.meetings.public import Meeting, items_visible_to, visible_to
from concerted.paper_calls.public import (
    Addressee,
    Call,
    Said,
    Wanted,
    approve,
    call,
    call_for_comments,
    comment,
    deliver,
    deliveries_visible_to,
)
from concerted.papers.public import visible_to as papers_visible_to
from concerted.people.public import acting_as

DAY = datetime.timedelta(days=1)
REPORT = """Marlbeck Borough Council

REPORT TO VIOLENCE REDUCTION GROUP

{on}

REPORT OF LICENSING MANAGER

DOOR STAFF AND TRAINING

SUMMARY

Two premises in three have trained their door staff since spring. The rest have not answered.

RECOMMENDATIONS

1. That the group asks the licensing committee to name training in new licences.

2. That the group notes which premises have trained their staff.

3. That the group receives a further report in six months.

BACKGROUND

4. Training takes an evening and is free. It was offered to all premises in Market Place.

5. Ambulance calls fell where staff were trained, by about one in ten. The figures are small.
"""
MARSHALS = """Taxi marshals: what a winter costs

Marshals stood at two ranks on Fridays and Saturdays from November to March. Costs rose by a fifth.
"""


def ask_for_papers(made: Made, calendar: Calendar) -> None:
    """The secretary asks for three papers; the police deliver two, one of them after its day."""
    on = calendar.meeting("violence", 2)
    with acting_as(made.accounts["dilys"]) as dilys:
        meeting = visible_to(dilys).get(body=made.bodies["violence"], held_on=on)
    police = made.organisations["police"]
    with acting_as(made.accounts["dilys"]) as dilys:
        item = items_visible_to(dilys).get(meeting=meeting, title=SECOND[0].title)
    _asked(made, meeting, Wanted("Hospital figures of the summer", on - 7 * DAY, police))
    first = _asked(
        made,
        meeting,
        Wanted("Door staff: who is trained", calendar.today + DAY, police, item=item),
    )
    late = _asked(
        made, meeting, Wanted("Taxi marshals: the bill", calendar.today - 2 * DAY, police)
    )
    _delivered(made, late, "taxi-marshals.txt", MARSHALS)
    file_key = _delivered(
        made,
        first,
        "door-staff.txt",
        REPORT.format(on=f"{calendar.today.day} {calendar.today:%B %Y}".upper()),
    )
    why_not = accept_handed_in(
        made.accounts["dilys"],
        file_key,
        personal="keep",
        answer=Paper("door-staff.txt", "Door staff", "violence", 2).answers(),
    )
    assert not why_not, why_not  # noqa: S101 - the demonstration is built by its own steps
    with acting_as(made.accounts["dilys"]) as dilys:
        approve(dilys, delivery=deliveries_visible_to(dilys).get(call=first))
        board = papers_visible_to(dilys).filter(
            body=made.bodies["board"], published_at__isnull=False
        )
        asked, _ = call_for_comments(
            dilys,
            paper=board.order_by("-accepted_at", "-id")[0],
            of=[
                Addressee(organisation=made.organisations["probation"]),
                Addressee(mailbox="The officer who keeps the strategy, by e-mail"),
            ],
            until=calendar.today + 14 * DAY,
            wanted="Is anything missing that your organisation already does?",
        )
    with acting_as(made.accounts["tobias"]) as tobias:
        said = "We see most of the people named under paragraph 4 each week. Say so."
        comment(tobias, call=asked, said=Said(said))


def _asked(made: Made, meeting: Meeting, wanted: Wanted) -> Call:
    with acting_as(made.accounts["dilys"]) as dilys:
        return call(dilys, meeting=meeting, wanted=wanted)


def _delivered(made: Made, asked: Call, name: str, text: str) -> str:
    """Deliver a file and read it; returns the key of the file as it waits to be checked."""
    gareth = made.accounts["gareth"]
    with acting_as(gareth) as actor:
        _, job = deliver(actor, call=asked, name=name, data=text.encode())
    handover_key = job.arguments["handover_key"]
    return read_handed_in(gareth, handover_key)
