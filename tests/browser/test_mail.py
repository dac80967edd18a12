"""An owner without an account answers on a telephone; the secretary takes it up, and sends mail."""

import datetime
import os

import pytest
from playwright.sync_api import expect

from concerted.actions import services as actions
from concerted.actions.services import Owners
from concerted.kernel.clock import today
from concerted.notifying import telling
from concerted.papers.public import NewPaper, accept
from concerted.people import seating, services
from concerted.people.public import organisations_visible_to, posts_visible_to
from tests.browser.test_invitation import link_in_mail_to

pytestmark = pytest.mark.browser
NARROW = 320
MAILBOX = "lamps@example.org"
TEXT = "Count the lamps that are out in Quay Row"


def keeps(somebody, name):
    """A picture of the page, where a folder for them is named."""
    if folder := os.environ.get("PICTURES"):
        somebody.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def _has_a_warden(maud):
    council = organisations_visible_to(maud).get(name="Marlbeck Borough Council")
    post = services.add_post(
        maud, title="Keeper of lamps", organisation=council, role_mailbox=MAILBOX
    )
    person = services.add_person(maud, name="Ada Lark")
    seating.appoint(maud, person=person, post=post, starts=datetime.date(2013, 1, 8))


def _asks(town):
    def ask(dilys):
        post = posts_visible_to(dilys).get(title="Keeper of lamps")
        actions.agree(
            dilys,
            body=town.cast.bodies["board"],
            text=TEXT,
            agreed_on=today(),
            owners=Owners(posts=[post]),
        )

    return ask


def test_an_owner_without_an_account_answers_in_two_taps(somebody, town):
    town.does("maud", _has_a_warden)
    town.does("dilys", _asks(town))
    # As the worker does each minute; a second link would end the first.
    town.does("dilys", lambda dilys: telling.tell())
    link = link_in_mail_to(town, MAILBOX)

    owner = somebody(None, width=NARROW)
    owner.goes_to(link)
    owner.sees(TEXT)
    owner.finds_no_barrier()
    keeps(owner, "owner-320")
    owner.clicks(owner.page.get_by_role("button", name="Done", exact=True))
    owner.sees("Your answer is with the secretary")
    assert owner.page.context.cookies() == []

    dilys = somebody("dilys", width=NARROW)
    dilys.goes_to("/")
    dilys.follows(f"Take up an answer: {TEXT}")
    dilys.finds_no_barrier()
    keeps(dilys, "settle-320")
    dilys.page.get_by_label("Yes, as said by the owner").check()
    dilys.presses("Save")
    dilys.sees("It is a part of the record now")
    dilys.sees("Said to be done")

    again = somebody(None, width=NARROW)
    assert again.goes_to(link).status == 404
    for person in (owner, dilys, again):
        person.has_nothing_against_it()


@pytest.mark.parametrize("width", [1280, NARROW])
def test_the_secretary_words_a_mail_to_the_board_and_sends_it(somebody, town, width):
    title = f"Lamps, as seen at {width}"

    def puts(dilys):
        accept(dilys, new=NewPaper(body=town.cast.bodies["board"], title=title, version=None))

    town.does("dilys", puts)
    town.does("dilys", lambda dilys: telling.tell())
    dilys = somebody("dilys", width=width)
    dilys.goes_to("/mail/outbox/")
    keeps(dilys, f"outbox-{width}")
    dilys.clicks(dilys.page.get_by_role("link", name="Safer Marlbeck Board", exact=True).first)
    dilys.sees(title)
    dilys.presses("Write opening lines")
    dilys.page.get_by_label("Opening lines").fill("Please read this first.")
    dilys.presses("Save")
    dilys.sees("Please read this first.")
    dilys.finds_no_barrier()
    keeps(dilys, f"letter-{width}")
    dilys.clicks(dilys.page.get_by_role("button", name="Send exactly this to"))
    expect(dilys.heading).to_have_text("The outbox")
    dilys.sees("Sent")
    dilys.goes_to("/mail/")
    keeps(dilys, f"preferences-{width}")
    dilys.has_nothing_against_it()
