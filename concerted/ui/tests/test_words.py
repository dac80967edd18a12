import datetime as dt

import pytest

from concerted.ui import words

UTC = dt.UTC


def test_a_date_is_written_day_month_year():
    assert words.day(dt.date(2009, 6, 16)) == "16 June 2009"
    assert words.weekday(dt.date(2009, 6, 16)) == "Tuesday 16 June 2009"
    assert words.day_and_month(dt.date(2009, 6, 16)) == "16 June"


def test_no_date_is_no_words():
    assert words.day(None) == words.weekday(None) == words.clock(None) == words.when(None) == ""


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (dt.time(9, 30), "9:30am"),
        (dt.time(10, 0), "10am"),
        (dt.time(12, 0), "noon"),
        (dt.time(12, 30), "12:30pm"),
        (dt.time(0, 0), "midnight"),
        (dt.time(0, 5), "12:05am"),
        (dt.time(23, 59), "11:59pm"),
    ],
)
def test_a_time_is_written_with_am_or_pm(time, said):
    assert words.clock(time) == said


def test_a_moment_is_told_in_london_time():
    summer = dt.datetime(2009, 6, 16, 8, 12, tzinfo=UTC)
    assert words.when(summer) == "16 June 2009 at 9:12am"


def test_a_late_moment_in_summer_belongs_to_the_next_day_in_london():
    assert words.day(dt.datetime(2009, 6, 16, 23, 30, tzinfo=UTC)) == "17 June 2009"


@pytest.mark.parametrize(
    ("count", "one", "many", "said"),
    [
        (1, "action", "", "1 action"),
        (3, "action", "", "3 actions"),
        (0, "body", "", "0 bodies"),
        (2, "day", "", "2 days"),
        (1486, "offence", "", "1,486 offences"),
        (2, "box", "", "2 boxes"),
        (2, "person", "people", "2 people"),
    ],
)
def test_a_count_agrees_with_its_word(count, one, many, said):
    assert words.plural(count, one, many) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [(16, "today"), (17, "tomorrow"), (20, "in 4 days"), (15, "yesterday"), (6, "10 days ago")],
)
def test_a_date_can_be_told_from_today(day, said):
    assert words.in_days(dt.date(2026, 11, day), dt.date(2026, 11, 16)) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_joined_as_in_a_sentence(names, said):
    assert words.listed(names) == said
