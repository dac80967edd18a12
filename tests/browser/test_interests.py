"""A member registers an interest on a telephone; the secretary reads it beside a meeting."""

import datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from concerted.interests import rules
from concerted.interests.models import Kind, Rule
from concerted.kernel.clock import today

pytestmark = pytest.mark.browser


def _sets_the_rule(maud):
    if not Rule.objects.exists():
        rules.set_rule(
            maud,
            starts=today(),
            days_after_appointment=28,
            days_after_change=28,
            confirm_months=12,
            remind_days=28,
            gift_pounds=Decimal(25),
            gift_days=28,
        )
    if not Kind.objects.exists():
        rules.add_kind(maud, words="Land", covers="Owned or let", starts=today())


def test_a_member_registers_and_confirms_on_a_telephone(town, somebody):
    town.does("maud", _sets_the_rule)
    gareth = somebody("gareth")
    gareth.page.set_viewport_size({"width": 320, "height": 640})
    gareth.goes_to("/interests/")
    gareth.presses("Add an interest")
    gareth.page.get_by_label("What kind of interest is it?").select_option(index=1)
    gareth.page.get_by_label("What is the interest?").fill("A garage on Canal Walk")
    gareth.page.get_by_label("Since when?").fill(f"{datetime.date.today():%d/%m/%Y}")
    gareth.fits(320)
    gareth.finds_no_barrier()
    gareth.presses("Save")
    gareth.sees("Registered. Confirm your register once it is complete.")
    gareth.presses("Confirm that this is complete")
    gareth.sees("Your register is confirmed as complete.")
    gareth.fits(320)
    gareth.finds_no_barrier()
    dilys = somebody("dilys")
    dilys.goes_to(f"/interests/bodies/{town.cast.bodies['board'].key}/")
    expect(dilys.page.get_by_text("A garage on Canal Walk")).to_be_visible()
    dilys.has_nothing_against_it()
    gareth.has_nothing_against_it()
