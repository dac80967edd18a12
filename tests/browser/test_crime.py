"""An analyst asks of recorded crime: chooses, reads, keeps the question, takes the numbers."""

import csv
import datetime
import re
import time

import pytest
from playwright.sync_api import expect

from concerted.demonstration.crimes import archive_of, record_crimes

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


def test_from_the_upload_to_the_report_that_a_member_reads(records, somebody, tmp_path):
    archive_of(tmp_path / "july.zip", [datetime.date(2026, 7, 1)])
    priti = somebody("priti")
    page = priti.page
    priti.goes_to("/crime/")
    priti.follows("What was brought in, and what was not taken")
    priti.follows("Bring figures in")
    priti.has_nothing_against_it()
    priti.presses("Bring them in")
    priti.sees("Say what the files hold.")
    page.get_by_label("Crimes, outcomes or searches").check()
    page.get_by_label("Files", exact=True).set_input_files(tmp_path / "july.zip")
    priti.presses("Bring them in")
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=60_000)
    priti.sees("July 2026 to July 2026.")
    priti.has_nothing_against_it()
    priti.follows("See what was made")
    priti.sees("Snapshot 2")

    priti.goes_to("/crime/")
    page.get_by_label("Area").select_option("Marlbeck")
    page.get_by_label("Up to").select_option("July 2026")
    priti.clicks(page.get_by_role("button", name="Show"))
    priti.follows("Prepare a report of this for a body")
    priti.has_nothing_against_it()
    page.get_by_label("For which body?").select_option("Safer Marlbeck Board")
    page.get_by_label("Which organisation clears").select_option("Wyleshire Police")
    page.get_by_label("Title").fill("Crime in Marlbeck to July")
    priti.presses("Compute the figures")
    priti.sees("Being written")
    priti.has_nothing_against_it()
    address = page.url

    priti.clicks(page.get_by_role("link", name=re.compile("^Edit.*In short$")))
    page.get_by_label("What the report says here").fill("Shoplifting fell thanks to the wardens.")
    priti.presses("Save")
    priti.sees("“In short” says “thanks to”. Counts alone do not show that")
    priti.clicks(page.get_by_role("link", name=re.compile("^Edit.*In short$")))
    page.get_by_label("What the report says here").fill("Shoplifting: see below.")
    priti.presses("Save")
    priti.presses("Hand it over to be cleared")
    priti.sees("It waits until Wyleshire Police clears it.")

    gareth = somebody("gareth", width=320, script=False)
    gareth.goes_to(address)
    gareth.clicks(gareth.page.get_by_role("button", name="Clear it, or send it back"))
    gareth.fits(320)
    gareth.page.get_by_label("Clear it: it may go to the body as it is").check()
    gareth.presses("Save")
    gareth.sees("Cleared")

    dilys = somebody("dilys")
    dilys.goes_to(address)
    issue = dilys.page.get_by_role("button", name="Issue it")
    deadline = time.monotonic() + 60
    while not issue.count() and time.monotonic() < deadline:
        dilys.page.wait_for_timeout(500)  # its files are being made
        dilys.page.reload()
    dilys.clicks(issue)
    dilys.presses("Issue")
    dilys.sees("all who read the papers of Safer Marlbeck Board can read it")
    dilys.has_nothing_against_it()

    tobias = somebody("tobias", width=320, script=False)
    tobias.goes_to("/crime/reports/")
    tobias.follows("Crime in Marlbeck to July")
    tobias.sees("Shoplifting: see below.")
    tobias.fits(320)
    with tobias.page.expect_download() as taken:
        tobias.page.get_by_role("link", name="The report as a PDF").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    tobias.follows("This report among the papers of Safer Marlbeck Board")
    tobias.sees("That the report be noted.")
