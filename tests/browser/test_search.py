"""Somebody looks for what was said: from the keyboard, on a phone, with and without script."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.browser import texts

pytestmark = pytest.mark.browser

WORDS = "figures for the town centre"


@pytest.fixture(scope="module")
def minutes(regulars):
    """Minutes of the board on record: handed over once, since the second time they are there."""
    dilys = regulars("dilys")
    day = datetime.date.today() - datetime.timedelta(days=5)
    dilys.hands_over((f"{day}.txt", texts.minutes(day, day + datetime.timedelta(days=10))))
    dilys.waits_until_read()
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("replace")
    dilys.accepts()


def test_a_member_looks_for_words_from_the_keyboard_and_narrows(minutes, somebody):
    tobias = somebody("tobias")
    tobias.goes_to("/actions/")
    tobias.page.keyboard.press("/")
    box = tobias.page.get_by_role("searchbox")
    expect(box).to_be_focused()
    tobias.page.keyboard.type(f'"{WORDS}"')
    tobias.page.keyboard.press("Enter")
    tobias.page.wait_for_load_state()
    tobias.sees("found")
    expect(tobias.page.locator("mark").first).to_have_text(WORDS)
    tobias.has_nothing_against_it()
    found = tobias.page.locator("section[aria-labelledby=results]")
    tobias.clicks(found.get_by_role("link", name="Actions", exact=True))
    expect(tobias.page.get_by_role("searchbox")).to_have_value(f'"{WORDS}" kind:actions')
    tobias.clicks(tobias.page.locator("li.app-result a").first)
    expect(tobias.page.get_by_role("heading", level=1)).to_contain_text("figures")


def test_a_slash_in_a_box_is_a_letter(minutes, somebody):
    tobias = somebody("tobias")
    tobias.goes_to("/search/")
    words = tobias.page.get_by_label("Words", exact=True)
    words.focus()
    tobias.page.keyboard.type("12/09")

    expect(words).to_have_value("12/09")
    expect(tobias.page.get_by_role("searchbox")).to_have_value("")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_filters_are_chosen_on_any_screen(minutes, somebody, width, script):
    tobias = somebody("tobias", width=width, script=script)
    tobias.goes_to("/search/?q=town+figuress")
    tobias.sees("Did you mean")
    tobias.fits(width)
    if script:
        tobias.finds_no_barrier()
    tobias.goes_to("/search/?q=town+centre")
    tobias.page.get_by_role("checkbox", name="Actions").check()
    tobias.page.get_by_role("button", name="Apply filter").first.click()
    tobias.page.wait_for_load_state()
    expect(tobias.page.get_by_role("searchbox")).to_have_value("town centre kind:actions")
    tobias.fits(width)
