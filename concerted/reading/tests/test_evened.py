"""Blanks that a converter left change nothing: empty lines between all lines, ends of lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.reading import as_labels, read
from concerted.reading.evened import evened

WRAPPED = """FELL BOARD

Minutes of the meeting of the Fell Board held on Tuesday 12 May 2020 at 10.00 am.

Present: Councillor Ann Bell (Chairman), Councillor Cal Dunn, Mr Ede Fox (Fell Housing
Association), Mrs Gay Hill (Fire and Rescue Service) and Inspector Ian Jay (Wyleshire
Police).

Apologies: Ms Kit Lowe and Mr Max Nye.

1. LIGHTING

Members were told that the lamps in the lane had been broken again and that the owner
had been asked to mend them before the dark evenings came.

AGREED that the report be noted.

2. NEXT MEETING

The Board will meet again on Tuesday 9 June 2020.
"""


def labels(text):
    return [as_labels(meeting) for meeting in read(text).meetings]


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", "\n \n"),
        lambda text: text.replace("\n", "\r\n\u00a0\r\n"),
        lambda text: text.replace("\n", "   \n"),
        lambda text: text.replace("\n", " \t\n"),
    ],
)
def test_blanks_between_and_behind_lines_change_nothing(dress):
    assert labels(dress(WRAPPED)) == labels(WRAPPED)
    assert len(labels(WRAPPED)[0]["present"]) == 5


def test_empty_lines_that_part_paragraphs_stay():
    assert evened(WRAPPED) == WRAPPED


@given(st.text(alphabet="ab. ,\n\t\u00a0", max_size=300))
def test_every_character_keeps_its_place_but_blanks(text):
    made = evened(text)

    assert len(made) == len(text)
    assert all(
        one == other or (one.isspace() and other.isspace())
        for one, other in zip(made, text, strict=True)
    )


@pytest.mark.parametrize("blank", ["\x1c", "\x1f", "\x85", "\u2003", "\u2028", "\u205f", "\u3000"])
def test_every_odd_blank_is_a_blank(blank):
    odd = WRAPPED.replace("Ede Fox", f"Ede{blank}Fox").replace("Ann Bell", f"Ann{blank}Bell")

    assert labels(odd) == labels(WRAPPED)
    for text in (f"Minutes\nPresent: Ann Bell, {blank}\n1.{blank}", WRAPPED.replace(" ", blank)):
        assert read(text).text
