"""A paper from the call to its readers, with three people; comments on it."""

import datetime

import pytest
from playwright.sync_api import expect

from concerted.meetings import public as meetings
from tests.browser import texts

pytestmark = pytest.mark.browser
DAY = datetime.date(2031, 9, 9)


@pytest.mark.parametrize("script", [True, False])
def test_a_paper_is_asked_for_delivered_approved_and_commented_on(somebody, town, script):
    day = DAY + datetime.timedelta(days=script)
    board = town.cast.bodies["board"]
    town.does("dilys", lambda dilys: meetings.plan(dilys, body=board, held_on=day))
    title = f"LAMPS ON MILL LANE {'WITH' if script else 'WITHOUT'} SCRIPT"
    key = town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", day)

    dilys = somebody("dilys", script=script)
    dilys.goes_to(f"/meetings/{key}/")
    dilys.follows("Papers asked for")
    dilys.presses("Ask for a paper")
    dilys.presses("Ask for it")
    dilys.sees("Say which paper is asked for.")
    dilys.page.get_by_label("Which paper?").fill("Lamps: the bill")
    dilys.page.get_by_label("Or which organisation?").select_option(label="Probation Service")
    dilys.page.get_by_label("By when is it to be here?").fill("1 September 2031")
    dilys.presses("Ask for it")
    dilys.sees("Asked for: “Lamps: the bill”.")
    if script:
        _looks_wide_and_narrow(dilys)

    tobias = somebody("tobias", script=script)
    tobias.goes_to("/")
    tobias.follows("Deliver a paper: Lamps: the bill")
    tobias.presses("Deliver the paper")
    report = texts.report(day, title)
    tobias.page.get_by_label("The paper", exact=True).set_input_files(
        {"name": f"lamps-{script}.txt", "mimeType": "text/plain", "buffer": report}
    )
    tobias.presses("Deliver it")
    tobias.sees("Delivered. It is being read")

    dilys.follows("Lamps: the bill")
    _until_read(dilys)
    dilys.presses("Check what was read")
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("replace")
    dilys.accepts()
    dilys.sees("Only those who work on this paper see it.")

    rowena = somebody("rowena", script=script)
    rowena.goes_to("/")
    rowena.follows("Look at a paper: Lamps: the bill")
    if script:
        _looks_wide_and_narrow(rowena)
    rowena.presses("Approve it")
    rowena.presses("Approve it")
    rowena.sees("Approved. It is published with the agenda.")

    dilys.goes_to(f"/paper-calls/meetings/{key}/")
    dilys.follows("Lamps: the bill")
    dilys.presses("Publish it now")
    dilys.follows("The paper as published")
    expect(dilys.heading).to_have_text(title)
    dilys.follows("Comments on this paper")
    dilys.presses("Ask for comments")
    dilys.page.get_by_label("An organisation").select_option(label="Probation Service")
    dilys.presses("Ask for them")
    tobias.goes_to(f"/meetings/{key}/")
    tobias.follows(title)
    if script:
        _looks_wide_and_narrow(tobias)
    tobias.follows("Comments on this paper")
    tobias.follows("Comment on this paper")
    tobias.page.get_by_label("Your comment").fill("Lamps are cheap.")
    tobias.presses("Keep the comment")
    tobias.sees("Lamps are cheap.")
    if script:
        _looks_wide_and_narrow(tobias)
    dilys.page.reload()
    dilys.follows("Take one from an e-mail")
    if script:
        _looks_wide_and_narrow(dilys)
    letter = texts.letter("Tobias Vane", "One lamp at the ford would do.")
    dilys.page.get_by_label("The e-mail").set_input_files(letter)
    dilys.presses("Read the e-mail")
    expect(dilys.page.get_by_label("The comment")).to_have_value("One lamp at the ford would do.")
    dilys.presses("Keep the comment")
    dilys.sees("One lamp at the ford would do.")
    for one in (dilys, tobias, rowena):
        one.has_nothing_against_it()


def _until_read(dilys):
    for _ in range(60):
        dilys.page.reload()
        if dilys.page.get_by_role("button", name="Check what was read").count():
            return
        dilys.page.wait_for_timeout(500)


def _looks_wide_and_narrow(person):
    person.page.set_viewport_size({"width": 1280, "height": 900})
    person.finds_no_barrier()
    person.page.set_viewport_size({"width": 320, "height": 800})
    person.fits(320)
    person.finds_no_barrier()
    person.page.set_viewport_size({"width": 1280, "height": 900})
