"""Minutes that take up earlier minutes: the secretary closes the action, both pages lead on."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.browser import texts

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_the_second_minutes_close_an_action_of_the_first(somebody, width, script):
    dilys = somebody("dilys", width=width, script=script)
    first, second = (datetime.date(1999, month, 8 if script else 9) for month in (3, 6))
    dilys.hands_over(("first.txt", texts.minutes(first)))
    dilys.waits_until_read()
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("replace")
    dilys.accepts()
    dilys.hands_over(("second.txt", texts.further(second, first)))
    dilys.waits_until_read()

    closing = dilys.page.locator("#e1")
    expect(closing).to_contain_text("This closes an earlier action: ")
    expect(closing).to_contain_text("figures for the town centre")
    box = closing.get_by_role("checkbox")
    expect(box).not_to_be_checked()
    dilys.fits(width)
    if script:
        dilys.finds_no_barrier()
    box.check(force=True)
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("keep")
    dilys.accepts()

    dilys.sees("Refers to minute 3 (Shop Theft")
    dilys.fits(width)
    if script:
        dilys.finds_no_barrier()
    dilys.follows("minute 3")
    expect(dilys.heading).to_have_text(f"Meeting of {first:%A} {texts.written(first)}")
    dilys.sees("Taken up again: minute 2 of")
    dilys.fits(width)
    if script:
        dilys.finds_no_barrier()
    dilys.follows("figures for the town centre")
    dilys.sees(f"Completed: minute 2 of {texts.written(second)}")
    dilys.fits(width)
    if script:
        dilys.finds_no_barrier()
    dilys.follows(f"Safer Marlbeck Board, {texts.written(second)}, minute 2")
    expect(dilys.heading).to_have_text(f"Meeting of {second:%A} {texts.written(second)}")
    dilys.has_nothing_against_it()
