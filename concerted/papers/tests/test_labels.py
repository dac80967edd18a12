"""Late and tabled follow from stamps."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.kernel.clock import BRITAIN
from concerted.papers.labels import begins_at, is_late, is_tabled

DUE = datetime.date(2027, 6, 4)
MEETING = begins_at(datetime.date(2027, 6, 10), datetime.time(14))


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


AGENDA = moment("2027-06-03T09:00")


@pytest.mark.parametrize(
    ("received", "due", "late"),
    [
        (None, DUE, False),
        (moment("2027-06-04T22:59"), DUE, False),
        # Summer time: midnight in Britain is eleven at night by the other clock.
        (moment("2027-06-04T23:00"), DUE, True),
        (moment("2027-06-05T08:00"), DUE, True),
        (moment("2027-06-05T08:00"), None, False),
    ],
)
def test_late(received, due, late):
    assert is_late(received, due) is late


@pytest.mark.parametrize(
    ("published", "issued", "begins", "tabled"),
    [
        (None, AGENDA, MEETING, False),
        (AGENDA, AGENDA, MEETING, False),
        (moment("2027-06-02T09:00"), AGENDA, MEETING, False),
        (moment("2027-06-03T09:01"), AGENDA, MEETING, True),
        (moment("2027-06-10T12:59"), None, MEETING, False),
        (moment("2027-06-10T13:00"), None, MEETING, True),
        (moment("2027-06-12T09:00"), None, None, False),
    ],
)
def test_tabled(published, issued, begins, tabled):
    assert is_tabled(published, issued, begins) is tabled


def test_without_a_time_a_meeting_begins_with_its_day():
    assert begins_at(DUE, None) == datetime.datetime(2027, 6, 4, tzinfo=BRITAIN)


MOMENTS = st.datetimes(
    datetime.datetime(2026, 1, 1), datetime.datetime(2028, 1, 1), timezones=st.just(datetime.UTC)
)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_what_is_tabled_stays_so_however_much_later_it_comes(published, later, issued):
    first, second = sorted([published, later])

    assert is_tabled(second, issued, MEETING) or not is_tabled(first, issued, MEETING)


@given(MOMENTS, MOMENTS)
def test_what_is_late_stays_so_however_much_later_it_comes(received, later):
    first, second = sorted([received, later])

    assert is_late(second, DUE) or not is_late(first, DUE)
