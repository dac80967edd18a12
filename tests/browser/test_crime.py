"""An analyst asks of recorded crime: chooses, reads, keeps the question, takes the numbers."""

import csv
import datetime
import re

import pytest
from playwright.sync_api import expect

from concerted.demonstration.crimes import record_crimes

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def records(town):
    """Four years of an invented force."""
    record_crimes(town.home / "lake", today=datetime.date(2026, 8, 20), say=lambda _: None)


def test_an_analyst_asks_and_takes_the_numbers_and_a_colleague_opens_the_same_question(
    records, somebody
):
    priti = somebody("priti")
    priti.goes_to("/")
    priti.clicks(priti.page.get_by_role("link", name="Crime figures"))
    page = priti.page
    page.get_by_label("Area").select_option("Marlbeck")
    page.get_by_label("Period").select_option("Year to date, from 1 April")
    page.get_by_label("Up to").select_option("June 2026")
    priti.clicks(page.get_by_role("button", name="Show"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Recorded crime and disorder, to June 2026"
    )
    priti.sees("April to June 2026 against April to June 2025")
    expect(page.get_by_role("img", name="All recorded crime each month")).to_be_visible()
    priti.has_nothing_against_it()
    priti.clicks(page.get_by_role("link", name="Ask your own question"))
    page.get_by_label("Measure").select_option("Shoplifting")
    page.get_by_label("Area").select_option("Market Place (ward of Marlbeck)")
    page.get_by_label("Period").select_option("12 months")
    page.get_by_label("Up to").select_option("June 2026")
    priti.clicks(page.get_by_role("button", name="Show"))

    said = page.get_by_role("heading", level=2).first
    expect(said).to_have_text(re.compile(r"^Shoplifting in Market Place: "))
    priti.sees("crimes in the 12 months to June 2026, from")
    priti.sees("The same months in the rest of Marlbeck")
    priti.has_nothing_against_it()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take these numbers").click()
    rows = list(csv.reader(taken.value.path().read_text("utf-8").splitlines()))
    shown = page.locator("tbody th", has_text="Jun 2026").locator("xpath=../td").all_inner_texts()
    assert rows[-1][4:6] == [one.replace(",", "") for one in shown]

    link = page.get_by_role("link", name="A link that keeps this question").get_attribute("href")
    tobias = somebody("tobias", width=320, script=False)
    tobias.goes_to(link)
    expect(tobias.page.get_by_role("heading", level=2).first).to_have_text(said.inner_text())
    tobias.fits(320)
