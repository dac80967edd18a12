"""Dates and times as minutes write them."""

import datetime

import pytest

from concerted.reading.dates import date_field, find_dates, find_times
from concerted.reading.holidays import bank_holidays


def only(text: str):
    found = find_dates(text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday, 3rd February, 2009", (2009, 2, 3)),
        ("Wednesday 26th November 2025 9.00 am", (2025, 11, 26)),
        ("28TH JULY, 2017", (2017, 7, 28)),
        ("19thAugust2014", (2014, 8, 19)),
        ("13.7.21", (2021, 7, 13)),
        ("27.01.10", (2010, 1, 27)),
        ("2 May, 2018", (2018, 5, 2)),
        ("12/03/2019", (2019, 3, 12)),
        ("March 5, 2014", (2014, 3, 5)),
        ("2014-03-05", (2014, 3, 5)),
    ],
)
def test_each_way_to_write_a_date_is_read(text, day):
    assert only(text).value == datetime.date(*day)


def test_a_date_that_contradicts_its_weekday_is_unsure():
    field = date_field(only("Monday 12 March 2024"))
    assert not field.sure
    assert field.why == "The text says Monday 12 March 2024. That day was a Tuesday."
    assert datetime.date(2024, 3, 11) in field.candidates


def test_a_date_on_a_weekend_is_unsure():
    field = date_field(only("13 April 2024"))
    assert field.why == "The text says 13 April 2024. That day was a Saturday."
    assert field.candidates


def test_a_date_on_a_bank_holiday_is_unsure():
    field = date_field(only("Monday 6 May 2024"))
    assert "the Early May bank holiday" in field.why


def test_a_year_that_cannot_be_right_is_unsure_and_mended_years_are_offered():
    field = date_field(only("1 February 2103"))
    assert not field.sure
    assert datetime.date(2013, 2, 1) in field.candidates


def test_a_day_that_does_not_exist_is_no_date():
    assert date_field(only("31 February 2020")) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9.30 a.m.", "09:30"),
        ("09.30 a.m.", "09:30"),
        ("07.00 p.m.", "19:00"),
        ("10:00 am", "10:00"),
        ("12.00 pm", "12:00"),
        ("19.15hrs", "19:15"),
        ("1400 hours", "14:00"),
        ("10.00-13.00", "10:00"),
        ("7pm", "19:00"),
        ("12 noon", "12:00"),
    ],
)
def test_each_way_to_write_a_time_is_read(text, value):
    assert find_times(text)[0].value.strftime("%H:%M") == value


def test_a_date_in_figures_is_no_time():
    assert find_times("13.7.21") == []


def test_the_bank_holidays_of_a_year_are_known():
    days = bank_holidays(2022)
    assert days[datetime.date(2022, 4, 15)] == "Good Friday"
    assert datetime.date(2022, 6, 3) in days
    assert datetime.date(2022, 5, 30) not in days
    assert datetime.date(2022, 12, 27) in days


def test_the_day_after_a_comma_is_no_year():
    assert [one.year for one in find_dates("21 June, 20 September and 13 December 2019")] == [
        None,
        None,
        2019,
    ]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1.00-3.00pm", [13, 15]),
        ("1.30 to 4.00 pm", [13, 16]),
        ("10.00-1.00pm", [10, 13]),
        ("9.30 - 11.30am", [9, 11]),
    ],
)
def test_an_afternoon_that_is_said_once_holds_for_both_hours(text, hours):
    assert [one.value.hour for one in find_times(text)] == hours
