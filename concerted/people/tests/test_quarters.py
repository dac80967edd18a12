"""Until when an appointment holds, as a table of days."""

import datetime

import pytest

from concerted.people import quarters


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("of", "ends"),
    [
        ("2026-01-01", "2026-03-31"),
        ("2026-03-31", "2026-03-31"),
        ("2026-04-01", "2026-06-30"),
        ("2026-09-30", "2026-09-30"),
        ("2026-10-01", "2026-12-31"),
        ("2028-02-29", "2028-03-31"),
    ],
)
def test_a_quarter_ends_with_its_third_month(of, ends):
    assert quarters.quarter_end(day(of)) == day(ends)


@pytest.mark.parametrize(
    ("confirmed", "asked", "notice", "reminder", "last"),
    [
        ("2026-01-01", "2026-04-01", "2026-06-30", "2026-07-11", "2026-07-14"),
        ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-11", "2026-07-14"),
        # Late for the quarter before, and in time for the one in which it is given.
        ("2026-04-14", "2026-07-01", "2026-09-30", "2026-10-11", "2026-10-14"),
        ("2026-09-30", "2026-10-01", "2026-12-31", "2027-01-11", "2027-01-14"),
        ("2026-11-22", "2027-01-01", "2027-03-31", "2027-04-11", "2027-04-14"),
        ("2027-12-31", "2028-01-01", "2028-03-31", "2028-04-11", "2028-04-14"),
    ],
)
def test_what_was_confirmed_in_a_quarter_lapses_14_days_after_the_next(
    confirmed, asked, notice, reminder, last
):
    confirmed = day(confirmed)
    noticed = quarters.notice_on(confirmed)

    assert quarters.asked_from(confirmed) == day(asked)
    assert noticed == day(notice)
    assert quarters.reminder_on(confirmed, noticed) == day(reminder)
    assert quarters.last_day(confirmed, noticed) == day(last)


@pytest.mark.parametrize(
    ("noticed", "reminder", "last"),
    [
        ("2026-07-01", "2026-07-12", "2026-07-15"),
        ("2026-08-20", "2026-08-31", "2026-09-03"),
    ],
)
def test_a_notice_that_went_late_still_gives_14_days(noticed, reminder, last):
    confirmed = day("2026-02-10")

    assert quarters.reminder_on(confirmed, day(noticed)) == day(reminder)
    assert quarters.last_day(confirmed, day(noticed)) == day(last)
