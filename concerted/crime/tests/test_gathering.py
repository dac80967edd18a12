"""Where offences gather and what became of them, counted by hand."""

import pytest

from concerted.crime.exploring import question
from concerted.crime.gathering import Outcome, gathered, outcomes
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.tests.invented import ASB, FELL, brought, street

SMALL = ("E01000001", "E01000002", "E01000010")  # what Fell is made of; nothing lies in the third
ASKED = {"measure": "all-crime", "area": FELL, "months": "1", "to": "2024-06", "against": "1"}
RESOLVED = "Local resolution"


@pytest.fixture(scope="module")
def asking(tmp_path_factory):
    """In June 45 burglaries in one small area, 15 in another; of robberies 4 alone."""
    there = tmp_path_factory.mktemp("gathered")
    june = [
        *[street("2024-06", area=SMALL[0])] * 33,
        *[street("2024-06", area=SMALL[0], Last_outcome_category=RESOLVED)] * 12,
        *[street("2024-06", area=SMALL[1], Last_outcome_category="")] * 15,
        *[street("2024-06", "Robbery", SMALL[1])] * 4,
        *[street("2024-06", ASB, SMALL[1])] * 40,
    ]
    brought(there, {"2024-05": [street("2024-05")], "2024-06": june})
    with Asking(there / "lake" / "counts") as opened:
        yield opened


def asked(asking, **more):
    return question(asking, ASKED | more)


def test_how_few_places_hold_how_much(asking):
    found = gathered(asking, asked(asking, measure="burglary"))

    assert found.total == 60
    assert dict(found.shares) == {"a quarter": 1, "half": 1, "four fifths": 2}
    assert found.says == f"Half lie in 1 small area of {found.places}."


def test_of_few_nothing_is_said_of_where_they_gather(asking):
    found = gathered(asking, asked(asking, measure="robbery"))

    assert found.shares == ()
    assert found.says.startswith("4 in ")
    assert "by chance alone" in found.says


def test_what_became_of_them_the_commonest_first(asking):
    found = outcomes(asking, asked(asking, measure="burglary"))

    assert found == (
        Outcome("Under investigation", 33, pytest.approx(55)),
        Outcome("None published", 15, pytest.approx(25)),
        Outcome(RESOLVED, 12, pytest.approx(20)),
    )


def test_of_fewer_than_ten_no_share_is_given(asking):
    assert outcomes(asking, asked(asking, measure="robbery")) == (
        Outcome("Under investigation", 4, None),
    )


def test_calls_have_no_outcome_and_wards_none_that_is_told(asking):
    assert outcomes(asking, asked(asking, measure="asb")) == ()
    assert outcomes(asking, asked(asking, area="E05000001")) == ()


def test_where_a_month_was_not_reported_nothing_is_said(asking):
    year = asked(asking, months="12")

    assert gathered(asking, year) is None
    assert outcomes(asking, year) == ()
