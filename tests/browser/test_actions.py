"""What members say of their actions."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.browser import texts

pytestmark = pytest.mark.browser

TOWN_CENTRE = "figures for the town centre"


@pytest.fixture
def agreed(somebody):
    """An action of Tobias, agreed at a meeting of the board on `day`."""

    def agree(day, due):
        dilys = somebody("dilys")
        dilys.hands_over((f"{day}.txt", texts.minutes(day, due)))
        dilys.waits_until_read()
        dilys.answers_what_is_asked()
        dilys.settles_personal_details("replace")
        dilys.accepts()
        tobias = somebody("tobias")
        tobias.goes_to("/actions/")
        row = tobias.page.locator("li.app-action", has_text=TOWN_CENTRE).filter(
            has_text=texts.written(day)
        )
        expect(row).to_have_count(1)
        return tobias, row

    return agree


def test_a_member_says_that_it_is_done_and_takes_it_back(agreed):
    day = datetime.date.today() - datetime.timedelta(days=3)
    tobias, row = agreed(day, day + datetime.timedelta(days=10))
    row.get_by_role("button", name="Done").click()
    expect(row).to_contain_text("You said: done")
    expect(row).to_contain_text("The secretary or the chair accepts it as done.")
    row.get_by_role("button", name="Take it back").click()
    expect(row.get_by_role("button", name="On track")).to_be_visible()
    expect(row).not_to_contain_text("You said")
    tobias.has_nothing_against_it()


def test_a_member_gives_a_new_date_with_a_reason_and_it_counts_as_a_slip(agreed):
    today = datetime.date.today()
    tobias, row = agreed(today - datetime.timedelta(days=60), today - datetime.timedelta(days=9))
    row.get_by_role("button", name="Give a new date").click()
    tobias.page.get_by_label("Why does the date change?").fill("The figures come in a month.")
    tobias.presses("Save the new date")
    expect(tobias.page.get_by_role("alert")).to_contain_text("There is a problem")
    later = today + datetime.timedelta(days=30)
    tobias.page.get_by_label("New due date").fill(texts.written(later))
    tobias.presses("Save the new date")
    tobias.sees("The new date is recorded, with the reason.")
    expect(row).to_contain_text(texts.written(later))
    expect(row).to_contain_text("Slipped once.")
    tobias.has_nothing_against_it()


def test_what_an_e_mail_says_becomes_a_note_that_is_read_before_it_counts(agreed):
    day = datetime.date.today() - datetime.timedelta(days=4)
    tobias, row = agreed(day, day + datetime.timedelta(days=40))
    row.get_by_role("link").first.click()
    action = tobias.page.url
    tobias.follows("Take it from an e-mail")
    tobias.page.set_viewport_size({"width": 320, "height": 800})
    tobias.fits(320)
    tobias.finds_no_barrier()
    letter = texts.letter("Bea Holm", "Counted on Friday: the table follows next week.")
    tobias.page.get_by_label("The e-mail").set_input_files(letter)
    tobias.presses("Read the e-mail")
    tobias.sees("Nothing is recorded yet.")
    note = tobias.page.get_by_label("Note, sent with the button you choose")
    expect(note).to_have_value(
        "By e-mail, Bea Holm, 3 November 2026: Counted on Friday: the table follows next week."
    )
    tobias.finds_no_barrier()
    tobias.presses("On track")
    tobias.page.goto(action)
    tobias.sees("the table follows next week.")
    tobias.has_nothing_against_it()
