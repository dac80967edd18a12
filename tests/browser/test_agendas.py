"""The next agenda, from the last one to what the members read."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from concerted.agendas import public as agendas
from concerted.meetings import public as meetings
from tests.browser import texts

pytestmark = pytest.mark.browser
LAST, NEXT, DRAGGED = (datetime.date(2031, month, 11) for month in (3, 5, 7))


def plans(town, day):
    board = town.cast.bodies["board"]
    town.does(
        "dilys",
        lambda dilys: meetings.plan(
            dilys, body=board, held_on=day, starts_at=datetime.time(14), venue="Town Hall"
        ),
    )
    return "/agendas/" + town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", day)


@pytest.fixture(scope="module")
def last(town):
    """The last meeting’s agenda, published: two standing items and one of its own."""
    plans(town, LAST)

    def drafts(dilys):
        meeting = meetings.visible_to(dilys).get(held_on=LAST)
        issue = agendas.begin(dilys, meeting=meeting, from_last=False)
        for number, (title, kind) in enumerate(
            [("Minutes", "minutes"), ("A lease", "decision"), ("Crime figures", "crime_report")],
            start=1,
        ):
            entry = agendas.Entry(title, kind=kind, minutes_allowed=10)
            agendas.add(dilys, issue=issue, token=str(number), entry=entry)

    def approves(rowena):
        meeting = meetings.visible_to(rowena).get(held_on=LAST)
        agendas.approve(rowena, meeting=meeting, token="4")

    def publishes(dilys):
        issue = agendas.draft_of(dilys, meetings.visible_to(dilys).get(held_on=LAST))
        agendas.publish(dilys, issue=issue, token="4")

    town.does("dilys", drafts)
    town.does("rowena", approves)
    town.does("dilys", publishes)


def button(somebody, words, number):
    name = re.compile(rf"^{words}\s*, item {number}$")
    return somebody.page.get_by_role("button", name=name)


def titles(somebody):
    found = somebody.page.locator("article h3").all_inner_texts()
    return [one.strip() for one in found]


@pytest.mark.parametrize("script", [True, False])
def test_the_secretary_builds_the_next_agenda_the_chair_approves_and_members_read_it(
    somebody, town, last, script
):
    day = NEXT + datetime.timedelta(days=script)
    address = plans(town, day)
    dilys = somebody("dilys", script=script)
    dilys.goes_to(f"{address}/build/")
    dilys.sees(f"The last agenda of this body was for {texts.written(LAST)}.")
    dilys.presses("Begin from the last agenda")
    assert titles(dilys) == ["1. Minutes", "2. Crime figures"]
    dilys.follows("Add an item")
    dilys.page.get_by_label("Title").fill("Night buses")
    dilys.page.get_by_label("Minutes allowed").fill("25")
    dilys.presses("Save")
    dilys.clicks(button(dilys, "Up", 3))
    assert titles(dilys) == ["1. Minutes", "2. Night buses", "3. Crime figures"]
    dilys.page.get_by_label("Place of item 3").fill("1")
    dilys.clicks(button(dilys, "Move there", 3))
    assert titles(dilys) == ["1. Crime figures", "2. Minutes", "3. Night buses"]
    dilys.sees("45 minutes are allowed for.")
    if script:
        dilys.has_nothing_against_it()

    tobias = somebody("tobias", script=script)
    tobias.goes_to(address)
    tobias.sees("No agenda is published yet.")
    rowena = somebody("rowena", script=script)
    rowena.goes_to(address)
    rowena.presses("Go to the draft")
    rowena.presses("Approve this agenda")
    rowena.sees("Approved. The secretary can publish it now.")
    dilys.goes_to(f"{address}/build/")
    dilys.presses("Publish this agenda")
    tobias.goes_to(address)
    assert titles(tobias)[:3] == ["1. Crime figures", "2. Minutes", "3. Night buses"]
    tobias.sees("2:20pm")
    if script:
        tobias.has_nothing_against_it()


def test_an_item_is_dragged_to_its_place(somebody, town, last):
    address = plans(town, DRAGGED)
    dilys = somebody("dilys")
    dilys.goes_to(f"{address}/build/")
    dilys.presses("Begin from the last agenda")
    second = dilys.page.locator("article", has_text="Crime figures").locator("h3")
    second.drag_to(dilys.page.locator("article", has_text="Minutes").first.locator("h3"))
    expect(dilys.page.locator("article h3").first).to_have_text("1. Crime figures")


def test_of_two_who_change_an_agenda_the_second_is_told(somebody, town, last):
    address = plans(town, DRAGGED + datetime.timedelta(days=1))
    dilys, again = somebody("dilys"), somebody("dilys")
    dilys.goes_to(f"{address}/build/")
    dilys.presses("Begin from the last agenda")
    again.goes_to(f"{address}/add/")
    again.page.get_by_label("Title").fill("Typed slowly")
    dilys.clicks(button(dilys, "Down", 1))
    again.presses("Save")
    again.sees("What you typed is still here")
    expect(again.page.get_by_label("Title")).to_have_value("Typed slowly")
    again.presses("Save")
    again.sees("Saved: “Typed slowly”.")
