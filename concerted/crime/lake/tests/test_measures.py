"""What may be counted together, and over which months."""

import datetime

import pytest

from concerted.crime.lake.measures import Area, Measure, Member
from concerted.crime.lake.months import Period, month_of, rolling, year_to_date, years_ending
from concerted.crime.lake.refusals import Refused, listed


def measure(*members):
    return Measure("m", "The measure", members)


def test_crime_and_antisocial_behaviour_are_never_one_measure():
    with pytest.raises(Refused, match="never counted together: asb and crime"):
        measure(Member("crime"), Member("asb"))


def test_a_type_that_would_count_twice_is_refused():
    with pytest.raises(Refused, match="count Burglary twice"):
        measure(Member("crime"), Member("crime", "Burglary"))


def test_a_type_may_follow_another_at_a_date():
    may, june = month_of("2023-05"), month_of("2023-06")

    assert measure(Member("crime", "A", last=may), Member("crime", "A", june)).feed == "street"


def test_a_kind_that_nobody_knows_is_refused():
    with pytest.raises(Refused, match="counts nothing that is known"):
        measure(Member("fires"))


def test_an_area_without_codes_is_refused():
    with pytest.raises(Refused, match="no area"):
        Area("x", "ward", frozenset())


@pytest.mark.parametrize(
    ("to", "said"),
    [("2025-06", "2025-04 to 2025-06"), ("2025-03", "2024-04 to 2025-03")],
)
def test_the_year_to_date_begins_in_april(to, said):
    assert str(year_to_date(month_of(to))) == said


def test_rolling_months_end_with_the_month():
    assert str(rolling(month_of("2025-02"))) == "2024-03 to 2025-02"
    assert [str(one) for one in years_ending(month_of("2025-02"), years=2)] == [
        "2023-03 to 2024-02",
        "2024-03 to 2025-02",
    ]


def test_a_period_knows_its_days_and_what_lay_before():
    february = Period(month_of("2025-02"), month_of("2025-02"))

    assert (february.days, february.before().days) == (28, 29)


@pytest.mark.parametrize("days", [((2025, 2, 2), (2025, 3, 1)), ((2025, 3, 1), (2025, 2, 1))])
def test_a_period_of_parts_of_months_or_backwards_is_refused(days):
    with pytest.raises(Refused):
        Period(*(datetime.date(*day) for day in days))


@pytest.mark.parametrize("words", ["2023", "2023-13", "2023-1", "June"])
def test_what_is_no_month_is_refused(words):
    with pytest.raises(Refused, match="is not a month"):
        month_of(words)


def test_long_lists_are_cut_in_words():
    assert listed(list("abcd"), most=2) == "a, b and 2 more"
    assert listed(["a", "b"]) == "a and b"
