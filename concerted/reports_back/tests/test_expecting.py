"""When reports are expected and how many were heard, as tables: no database."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.reports_back.expecting import expected, reckoned

DAYS = [datetime.date(2027, month, 9) for month in (1, 3, 5, 7, 9, 11)]
START = datetime.date(2027, 1, 1)


def months(days):
    return [one.month for one in days]


@pytest.mark.parametrize(
    ("frequency", "every", "starts", "ends", "on"),
    [
        ("every", None, START, None, [1, 3, 5, 7, 9, 11]),
        ("every", None, datetime.date(2027, 3, 9), None, [3, 5, 7, 9, 11]),
        ("every", None, START, datetime.date(2027, 5, 9), [1, 3, 5]),
        ("meetings", 2, START, None, [1, 5, 9]),
        ("meetings", 2, datetime.date(2027, 2, 1), None, [3, 7, 11]),
        ("meetings", 1, START, None, [1, 3, 5, 7, 9, 11]),
        ("meetings", 10, START, None, [1]),
        ("quarterly", None, START, None, [1, 5, 7, 11]),
        ("quarterly", None, datetime.date(2027, 2, 1), None, [3, 5, 7, 11]),
        ("every", None, datetime.date(2028, 1, 1), None, []),
    ],
)
def test_at_which_meetings_a_report_is_expected(frequency, every, starts, ends, on):
    assert months(expected(frequency, every, DAYS, starts=starts, ends=ends)) == on


def test_a_cancelled_meeting_is_not_among_the_days_and_the_next_one_takes_its_turn():
    """Cancelled meetings are left out of `days` by whoever asks."""
    without_march = [one for one in DAYS if one.month != 3]

    assert months(expected("meetings", 2, without_march, starts=START, ends=None)) == [1, 7, 11]


@pytest.mark.parametrize(
    ("awaited", "heard", "rate", "silence", "silent", "last"),
    [
        ([], [], "none expected yet", 0, 0, None),
        ([1, 3, 5, 7, 9, 11], [1, 3, 5, 7, 9, 11], "6 of 6", 0, 0, 11),
        ([1, 3, 5, 7, 9, 11], [1, 7, 9, 11], "4 of 6", 2, 0, 11),
        ([1, 3, 5, 7, 9, 11], [1, 3], "2 of 6", 4, 4, 3),
        ([1, 3, 5], [], "0 of 3", 3, 3, None),
        # Heard where nobody expected it: a silence ends, and no rate is above all of them.
        ([1, 5, 9], [3], "0 of 3", 2, 2, 3),
        ([1, 5, 9], [1, 3, 5, 7, 9], "3 of 3", 0, 0, 9),
    ],
)
def test_what_was_heard_of_what_was_expected(awaited, heard, rate, silence, silent, last):
    def days(months):
        return [one for one in DAYS if one.month in months]

    found = reckoned(days(awaited), days(heard))

    assert (found.rate, found.silence, found.silent) == (rate, silence, silent)
    assert (found.last_heard and found.last_heard.month) == last


SOME_DAYS = st.lists(st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31)), unique=True)


@given(SOME_DAYS, SOME_DAYS)
def test_silence_is_never_longer_than_what_was_not_heard(awaited, heard):
    found = reckoned(awaited, heard)

    assert 0 <= found.heard <= found.expected == len(awaited)
    assert found.silent <= found.silence <= found.expected - found.heard


@pytest.mark.slow
@given(SOME_DAYS, st.sampled_from(["every", "meetings", "quarterly"]), st.integers(1, 6))
def test_what_is_expected_are_meetings_of_the_link_and_the_first_is_one(days, frequency, every):
    starts = datetime.date(2023, 1, 1)
    found = expected(frequency, every, days, starts=starts, ends=None)

    within = sorted(one for one in days if one >= starts)
    assert set(found) <= set(within)
    assert found[:1] == within[:1]
