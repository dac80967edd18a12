"""What is done around a meeting to come, in the bodies of tests/two_worlds.py, and who is meant to
see it: the plan, requests and calls for papers, replies, reports back and minutes raised."""

import datetime
import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from concerted.access.actor import Actor
from concerted.arising import services as arising
from concerted.attending import services as attending
from concerted.crime_reports import services as crime_reports
from concerted.crime_reports.models import Report
from concerted.crime_reports.queries import visible_to
from concerted.forward_plan import services as forward_plan
from concerted.kernel.clock import today
from concerted.meetings.models import Item
from concerted.paper_calls import services as paper_calls
from concerted.people.models import Seat
from concerted.raising import services as raising
from concerted.reports_back import services as reports_back
from tests.cast import SINCE
from tests.world import crime_figures

if TYPE_CHECKING:
    from tests.two_worlds import Build, Plan

Do = Callable[["Build", random.Random], Any]
# Those who chair a body here, or stand in for who does: they read what is put to its office.
CHAIRS = {"board": frozenset({"rowena", "vera"})}
ASKED = ("una", "ivor", "agnes")


def add(plan: "Plan", body: str) -> None:
    """Business before the meeting to come of a body, drawn as the rest of the plan is."""
    readers, steward = plan.readers[body], plan.stewards[body]
    opened = plan.office[body] | CHAIRS.get(body, frozenset())
    chance = plan.chance
    if chance.random() < 0.6:
        plan.step(f"{body} forward plan", readers, _planned_topic(body, steward))
    if chance.random() < 0.6:
        plan.step(f"{body} request", opened, _request(body, steward))
    if chance.random() < 0.6:
        # Of a body that somebody does not know they are not asked for a paper.
        asked = chance.choice(
            [one for one in (*ASKED, steward) if one in readers or not plan.is_hidden(body)]
        )
        plan.also_seen(f"{body} planned", asked)
        plan.step(f"{body} call", opened | {asked}, _call(body, steward, asked))
    if chance.random() < 0.6:
        plan.step(f"{body} quorum and reply", readers, _reply(body, steward))
    if chance.random() < 0.6:
        plan.step(f"{body} raised", readers, _raised(body, steward))
    if chance.random() < 0.6:
        other = "area" if body == "board" else "board"
        plan.step(f"{body} report", readers, _report(body, steward, other))
    # Drawn apart, so that the partnership of a seed is what it was before there were such reports.
    if "gareth" in readers and random.Random(f"{plan.seed} {body} crime").random() < 0.6:
        plan.step(f"{body} crime report", readers, _crime_report(body, steward))


def _planned_topic(body: str, steward: str) -> Do:
    def do(build: "Build", chance: random.Random) -> Any:
        with build.acting(steward) as actor:
            topic = f"What {chance.choice(('next winter', 'the fair', 'the bridge'))} needs"
            month = datetime.date(2026, chance.randint(7, 12), 1)
            wanted = forward_plan.Wanted(topic, driver="The yearly duty", due_month=month)
            return forward_plan.add(actor, body=build.cast.bodies[body], wanted=wanted)

    return do


def _request(body: str, steward: str) -> Do:
    def do(build: "Build", chance: random.Random) -> Any:
        with build.acting(steward) as actor:
            wanted = raising.Wanted(f"Request {chance.randint(1, 99)}", "Residents asked.")
            return raising.ask(actor, body=build.cast.bodies[body], wanted=wanted)

    return do


def _call(body: str, steward: str, asked: str) -> Do:
    def do(build: "Build", chance: random.Random) -> Any:
        with build.acting(steward) as actor:
            wanted = paper_calls.Wanted(
                f"Paper {chance.randint(1, 99)} that is asked for",
                today() + datetime.timedelta(days=chance.randint(1, 14)),
                person=build.cast.people[asked],
            )
            return paper_calls.call(actor, meeting=build.things[f"{body} planned"], wanted=wanted)

    return do


def _reply(body: str, steward: str) -> Do:
    def do(build: "Build", chance: random.Random) -> Any:
        with build.acting(steward) as actor:
            held = build.cast.bodies[body]
            attending.set_rule(
                actor,
                body=held,
                starts=datetime.date(2026, 1, 1),
                members=chance.randint(1, 4),
                agencies=[[build.cast.organisations["police"]]],
            )
            # A seat that all who read the papers know of, the oldest: the same in both worlds.
            seat = Seat.objects.filter(body=held).order_by("pk").first()
            if seat is not None:
                said = attending.Said(chance.choice(("coming", "apologies")))
                planned = build.things[f"{body} planned"]
                attending.reply(actor, meeting=planned, seat_key=seat.key, said=said)

    return do


def _raised(body: str, steward: str) -> Do:
    def do(build: "Build", chance: random.Random) -> Any:
        with build.acting(steward) as actor:
            item = Item.objects.filter(meeting=build.things[f"{body} meeting 0"]).earliest("pk")
            planned = build.things[f"{body} planned"]
            return arising.raise_minute(actor, meeting=planned, item=item, note="Again.")

    return do


def _crime_report(body: str, steward: str) -> Do:
    """Prepared by the office, cleared by the police, issued to all who read the body's papers."""

    def do(build: "Build", chance: random.Random) -> Any:
        police = build.cast.organisations["police"]
        title = f"Crime of {chance.choice(('spring', 'summer', 'autumn'))}"
        with build.acting(steward) as actor:
            report = crime_reports.prepare(
                actor,
                body=build.cast.bodies[body],
                owner=police,
                title=title,
                new=crime_figures(),
            )
        for who, step in (
            (steward, crime_reports.ask_to_clear),
            ("gareth", crime_reports.clear),
            ("gareth", _kept),
            (steward, crime_reports.issue),
        ):
            with build.acting(who) as actor:
                step(actor, report=visible_to(actor).get(pk=report.pk))
        return report

    return do


def _kept(actor: Actor, *, report: Report) -> None:
    crime_reports.keep_prints(actor, report=report, files={"pdf": b"%PDF-", "xlsx": b"PK"})


def _report(body: str, steward: str, other: str) -> Do:
    def do(build: "Build", chance: random.Random) -> Any:
        with build.acting(steward) as actor:
            link = reports_back.add_link(
                actor,
                body=build.cast.bodies[body],
                new=reports_back.NewLink(
                    build.cast.bodies[other], SINCE, organisation=build.cast.organisations["police"]
                ),
            )
        with build.acting(steward) as actor:
            kind = chance.choice(("nil", "oral"))
            planned = build.things[f"{body} planned"]
            return reports_back.give(
                actor, meeting=planned, link=link, token="", kind=kind, summary="All is well."
            )

    return do
