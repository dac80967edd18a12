"""From an invitation in the mail to being in, and from the last seat to being out."""

import re
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import expect

from concerted.people import services
from tests.browser.person import until

pytestmark = pytest.mark.browser
NEW = "correct horse stapled"


def link_in_mail_to(town, address):
    """The link in the newest mail to an address, in the folder where mail is kept."""

    def found():
        for path in sorted((town.home / "mail").glob("*"), reverse=True):
            for part in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                message = message_from_bytes(part, policy=policy.default)
                if message["To"] == address:
                    link = re.search(rf"{town.url}\S+", message.get_content())
                    return link and link[0]
        return None

    return until(found)


@pytest.mark.parametrize("script", [True, False])
def test_somebody_invited_gets_in_and_out_again(somebody, town, script):
    name = "Greta Holm" if script else "Odd Berg"
    address = f"{name.split()[0].lower()}@example.org"
    town.does("maud", lambda maud: services.add_person(maud, name=name))
    maud = somebody("maud", script=script)
    maud.goes_to("/people/")
    maud.follows("Accounts")
    maud.presses("Invite somebody")
    maud.page.get_by_label("Who?").select_option(label=name)
    maud.page.get_by_label("E-mail address at work").fill(address)
    maud.presses("Send the invitation")
    maud.sees("The invitation is on its way.")
    maud.sees(address)

    newcomer = somebody(None, width=375, script=script)
    link = link_in_mail_to(town, address)
    newcomer.goes_to(link)
    expect(newcomer.heading).to_have_text("Choose your password")
    if script:
        newcomer.finds_no_barrier()
    newcomer.page.get_by_label("Password", exact=True).fill("short")
    newcomer.presses("Save and go on")
    newcomer.sees("too short")
    newcomer.page.get_by_label("Password", exact=True).fill(NEW)
    newcomer.presses("Save and go on")
    expect(newcomer.page.get_by_role("button", name="Sign out")).to_be_visible()

    late = somebody(None, script=script)
    assert late.goes_to(link).status == 404
    late.sees("This link no longer works")
    maud.goes_to("/people/accounts/")
    maud.sees(re.compile(rf"{address}.*Used", re.DOTALL))
    for person in (maud, newcomer, late):
        person.has_nothing_against_it()
