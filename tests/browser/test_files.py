"""What people hand over: many at once, agendas, and files that cannot be read."""

import datetime
import os
import re
import signal

import pytest
from playwright.sync_api import expect

from tests.browser import texts
from tests.browser.person import until

pytestmark = pytest.mark.browser

JOB = "SELECT j.{} FROM jobs_job j WHERE j.key = %s"
STATES = (
    "SELECT f.state, f.reading IS NOT NULL FROM imports_file f "
    "JOIN imports_handover h ON h.id = f.handover_id JOIN jobs_job j ON j.id = h.job_id "
    "WHERE j.key = %s"
)


@pytest.fixture
def dilys(somebody):
    return somebody("dilys")


def several(count, year):
    """Minutes of as many meetings, one a month."""
    days = (datetime.date(year + n // 12, n % 12 + 1, 3) for n in range(count))
    return [(f"{day:%Y-%m}.txt", texts.minutes(day)) for day in days]


def job_of(dilys):
    expect(dilys.page).to_have_url(re.compile("/jobs/"))
    return dilys.page.url.rstrip("/").rpartition("/")[2]


def test_ten_files_handed_over_at_once_are_all_read(dilys):
    dilys.hands_over(*several(10, 1990))
    expect(dilys.heading).to_have_text("Reading 10 files")
    dilys.waits_until_read()
    expect(dilys.heading).to_have_text("Files handed over")
    expect(dilys.page.get_by_role("link", name=re.compile("^Check 199"))).to_have_count(10)
    dilys.has_nothing_against_it()


def test_an_agenda_becomes_a_planned_meeting_and_never_minutes(dilys):
    day = datetime.date.today() + datetime.timedelta(days=40)
    dilys.hands_over(("agenda.txt", texts.agenda(day)))
    dilys.waits_until_read()
    dilys.sees("This is an agenda, not minutes.")
    dilys.answers_what_is_asked()
    dilys.accepts()
    expect(dilys.heading).to_have_text(f"Meeting of {day:%A} {texts.written(day)}")
    dilys.sees("Planned for 10am. There are no minutes yet.")
    expect(dilys.page.get_by_text("What came of it")).to_have_count(0)


def test_a_file_of_60_mb_is_refused_with_a_sentence(dilys, tmp_path):
    large = tmp_path / "large.txt"
    large.write_bytes(b"Minutes of the board. " * (60 * 1024 * 1024 // 22))
    dilys.hands_over(large)
    expect(dilys.page.get_by_role("alert")).to_contain_text(
        "large.txt is larger than 50 MB. Hand over a smaller file. Nothing was kept."
    )
    dilys.has_nothing_against_it()


def test_an_image_named_as_text_is_refused_with_a_sentence(dilys):
    image = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40
    dilys.hands_over(("minutes.txt", image))
    dilys.waits_until_read()
    dilys.sees("Not read")
    sentence = dilys.page.locator("main li", has_text="minutes.txt").inner_text()
    assert re.search(r"[A-Z][^.]{15,}\.", sentence), sentence


def test_the_same_file_twice_is_read_once(dilys):
    file = ("twice.txt", texts.minutes(datetime.date(2001, 2, 6)))
    dilys.hands_over(file, ("again.txt", file[1]))
    dilys.waits_until_read()
    dilys.sees("This file is in this upload twice. It is read once.")
    dilys.hands_over(file)
    dilys.waits_until_read()
    dilys.sees("You handed over this very file before")


def test_two_meetings_in_one_file_are_checked_one_by_one(dilys):
    days = datetime.date(2002, 3, 5), datetime.date(2002, 5, 7)
    dilys.hands_over(("two.txt", b"\n\n".join(map(texts.minutes, days))))
    dilys.waits_until_read()
    dilys.sees("This file holds 2 meetings.")
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("keep")
    dilys.accepts()
    dilys.sees("Meeting 1: made into records")
    dilys.answers_what_is_asked()
    dilys.settles_personal_details("keep")
    dilys.accepts()
    expect(dilys.heading).to_have_text("Meeting of Tuesday 7 May 2002")
    dilys.goes_to("/meetings/imports/")
    for day in days:
        dilys.sees(f"Safer Marlbeck Board, {texts.written(day)}")


def test_reading_that_is_cancelled_keeps_what_was_read_and_begins_no_more(dilys):
    dilys.hands_over(*several(200, 1970))
    job = job_of(dilys)
    until(lambda: dilys.town.value(JOB.format("done"), job) >= 1)
    dilys.presses("Cancel")
    until(lambda: dilys.town.value(JOB.format("state"), job) == "cancelled")
    dilys.goes_to(f"/jobs/{job}/")
    dilys.sees(re.compile(r"Cancelled\. \d+ of 200 files were looked at"))
    looked_at = int(re.search(r"(\d+) of 200 files were looked at", dilys.words)[1])
    dilys.sees(f"{looked_at} of 200 files. Asked for")
    states = dilys.town.rows(STATES, job)
    read = states.count(("read", True))
    # The two files on the table when the word came may have been taken away unread.
    assert 1 <= read <= looked_at <= read + 2 < 200
    assert states.count(("refused", False)) == 200 - read
    dilys.has_nothing_against_it()


def test_a_worker_that_is_killed_leaves_nothing_half_done_and_another_goes_on(dilys):
    town = dilys.town
    dilys.hands_over(*several(150, 1930))
    job = job_of(dilys)
    until(lambda: town.value(JOB.format("done"), job) >= 2)
    killed = town.worker
    os.kill(killed, signal.SIGKILL)
    states = town.rows(STATES, job)
    assert set(states) == {("read", True), ("waiting", False)}
    until(lambda: town.worker not in (0, killed))
    town.finds_its_worker_silent()
    dilys.waits_until_read()
    assert set(town.rows(STATES, job)) == {("read", True)}
    assert town.value(JOB.format("state"), job) == "done"
    dilys.has_nothing_against_it()
