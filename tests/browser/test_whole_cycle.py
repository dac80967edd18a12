"""One whole cycle in three windows: forward plan, agenda, minutes, action, the next agenda."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from concerted.kernel.clock import today
from tests.browser import texts
from tests.browser.test_minutes import all_is_saved, box

pytestmark = pytest.mark.browser
TOPIC = "Who lights the towpath"
MINUTE = (
    "The towpath is dark.\nAGREED that the towpath be lit.\n"
    "ACTION: Probation Service to find ten lamps by 30 June 2031"
)


def plans(town, dilys, day, time):
    """One meeting on a day that is named; its key."""
    dilys.goes_to(f"/people/bodies/{town.cast.bodies['board'].key}/")
    dilys.follows("Plan a series of meetings")
    dilys.page.get_by_label("On days that I name").check()
    dilys.page.get_by_label("If days that you name").fill(texts.written(day))
    dilys.page.get_by_label("Time (optional)").fill(time)
    dilys.page.get_by_label("Place (optional)").fill("Town Hall")
    dilys.presses("Look at the days")
    dilys.presses("Plan the ticked meetings")
    dilys.sees("1 meeting is planned.")
    return town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", day)


def goes_out(dilys, rowena, key):
    """The chair approves the draft, the secretary publishes it."""
    rowena.goes_to(f"/agendas/{key}/")
    rowena.presses("Go to the draft")
    rowena.presses("Approve this agenda")
    rowena.sees("Approved. The secretary can publish it now.")
    dilys.goes_to(f"/agendas/{key}/build/")
    dilys.presses("Publish this agenda")


def adds(dilys, title, kind):
    dilys.follows("Add an item")
    dilys.page.get_by_label("Title").fill(title)
    dilys.page.get_by_label("What is it on the agenda for?").select_option(kind)
    dilys.presses("Save")


def test_from_the_forward_plan_to_confirmed_minutes_and_the_next_agenda(somebody, town):
    board, day = town.cast.bodies["board"].key, today()
    dilys, rowena = somebody("dilys"), somebody("rowena")
    tobias = somebody("tobias", width=320)

    dilys.goes_to(f"/forward-plan/{board}/")
    dilys.presses("Add to the plan")
    dilys.page.get_by_label("What is to come?").fill(TOPIC)
    dilys.page.get_by_label("Or in which month?").fill(day.strftime("%m/%Y"))
    dilys.presses("Save")
    dilys.sees(f"On the forward plan: “{TOPIC}”.")

    first = plans(town, dilys, day, "11:59pm")
    dilys.goes_to(f"/agendas/{first}/build/")
    dilys.presses("Begin an empty one")
    adds(dilys, "Minutes of the last meeting", "minutes")
    adds(dilys, "Matters arising", "matters_arising")
    dilys.clicks(
        dilys.page.get_by_role("button", name=re.compile(f"^Put it on this agenda.*{TOPIC}"))
    )
    dilys.sees(f"3. {TOPIC}")
    tobias.goes_to(f"/agendas/{first}/")
    tobias.sees("No agenda is published yet.")
    goes_out(dilys, rowena, first)

    dilys.goes_to(f"/packs/{first}/")
    dilys.presses("Build the pack")
    dilys.sees("Building the pack of")
    dilys.follows("See what was made")
    tobias.goes_to(f"/packs/{first}/")
    tobias.sees("PDF of Agenda")

    # From the mail: one tap opens the meeting, the second answers.
    tobias.goes_to(f"/meetings/{first}/")
    tobias.clicks(tobias.page.get_by_role("button", name=re.compile("^I am coming")))
    tobias.sees("On record: coming.")
    tobias.follows(re.compile("agenda", re.IGNORECASE))
    tobias.sees(f"3. {TOPIC}")

    dilys.goes_to(f"/minutes/{first}/")
    dilys.presses("Write the minutes")
    box(dilys, 3).fill(MINUTE)
    dilys.sees("1 decision, 1 action")
    all_is_saved(dilys)
    dilys.presses("Look it through and put it on record")
    dilys.presses("Put on record")
    dilys.sees("On record as draft minutes.")
    tobias.goes_to(f"/meetings/{first}/")
    tobias.sees("The minutes of this meeting are being drafted.")
    rowena.goes_to(f"/minutes/{first}/")
    rowena.presses("Clear these minutes")
    dilys.goes_to(f"/minutes/{first}/")
    dilys.presses("Circulate to the members")

    tobias.goes_to("/actions/organisation/")
    tobias.follows(re.compile("find ten lamps"))
    tobias.page.get_by_text("Add a note").first.click()
    tobias.page.get_by_label(re.compile("^Note")).first.fill("Six are found.")
    tobias.clicks(tobias.page.get_by_role("button", name=re.compile("^On track")))

    # Two minutes after the first: no other story puts an agenda between them.
    second = plans(town, dilys, day + datetime.timedelta(days=1), "12:01am")
    dilys.goes_to(f"/agendas/{second}/build/")
    dilys.presses("Begin from the last agenda")
    expect(dilys.page.locator("article h3").first).to_contain_text("Minutes")
    assert TOPIC not in "".join(dilys.page.locator("article h3").all_inner_texts())
    goes_out(dilys, rowena, second)
    tobias.goes_to(f"/agendas/{second}/")
    tobias.follows("What earlier meetings left open, and what changed since the last one")
    tobias.sees("find ten lamps")
    tobias.sees(f"Given on {texts.written(day)}")  # what was said since counts from tomorrow
    tobias.goes_to(f"/agendas/{second}/")
    tobias.follows(re.compile(texts.written(day)))
    tobias.sees("the towpath be lit")

    dilys.goes_to(f"/minutes/{first}/")
    dilys.presses("Record that these minutes were agreed")
    tobias.goes_to(f"/meetings/{first}/")
    tobias.sees(re.compile("agreed", re.IGNORECASE))
    dilys.goes_to(f"/forward-plan/{board}/")
    for one in (dilys, rowena, tobias):
        one.has_nothing_against_it()
