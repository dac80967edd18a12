"""The main job: from the text of minutes to actions that are followed."""

import datetime
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import texts
from tests.browser.person import Keyboard, in_order
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser

SHARED = Path(__file__).resolve().parents[3] / "shared"
REAL = SHARED / "seeds" / "003_202f4b1444c2843f.txt"
MARKED = SHARED / "minutes" / "seed_003.json"


@pytest.mark.skipif(not REAL.exists(), reason="the real minutes are not in ../shared")
def test_the_secretary_makes_records_of_real_minutes_and_follows_what_came_of_them(somebody):
    should = json.loads(MARKED.read_text())
    dilys = somebody(None)
    dilys.signs_in("dilys")
    dilys.hands_over(REAL)
    expect(dilys.heading).to_contain_text("Reading")
    dilys.waits_until_read()
    expect(dilys.heading).to_have_text("Check what was read")
    _the_real_body_is_new(dilys)
    assert dilys.page.locator("input[name^=o][name$=_follow]").count() == len(
        should["implied_actions"]
    )
    assert not dilys.page.locator("input[name^=o][name$=_follow]:checked").count()
    dilys.ticks_offers(2)
    dilys.settles_personal_details("replace")
    dilys.accepts()

    day = datetime.date.fromisoformat(should["date"])
    expect(dilys.heading).to_have_text(f"Meeting of {day:%A} {texts.written(day)}")
    dilys.sees("Made into records.")
    decided = [one for one in should["items"] if one["decision"] != "none"]
    dilys.sees(f"{len(should['present'])} present, {len(should['apologies'])} with apologies")
    dilys.sees(f"{len(decided)} decisions and 2 actions")
    dilys.sees(f"Items ({len(should['items'])})")
    assert in_order([one["title"] for one in should["items"]], dilys.words)

    dilys.follows("Decisions")
    noted = sum(one["decision"] == "noted" for one in decided)
    dilys.page.get_by_label(should["body"]).check()
    dilys.page.get_by_role("checkbox", name=re.compile(r"^Noted \(\d+\)")).check()
    dilys.clicks(dilys.page.get_by_role("button", name="Apply").first)
    expect(dilys.page.locator("#results")).to_contain_text(f"{noted} decisions")

    dilys.follows("Actions")
    dilys.follows(re.compile("^All"))
    dilys.sees("minute")
    dilys.has_nothing_against_it()


def _the_real_body_is_new(dilys):
    dilys.chooses("body", "new")
    dilys.page.get_by_label("If it is new, what kind of body").select_option(
        "Community safety partnership"
    )
    dilys.answers_what_is_asked()


def test_the_whole_job_works_without_script(somebody):
    dilys = somebody(None, script=False)
    dilys.signs_in("dilys")
    dilys.hands_over(("board.txt", texts.minutes(datetime.date(2014, 3, 11))))
    dilys.waits_until_read()
    dilys.answers_what_is_asked()
    dilys.ticks_offers(2)
    dilys.settles_personal_details("replace")
    dilys.accepts()
    expect(dilys.heading).to_have_text("Meeting of Tuesday 11 March 2014")
    dilys.sees("4 present, 2 with apologies")
    dilys.sees("3 decisions and 3 actions")
    assert "01632 960123" not in dilys.words
    dilys.follows("Decisions")
    dilys.page.get_by_label("From").fill("11 March 2014")
    dilys.page.get_by_label("To", exact=True).fill("11 March 2014")
    dilys.clicks(dilys.page.get_by_role("button", name="Apply").first)
    expect(dilys.page.locator("#results")).to_contain_text("3 decisions")
    dilys.follows("Actions")
    expect(dilys.heading).to_be_visible()


def test_the_keyboard_alone_is_enough_from_signing_in_to_records(somebody):
    dilys = somebody(None)
    keys = Keyboard(dilys)
    dilys.goes_to("/sign-in/?next=/meetings/imports/")
    keys.tab_to(name="login")
    keys.type("dilys@example.org")
    keys.tab_to(name="password")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(dilys.heading).to_have_text("Is it you?")
    keys.tab_to(name="code")
    keys.type(dilys.town.code("dilys"))
    keys.press("Enter")
    expect(dilys.heading).to_have_text("Hand over minutes")
    with dilys.page.expect_file_chooser() as chooser:
        keys.tab_to(name="files")
        keys.press("Enter")
    text = texts.minutes(datetime.date(2014, 5, 13))
    chooser.value.set_files({"name": "may.txt", "mimeType": "text/plain", "buffer": text})
    keys.tab_to(words="Hand over")
    keys.press("Enter")
    expect(dilys.page.get_by_role("link", name="See what was read")).to_be_visible()
    keys.tab_to(words="See what was read")
    keys.press("Enter")
    expect(dilys.heading).to_have_text("Check what was read")
    _checks_with_the_keyboard(keys)
    expect(dilys.heading).to_have_text("Meeting of Tuesday 13 May 2014")
    dilys.has_nothing_against_it()


def _checks_with_the_keyboard(keys):
    """Tab through the review: answer what is asked, tick an offer, replace all, accept."""
    ticked = False
    for _ in range(400):
        at = keys.tab()
        if at["words"] == "Accept and make records":
            keys.press("Enter")
            return
        if at["asked"] and at["type"] == "radio" and not at["answered"]:
            keys.press("Space")
        elif at["asked"] and at["tag"] == "SELECT" and not at["answered"]:
            keys.press("ArrowDown")
        elif at["name"] == "o0_follow" and not ticked:
            keys.press("Space")
            ticked = True
        elif at["name"] == "p_rest" and not at["answered"]:
            keys.press("Space")
            keys.press("ArrowDown")
    raise AssertionError("Tab does not reach the button that accepts.")
