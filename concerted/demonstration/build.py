"""Builds the demonstration as people would: through services, and minutes through the reader."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from concerted.access import factors, totp
from concerted.access.models import Account
from concerted.demonstration import life, partnership
from concerted.demonstration.agendas import plan_agendas
from concerted.demonstration.ahead import plan_ahead, put_forward
from concerted.demonstration.asked_for import ask_for_papers
from concerted.demonstration.attending import say_who_comes
from concerted.demonstration.crime_reports import report_crime
from concerted.demonstration.crimes import record_crimes
from concerted.demonstration.days import Calendar
from concerted.demonstration.interests import register_interests
from concerted.demonstration.notices import tell_people
from concerted.demonstration.papers import PAPERS, TO_TRY, Ends, Paper
from concerted.demonstration.partnership import Made, address
from concerted.demonstration.publishing import publish
from concerted.demonstration.reports import ask_and_raise, report_back
from concerted.demonstration.writing import write_minutes
from concerted.imports.commands import Outcome, import_files
from concerted.kernel.clock import today
from concerted.meetings.public import NewItem, confirm, plan, visible_to
from concerted.people.public import acting_as
from concerted.public_door.pushing import is_there as is_there_edition

PASSWORD = "safer-marlbeck-2026"  # noqa: S105 - a demonstration's, printed at its start
SIGN_INS = (
    ("dilys", "secretary: hands minutes over, checks what was read, accepts what was done"),
    ("rowena", "chair of the board: what is late, what is next"),
    ("tobias", "member, Probation Service: says how actions stand"),
    ("odette", "member of Fenside Area Board alone: sees that board’s meetings only"),
    ("priti", "analyst: reads the papers of three bodies"),
    ("gareth", "vice-chair, Wyleshire Police: sees the hidden Silver group too"),
    ("winifred", "data protection officer: reads the trail (at /trail/), and no papers"),
    ("maud", "partnership manager: bodies, seats, appointments"),
)
# Meetings to come: their body, where, and what is known to be dealt with.
PLANNED = (("fenside", "Fenside Library", ("Welcome", "Wardens on Fenside Parade")),)


def is_there() -> bool:
    return Account.objects.exists()


def sign_ins() -> str:
    """Who can sign in, what each is good for, and the text to try."""
    lines = [f"  {address(name):28} {what}" for name, what in SIGN_INS]
    return "\n".join(
        [
            f"Sign in as one of these, password {PASSWORD}",
            "The page after it asks for a code, and shows it: this is the demonstration.",
            *lines,
            "",
            f"Minutes to hand over as the secretary: {TO_TRY}",
        ]
    )


def build(*, say: Callable[[str], None] = print) -> None:
    """Build all of it or nothing: what was broken off is built afresh at the next start.

    Crime records lie beside the database and are kept from an earlier try. The public edition is a
    database of its own, so it is filled once all else is there.
    """
    record_crimes(Path(settings.LAKE), today=today(), say=say)
    made = _build(say)
    if is_there_edition():
        publish(made, say=say)


@transaction.atomic
def _build(say: Callable[[str], None]) -> Made:
    calendar = Calendar(today())
    made = partnership.make(today=calendar.today, password=PASSWORD, say=say)
    for account in made.accounts.values():
        factors.set_up_app(account, totp.new_secret())
    for done, paper in enumerate(PAPERS, start=1):
        outcome = _hand_over(paper, calendar)
        say(f"  minutes {done} of {len(PAPERS)}: {paper.name(calendar)}{_told(paper, outcome)}")
    report_back(made, calendar)
    _meetings(made, calendar)
    plan_agendas(made, calendar)
    ask_and_raise(made, calendar)
    plan_ahead(made, calendar)
    put_forward(made, calendar)
    ask_for_papers(made, calendar)
    write_minutes(made, calendar)
    say(f"  {say_who_comes(made, calendar)} answers to the next meeting of the board")
    say(f"  {life.live(made, calendar)} updates of actions")
    report_crime(made.accounts, made.bodies["board"], made.organisations["police"])
    say("  2 crime reports: one issued, one that waits to be cleared")
    say(f"  {register_interests(made)} members have registered their interests")
    say(f"  {tell_people(made)} mails wait in the outbox")
    return made


def _hand_over(paper: Paper, calendar: Calendar) -> Outcome:
    return import_files(
        address("dilys"),
        [(paper.name(calendar), paper.text(calendar).encode())],
        accept=paper.ends != Ends.WAITS,
        personal="keep",
        answer=paper.answers(),
    )


def _told(paper: Paper, outcome: Outcome) -> str:
    """How a file ended, where there is something to say."""
    ended = Ends.RECORDS if outcome.accepted else Ends.WAITS if outcome.to_check else Ends.REFUSED
    told = [f"ENDED OTHERWISE THAN PLANNED: {ended}"] if ended != paper.ends else []
    if ended == Ends.WAITS:
        told.append("left for you to check")
    told += [f"refused: {sentence}" for _, sentence in outcome.refused]
    return "".join(f" ({one})" for one in told)


def _meetings(made: Made, calendar: Calendar) -> None:
    """What the secretary does beside the minutes: plans meetings, records which are agreed."""
    with acting_as(made.accounts["dilys"]) as dilys:
        for series, venue, titles in PLANNED:
            plan(
                dilys,
                body=made.bodies[series],
                held_on=calendar.meeting(series, 1),
                venue=venue,
                items=[
                    NewItem(ref=str(number), title=title, text="")
                    for number, title in enumerate(titles, start=1)
                ],
            )
        for paper in PAPERS:
            if paper.confirmed:
                meeting = visible_to(dilys).get(
                    body=made.bodies[paper.series],
                    held_on=calendar.meeting(paper.series, paper.by),
                )
                confirm(dilys, meeting=meeting)
