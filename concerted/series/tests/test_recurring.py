"""The days of a series: each rule as a table, and what is true of every one."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.kernel.clock import BRITAIN
from concerted.reading.holidays import bank_holidays
from concerted.series.recurring import (
    Daily,
    EveryMonths,
    EveryWeeks,
    Named,
    Place,
    Wanted,
    places,
    why_closed,
)

MONDAY, TUESDAY, THURSDAY = 0, 1, 3
DAY = datetime.timedelta(days=1)


def day(text):
    return datetime.date.fromisoformat(text)


def series(rule, first="2027-01-01", last="2027-06-30", **more):
    return Wanted(rule, day(first), day(last), **more)


def held(wanted):
    return [str(one.held_on) for one in places(wanted) if one.held_on]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (EveryWeeks(TUESDAY, 8), ["2027-01-05", "2027-03-02", "2027-04-27", "2027-06-22"]),
        (
            EveryMonths(TUESDAY, 2),
            [
                *("2027-01-12", "2027-02-09", "2027-03-09"),
                *("2027-04-13", "2027-05-11", "2027-06-08"),
            ],
        ),
        (EveryMonths(THURSDAY, -1, 2), ["2027-01-28", "2027-03-25", "2027-05-27"]),
        (EveryMonths(TUESDAY, 1, 3), ["2027-01-05", "2027-04-06"]),
        (Named((day("2027-03-06"), day("2027-02-02"))), ["2027-02-02", "2027-03-06"]),
    ],
)
def test_the_days_of_each_rule(rule, days):
    assert held(series(rule)) == days


def test_from_day_to_day_there_are_no_weekends():
    wanted = series(Daily(), "2027-06-10", "2027-06-15")

    assert held(wanted) == ["2027-06-10", "2027-06-11", "2027-06-14", "2027-06-15"]


def test_a_bank_holiday_is_passed_over_to_the_next_working_day_and_named():
    [place] = places(series(EveryMonths(MONDAY, 1), "2027-05-01", "2027-05-31"))

    assert place == Place(day("2027-05-03"), day("2027-05-04"), "the Early May bank holiday")


def test_or_it_is_left_out():
    [place] = places(series(EveryMonths(MONDAY, 1), "2027-05-01", "2027-05-31", moves=False))

    assert place == Place(day("2027-05-03"), None, "the Early May bank holiday")


def test_after_good_friday_comes_the_tuesday():
    friday = Named((day("2027-03-26"),))

    assert held(series(friday)) == ["2027-03-30"]


def test_a_closed_week_is_closed_from_monday_to_sunday():
    closed = frozenset({day("2027-02-17")})

    assert held(series(EveryWeeks(THURSDAY, 1), "2027-02-15", "2027-02-20", closed=closed)) == [
        "2027-02-22"
    ]


def test_two_are_not_moved_to_one_day():
    closed = frozenset({day("2027-02-17")})
    wanted = series(Daily(), "2027-02-18", "2027-02-23", closed=closed)

    assert [str(one.held_on) for one in places(wanted)] == [
        *("None", "None", "2027-02-22", "2027-02-23")
    ]


def test_nobody_is_sent_on_for_months():
    closed = frozenset(day("2027-01-04") + week * 7 * DAY for week in range(20))
    [place] = places(series(Named((day("2027-01-06"),)), closed=closed))

    assert (place.held_on, place.why) == (None, "a closed week")


def test_two_o_clock_stays_two_o_clock_when_the_clocks_change():
    moments = [
        datetime.datetime.combine(one.held_on, datetime.time(14), BRITAIN)
        for one in places(series(EveryWeeks(TUESDAY, 1), "2027-03-23", "2027-03-31"))
    ]

    assert [one.astimezone(datetime.UTC).hour for one in moments] == [14, 13]


DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2032, 12, 31))
RULES = st.one_of(
    st.builds(EveryWeeks, st.integers(0, 4), st.integers(1, 20)),
    st.builds(EveryMonths, st.integers(0, 4), st.sampled_from([1, 2, 3, 4, -1]), st.integers(1, 6)),
    st.builds(Named, st.lists(DAYS, max_size=6).map(tuple)),
    st.just(Daily()),
)


@st.composite
def wishes(draw):
    first = draw(DAYS)
    return Wanted(
        draw(RULES),
        first,
        first + draw(st.integers(0, 500)) * DAY,
        draw(st.booleans()),
        draw(st.frozensets(DAYS, max_size=4)),
    )


@given(wishes())
def test_no_meeting_falls_on_a_closed_day_nor_two_on_one(wanted):
    found = places(wanted)
    days = [one.held_on for one in found if one.held_on]

    assert len(set(days)) == len(days)
    assert not any(why_closed(one, wanted.closed) for one in days)
    assert all(wanted.first <= one.meant <= wanted.last for one in found)
    assert all(one.why for one in found if one.held_on != one.meant)


@given(wishes())
def test_what_is_not_closed_is_held_as_it_was_meant(wanted):
    for one in places(wanted):
        if one.meant not in bank_holidays(one.meant.year) and not wanted.closed:
            assert one.held_on == one.meant


@given(st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1]), st.integers(1, 6), DAYS)
def test_a_weekday_of_the_month_is_that_weekday_in_that_week(weekday, nth, every, first):
    rule = EveryMonths(weekday, nth, every)
    days = list(rule.days(first, first + 700 * DAY))

    assert {one.weekday() for one in days} == {weekday}
    for one in days:
        week = (one.day - 1) // 7 + 1
        assert week == nth if nth > 0 else (one + 7 * DAY).month != one.month
    months = [12 * one.year + one.month for one in days]
    assert {after - before for before, after in itertools.pairwise(months)} <= {every}
