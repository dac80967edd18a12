"""The head of the minutes where a line goes on, or says more than one thing."""

import pytest

from concerted.reading.heading import read_head
from concerted.reading.lines import split


def head(text: str):
    return read_head(text, split(text), [])


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Agenda and minutes\nFell Crime Panel - Dydd Gwener, 3 Chwefror 2023 Friday, 3rd "
            "February, 2023 10.00 a.m.\nLink: Watch the meeting",
            "Fell Crime Panel",
        ),
        (
            "Minutes of Fell Safety Partnership Meeting\nPrivate Meeting held on 4 March 2014 at "
            "7.00pm in Oak Hall",
            "Fell Safety Partnership",
        ),
        (
            "Fell Safety Partnership\n4 March 2014\nMinutes of Private Meeting held on 4 March "
            "2014 in Oak Hall",
            "Fell Safety Partnership",
        ),
        (
            "Fell Council - Oak Steering Group minutes 9 May 2010\nOak Steering Group\nMinutes "
            "of the meeting held on 9 May 2010",
            "Oak Steering Group",
        ),
        (
            "Fell Safety Board\nMinutes of the meeting on 9 May 2010, held by Zoom",
            "Fell Safety Board",
        ),
    ],
)
def test_the_body_is(text, body):
    found = head(text).body
    assert found is not None
    assert found.value == body


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Fell Board\nMinutes of the meeting held in the Public Hall, Oakby on 3 May 2008",
         "Public Hall, Oakby"),
        ("Fell Board\n4 April 2022\nThe meeting began at 9.30 a.m. in the Pavilion, Oak Park",
         "Pavilion, Oak Park"),
        ("Fell Board\nNotes of meeting held 13.7.21 at 6.15pm, The Loft, Sycamore Walk, Oakby",
         "The Loft, Sycamore Walk, Oakby"),
        ("Fell Board\nMinutes\n27.01.10  Civic Offices, Room 4  10.00-13.00",
         "Civic Offices, Room 4"),
        ("Minutes of the Fell Board held in the Council Chamber, Council\nOffices, Mill Road, "
         "Oakby on Wednesday 14 March 2012", "Council Chamber, Council Offices, Mill Road, Oakby"),
        ("Minutes of the Fell Board held on 3 May 2010 in the Long Room, Oakby Present Mrs Ann "
         "Bell (Chair)", "Long Room, Oakby"),
        ("Fell Board\nDate: | 3 May 2010\nVenue: | Long Room, Oakby", "Long Room, Oakby"),
    ],
)  # fmt: skip
def test_the_venue_is(text, venue):
    found = head(text).venue
    assert found is not None
    assert found.value == venue


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Draft minutes - to be approved at the next meeting", "draft"),
        ("Minutes (subject to approval) - draft for members", "subject to approval"),
    ],
)
def test_the_first_word_for_the_status_counts(text, status):
    found = head(text).status
    assert found is not None
    assert found.value == status
