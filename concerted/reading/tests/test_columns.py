"""A page that was run together and then broken at a column."""

from textwrap import fill

import pytest

from concerted.reading import read
from concerted.reading.columns import joined
from concerted.reading.lines import split

RUN = (
    "FELL WARD PANEL Minutes of the meeting held on 5 May 2021 at 7.00pm in Oak Hall, Northfell "
    "Present: Ann Bell (Chair), Cal Dunn, Eve Frost Apologies: Gus Hale 1 Apologies Gus Hale sent "
    "apologies. 2 Minutes of the last meeting The minutes were agreed as a correct record. 3 Lamp "
    "Posts Cal Dunn reported that nine lamps in Mill Lane had been out since the winter and that "
    "the council had been told of each of them. 4 Dog Bins Eve Frost asked for two more bins. "
    "It was agreed to write. 5 Any other business There was none. 6 Date of next meeting 2 June."
)
LETTER = (
    "The chair said that the ward had been quiet since the spring and that the lamps in the lane "
    "were mended. She thanked all who had helped. The members spoke of the bins, of the bridge and "
    "of the path by the mill, which floods each winter, and nobody had a cure for any of it. They "
    "would meet again in the summer if the hall was free, and if it was not then in the autumn."
)


@pytest.mark.parametrize("width", [60, 76, 90])
def test_items_that_begin_within_the_lines_are_found(width):
    (meeting,) = read(fill(RUN, width)).meetings

    assert [(item.ref, item.title) for item in meeting.items] == [
        ("1", "Apologies"),
        ("2", "Minutes of the last meeting"),
        ("3", "Lamp Posts"),
        ("4", "Dog Bins"),
        ("5", "Any other business"),
        ("6", "Date of next meeting"),
    ]


def test_a_joined_run_keeps_the_place_of_every_word():
    text = fill(RUN, 70)

    (line,) = joined(split(text))

    assert line.text == text.replace("\n", " ")
    assert (line.start, line.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        fill(LETTER, 70),
        "\n".join(f"{n} Title of item {n}\nWhat was said of it, at some length." for n in range(9)),
    ],
)
def test_paragraphs_and_titles_on_their_own_lines_stay_as_they_are(text):
    lines = split(text)

    assert joined(lines) == lines
