"""The items of the pages that committee systems make."""

import pytest

from concerted.reading import read

PAGE = """\
Agenda and minutes

Northfell Safety Board - Wednesday, 5th May, 2021 2.00 pm

Venue: Oak Hall, Northfell

Contact: Jo Lund 01999 111222

Items
No. Item

"""
TEXTS = {
    "letters glued to a number": (
        ["PC1/22|Apologies", "PC2/22|Minutes", "PC3/22|Theft"],
        PAGE
        + """\
PC1/22

Apologies

Minutes:

Gus Hale.

PC2/22

Minutes pdf icon PDF 30 KB

Minutes:

RESOLVED that the minutes be approved.

PC3/22

Theft

Decision:

That it be noted.

Minutes:

Noted.""",
    ),
    "letters behind the number": (
        ["3|Apologies", "4|Reports", "4a|Theft report", "4b|Arson report", "5|Close"],
        PAGE
        + """\
3.

Apologies

Minutes:

None.

4.

Reports

4a

Theft report pdf icon PDF 30 KB

Minutes:

Noted.

4b

Arson report

Minutes:

RESOLVED that it be noted.

5.

Close

Minutes:

The meeting closed.""",
    ),
    "a long title with a file": (
        [
            "12|Apologies",
            (
                "13|To consider the report of the Director on the ways in which the Council and "
                "its partners might together respond to the rise in shop theft across the "
                "district in the coming two years"
            ),
            "14|Close",
        ],
        PAGE
        + """\
12.

Apologies

Minutes:

None.

13.

To consider the report of the Director on the ways in which the Council and its partners might \
together respond to the rise in shop theft across the district in the coming two years pdf \
icon PDF 30 KB

Minutes:

RESOLVED that it be noted.

14.

Close

Minutes:

The meeting closed.""",
    ),
    "letters, a blank and a number": (
        ["CSP 12|Apologies", "CSP 13|Minutes", "CSP 14|Theft"],
        PAGE
        + """\
CSP 12

Apologies

Minutes:

Gus Hale.

CSP 13

Minutes pdf icon PDF 30 KB

Minutes:

RESOLVED that the minutes be approved.

CSP 14

Theft

Minutes:

Noted.""",
    ),
    "number and title on one line": (
        ["1|Apologies", "2|Minutes", "3|Theft"],
        PAGE
        + """\
1. Apologies

Minutes:

Gus Hale.

2. Minutes pdf icon PDF 30 KB

Minutes:

RESOLVED that the minutes be approved.

3. Theft

Minutes:

Noted.""",
    ),
    "a list inside an item": (
        ["1|Apologies", "2|Theft", "3|Arson"],
        PAGE
        + """\
1.

Apologies

Minutes:

None.

2.

Theft

Minutes:

Members heard:

1.

The shops were angry

2.

The police were short

AGREED that it be noted.

3.

Arson

Minutes:

Noted.""",
    ),
    "numbers beyond two thousand": (
        ["2021|Apologies", "2022|Theft", "2023|Arson"],
        PAGE
        + """\
2021.

Apologies

Minutes:

None.

2022.

Theft

Minutes:

Noted.

2023.

Arson

Minutes:

Noted.""",
    ),
    "whole minutes inside the page": (
        ["1|Welcome", "2|Theft of bikes", "3|AOB"],
        PAGE
        + """\
Safety Board

Minutes

Present: Ann Bell, Cal Dunn

1. Welcome

All were welcomed.

2. Theft of bikes

Noted.

3. AOB

None.""",
    ),
    "no references": (
        ["-|APOLOGIES", "-|MINUTES", "-|THEFT", "-|ARSON"],
        PAGE
        + """\
APOLOGIES


Gus Hale.



MINUTES pdf icon PDF 20 KB

To approve the minutes of 3 March.


RESOLVED that they be approved.



THEFT



RESOLVED that the report be noted.



ARSON pdf icon PDF 20 KB


The item was withdrawn.""",
    ),
    "additional documents are no titles": (
        ["5|Apologies", "6|Theft"],
        """\
Agenda, decisions and minutes

Northfell Safety Board - Wednesday, 5th May, 2021 2.00 pm

Venue: Oak Hall, Northfell

Contact: Jo Lund 01999 111222

Items
No. Item

5.

Apologies

Share this item

Decision:

None.

Minutes:

None.

6.

Theft pdf icon PDF 20 KB

Additional documents:

Appendix A pdf icon PDF 4 MB

Appendix B: maps pdf icon PDF 4 MB

Decision:

That the report be noted.

Minutes:

The report was noted.""",
    ),
    "narrow gaps": (
        ["-|Apologies", "-|Minutes", "-|Shop Theft", "-|Any Other Business"],
        """\
Agenda and minutes
Northfell Safety Board
Tuesday 5 May 2009 2.00 pm
Venue: Oak Hall
Contact: Jo Lund
No. Item

Apologies
Apologies were received from Gus Hale.

Minutes pdf icon PDF 40 KB
RESOLVED that they be approved.

Shop Theft pdf icon PDF 40 KB
The Chair introduced the report.
Members asked about costs.
RESOLVED that the report be noted.

Any Other Business
None.""",
    ),
    "Minutes lines without references": (
        ["-|Apologies", "-|Minutes", "-|Shop Theft"],
        """\
Agenda and draft minutes
Northfell Safety Board - Tuesday 5 May 2009 2.00 pm
Venue: Oak Hall
Contact: Jo Lund
No. Item


Apologies

Minutes:

Gus Hale.


Minutes pdf icon PDF 20 KB

To approve the minutes.

Minutes:

RESOLVED that the minutes be approved.


Shop Theft pdf icon PDF 20 KB

Minutes:

Noted.""",
    ),
    "a stripped form": (
        ["-|-", "-|-", "-|-", "-|-"],
        """\
Fell District Council

Safer Fell Partnership Minutes

Monday, 3rd March, 2008
10.00 a.m.
Oak Hall

Please note: these minutes are subject to approval at the next meeting

Cllr Ann Bell (Chairman), Cal Dunn (Police), Eve Frost
Gus Hale (FDC)
Ian Judd, Kay Lund

RESOLVED that Ann Bell be elected.

RESOLVED that:
(a) the plan be approved; and
(b) a report be made in May.

The date of the next meeting was noted.

AGREED to write to the Chief Constable.""",
    ),
    "a stripped form with its titles": (
        ["-|DECLARATIONS OF INTEREST", "-|MINUTES", "-|CRIME FIGURES"],
        """\
Fell District Council

Safer Fell Partnership Minutes

Monday, 3rd March, 2008
10.00 a.m.
Oak Hall

Please note: these minutes are subject to approval at the next meeting

Cllr Ann Bell (Chairman), Cal Dunn (Police), Eve Frost
Ian Judd, Kay Lund

DECLARATIONS OF INTEREST

MINUTES
RESOLVED that they be agreed.

CRIME FIGURES
RESOLVED that the report be noted.""",
    ),
    "a confidential part": (
        ["SMP 1/09|DECLARATIONS OF INTEREST", "SMP 2/09|MINUTES", "SMP 3/09|SALE OF LAND"],
        """\
Northfell Council

Safer Northfell Minutes

Date:
Tuesday, 11th March, 2009
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
Public
SMP
1/09
DECLARATIONS OF INTEREST
None.
SMP
2/09
MINUTES
RESOLVED that the minutes be agreed.
Confidential
SMP
3/09
SALE OF LAND
RESOLVED that it be approved.""",
    ),
    "the reference on one line": (
        ["SMP 1/09|Declarations of Interest", "SMP 2/09|Minutes"],
        """\
Northfell Council

Safer Northfell Minutes

Date:
Tuesday, 11th March, 2009
Time:
9.30 a.m.
Place:
Oak Hall

Attendance Details

Present:
Ann Bell (Chairman), Cal Dunn
Item Description Decision
Public
SMP 1/09
Declarations of Interest
None.
SMP 2/09
Minutes
RESOLVED that the minutes be agreed.""",
    ),
    "one item through two meetings": (
        ["7|Safer Streets Fund", "#", "5|Safer Streets Fund"],
        """\
Agenda item

Safer Streets Fund

Meeting: 05/05/2021 - Northfell Safety Board (Item 7)

7 Safer Streets Fund pdf icon PDF 99 KB

To consider the report of the Director.

Minutes:

RESOLVED that the report be noted.

Meeting: 03/03/2021 - Northfell Cabinet (Item 5)

5 Safer Streets Fund

Decision:

That the bid be approved.

Minutes:

The bid was approved.""",
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
def test_the_items_of_a_page(name):
    wanted, text = TEXTS[name]
    assert items(text) == wanted
