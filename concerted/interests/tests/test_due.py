"""Until when a register is confirmed, and when reminders go."""

import datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.interests.due import due_on, months_later, turn

DAY = datetime.date


def rule(**more):
    periods = {
        "starts": DAY(2026, 1, 1),
        "days_after_appointment": 28,
        "confirm_months": 12,
        "remind_days": 14,
    }
    return SimpleNamespace(**(periods | more))


@pytest.mark.parametrize(
    ("since", "confirmed", "due"),
    [
        # Before the rule nobody was asked, so its days count from its first.
        ([DAY(2020, 4, 1)], None, DAY(2026, 1, 29)),
        ([None], None, DAY(2026, 1, 29)),
        ([DAY(2026, 3, 1)], None, DAY(2026, 3, 29)),
        ([DAY(2026, 3, 1), DAY(2026, 2, 1)], None, DAY(2026, 3, 1)),
        ([DAY(2026, 3, 1)], DAY(2026, 3, 9), DAY(2027, 3, 9)),
        # A year on: a second seat gives its days besides, and takes none away.
        ([DAY(2026, 3, 1), DAY(2026, 9, 1)], DAY(2026, 3, 9), DAY(2027, 3, 9)),
        ([DAY(2031, 9, 1)], DAY(2026, 3, 9), DAY(2031, 9, 29)),
        ([], None, DAY(2026, 1, 29)),
    ],
)
def test_the_day_by_which_a_member_confirms(since, confirmed, due):
    assert due_on(rule(), since=since, confirmed_on=confirmed) == due


def test_a_month_without_such_a_day_counts_to_its_last():
    assert months_later(DAY(2024, 2, 29), 12) == DAY(2025, 2, 28)
    assert months_later(DAY(2025, 12, 31), 2) == DAY(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (DAY(2026, 3, 14), None),
        (DAY(2026, 3, 15), 0),
        (DAY(2026, 3, 28), 0),
        (DAY(2026, 3, 29), 1),
        (DAY(2026, 4, 12), 2),
    ],
)
def test_which_reminder_is_due(day, number):
    assert turn(rule(), due=DAY(2026, 3, 29), day=day) == number


DAYS = st.dates(DAY(2026, 1, 1), DAY(2040, 12, 31))


@given(since=st.lists(DAYS, min_size=1), confirmed=DAYS, months=st.integers(1, 60))
def test_to_confirm_never_brings_the_next_day_nearer(since, confirmed, months):
    periods = rule(confirm_months=months)

    before = due_on(periods, since=since, confirmed_on=confirmed)
    after = due_on(periods, since=since, confirmed_on=confirmed + datetime.timedelta(days=1))

    assert after >= before > confirmed


@given(due=DAYS, span=st.integers(1, 90), days=st.integers(0, 400))
def test_at_most_one_reminder_a_day_and_none_is_passed_over(due, span, days):
    periods = rule(remind_days=span)
    begins = due - datetime.timedelta(days=span)

    turns = [turn(periods, due=due, day=begins + datetime.timedelta(days=n)) for n in range(days)]

    assert turns == sorted(turns)
    assert set(turns) == set(range((days - 1) // span + 1 if days else 0))
