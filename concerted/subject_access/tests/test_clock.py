"""Until when a request must be answered: a table of days, and what holds for all days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.reading.holidays import bank_holidays
from concerted.subject_access.clock import (
    EXTENDED,
    MONTHS,
    Facts,
    Pause,
    corresponding,
    last_day,
    reckon,
)

D = datetime.date
DAYS = st.dates(D(2019, 1, 1), D(2035, 12, 31))
LENGTHS = st.integers(0, 60).map(datetime.timedelta)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (D(2026, 9, 3), 1, D(2026, 10, 3)),
        (D(2027, 1, 31), 1, D(2027, 2, 28)),
        (D(2028, 1, 31), 1, D(2028, 2, 29)),
        (D(2026, 3, 31), 1, D(2026, 4, 30)),
        (D(2026, 11, 30), 3, D(2027, 2, 28)),
        (D(2026, 12, 15), 1, D(2027, 1, 15)),
        (D(2026, 10, 31), 3, D(2027, 1, 31)),
    ],
)
def test_the_corresponding_day_of_a_later_month(day, months, then):
    assert corresponding(day, months) == then


@pytest.mark.parametrize(
    ("starts", "pauses", "months", "due"),
    [
        # A Thursday to a Saturday: the Monday after.
        (D(2026, 9, 3), [], MONTHS, D(2026, 10, 5)),
        (D(2026, 6, 16), [], MONTHS, D(2026, 7, 16)),
        # 28 February 2027 is a Sunday.
        (D(2027, 1, 31), [], MONTHS, D(2027, 3, 1)),
        (D(2028, 1, 31), [], MONTHS, D(2028, 2, 29)),
        # Christmas Day is a Friday, Boxing Day is taken on the Monday.
        (D(2026, 11, 25), [], MONTHS, D(2026, 12, 29)),
        # 3 April 2026 is Good Friday, 6 April Easter Monday.
        (D(2026, 3, 3), [], MONTHS, D(2026, 4, 7)),
        (D(2026, 6, 16), [], EXTENDED, D(2026, 9, 16)),
        # Asked and answered on one day: that day does not count.
        (D(2026, 6, 16), [Pause(D(2026, 6, 18), D(2026, 6, 18))], MONTHS, D(2026, 7, 17)),
        # Nine days, both ends with them: 16 July to 25 July, a Saturday.
        (D(2026, 6, 16), [Pause(D(2026, 6, 18), D(2026, 6, 26))], MONTHS, D(2026, 7, 27)),
        # Two pauses that share days: each day once.
        (
            D(2026, 6, 16),
            [Pause(D(2026, 6, 18), D(2026, 6, 19)), Pause(D(2026, 6, 19), D(2026, 6, 20))],
            MONTHS,
            D(2026, 7, 20),
        ),
        # Asked only when the time had run out: nothing is won.
        (D(2026, 6, 16), [Pause(D(2026, 7, 17), D(2026, 7, 30))], MONTHS, D(2026, 7, 16)),
    ],
)
def test_the_last_day(starts, pauses, months, due):
    assert last_day(starts, pauses, months=months) == due


@given(DAYS, st.sampled_from([MONTHS, EXTENDED]))
def test_the_last_day_is_a_working_day_and_no_earlier_than_the_month_allows(starts, months):
    due = last_day(starts, months=months)

    assert due.weekday() < 5
    assert due not in bank_holidays(due.year)
    assert 0 <= (due - corresponding(starts, months)).days <= 5


@given(DAYS, LENGTHS)
def test_whoever_asks_later_gets_no_earlier_answer(starts, later):
    assert last_day(starts) <= last_day(starts + later)


@given(DAYS, LENGTHS, LENGTHS)
def test_a_pause_never_takes_time_away_and_gives_at_most_its_own_days(starts, before, length):
    pause = Pause(starts + before, starts + before + length)
    unpaused, paused = corresponding(starts, MONTHS), last_day(starts, [pause])

    assert last_day(starts) <= paused
    assert (paused - unpaused).days <= length.days + 1 + 5


@given(DAYS, LENGTHS)
def test_days_left_are_counted_to_the_last_day(starts, gone):
    today = starts + gone
    clock = reckon(Facts(starts), today)

    assert today + datetime.timedelta(clock.days_left) == clock.due
    assert 0 <= clock.share <= 100


def test_the_clock_does_not_start_before_identity_is_established():
    clock = reckon(Facts(None), D(2026, 6, 16))

    assert (clock.starts, clock.due) == (None, None)


def test_the_clock_stands_while_clarification_is_to_come():
    clock = reckon(Facts(D(2026, 6, 16), [Pause(D(2026, 6, 20))]), D(2026, 9, 1))

    assert clock.stands_since == D(2026, 6, 20)
    assert clock.due is None
