"""The items of tables that were turned to text."""

import pytest

from concerted.reading import read

HEAD = """\
Northfell Safety Board
Minutes of the meeting held on 5 May 2021 at 2.00pm in Oak Hall, Northfell

Present: Ann Bell (Chair), Cal Dunn, Eve Frost
Apologies: Gus Hale

"""
TEXTS = {
    "a pipe table under a plain head": (
        ["1|Welcome", "2|Minutes of last meeting", "3|Theft of bikes"],
        HEAD
        + """\
| Item | Discussion | Action |
| 1 | Welcome | The Chair welcomed all. | |
| 2 | Minutes of last meeting | The minutes were agreed. | |
| 3 | Theft of bikes | Cal reported a rise. | ED |""",
    ),
    "title and text in one cell": (
        ["1|Welcome", "2|Minutes of last meeting", "3|Theft of bikes"],
        HEAD
        + """\
| No | Item | Action |
| 1. | Welcome The Chair welcomed all. | |
| 2. | Minutes of last meeting The minutes were agreed. | |
| 3. | Theft of bikes Cal reported a rise of three. | ED |""",
    ),
    "rows of reference and narrative": (
        ["SMP 1/14|-", "SMP 2/14|-", "SMP 3/14|-"],
        """\
Northfell Council

Safer Northfell Minutes

Date:
Tuesday, 11th March, 2014
Time:
9.30 a.m.
Place:
Oak Hall

Attendance Details

Present:
Ann Bell (Chairman), Cal Dunn
Apologies for absence:
Gus Hale
Item Description Decision
| SMP 1/14 | No interests were declared. |
| SMP 2/14 | The minutes were agreed. |
| SMP 3/14 | RESOLVED that the report be noted. |""",
    ),
    "rows of reference, title and decision": (
        ["NSP 1/10|DECLARATIONS OF INTEREST", "NSP 2/10|MINUTES"],
        """\
Northfell Council
Safer Northfell Minutes
Date:
Tuesday, 11th March, 2010
Time:
9.30 a.m.
Place:
Oak Hall
Present:
Ann Bell (Chairman), Cal Dunn
| Item | Description | Decision |
| NSP 1/10 | DECLARATIONS OF INTEREST | |
| NSP 2/10 | MINUTES | RESOLVED that the minutes be agreed. |""",
    ),
    "cells without references": (
        ["-|Apologies for Absence", "-|Minutes", "-|Theft in shops"],
        """\
Agenda and minutes

Northfell Safety Board - Wednesday, 5th May, 2021 2.00 pm

Venue: Oak Hall, Northfell

Contact: Jo Lund 01999 111222

Items
| No. | Item |

| | |
| | Apologies for Absence Minutes: None. |
| | |
| | Minutes pdf icon PDF 30 KB To approve the minutes. Minutes: RESOLVED that the minutes be \
approved. |
| | |
| | Theft in shops Minutes: The report was noted. |""",
    ),
    "a cell without a title": (
        ["1|Apologies", "2|-", "3|Theft"],
        """\
Agenda and minutes

Northfell Safety Board - Wednesday, 5th May, 2021 2.00 pm

Venue: Oak Hall, Northfell

Contact: Jo Lund 01999 111222

Items
| No. | Item |

| 1. | Apologies Minutes: None. |
| | |
| 2. | Minutes: RESOLVED that the minutes be approved. |
| | |
| 3. | Theft pdf icon PDF 20 KB Minutes: Noted. |""",
    ),
    "a purpose behind the title": (
        ["9|Apologies for Absence", "10|Minutes", "11|Theft in Shops"],
        """\
Venue: Oak Hall. View directions
Contact: Jo Lund 01999 111222
| No. | Item |
| | |
| 9. | Apologies for Absence Minutes: None. |
| | |
| 10. | Minutes pdf icon PDF 40 KB To confirm the minutes of 3 March. Minutes: RESOLVED that \
they be approved. |
| | |
| 11. | Theft in Shops The Chair will report. Minutes: The item was deferred. |""",
    ),
    "title and text in one row of slashes": (
        ["1|Welcome", "2|Minutes of last meeting", "3|Theft in shops"],
        HEAD
        + """\
Item / Discussion / Action / Date
1. Welcome / All were welcomed. / /
2. Minutes of last meeting / Agreed as correct. / /
3. Theft in shops / Cal gave figures. / CD to send list / 5 June""",
    ),
    "number, title and text in cells": (
        ["1|Welcome and apologies", "2|Minutes of last meeting", "3|Theft of bikes"],
        HEAD
        + """\
Item / Discussion / Action
1. / Welcome and apologies / Ann welcomed all. /
2. / Minutes of last meeting / Agreed. /
3. / Theft of bikes / Cal reported. / CD to write""",
    ),
    "an empty last cell": (
        ["1|Welcome and apologies", "2|Minutes of last meeting", "3|Theft of bikes"],
        HEAD
        + """\
Item / Action
1. Welcome and apologies /
Ann welcomed all. /
2. Minutes of last meeting /
Agreed. /
3. Theft of bikes /
Cal reported. / CD to write
Eve said no. / EF""",
    ),
    "rows without numbers": (
        ["-|Welcome and apologies", "-|Minutes of last meeting", "-|Theft of bikes"],
        HEAD
        + """\
Item / Discussion / Action
Welcome and apologies / Ann welcomed all. /
Minutes of last meeting / Agreed. /
Theft of bikes / Cal reported. / CD to write""",
    ),
}


def items(text: str) -> list[str]:
    """Reference and title of every item; "#" parts the meetings."""
    found: list[str] = []
    for number, meeting in enumerate(read(text).meetings):
        found += ["#"] if number else []
        found += [f"{item.ref or '-'}|{item.title or '-'}" for item in meeting.items]
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_the_items_of_a_table(name):
    wanted, text = TEXTS[name]
    assert items(text) == wanted
