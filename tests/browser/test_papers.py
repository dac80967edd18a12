"""A report handed over, checked, and found again as a paper with what it recommends."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.browser import texts

pytestmark = pytest.mark.browser

DAY = datetime.date(2014, 7, 8)


@pytest.mark.parametrize("script", [True, False])
def test_the_secretary_makes_a_paper_of_a_report_and_a_member_reads_it(somebody, script):
    title = f"GRAFFITI ON RAILWAY LAND {'WITH' if script else 'WITHOUT'} SCRIPT"
    dilys = somebody(None, script=script)
    dilys.signs_in("dilys")
    dilys.hands_over((f"{script}.txt", texts.report(DAY, title)))
    dilys.waits_until_read()
    expect(dilys.heading).to_have_text("Check what was read")
    dilys.sees("This is a report, so it becomes a paper.")
    if script:
        _looks_wide_and_narrow(dilys)
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("replace")
    dilys.accepts()
    expect(dilys.heading).to_have_text(title)

    tobias = somebody("tobias")
    tobias.goes_to("/papers/")
    tobias.follows(title)
    for words in (
        "The Board writes to the railway company.",
        "a count in May and a report in July",
        "a named person asked about it",
        "Street care manager",
        "Count by street",
        "item 7",
    ):
        tobias.sees(words)
    for private in ("Karl Yates", "960123", "Janet Wilmot"):
        assert private not in tobias.words
    _looks_wide_and_narrow(tobias)
    dilys.has_nothing_against_it()
    tobias.has_nothing_against_it()


def test_a_paper_stands_with_the_meeting_that_it_is_put_to(somebody):
    day, title = datetime.date(2014, 9, 9), "LAMPS ON CANAL WALK"
    dilys = somebody("dilys")
    dilys.hands_over(("lamps.txt", texts.report(day, title)))
    dilys.waits_until_read()
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("keep")
    dilys.accepts()
    dilys.sees("You see no record of this meeting.")

    dilys.hands_over(("september.txt", texts.minutes(day)))
    dilys.waits_until_read()
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("replace")
    dilys.accepts()
    dilys.follows(title)
    dilys.follows(f"Safer Marlbeck Board, {texts.written(day)}")
    expect(dilys.heading).to_have_text("Meeting of Tuesday 9 September 2014")
    _looks_wide_and_narrow(dilys)
    dilys.has_nothing_against_it()


def test_a_marked_report_waits_until_its_owner_has_said_how_it_is_held(somebody):
    dilys = somebody("dilys")
    title = "POLICING OF THE FAIR"
    dilys.hands_over(("fair.txt", texts.report(DAY, title, marking="RESTRICTED")))
    dilys.waits_until_read()
    dilys.sees("This report is marked “RESTRICTED”. How is it held?")
    dilys.settles_personal_details("keep")
    dilys.chooses("held", "ask")
    dilys.presses("Accept and make records")
    expect(dilys.page.locator(".govuk-error-summary")).to_contain_text("Ask its owner")
    dilys.finds_no_barrier()
    dilys.chooses("held", "held")
    dilys.page.get_by_label("When the marking is looked at again").fill("1 May 2027")
    dilys.accepts()
    dilys.sees("Only the secretaries of this body see this paper.")

    tobias = somebody("tobias")
    tobias.goes_to("/papers/")
    assert title not in tobias.words
    dilys.has_nothing_against_it()


def _looks_wide_and_narrow(reader):
    reader.page.set_viewport_size({"width": 1280, "height": 900})
    if reader.scripted:
        reader.finds_no_barrier()
    reader.page.set_viewport_size({"width": 320, "height": 800})
    reader.fits(320)
    if reader.scripted:
        reader.finds_no_barrier()
    reader.page.set_viewport_size({"width": 1280, "height": 900})
