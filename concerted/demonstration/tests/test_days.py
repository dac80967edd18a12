"""The demonstration's days: always working days, never on the wrong side of today."""

import datetime

import pytest

from concerted.demonstration.days import SERIES, Calendar, is_working
from concerted.demonstration.papers import PAPERS, TO_TRY

DAYS = [datetime.date(2026, 1, 1) + datetime.timedelta(days=number) for number in range(730)]


@pytest.mark.parametrize("series", SERIES)
def test_meetings_are_on_working_days_before_and_after_today(series):
    for day in DAYS:
        calendar = Calendar(day)
        held = [calendar.meeting(series, by) for by in (-3, -2, -1, 1, 2)]
        assert held == sorted(set(held))
        assert held[2] < day < held[3]
        assert all(is_working(one) for one in held)


def test_what_is_overdue_stays_overdue_and_the_next_14_days_hold_what_is_due():
    for day in DAYS:
        calendar = Calendar(day)
        assert calendar.due(-2) < day < calendar.due(3) <= day + datetime.timedelta(days=14)


def test_no_place_of_a_text_is_left_unfilled():
    calendar = Calendar(datetime.date(2026, 11, 21))

    for paper in PAPERS:
        assert "{" not in paper.text(calendar), paper.file
    assert "{" not in TO_TRY.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("{board+1}", "1 December 2026"),
        ("{board-1 weekday}", "Tuesday 6 October 2026"),
        ("{board-1 wrong}", "Monday 6 October 2026"),
        ("{board-1 ordinal}", "Tuesday, 6th October, 2026"),
        ("{together-1 nth}", "1st October 2026"),
        ("{jag-1 slashes}", "09/11/26"),
        ("{today+9}", "30 November 2026"),
        ("{today-1}", "20 November 2026"),
        ("a {brace} of another kind", "a {brace} of another kind"),
    ],
)
def test_places_are_filled(place, words):
    assert Calendar(datetime.date(2026, 11, 21)).filled(place) == words
