"""What is to come: the violence group’s meetings of a year, moved and cancelled, and its plan."""

import datetime

from concerted.agendas.public import Entry, add_standing_item
from concerted.demonstration.agendas import VENUE
from concerted.demonstration.days import SERIES, Calendar
from concerted.demonstration.partnership import Made
from concerted.forward_plan.public import Cycle, Wanted, add, deal_with
from concerted.meetings.public import When, cancel, move
from concerted.people.public import acting_as
from concerted.raising.public import Wanted as WantedItem
from concerted.raising.public import ask
from concerted.series.public import EveryWeeks, places, plan_all
from concerted.series.public import Wanted as WantedSeries

WEEK = datetime.timedelta(days=7)


def plan_ahead(made: Made, calendar: Calendar) -> None:
    """The secretary plans the year after the two meetings whose agendas are drafted."""
    body, rhythm = made.bodies["violence"], SERIES["violence"]
    rule = EveryWeeks(rhythm.weekday, rhythm.every // 7)
    second = calendar.meeting("violence", 2)
    wanted = WantedSeries(rule, second + 4 * WEEK, second + 44 * WEEK)
    with acting_as(made.accounts["dilys"]) as dilys:
        third, fourth, *_ = plan_all(
            dilys,
            body=body,
            days=[one.held_on for one in places(wanted) if one.held_on],
            starts_at=datetime.time(14),
            venue=VENUE,
            length_minutes=120,
        )
        move(
            dilys,
            meeting=third,
            seen=third.standing,
            when=When(third.held_on, datetime.time(10), "Small Hall, Marlbeck Library"),
            reason="Wyle House is closed for the count of a by-election.",
        )
        cancel(dilys, meeting=fourth, seen=fourth.standing, reason="It falls into the festival.")
        month = calendar.today.replace(day=1)
        add(
            dilys,
            body=body,
            wanted=Wanted(
                "Serious violence: the year in figures",
                asked="information",
                owner_organisation=made.organisations["police"],
                driver="Strategic assessment, each year",
                cycle=Cycle.YEARLY,
                due_month=(month - 2 * WEEK).replace(day=1),
            ),
        )
        add(
            dilys,
            body=body,
            wanted=Wanted(
                "Who pays for taxi marshals next winter",
                comes_from="Asked for by the vice-chair",
            ),
        )
        add(
            dilys,
            body=body,
            wanted=Wanted(
                "Night-time economy: the plan and its revision",
                driver="Partnership plan and its yearly revision",
                meeting=third,
            ),
        )
        quarterly = add(
            dilys,
            body=body,
            wanted=Wanted(
                "Hospital figures of the quarter",
                asked="information",
                driver="Data under section 17A, each quarter",
                cycle=Cycle.QUARTERLY,
                due_month=month,
            ),
        )
        deal_with(
            dilys,
            entry=quarterly,
            token=str(quarterly.version),
            because="Sent to the members in writing.",
        )


def put_forward(made: Made, calendar: Calendar) -> None:
    """What every agenda of the violence group begins with, and an item that a member asks for."""
    body = made.bodies["violence"]
    with acting_as(made.accounts["dilys"]) as dilys:
        for entry in (
            Entry("Declarations of interest", kind="declarations", minutes_allowed=5),
            Entry("Minutes of the last meeting", kind="minutes", minutes_allowed=5),
            Entry("Matters arising", kind="matters_arising", minutes_allowed=15),
        ):
            add_standing_item(dilys, body=body, entry=entry, starts=calendar.today)
    with acting_as(made.accounts["noor"]) as noor:
        why = "Drivers tell us of trouble on Saturdays, and nobody has asked the young people."
        wanted = WantedItem("Young people on the last bus home", why, minutes_wanted=10)
        ask(noor, body=body, wanted=wanted)
