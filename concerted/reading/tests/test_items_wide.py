"""Items: wrapped titles, numbers put in later, pages' numbers, rows and lines that are no items."""

import pytest

from concerted.reading import read
from concerted.reading.lines import split
from concerted.reading.titles import is_closing

HEAD = """\
Northfell Safety Board
Minutes of the meeting held on 5 May 2021 at 2.00pm in Oak Hall, Northfell

Present: Ann Bell (Chair), Cal Dunn, Eve Frost
Apologies: Gus Hale

"""
PAGE = """\
Agenda and minutes

Northfell Safety Board
Wednesday, 5th May, 2021 2.00 pm

Venue: Oak Hall, Northfell

Items
No. Item

"""
TEXTS = {
    "an item was put in behind another": (
        ["3|Grants", "3A|Bridges", "4|Lamps"],
        HEAD + "3 Grants\nNoted.\n\n3A Bridges\nNoted.\n\n4 Lamps\nNoted.\n",
    ),
    "an item with a letter in a series of codes": (
        ["21/44|Grants", "21/44A|Bridges", "21/45|Lamps"],
        HEAD + "21/44 Grants\nNoted.\n\n21/44A Bridges\nNoted.\n\n21/45 Lamps\nNoted.\n",
    ),
    "a wide gap stands between the letters and the number": (
        ["FB 7|Grants", "FB 8|Bridges", "FB 9|Lamps"],
        HEAD + "FB  7\tGrants\n\nNoted.\n\nFB  8\tBridges\n\nNoted.\n\nFB  9\tLamps\n\nNoted.\n",
    ),
    "a budget's year is no reference": (
        ["FB 7|GRANTS", "FB 8|SPENDING PLAN 2021/22", "FB 9|LAMPS"],
        HEAD
        + "FB 7\nGRANTS\nNoted.\n\nFB 8\nSPENDING PLAN 2021/22\nNoted.\n\nFB 9\nLAMPS\nNoted.\n",
    ),
    "a page's header and number stand in the middle": (
        ["7/21|GRANTS", "8/21|BRIDGES", "9/21|LAMPS"],
        "Northfell Safety Board 5 May 2021\n1\n"
        + HEAD
        + "7/21 GRANTS\nNoted.\nNorthfell Safety Board 5 May 2021\n2\n8/21 BRIDGES\nNoted.\n"
        + "Northfell Safety Board 5 May 2021\n3\n9/21 LAMPS\nNoted.\n"
        + "Northfell Safety Board 5 May 2021\n4\n",
    ),
    "a title goes on in the next line": (
        ["1|Grants", "2|Flood Gates Order 2019 – Northfell Mill Stream", "3|Lamps"],
        HEAD
        + "1 Grants\n\nNoted.\n\n2 Flood Gates Order 2019 –\n  Northfell Mill Stream\n\nNoted.\n\n"
        + "3 Lamps\n\nNoted.\n",
    ),
    "a title goes on behind its colon": (
        ["1|Grants", "2|Highways: Bridges and Lamp Posts", "3|Matters arising"],
        HEAD
        + "1 Grants\nNoted.\n\n2 Highways: Bridges and Lamp Posts\nNoted.\n\n"
        + "3 Matters arising: none were raised by members.\n",
    ),
    "the name of the column stands over the title": (
        ["1|Grants", "2|Bridges", "3|Lamps"],
        HEAD
        + "No 1.\nItem\n\nGrants\n\nNoted.\n\nNo 2.\nItem\n\nBridges\n\nNoted.\n\n"
        + "No 3.\nItem\n\nLamps\n\nNoted.\n",
    ),
    "what belongs to somebody can head an item": (
        ["None|Warden’s Thanks", "None|Matters arising", "None|AOB"],
        HEAD
        + "Warden’s Thanks:\nAnn thanked all who had come to help.\n\nMatters arising:\nNone.\n\n"
        + "AOB:\nNone.\n",
    ),
    "the title under a lone number is wrapped": (
        ["4|Report of the working group on the lamps and bridges (minute 61/20 refers)", "5|Lamps"],
        PAGE
        + "4.\n\nReport of the working group on the lamps and bridges (minute\n61/20 refers)\n\n"
        + "Minutes:\n\nNoted.\n\n5.\n\nLamps\n\nMinutes:\n\nNoted.\n",
    ),
    "minutes of other meetings are an item of the page": (
        ["3|Chairman", "4|Minutes of the meetings held on 4 and 18 April 2021", "5|Lamps"],
        PAGE
        + "3.\n\nChairman\n\nMinutes:\n\nAnn Bell.\n\n4.\n\n"
        + "Minutes of the meetings held on 4 and 18 April 2021\n\nMinutes:\n\nAgreed.\n\n5.\n\n"
        + "Lamps\n\nMinutes:\n\nPresent: Ann Bell and Cal Dunn\n\nNoted.\n",
    ),
    "a label with its people is no title": (
        ["None|WELCOME", "None|LAMP POSTS", "None|BRIDGES"],
        PAGE
        + "WELCOME\n\nThe Chair welcomed all.\n\n\nIn the Chair: Ann Bell (Head of Roads)\n\n"
        + "Members: Cal Dunn, Eve Frost\n\n\nLAMP POSTS\n\nThe report was noted.\n\n\nBRIDGES\n\n"
        + "The report was noted.\n",
    ),
    "a row without a number tells the end": (
        ["1.|Grants", "2.|Bridges", "3.|Lamps"],
        "Venue: Oak Hall\n\n| | |\n| 1. | Grants Minutes: Noted. |\n| | |\n"
        "| 2. | Bridges Minutes: Noted. |\n| 3. | Lamps Minutes: Agreed. |\n"
        "| | The hearing ended at 12.30 p.m. |\nPapers of the meeting | Printed minutes\n",
    ),
    "lettered parts stand in the title's cell": (
        ["1.|Grants", "2.|MATTERS ARISING", "3.|Lamps"],
        "Venue: Oak Hall\n\n| 1. | Grants Minutes: Noted. |\n"
        "| 2. | MATTERS ARISING (a) Mill Bridge (Item 5 refers) (b) Bins Minutes: Noted. |\n"
        "| 3. | Lamps Minutes: Agreed. |\n",
    ),
    "the second item is called Minutes": (
        ["1|Apologies for Absence", "2|Minutes", "3|Lamps"],
        PAGE
        + "1 Apologies for Absence\n\n\nNone.\n\n\n2 Minutes\n\n\nAgreed.\n\n\n"
        + "3 Lamps\n\n\nNoted.\n",
    ),
    "cells are joined by pipes": (
        ["1|Grants", "2|Bridges", "3|Lamps"],
        HEAD
        + "Issue | Discussion | Action\n1. Grants\nCal Dunn spoke. | None\n2. Bridges\n"
        + "Nothing had been done. | CD to ring the council\n3. Lamps\nAgreed to ask. | EF to ask\n",
    ),
}


@pytest.mark.parametrize(("expected", "text"), TEXTS.values(), ids=TEXTS)
def test_the_items_are(expected, text):
    (meeting,) = read(text).meetings

    got = [f"{item.ref}|{item.title}" for item in meeting.items]
    assert got == [one.replace(".|", "|") for one in expected]


def test_a_day_in_a_run_of_text_is_no_items_number():
    run = (
        "Minutes of the Fell Board held on 5 May 2021 Present: Ann Bell, Cal Dunn "
        "5. BRIDGES 5.1 Cal Dunn said that the bridge was shut and would be for a year or more. "
        "5A. GATES 5A.1 The gates were open. The Board asked why; nobody knew. Noted. "
        "6. LAMPS 6.1 The lamps were out. ACTION: Cal Dunn to ring by 6 August 2021. "
        "7. DATE OF NEXT MEETING Thursday 2 September 2021 at 10.00 am."
    )

    (meeting,) = read(run).meetings

    assert [(item.ref, item.title) for item in meeting.items] == [
        ("5", "BRIDGES"),
        ("5A", "GATES"),
        ("6", "LAMPS"),
        ("7", "DATE OF NEXT MEETING"),
    ]


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ("The hearing rose at 4.10 pm", True),
        ("Close of meeting: 7.15 pm", True),
        ("The panel then concluded its visit to the mill, where members had been shown round by "
         "the warden and the miller.", False),
        ("The council closed the bridge", False),
        ("Close of the bridge: 7 May", False),
    ],
)  # fmt: skip
def test_a_line_that_tells_the_end(line, closes):
    assert is_closing(split(line)[0]) is closes
