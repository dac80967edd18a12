"""A question and its answer: counted by hand, in words that chance allows, asked otherwise too."""

import random
from pathlib import Path

import pytest

from concerted.crime.exploring import choices, explored, limit, question, words_of_period
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.months import Period, later, month_of, words_of
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.invented import ASB, FELL, brought, street

TO = month_of("2024-06")
MILL, QUAY = "E05000001", "E05000002"
ASKED = {"measure": "all-crime", "area": FELL, "months": "12", "to": "2024-06", "against": "1"}


def two_years():
    """Burglaries halve after June 2023; calls about disorder stay as they were."""
    chance = random.Random(6)
    found = {}
    for month in Period(month_of("2022-07"), TO).months:
        name = words_of(month)
        number = 40 if month <= month_of("2023-06") else 20
        rows = [street(name, "Burglary", chance.choice(["E01000001", "E01000002"]))] * number
        rows += [street(name, ASB, "E01000001")] * 12
        found[name] = [*rows, street(name, "Robbery", "E01000020")]
    return found


@pytest.fixture(scope="module")
def asking(tmp_path_factory):
    there: Path = tmp_path_factory.mktemp("explored")
    brought(there, two_years())
    with Asking(there / "lake" / "counts") as opened:
        yield opened


def answer(asking, **given):
    return explored(asking, question(asking, ASKED | given))


def test_counts_come_first_and_a_change_is_said_no_more_surely_than_chance_allows(asking):
    found = answer(asking)

    assert found.heading == "All recorded crime in Fell: clear decrease"
    assert found.sentences[0] == (
        "240 crimes in the 12 months to June 2024, from 480 in the 12 months to June 2023."
    )
    assert found.sentences[1].startswith("Change −50.0%. Ratio 0.50 (95% interval 0.4")


def test_calls_about_disorder_are_no_crimes_and_have_not_changed(asking):
    found = answer(asking, measure="asb")

    assert found.heading == "Anti-social behaviour in Fell: no clear change"
    assert found.sentences[0].startswith("144 calls in ")


def test_from_a_count_under_ten_no_percentage_is_said(asking):
    found = answer(asking, measure="robbery", area="E06000102", months="3")

    assert not any("%" in one.split("interval")[0] for one in found.sentences)
    assert found.sentences[0] == "3 crimes in April to June 2024, from 3 in April to June 2023."


def test_the_months_of_the_table_are_those_of_the_year_and_the_year_before(asking):
    months = answer(asking, months="1").months

    assert [one.month for one in months] == list(Period(later(TO, -11), TO).months)
    assert [one.now for one in months] == [20] * 12
    assert [one.before for one in months] == [40] * 12


def test_the_same_is_asked_in_every_other_way_and_of_the_rest_of_the_district(asking):
    found = answer(asking, area=MILL)

    names = [words for words, _ in found.others]
    assert names == [
        "April to June 2024, against April to June 2023",
        "June 2024, against June 2023",
        "The same months in the rest of Fell",
    ]
    whole = answer(asking).line
    rest = found.others[-1][1]
    assert (found.line.count or 0) + (rest.count or 0) == whole.count
    assert (found.line.before or 0) + (rest.before or 0) == whole.before


def test_periods_with_a_month_that_was_not_reported_are_not_compared(asking):
    found = answer(asking, to="2024-05", against="5")

    assert found.heading.endswith("not reported")
    assert "is not zero" in found.sentences[0]
    assert "June 2018" in found.sentences[0]


def test_what_can_be_chosen_is_what_the_lake_holds(asking):
    found = choices(asking)

    assert ("E06000101", "Fell") in found.areas
    assert (MILL, "Mill (ward of Fell)") in found.areas
    assert (QUAY, "Quay (ward of Fell)") in found.areas
    assert [month for month, _ in found.months][:2] == ["2024-06", "2024-05"]
    assert ("E05000003", "Marl (ward of Marl)") in choices(asking, "E06000102").areas


@pytest.mark.parametrize(
    "wrong",
    [{"measure": "gold"}, {"months": "7"}, {"against": "2"}, {"area": "X"}, {"to": "June"}],
)
def test_a_question_that_cannot_be_asked_is_a_sentence(asking, wrong):
    with pytest.raises(Refused) as refusal:
        answer(asking, **wrong)

    assert str(refusal.value).endswith(".")


def test_an_empty_lake_offers_nothing(tmp_path):
    with Asking(tmp_path / "counts") as opened:
        assert not choices(opened).months


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.5, "0.50"), (0.997, "0.997"), (1.002, "1.002"), (1, "1.00"), (float("inf"), "no limit")],
)
def test_a_limit_never_rounds_to_the_same(value, words):
    assert limit(value) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-06", "2024-06", "June 2024"),
        ("2023-07", "2024-06", "the 12 months to June 2024"),
        ("2024-04", "2024-06", "April to June 2024"),
        ("2023-11", "2024-01", "November 2023 to January 2024"),
    ],
)
def test_periods_are_said_as_people_say_them(first, last, words):
    assert words_of_period(Period(month_of(first), month_of(last))) == words
