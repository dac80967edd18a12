"""What minutes say of earlier minutes; every number is found where it stands, and nothing else."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.reading import read
from concerted.reading.lines import split
from concerted.reading.references import is_same, number_of, read_references

DAY = datetime.date(2026, 5, 4)


def found(text, title=""):
    return [(one.ref, one.date) for one in read_references(text, title, split(text), DAY)]


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("Lighting at Canal Walk (Minute 94/08 refers)", ["94/08"]),
        ("(a) Register of Interests (No.16 refers)", ["16"]),
        ("(94/08 refers)", ["94/08"]),
        ("Further to Minute 12/07, the lamps were mended.", ["12/07"]),
        ("Further to minute 7, the lamps were mended.", ["7"]),
        ("Minute no. 31 refers.", ["31"]),
        ("MINUTE 31 refers", ["31"]),
        ("Minutes 94/08 and 95/08 refer.", ["94/08", "95/08"]),
        ("Minutes 4, 5 and 6 of the last meeting were looked at again.", ["4", "5", "6"]),
        ("SMP 94/08 was taken again.", ["SMP 94/08"]),
        ("As agreed under SMP/94/08, the lamps", ["SMP/94/08"]),
        ("matters arising from item 4 of the last meeting", ["4"]),
        ("Minute 3.2 refers", ["3.2"]),
        ("item 4b of the minutes of the previous meeting", ["4b"]),
    ],
)
def test_a_minute_of_an_earlier_meeting_is_found(text, refs):
    assert found(text) == [(ref, None) for ref in refs]


@pytest.mark.parametrize(
    ("text", "ref", "date"),
    [
        ("Minute 426 of the meeting held on 3 May 2012", "426", (2012, 5, 3)),
        ("Minute 426 of the meeting held\non 3 May 2012", "426", (2012, 5, 3)),
        ("minute 7 of 12 March", "7", (2026, 3, 12)),
        ("minute 7 of 12 November", "7", (2025, 11, 12)),
        ("item 4 from the minutes of 12th March 2026", "4", (2026, 3, 12)),
        ("Minute 94/08 (3 May 2012) refers", "94/08", (2012, 5, 3)),
        ("the meeting of 3 May 2012, minute 4, had asked", "4", (2012, 5, 3)),
        ("the meeting of 3 May 2012 (item 4)", "4", (2012, 5, 3)),
        ("SMP 94/08 of 3 May 2012", "SMP 94/08", (2012, 5, 3)),
    ],
)
def test_the_day_of_the_meeting_is_read_where_it_is_said(text, ref, date):
    assert found(text) == [(ref, datetime.date(*date))]


@pytest.mark.parametrize(
    "text",
    [
        "The talk took 10 minutes.",
        "A minute 20 seconds long",
        "Each has 5 minutes, 3 of them for questions.",
        "Item 4 on the agenda was taken first.",
        "See minute 7 above.",
        "Under item 3 of today’s agenda",
        "The panel met in room 94/08.",
        "He referred to item 4.",
        "Figures for 2025/26 rose by 4%.",
        "Report CE 94/08 was noted.",
        "The order no. 16 was made.",
        "The item 4 on his list",
        "on 12 March 2026 items were sold",
        "",
    ],
)
def test_what_is_no_earlier_minute_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("Item 4 – Lighting: mended.\n\nMinute 6: still open.", ["4", "6"]),
        ("(a) Item 4 – Lighting", ["4"]),
        ("The group talked of item 4 at length.", []),
    ],
)
def test_under_matters_arising_a_line_may_begin_with_the_number_alone(text, refs):
    assert [ref for ref, _ in found(text, "Matters Arising")] == refs
    assert found(text) == []


def test_matters_arising_may_stand_in_the_line_itself():
    assert found("Matters arising: item 4 – Lighting", "Matters arising: item 4 – Lighting") == [
        ("4", None)
    ]


def test_an_item_of_minutes_holds_its_references_and_their_places():
    text = (
        "Minutes of the Fell Board\n4 May 2026\nPresent: Ann Bell, Cal Dunn\n\n1. Welcome\n\n"
        "All were welcomed.\n\n2. Lighting (Minute 94/08 refers)\n\nFurther to minute 7 of 12 "
        "March, the lamps were mended.\n"
    )
    item = read(text).meetings[0].items[1]

    assert [(one.ref, one.date) for one in item.references] == [
        ("94/08", None),
        ("7", datetime.date(2026, 3, 12)),
    ]
    assert [text[one.span.start : one.span.end] for one in item.references] == [
        "Minute 94/08",
        "minute 7 of 12 March",
    ]


@pytest.mark.parametrize(
    ("said", "ref", "same"),
    [
        ("94/08", "94/08", True),
        ("94/08", "SMP 94/08", True),
        ("SMP/94/08", "SMP 94/08", True),
        ("SMP94/08", "SMP 94/08.", True),
        ("4", "04", True),
        ("4a", "4A", True),
        ("4", "4a", False),
        ("4", "SMP 4", False),
        ("94/08", "94/09", False),
        ("SMP 94/08", "CDP 94/08", False),
        ("94", "94/08", False),
        ("", "", False),
        ("4", "", False),
    ],
)
def test_one_number_written_in_two_ways(said, ref, same):
    assert is_same(said, ref) is same
    assert is_same(ref, said) is same


SAID = (
    "minute |Minutes |item |No.|94/08|7|SMP |SMP 4/09|(|)| refers|, | and |\n|\n\n| of |the "
    "|meeting |held on |12 March| 2026|3.2|Matters arising: |further to |x "
)
PIECES = st.sampled_from(SAID.split("|"))


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30), st.sampled_from(["", "Matters arising"]))
def test_every_place_holds_its_number(pieces, title):
    text = "".join(pieces)
    for one in read_references(text, title, split(text), DAY):
        said = text[one.span.start : one.span.end]
        assert "".join(one.ref.split()) in "".join(said.split())
        assert one.date is None or one.date.year in (2025, 2026)
        assert number_of(one.ref)
