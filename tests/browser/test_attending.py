"""One meeting in browsers: the rule, the invitation, two answers and what comes of them."""

import datetime
import re

import pytest

from concerted.kernel.clock import today
from concerted.meetings import services as meetings

pytestmark = pytest.mark.browser
AHEAD = {True: 200, False: 220}


def accepted(town, meeting_key):
    """What Outlook sends back when Gareth accepts the invitation."""
    [[partnership, address]] = town.rows(
        "SELECT p.key, a.email FROM people_partnership p, access_account a WHERE a.id = %s",
        town.cast.accounts["gareth"].pk,
    )
    lines = [
        f"From: {address}",
        "Date: Mon, 1 Feb 2027 10:00:00 +0000",
        "MIME-Version: 1.0",
        "Content-Type: text/calendar; method=REPLY; charset=utf-8",
        "",
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Gareth Pellow:mailto:{address}",
        f"UID:{meeting_key}-{partnership}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("script", [True, False])
def test_from_the_rule_to_the_forecast_and_back(somebody, town, script):
    board = town.cast.bodies["board"]
    day = today() + datetime.timedelta(days=AHEAD[script])
    town.does(
        "dilys",
        lambda dilys: meetings.plan(
            dilys, body=board, held_on=day, starts_at=datetime.time(14), venue="Town Hall"
        ),
    )
    key = town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", day)
    dilys = somebody("dilys", script=script)
    dilys.goes_to(f"/people/bodies/{board.key}/")
    dilys.follows("Quorum")
    dilys.page.get_by_label("How many members must be present?").fill("2")
    each = dilys.page.get_by_role("group", name=re.compile("^Each of these"))
    each.get_by_label("Probation Service").check()
    if script:
        dilys.has_nothing_against_it()
    dilys.presses("Put it on record")
    dilys.sees("The quorum is on record.")

    dilys.goes_to(f"/attending/meetings/{key}/invitations/")
    dilys.sees("Not sent yet.")
    if script:
        dilys.has_nothing_against_it()
    dilys.clicks(dilys.page.get_by_role("button", name=re.compile("^Send [0-9]+ mails?")))
    dilys.sees("Sent to")

    tobias = somebody("tobias", script=script)
    tobias.page.set_viewport_size({"width": 320, "height": 720})
    tobias.goes_to(f"/meetings/{key}/")
    tobias.sees("Not yet known")
    tobias.clicks(tobias.page.get_by_role("button", name=re.compile("^Send apologies")))
    tobias.sees("On record: apologies.")
    tobias.sees("Will be inquorate")
    tobias.sees("No Probation Service")
    if script:
        tobias.has_nothing_against_it()
    tobias.follows("Send a substitute")
    tobias.page.get_by_label("Or somebody else: their name").fill("Bea Holm")
    if script:
        tobias.has_nothing_against_it()
    tobias.presses("Save the answer")
    tobias.sees("Substitute: Bea Holm (Probation Service).")

    dilys.goes_to(f"/attending/meetings/{key}/")
    dilys.sees("Substitute: Bea Holm (Probation Service)")
    if script:
        dilys.has_nothing_against_it()
    dilys.follows("Take an answer from an e-mail")
    mail = {"name": "Accepted.eml", "mimeType": "message/rfc822", "buffer": accepted(town, key)}
    dilys.page.get_by_label("The e-mail").set_input_files(mail)
    if script:
        dilys.has_nothing_against_it()
    dilys.presses("Read the e-mail")
    dilys.sees("Gareth Pellow accepted the invitation")
    if script:
        dilys.has_nothing_against_it()
    dilys.presses("Save the answer")
    dilys.sees("On record: coming.")
    dilys.sees("Noted by Dilys Ambrey")
    dilys.goes_to(f"/attending/bodies/{board.key}/attendance/")
    dilys.sees("Attendance by organisation")
    if script:
        dilys.has_nothing_against_it()
    tobias.goes_to("/attending/calendars/")
    tobias.page.get_by_label("What is it for?").fill("phone")
    tobias.presses("Make the address")
    tobias.sees("Copy this address now.")
    if script:
        tobias.has_nothing_against_it()
