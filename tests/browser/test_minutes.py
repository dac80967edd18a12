"""Minutes from the first word to a correction, with two who write and a line that drops."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from concerted.meetings import public as meetings

pytestmark = pytest.mark.browser
DAYS = (datetime.date(2021, 3, day) for day in range(1, 20))
LATER = datetime.date(2021, 4, 20)
TYPED = "AGREED that patrols go on.\nACTION: Wyleshire Police to write by 24 June 2031"


def plans(town, day=None):
    """A meeting with an agenda of two items; the address of its minutes."""
    day, board = day or next(DAYS), town.cast.bodies["board"]
    items = [
        meetings.NewItem(ref=str(n), title=title, text="")
        for n, title in enumerate(("Welcome", "Patrols"), start=1)
    ]
    town.does("dilys", lambda dilys: meetings.plan(dilys, body=board, held_on=day, items=items))
    return "/minutes/" + town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", day)


def box(somebody, number):
    return somebody.page.get_by_label(re.compile(rf"^Text of item {number}$"))


def all_is_saved(somebody):
    expect(somebody.page.locator("[data-saving]")).to_have_text("All is saved.", timeout=15_000)


def begins(somebody, address):
    somebody.goes_to(f"{address}/")
    somebody.presses("Write the minutes")


@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_first_word_to_a_correction(somebody, town, width):
    address = plans(town)
    later = LATER + datetime.timedelta(days=width)
    plans(town, later)
    dilys = somebody("dilys")
    dilys.page.set_viewport_size({"width": width, "height": 800})
    begins(dilys, address)
    box(dilys, 2).fill(TYPED)
    dilys.sees("1 decision, 1 action")
    all_is_saved(dilys)
    dilys.has_nothing_against_it()
    dilys.presses("Look it through and put it on record")
    dilys.has_nothing_against_it()
    dilys.presses("Put on record")
    dilys.sees("On record as draft minutes.")

    tobias = somebody("tobias")
    meeting = address.replace("/minutes/", "/meetings/")
    tobias.goes_to(meeting)
    tobias.sees("The minutes of this meeting are being drafted.")
    rowena = somebody("rowena")
    rowena.goes_to(f"{address}/")
    rowena.presses("Clear these minutes")
    rowena.has_nothing_against_it()
    dilys.goes_to(f"{address}/")
    dilys.presses("Circulate to the members")
    tobias.goes_to(meeting)
    tobias.sees("patrols go on.")
    dilys.goes_to(f"{address}/")
    dilys.presses("Record that these minutes were agreed")
    dilys.goes_to(f"{address}/")
    dilys.page.get_by_role("link", name=re.compile("Record a correction of item 2")).click()
    dilys.page.get_by_label(re.compile("The words as they are")).fill("go on")
    dilys.page.get_by_label("What it should have said").fill("go on until June")
    dilys.page.get_by_label("Agreed at the meeting of").select_option(index=1)
    dilys.presses("Record this correction")
    tobias.goes_to(meeting)
    tobias.sees("instead of “go on” it should say “go on until June”.")
    tobias.has_nothing_against_it()


def test_of_two_in_one_item_neither_text_is_lost(somebody, town):
    address = plans(town)
    dilys, maud = somebody("dilys"), somebody("maud")
    begins(dilys, address)
    maud.goes_to(f"{address}/write/")
    box(dilys, 2).fill("The police spoke first.")
    all_is_saved(dilys)
    box(maud, 2).fill("The police spoke last.")
    maud.sees("Dilys Ambrey saved this item at")
    expect(box(maud, 2)).to_have_value("The police spoke last.")
    maud.has_nothing_against_it()
    maud.presses("Save mine in its place")
    all_is_saved(maud)
    box(dilys, 2).fill("The police spoke twice.")
    dilys.sees("Maud Trent saved this item at")
    dilys.page.get_by_role("link", name="Take theirs").click()
    expect(box(dilys, 2)).to_have_value("The police spoke last.")
    all_is_saved(dilys)


def test_what_is_typed_while_the_line_is_down_is_sent_when_it_is_back(somebody, town):
    address = plans(town)
    dilys = somebody("dilys")
    begins(dilys, address)
    context = dilys.page.context
    context.set_offline(True)
    box(dilys, 1).fill("Typed in the dark.")
    box(dilys, 2).fill("And this too.")
    expect(dilys.page.locator("[data-unsaved]")).to_be_visible(timeout=15_000)
    dilys.sees("Your text is safe on this page.")
    context.set_offline(False)
    all_is_saved(dilys)
    expect(dilys.page.locator("[data-unsaved]")).to_be_hidden()
    dilys.goes_to(f"{address}/write/")
    expect(box(dilys, 1)).to_have_value("Typed in the dark.")
    expect(box(dilys, 2)).to_have_value("And this too.")


def test_without_a_script_the_button_saves_and_reads(somebody, town):
    address = plans(town)
    dilys = somebody("dilys", script=False)
    begins(dilys, address)
    box(dilys, 2).fill(TYPED)
    dilys.clicks(dilys.page.get_by_role("button", name=re.compile(r"^Save and read\s*, item 2")))
    dilys.sees("1 decision, 1 action")
