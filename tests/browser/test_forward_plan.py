"""The secretary plans a series, what is on the forward plan heads an agenda, a meeting is moved."""

import datetime
import re

import pytest

from concerted.kernel.clock import today

pytestmark = pytest.mark.browser
YEAR = today().year + 3
TOPIC = "Who marshals the taxi ranks"


@pytest.mark.parametrize("script", [True, False])
def test_from_a_series_to_an_agenda_with_what_waited_for_it(somebody, town, script):
    board = town.cast.bodies["board"].key
    month = 4 if script else 9
    topic = f"{TOPIC} in month {month}"
    dilys = somebody("dilys", script=script)
    dilys.goes_to(f"/people/bodies/{board}/")
    dilys.follows("Plan a series of meetings")
    dilys.page.get_by_label("On which weekday?").select_option("Tuesday")
    dilys.page.get_by_label("which one?").select_option("Second")
    dilys.page.get_by_label("From", exact=True).fill(f"1/{month}/{YEAR}")
    dilys.page.get_by_label("To", exact=True).fill(f"28/{month + 2}/{YEAR}")
    dilys.page.get_by_label("Time (optional)").fill("2pm")
    dilys.page.get_by_label("Place (optional)").fill("Town Hall")
    dilys.presses("Look at the days")
    dilys.sees("The days (3)")
    dilys.page.get_by_role("checkbox").nth(1).uncheck()
    if script:
        dilys.has_nothing_against_it()
    dilys.presses("Plan the ticked meetings")
    dilys.sees("2 meetings are planned.")

    dilys.goes_to(f"/forward-plan/{board}/")
    dilys.presses("Add to the plan")
    dilys.page.get_by_label("What is to come?").fill(topic)
    dilys.page.get_by_label("Or in which month?").fill(f"{month}/{YEAR}")
    dilys.presses("Save")
    dilys.sees(f"On the forward plan: “{topic}”.")
    dilys.goes_to(f"/forward-plan/{board}/?from={YEAR}-{month:02}")
    dilys.sees(topic)
    if script:
        dilys.has_nothing_against_it()

    key = town.value(
        "SELECT key FROM meetings_meeting WHERE held_on BETWEEN %s AND %s",
        datetime.date(YEAR, month, 1),
        datetime.date(YEAR, month, 28),
    )
    dilys.goes_to(f"/agendas/{key}/build/")
    dilys.sees(topic)
    dilys.presses("Begin an empty one")
    dilys.clicks(
        dilys.page.get_by_role("button", name=re.compile(f"^Put it on this agenda.*{topic}"))
    )
    dilys.sees(f"On the agenda: “{topic}”.")
    dilys.sees(f"1. {topic}")

    dilys.goes_to(f"/meetings/{key}/")
    dilys.follows("Move this meeting")
    dilys.page.get_by_label("Place").fill("Library")
    dilys.page.get_by_label("Why?").fill("The Town Hall is let.")
    dilys.presses("Move this meeting")
    tobias = somebody("tobias", script=script)
    tobias.goes_to(f"/meetings/{key}/")
    tobias.sees("2pm, Town Hall. The Town Hall is let.")
    if script:
        dilys.has_nothing_against_it()
        tobias.has_nothing_against_it()
