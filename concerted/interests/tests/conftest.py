"""The partnership's rule, three kinds of interest, and what members register."""

import datetime
from decimal import Decimal

import pytest

from concerted.interests import rules, services
from concerted.interests.policies import NewEntry
from concerted.kernel.clock import today

YEAR = datetime.timedelta(days=365)


@pytest.fixture
def rule(cast):
    """Confirmed every 12 months, within 28 days of taking a seat, in force for a year."""
    with cast.acting("maud") as maud:
        return rules.set_rule(
            maud,
            starts=today(),
            days_after_appointment=28,
            days_after_change=28,
            confirm_months=12,
            remind_days=14,
            gift_pounds=Decimal(25),
            gift_days=28,
        )


@pytest.fixture
def kinds(cast, rule):
    """The kinds in force, by their words."""
    with cast.acting("maud") as maud:
        made = [
            rules.add_kind(maud, words=words, covers="", starts=today())
            for words in ("Employment", "Land", "Office in another body")
        ]
    return {one.words: one for one in made}


@pytest.fixture
def new(kinds):
    """An interest as somebody types it."""

    def make(**more):
        given = {
            "kind": kinds["Employment"],
            "what": "Director of a lettings company",
            "whose": "own",
            "starts": today() - YEAR,
            "organisation_name": "Quay Lettings",
        } | more
        return NewEntry(**given)

    return make


@pytest.fixture
def entry(cast, new):
    """What Tobias registered."""
    with cast.acting("tobias") as tobias:
        return services.add(tobias, new=new())


@pytest.fixture
def withheld(cast, new):
    """What Tobias registered and asked to be withheld."""
    with cast.acting("tobias") as tobias:
        return services.add(
            tobias,
            new=new(what="A house on Tern Walk", organisation_name=""),
            because="I was threatened there.",
        )
