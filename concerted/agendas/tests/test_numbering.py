"""Numbers of an agenda, as a table and as what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.agendas.numbering import Place, numbers

OPEN, UNDER = Place(), Place(under=True)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], []),
        ([OPEN, OPEN], ["1", "2"]),
        ([OPEN, UNDER, UNDER, OPEN, UNDER], ["1", "1(a)", "1(b)", "2", "2(a)"]),
        ([UNDER, UNDER], ["1", "1(a)"]),
        ([OPEN, Place("2"), OPEN], ["1", "2", "3"]),
        ([OPEN, Place("7"), OPEN, UNDER], ["1", "7", "8", "8(a)"]),
        ([Place("3"), Place("3(a)"), UNDER], ["3", "3(a)", "3(b)"]),
        ([OPEN, OPEN, Place("1"), OPEN], ["2", "3", "1", "4"]),
        ([Place("C/9"), OPEN], ["C/9", "1"]),
    ],
)
def test_numbers_follow_the_order_and_leave_what_is_fixed(places, expected):
    assert numbers(places) == expected


FIXED = st.one_of(
    st.integers(1, 30).map(str),
    st.tuples(st.integers(1, 5), st.sampled_from("abz")).map("{0[0]}({0[1]})".format),
)
PLACES = st.lists(
    st.one_of(st.builds(Place, under=st.booleans()), st.builds(Place, fixed=FIXED)),
    max_size=60,
    unique_by=lambda one: one.fixed or id(one),
)


@given(PLACES)
def test_no_number_is_given_twice_and_what_is_fixed_stays(places):
    given_ = numbers(places)

    assert len(given_) == len(places)
    assert len(set(given_)) == len(given_)
    assert all(number == one.fixed for number, one in zip(given_, places, strict=True) if one.fixed)


@given(st.lists(st.booleans(), max_size=60))
def test_where_nothing_is_fixed_the_numbers_have_no_gap(under):
    whole = [int(one) for one in numbers([Place(under=one) for one in under]) if "(" not in one]

    assert whole == list(range(1, len(whole) + 1))
