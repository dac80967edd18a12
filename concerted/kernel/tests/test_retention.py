"""When a period is over."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.kernel.clock import BRITAIN
from concerted.kernel.retention import older_than

DAY = datetime.date


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (DAY(2026, 11, 22), 12, DAY(2025, 11, 22)),
        (DAY(2026, 11, 22), 3, DAY(2026, 8, 22)),
        (DAY(2026, 1, 15), 1, DAY(2025, 12, 15)),
        (DAY(2026, 3, 31), 1, DAY(2026, 2, 28)),
        (DAY(2028, 2, 29), 12, DAY(2027, 2, 28)),
        (DAY(2026, 12, 31), 72, DAY(2020, 12, 31)),
    ],
)
def test_what_was_before_this_moment_is_older(day, months, first):
    assert older_than(day, months) == datetime.datetime.combine(
        first, datetime.time(), tzinfo=BRITAIN
    )


@given(
    day=st.dates(DAY(2020, 1, 1), DAY(2060, 12, 31)),
    months=st.integers(1, 120),
    since=st.datetimes(
        datetime.datetime(2008, 1, 1), datetime.datetime(2061, 1, 1), timezones=st.just(BRITAIN)
    ),
)
def test_nothing_younger_than_its_period_is_older(day, months, since):
    """Counted another way: the same day of the month, so many months on, has passed."""
    if since < older_than(day, months):
        on = (since.year * 12 + since.month + months, since.day)
        assert on < (day.year * 12 + day.month, day.day)
