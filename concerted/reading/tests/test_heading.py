"""The head of the minutes."""

import pytest

from concerted.reading.heading import read_head
from concerted.reading.lines import split


def head(text: str):
    return read_head(text, split(text), [])


def values(text: str):
    made = head(text)
    fields = (made.body, made.date, made.start_time, made.venue)
    return tuple(str(f.value) if f else None for f in fields)


@pytest.mark.parametrize(
    ("text", "body", "day", "time", "venue"),
    [
        (
            "A meeting of the Northfell Board was held on Tuesday, 16th June, 2009.",
            "Northfell Board",
            "2009-06-16",
            None,
            None,
        ),
        (
            "Northfell Board - Wednesday 16th July 2025 9.00 am\n\nVenue: Oak Room. View "
            "directions",
            "Northfell Board",
            "2025-07-16",
            "09:00:00",
            "Oak Room",
        ),
        (
            "Northfell Board Minutes\nDate:\nTuesday, 11th March, 2014\nTime:\n9.30 "
            "a.m.\nPlace:\nOak Room",
            "Northfell Board",
            "2014-03-11",
            "09:30:00",
            "Oak Room",
        ),
        (
            "Minutes of a Meeting of Fell Parish Council held at 7.00pm on Monday 11 February "
            "2008 at the Hall, Fell",
            "Fell Parish Council",
            "2008-02-11",
            "19:00:00",
            "Hall, Fell",
        ),
        (
            "Minutes - Unconfirmed\nThe Fell Area Board (FAB)\n18th January 2010, 5:45pm\nRoom "
            "2, Old Mill",
            "The Fell Area Board (FAB)",
            "2010-01-18",
            "17:45:00",
            "Room 2, Old Mill",
        ),
        ("Minutes Committee Meeting 6.7.21", None, "2021-07-06", None, None),
    ],
)
def test_body_date_time_and_venue_are_read(text, body, day, time, venue):
    assert values(text) == (body, day, time, venue)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Home > Your Council > Fell Safety Board\n\nFell Safety Board\n5 May 2026",
            "Fell Safety Board",
        ),
        ("You are here: Home / Fell Board minutes\nFell Board\n5 May 2026", "Fell Board"),
        (
            "FELL HEALTH BOARD\nQUALITY COMMITTEE\nMinutes of the meeting held on 5 May 2026",
            "QUALITY COMMITTEE",
        ),
        (
            "Page 1 of 2 Nettle Magna Parish Council\nMinutes of the Meeting of the Parish Council "
            "held on 5 May 2026",
            "Nettle Magna Parish Council",
        ),
    ],
)
def test_the_body_is_the_one_that_met(text, body):
    assert values(text)[0] == body


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        (
            "Fell Board\n5 May 2026\n10 am, Alder Room, Civic Hall, Fell",
            "Alder Room, Civic Hall, Fell",
        ),
        (
            "Fell Board\nVenue: Moot Hall, Fell | Contact: Ann Bell | Tel: 01632 960000",
            "Moot Hall, Fell",
        ),
        (
            "Minutes of the Fell Board held at Moot Hall,\nFellgate on 5 May 2026",
            "Moot Hall, Fellgate",
        ),
        (
            "Minutes of the Fell Board held on 5 May 2026 at St. Osk’s Church Room, Fell at 7pm",
            "St. Osk’s Church Room, Fell",
        ),
        (
            "Minutes of the Fell Board held on 5 May 2026 in the Moot Hall, commencing at 7pm",
            "Moot Hall",
        ),
        ("Fell Board\nTues 5.5.26, 7.30pm at The Plough", "The Plough"),
        ("Fell Board\n5 May 2026\nVillage Hall, Mill Lane, 7.15pm", "Village Hall, Mill Lane"),
        ("Fell Board\nStart: 9.45am   Place: Moot Hall, Fell\n5 May 2026", "Moot Hall, Fell"),
        (
            "Fell Board\nPlace:\nOak Suite,\nFell Library\nDate: 5 May 2026",
            "Oak Suite, Fell Library",
        ),
        (
            "MINUTES OF THE FELL BOARD HELD IN PUBLIC ON 5 MAY 2026 AT 7 PM IN THE MOOT HALL, FELL",
            "MOOT HALL, FELL",
        ),
        ("Minutes of the Fell Board held in the Moot Hall, Fell on\n5 May 2026", "Moot Hall, Fell"),
        (
            "Fell Board\n5 May 2026\nSmall Hall, Community Centre, Mill Street, Fell",
            "Small Hall, Community Centre, Mill Street, Fell",
        ),
    ],
)
def test_the_venue_ends_where_the_place_ends(text, venue):
    assert values(text)[3] == venue


@pytest.mark.parametrize("place", range(40, 100))
def test_a_year_is_never_cut_in_two(place):
    hall = ("the Long Room of the Old Corn Exchange at the upper end of Fore Street in " * 2)[
        :place
    ]
    text = f"A meeting of the Fell Board was held in\n{hall}\non Wednesday 14th March, 2012."
    made = head(text)
    assert str(made.date.value) == "2012-03-14"


def test_the_date_of_the_previous_minutes_is_not_the_meeting_date():
    text = "Northfell Board\nTo approve the minutes of 4 May 2010\nTuesday 8 June 2010"
    assert values(text)[1] == "2010-06-08"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Agenda and draft minutes", "draft"),
        ("Minutes - Unconfirmed", "unconfirmed"),
        (
            "Please note: all Minutes are subject to approval at the next Meeting",
            "subject to approval",
        ),
    ],
)
def test_the_status_is_read(text, status):
    assert head(text).status.value == status


@pytest.mark.parametrize(
    "text",
    [
        "Northfell Board minutes\nTuesday 3 March 2015, 2pm\nThe Arches\nPresent:",
        "Northfell Board\nAGENDA\nTuesday 3 March 2015\n2pm\nThe Arches\n",
    ],
)
def test_a_place_on_a_line_of_its_own_under_the_date_is_the_venue(text):
    venue = head(text).venue
    assert (venue.value, venue.sure) == ("The Arches", False)


@pytest.mark.parametrize("line", ["Draft", "Mr Cal Dunn", "Ann Bell, Cal Dunn", "Area Committee"])
def test_what_is_no_place_under_the_date_is_no_venue(line):
    assert head(f"Northfell Board minutes\nTuesday 3 March 2015\n{line}\n").venue is None
