import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.actions.slips import Given, slipped, slips

START = datetime.date(2026, 9, 1)


def day(number):
    return START + datetime.timedelta(days=number)


def dates(*pairs):
    return [Given(day(due), day(since)) for due, since in pairs]


@pytest.mark.parametrize(
    ("history", "done", "now", "expected"),
    [
        ([], None, 99, 0),
        ([(10, 0)], None, 9, 0),
        ([(10, 0)], None, 10, 0),
        ([(10, 0)], None, 11, 1),
        ([(10, 0)], 10, 99, 0),
        ([(10, 0)], 11, 99, 1),
        ([(10, 0), (20, 5)], None, 6, 1),
        ([(10, 0), (20, 5)], 20, 99, 1),
        ([(10, 0), (20, 12)], 20, 99, 1),
        ([(10, 0), (20, 12)], None, 21, 2),
        ([(10, 0), (8, 5)], 8, 99, 0),
        ([(10, 0), (8, 5)], None, 9, 1),
        ([(10, 0), (20, 5), (10, 6), (20, 7)], 15, 99, 1),
        ([(10, 0), (20, 15)], 5, 99, 0),
    ],
    ids=[
        "no date, no slip",
        "before the date",
        "on the date",
        "the date passed",
        "done on the date",
        "done a day late",
        "moved later before it came",
        "moved later and then kept",
        "passed and then moved counts once",
        "passed, moved, and passed again",
        "moved earlier and kept",
        "moved earlier and not kept: only the earlier date slips",
        "the same date twice counts once",
        "a date given after it was done counts for nothing",
    ],
)
def test_what_counts_as_a_slip(history, done, now, expected):
    done_on = None if done is None else day(done)

    assert slips(dates(*history), done_on, day(now)) == expected


def test_a_slip_says_whether_its_date_was_moved_or_passed():
    moved, passed = slipped(dates((10, 0), (20, 5)), None, day(30))

    assert (moved.due, moved.moved_to) == (day(10), day(20))
    assert (passed.due, passed.moved_to) == (day(20), None)


HISTORIES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8).map(
    lambda pairs: dates(*sorted(pairs, key=lambda pair: pair[1]))
)


@given(HISTORIES, st.none() | st.integers(0, 80), st.integers(60, 80))
def test_no_date_slips_twice_and_only_dates_that_were_given_slip(history, done, now):
    found = slipped(history, None if done is None else day(done), day(now))

    due = [one.due for one in found]
    assert len(due) == len(set(due))
    assert set(due) <= {one.due for one in history}


@given(HISTORIES, st.integers(60, 80), st.integers(0, 20))
def test_waiting_never_takes_a_slip_away(history, now, more):
    assert slips(history, None, day(now)) <= slips(history, None, day(now + more))


@given(st.integers(1, 60), st.lists(st.integers(1, 60), max_size=6))
def test_moving_a_date_only_earlier_before_it_comes_is_no_slip(first, moves):
    """All moves happen on the first day; the action is done on the earliest date."""
    ever_earlier = sorted({*moves, first}, reverse=True)
    history = [Given(day(due), day(0)) for due in ever_earlier]

    assert slips(history, day(ever_earlier[-1]), day(99)) == 0
