"""What groups report to the board, a question of the board, and a minute that is raised again."""

import datetime

from concerted.access.actor import Actor
from concerted.arising.public import earlier_minutes, raise_minute
from concerted.demonstration.days import Calendar
from concerted.demonstration.partnership import Made
from concerted.kernel.clock import as_of
from concerted.meetings.public import Meeting, decisions_visible_to, visible_to
from concerted.people.public import acting_as
from concerted.reports_back.public import NewLink, ReturnKind, add_link, give, refer

# What each reported to which meeting of the board, counted from today; silent at the others.
REPORTED: dict[str, tuple[str, dict[int, tuple[str, str]]]] = {
    "violence": (
        "police",
        {
            -6: (ReturnKind.ORAL, "Two premises were visited."),
            -5: (ReturnKind.WRITTEN, "Plan for the winter, four pages."),
            -4: (ReturnKind.NIL, ""),
            -3: (ReturnKind.ORAL, "Marshals at the rank, first results."),
            -2: (ReturnKind.ORAL, "Door staff, training begins."),
            -1: (ReturnKind.WRITTEN, "Figures of the half-year."),
        },
    ),
    "millbank": (
        "homes",
        {
            -6: (ReturnKind.ORAL, "Lamps in the underpass are mended."),
            -5: (ReturnKind.ORAL, "A walk through the estate is planned."),
            -4: (ReturnKind.ORAL, "Forty residents came on the walk."),
            -3: (ReturnKind.WRITTEN, "What they asked for, in a list."),
        },
    ),
}
QUESTION = "Which streets should the evening patrols begin with, and until what time?"


def report_back(made: Made, calendar: Calendar) -> None:
    """Before minutes are agreed, as what was reported stays then."""
    with acting_as(made.accounts["dilys"]) as dilys:
        for group, (organisation, reported) in REPORTED.items():
            new = NewLink(
                made.bodies[group],
                calendar.meeting("board", -6),
                organisation=made.organisations[organisation],
            )
            link = add_link(dilys, body=made.bodies["board"], new=new)
            for by, (kind, summary) in reported.items():
                meeting = _at(dilys, made, calendar, "board", by)
                with as_of(_evening(meeting)):
                    give(dilys, meeting=meeting, link=link, token="", kind=kind, summary=summary)


def ask_and_raise(made: Made, calendar: Calendar) -> None:
    """The board asks an area board; the violence group takes up a minute of its last meeting."""
    with acting_as(made.accounts["dilys"]) as dilys:
        last = _at(dilys, made, calendar, "board", -1)
        decision = decisions_visible_to(dilys).filter(item__meeting=last).first()
        assert decision  # noqa: S101 - these minutes have some
        refer(
            dilys,
            decision=decision,
            body=made.bodies["fenside"],
            question=QUESTION,
            due_at=_at(dilys, made, calendar, "fenside", 1),
        )
        coming = _at(dilys, made, calendar, "violence", 1)
        earlier = earlier_minutes(dilys, coming, "taxi")
        raise_minute(
            dilys, meeting=coming, item=earlier[0], note="Asked for by the chair: is it settled?"
        )


def _at(dilys: Actor, made: Made, calendar: Calendar, series: str, by: int) -> Meeting:
    return visible_to(dilys).get(body=made.bodies[series], held_on=calendar.meeting(series, by))


def _evening(meeting: Meeting) -> datetime.datetime:
    return datetime.datetime.combine(meeting.held_on, datetime.time(17), datetime.UTC)
