"""Years of minutes in one archive: paused, resumed, looked at, accepted together."""

import datetime
import io
import os
import re
import signal
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser import texts
from tests.browser.person import until

pytestmark = pytest.mark.browser

SURE = """Safer Marlbeck Board{status}

A meeting of the Safer Marlbeck Board was held on {day}.

Present:   Rowena Thackley (Chairman - Marlbeck Borough Council); Tobias Wren (Probation Service).


1

Minutes of the Previous Meeting

The minutes of the meeting were agreed as a correct record.

2

{title}

Members were provided with a report that set out the recorded crime figures.

AGREED that the report be noted.
"""
STATE = "SELECT state FROM jobs_job WHERE key = %s"


@pytest.fixture
def dilys(somebody):
    return somebody("dilys")


def sure(day, *, title="Recorded Crime", status=""):
    return SURE.format(day=texts.spoken(day), title=title, status=status).encode()


def _second_tuesday(year, month):
    """No weekend and no holiday, on which the reader would not be sure that anybody met."""
    eighth = datetime.date(year, month, 8)
    return eighth + datetime.timedelta(days=(1 - eighth.weekday()) % 7)


def archive(year):
    """A dozen files in folders: seven sure, two of one meeting, two that ask, one that is none."""
    days = [_second_tuesday(year, month) for month in range(1, 13)]
    files = {f"{year}/board/{day:%m}.txt": sure(day) for day in days[:7]}
    files[f"{year}/drafts/08.txt"] = sure(days[7], status="\n\nDRAFT MINUTES")
    files[f"{year}/signed/08.txt"] = sure(days[7], title="Recorded Crime and Disorder")
    files[f"{year}/board/09.txt"] = texts.minutes(days[8])
    files[f"{year}/board/10.txt"] = texts.minutes(days[9])
    files[f"{year}/board/shopping.txt"] = b"Milk, eggs, flour and something for the cat."
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return held.getvalue()


def looks_right(reader):
    """No barrier and no sideways scroll, wide and narrow; a picture of each where asked for."""
    reader.finds_no_barrier()
    kept = os.environ.get("PICTURES_TO")
    for width, height in ((320, 800), (1280, 900)):
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.fits(width)
        if kept:
            name = re.sub(r"\W+", "-", f"{reader.page.title()}")[:40]
            reader.page.screenshot(path=f"{kept}/{name}-{width}.png", full_page=True)
    reader.finds_no_barrier()


def job_of(reader):
    expect(reader.page).to_have_url(re.compile("/jobs/"))
    return reader.page.url.rstrip("/").rpartition("/")[2]


def test_an_archive_is_paused_resumed_by_another_worker_and_accepted_together(dilys):
    town = dilys.town
    stopped = town.worker
    os.kill(stopped, signal.SIGSTOP)
    dilys.hands_over(("years.zip", archive(2005)))
    job = job_of(dilys)
    dilys.presses("Pause")
    expect(dilys.page.get_by_role("heading", name=re.compile("^Paused"))).to_be_visible()
    looks_right(dilys)

    os.kill(stopped, signal.SIGKILL)
    until(lambda: town.worker not in (0, stopped))
    assert town.value(STATE, job) == "paused"
    dilys.goes_to(f"/jobs/{job}/")
    dilys.presses("Resume")
    dilys.waits_until_read()
    dilys.sees("Asks: whether it is a meeting that is here already")
    dilys.sees("2005/drafts/08.txt")
    expect(dilys.page.get_by_role("link", name=re.compile("^Check 2005"))).to_have_count(11)
    looks_right(dilys)
    dilys.follows("Not read (1)")
    dilys.sees("2005/board/shopping.txt")
    looks_right(dilys)

    dilys.follows("To check (11)")
    dilys.follows("Accept all that are sure (7)")
    dilys.sees("A sample: 5 of 7")
    expect(dilys.page.get_by_role("button", name=re.compile("^Accept"))).to_have_count(0)
    looks_right(dilys)
    dilys.clicks(dilys.page.get_by_role("button", name="The sample is right: go on"))
    dilys.presses("Accept all 7 and make records")
    expect(dilys.page.get_by_role("alert")).to_contain_text("Say what becomes of personal details")
    dilys.chooses("personal", "keep")
    looks_right(dilys)
    dilys.presses("Accept all 7 and make records")
    dilys.clicks(dilys.page.get_by_role("link", name="See what was made"))
    dilys.sees("7 made into records, 0 left for you to check.")
    looks_right(dilys)
    dilys.has_nothing_against_it()


def test_a_draft_and_the_signed_minutes_become_versions_of_one(dilys):
    day = datetime.date(2006, 2, 7)
    dilys.hands_over(("draft.txt", sure(day, status="\n\nDRAFT MINUTES")))
    dilys.waits_until_read()
    dilys.accepts()
    dilys.hands_over(("signed.txt", sure(day, title="Shop Theft", status="\n\nCONFIRMED MINUTES")))
    dilys.waits_until_read()
    dilys.sees("The same meeting?")
    dilys.sees("2 Shop Theft")
    looks_right(dilys)
    dilys.clicks(
        dilys.page.get_by_role("button", name=re.compile("^The same meeting: keep as another"))
    )
    dilys.sees("signed.txt is kept as another version of these minutes.")
    dilys.sees("draft.txt")
    looks_right(dilys)
    dilys.has_nothing_against_it()


def test_the_queue_leads_from_one_file_to_the_next(dilys):
    days = datetime.date(2007, 3, 6), datetime.date(2007, 5, 8)
    dilys.hands_over(*[(f"{day}.txt", texts.minutes(day)) for day in days])
    dilys.waits_until_read()
    dilys.goes_to("/meetings/imports/to-check/")
    looks_right(dilys)
    dilys.page.go_back()  # of the queue only as many as fit on a page are listed
    dilys.follows(re.compile("^Check 2007-03-06.txt"))
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("keep")
    looks_right(dilys)
    dilys.presses("Accept and check the next")
    dilys.sees("Made into records.")
    expect(dilys.heading).to_have_text("Check what was read")
    dilys.has_nothing_against_it()


def test_without_script_an_archive_is_handed_over_and_paused(somebody):
    dilys = somebody("dilys", script=False)
    town = dilys.town
    worker = town.worker
    os.kill(worker, signal.SIGSTOP)
    try:
        dilys.hands_over(("years.zip", archive(2008)))
        dilys.presses("Pause")
        dilys.sees("Paused")
        dilys.presses("Resume")
        dilys.sees("Waiting to begin")
    finally:
        os.kill(worker, signal.SIGCONT)
    dilys.waits_until_read()
    dilys.sees("Accept all that are sure")
