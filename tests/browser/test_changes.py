"""A draft with tracked changes: seen as such, and the person chooses which text counts."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from tests.browser import texts

pytestmark = pytest.mark.browser

WITH, BEFORE = "Read it with the changes", "Read it as it was before the changes"


def source(dilys):
    return dilys.page.get_by_role("region", name="Source text with line numbers")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_the_secretary_sees_the_changes_and_chooses_the_text_before(somebody, width, script):
    dilys = somebody("dilys", width=width, script=script)
    day = datetime.date(2003, 4, 1 if script else 8)
    dilys.hands_over(("draft.docx", texts.draft(day)))
    dilys.waits_until_read()
    dilys.sees("This Word file holds 2 tracked changes and 1 comment.")
    expect(dilys.page.locator("main del")).to_contain_text("noted")
    expect(dilys.page.locator("main ins")).to_contain_text("approved")
    dilys.sees("Was it not approved?")
    expect(source(dilys)).to_contain_text("AGREED that the report be approved.")
    if script:
        dilys.finds_no_barrier()
    dilys.fits(width)

    dilys.answers_what_is_asked()
    dilys.settles_personal_details("keep")
    dilys.presses("Accept and make records")
    refused = dilys.page.locator(".govuk-error-summary")
    expect(refused).to_contain_text("Choose how this file with tracked changes is read")
    dilys.clicks(refused.get_by_role("link").first)
    expect(dilys.page).to_have_url(re.compile("#changes$"))
    dilys.presses(BEFORE)
    expect(dilys.heading).to_have_text("Reading draft.docx again")
    dilys.waits_until_read()

    dilys.sees("It was read as it was before the changes.")
    expect(source(dilys)).to_contain_text("AGREED that the report be noted.")
    expect(source(dilys)).not_to_contain_text("approved")
    expect(dilys.page.get_by_role("button", name=WITH)).to_be_visible()
    expect(dilys.page.get_by_role("button", name=BEFORE)).to_have_count(0)
    if script:
        dilys.finds_no_barrier()
    dilys.fits(width)
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("keep")
    dilys.accepts()
    expect(dilys.heading).to_have_text(f"Meeting of {day:%A} {texts.written(day)}")
    dilys.has_nothing_against_it()
