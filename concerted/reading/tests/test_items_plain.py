"""The items of minutes in plain text: which lines are headings, and what they are called."""

import pytest

from concerted.reading import read

HEAD = """\
Northfell Safety Board
Minutes of the meeting held on 5 May 2021 at 2.00pm in Oak Hall, Northfell

Present: Ann Bell (Chair), Cal Dunn, Eve Frost
Apologies: Gus Hale

"""
TEXTS = {
    "numbers in round brackets are items where nothing else is numbered": (
        ["1|Apologies", "2|Minutes of the last meeting", "3|Burglary", "4|Any other business"],
        HEAD
        + """\
(1) Apologies
Gus Hale sent apologies.
(2) Minutes of the last meeting
These were agreed.
(3) Burglary
Cal Dunn gave figures. AGREED that the report be noted.
(4) Any other business
None.""",
    ),
    "1.0 and 2.0 head the items, 1.1 is a paragraph": (
        ["1.0|Welcome", "2.0|Minutes of last meeting", "3.0|Burglary in Fell Ward", "4.0|AOB"],
        HEAD
        + """\
1.0 Welcome
1.1 The Chair welcomed all.
2.0 Minutes of last meeting
2.1 The minutes were agreed.
2.2 There were no matters arising.
3.0 Burglary in Fell Ward
3.1 Cal Dunn reported a rise.
3.2 The group noted the report.
4.0 AOB
4.1 None.""",
    ),
    "1.1 is a paragraph of item 1": (
        ["1|Welcome", "2|Minutes of last meeting", "3|Burglary in Fell Ward", "4|AOB"],
        HEAD
        + """\
1. Welcome
1.1 The Chair welcomed all.
2. Minutes of last meeting
2.1 The minutes were agreed.
3. Burglary in Fell Ward
3.1 Cal Dunn reported a rise.
3.2 Dog theft was discussed.
4. AOB
4.1 None.""",
    ),
    "the title may stand above its reference": (
        ["12/21|Welcome", "13/21|Minutes", "14/21|Burglary in Fell Ward", "15/21|Close"],
        HEAD
        + """\
Welcome
12/21

The Chair welcomed all.

Minutes
13/21

The minutes were agreed as a correct record.

Burglary in Fell Ward
14/21

Cal Dunn reported a rise. AGREED that it be noted.

Close
15/21

The meeting closed at 4pm.""",
    ),
    "headings in capitals need no number and no blank line": (
        [
            "-|WELCOME",
            "-|MINUTES OF THE LAST MEETING",
            "-|FLY TIPPING ON FELL LANE",
            "-|YOUTH WORK",
            "-|DATE OF NEXT MEETING",
        ],
        HEAD
        + """\
WELCOME
The Chair welcomed all to the hall.
MINUTES OF THE LAST MEETING
The minutes were agreed as a correct record.
FLY TIPPING ON FELL LANE
Cal Dunn said that it had got worse since March.
AGREED to write to the council.
YOUTH WORK
Nothing to report this time.
DATE OF NEXT MEETING
7 July 2021 at 2pm.""",
    ),
    "a time slot under a title is not its text": (
        ["1|Welcome", "2|Minutes of the last meeting", "3|Burglary"],
        HEAD
        + """\
1. Welcome
2.00pm
The Chair welcomed all.
2. Minutes of the last meeting
2.05pm
Agreed as correct.
3. Burglary
10 minutes
Cal Dunn gave figures.""",
    ),
    "a list that restarts at 1 inside an item is no item": (
        ["1|Welcome", "2|Theft", "3|Arson", "4|AOB"],
        HEAD
        + """\
1. Welcome
The Chair welcomed all.
2. Theft
Three things were asked:
1. Lock sheds.
2. Mark bikes.
3. Tell neighbours.
4. Call 101.
3. Arson
The crew said:
1. Bins to be moved
2. Gates to be locked
4. AOB
None.""",
    ),
    "a list of old actions is no item": (
        [
            "1|Welcome",
            "2|Minutes of the meeting held on 3 March 2021",
            "3|Actions from the last meeting",
            "4|Crime figures",
        ],
        HEAD
        + """\
1. Welcome
All were welcomed.
2. Minutes of the meeting held on 3 March 2021
Agreed.
3. Actions from the last meeting
3. Letter to shops: done.
5. Bike marking: 5 May.
7. Leaflets: not done.
4. Crime figures
Noted.""",
    ),
    "paragraphs numbered through the items are no items": (
        ["1|Welcome", "2|Theft in shops", "3|Arson"],
        HEAD
        + """\
1. Welcome
1. The Chair welcomed all.
2. Apologies were noted.
2. Theft in shops
3. Cal Dunn reported a rise.
4. The figures were noted.
3. Arson
5. There had been no fires.""",
    ),
    "numbered paragraphs under plain headings are no items": (
        ["-|Welcome", "-|Theft in shops", "-|Arson at Oak Hall", "-|AOB"],
        HEAD
        + """\
Welcome

1. The Chair welcomed all to the hall.

2. Apologies were noted.

Theft in shops

3. Cal Dunn reported a rise of three in the month.

4. The figures were noted.

Arson at Oak Hall

5. There had been no fires this month at all.

AOB

6. None was raised by any member.""",
    ),
    "the word Item and a colon": (
        ["1|Welcome", "2|Minutes", "3|Theft of bikes"],
        HEAD
        + """\
Item 1: Welcome
The Chair welcomed all.
Item 2: Minutes
Agreed as correct.
Item 3: Theft of bikes
Noted.""",
    ),
    "the words Agenda Item and a dash": (
        ["1|Welcome", "2|Minutes", "3|Theft of bikes"],
        HEAD
        + """\
Agenda Item 1 – Welcome
The Chair welcomed all.
Agenda Item 2 – Minutes
Agreed as correct.
Agenda Item 3 – Theft of bikes
Noted.""",
    ),
    "the word Minute before a reference": (
        ["12/21|Apologies", "13/21|Minutes", "14/21|Theft of bikes"],
        HEAD
        + """\
Minute 12/21: Apologies
Gus Hale.
Minute 13/21: Minutes
Agreed as correct.
Minute 14/21: Theft of bikes
Noted.""",
    ),
    "letters number the items": (
        ["A|Welcome", "B|Minutes", "C|Theft in shops", "D|AOB"],
        HEAD
        + """\
A. Welcome
All were welcomed.
B. Minutes
Agreed as correct.
C. Theft in shops
Noted.
D. AOB
None.""",
    ),
    "a hash before the number": (
        ["1|Welcome", "2|Minutes", "3|Theft in shops"],
        HEAD
        + """\
#1 Welcome
All were welcomed.
#2 Minutes
Agreed as correct.
#3 Theft in shops
Noted.""",
    ),
    "year and number joined by a dash": (
        ["21-015|Welcome", "21-016|Minutes", "21-017|Theft"],
        HEAD
        + """\
21-015 Welcome
All.
21-016 Minutes
Agreed.
21-017 Theft
Noted.""",
    ),
    "number and year joined by a point": (
        ["45.23|Apologies", "46.23|Minutes", "47.23|Highways", "48.23|Finance"],
        """\
Fell Parish Council
Minutes of the meeting held on 6 March 2023 at 7pm in the Hall

Present: Cllr Bell (Chair), Cllr Dunn, Cllr Frost

45.23 Apologies
Cllr Hale.
46.23 Minutes
Approved as a true record.
47.23 Highways
The clerk to report potholes.
48.23 Finance
Payments of £120.40 were approved.""",
    ),
    "numbers made by a machine": (
        ["12021|Welcome", "12022|Minutes", "12023|Theft"],
        HEAD
        + """\
12021. Welcome
All.
12022. Minutes
Agreed.
12023. Theft
Noted.""",
    ),
    "the title ends where its text begins on the same line": (
        [
            "1|Apologies",
            "2|Declarations of Interest",
            "3|Highways",
            "4|Village Hall",
            "5|Next meeting",
        ],
        """\
Fell Parish Council
Minutes of the meeting held on 6 March 2023 at 7pm in the Hall

Present: Cllr Bell (Chair), Cllr Dunn, Cllr Frost

1. Apologies: Cllr Hale.
2. Declarations of Interest: There were none.
3. Highways: the clerk reported that three potholes had been filled.
4. Village Hall – The roof was discussed and it was agreed to get quotes.
5. Next meeting: 3 April 2023 at 7pm.""",
    ),
    "a numbered Present is an item": (
        ["1|Present", "2|Apologies", "3|Minutes"],
        """\
Fell Parish Council
Minutes of the meeting held on 6 March 2023 at 7pm in the Hall

1. Present: Cllr Ann Bell (Chair), Cllr Cal Dunn
2. Apologies: Cllr Gus Hale
3. Minutes: The minutes were approved.""",
    ),
    "numbers may be skipped": (
        ["1|Welcome", "2|Minutes", "5|Theft", "6|AOB"],
        HEAD
        + """\
1. Welcome
All.
2. Minutes
Agreed.
5. Theft
Noted.
6. AOB
None.""",
    ),
    "a wrapped title goes on in the next line": (
        [
            (
                "7|Review of the Community Safety Strategy and Delivery Plan for the years 2021 "
                "to 2024"
            ),
            "8|Any other business",
        ],
        HEAD
        + """\
7. Review of the Community Safety Strategy and Delivery
Plan for the years 2021 to 2024

The Chair introduced the review. RESOLVED that it be noted.

8. Any other business

None.""",
    ),
    "a planning application is no item": (
        [
            "1|APOLOGIES FOR ABSENCE",
            "2|DECLARATIONS OF INTEREST",
            "3|PLANNING APPLICATIONS",
            "4|GRASS CUTTING CONTRACT 2023/24",
        ],
        """\
Fell Parish Council
Minutes of the meeting held on 6 March 2023 at 7pm in the Hall

Present: Cllr Bell (Chair), Cllr Dunn, Cllr Frost

1 APOLOGIES FOR ABSENCE
Cllr Hale.
2 DECLARATIONS OF INTEREST
None.
3 PLANNING APPLICATIONS
23/0123/FUL 12 Oak Road
No objection.
23/0144/FUL Fell Farm
Objection on grounds of access.
4 GRASS CUTTING CONTRACT 2023/24
It was proposed by Cllr Dunn to accept the quote.""",
    ),
    "the name of a column behind a title is not part of it": (
        ["1|Welcome", "2|Theft in shops", "3|Date of next meeting"],
        HEAD
        + """\
1. Welcome					Action
All were welcomed.
2. Theft in shops
Cal to write to shops.				CD
3. Date of next meeting
7 July 2021.""",
    ),
    "a count at the front of a line is no reference": (
        ["6|Welcome", "7|Budget 2021/22", "8|AOB"],
        HEAD
        + """\
6 Welcome
All.
7 Budget 2021/22
12 grants were made.
3 were refused.
8 AOB
2 points were raised.""",
    ),
    "plain headings between blank lines": (
        [
            "-|Welcome and introductions",
            "-|Minutes of the last meeting",
            "-|Anti-social behaviour on the estate",
            "-|Car parking",
            "-|Any other business",
        ],
        """\
Fell Residents' Association
Notes of the meeting on 5 May 2021, 7pm, Oak Hall

Present: Ann Bell, Cal Dunn, Eve Frost
Apologies: Gus Hale

Welcome and introductions

Ann welcomed everyone to the first meeting since the spring.

Minutes of the last meeting

These were agreed as correct.

Anti-social behaviour on the estate

Cal reported that things were quieter. Two youths had been spoken to by the police.

Car parking

The council had painted lines outside the shops. Eve to write and thank them.

Any other business

None.""",
    ),
    "plain headings with a colon": (
        ["-|Welcome", "-|Police update", "-|Noticeboard", "-|Next meeting"],
        """\
Fell NHW Group
Notes of the meeting on 5 May 2021, 7pm, Oak Hall

Present: Ann Bell, Cal Dunn, Eve Frost

Welcome:
Ann welcomed everyone.

Police update:
PC Hill said there had been two thefts.

Noticeboard:
Cal will mend it.

Next meeting:
5 July 2021.""",
    ),
    "a heading of two capitalised words is no person": (
        [
            "-|Minutes of Previous Meeting",
            "-|Police Report",
            "-|Fell Moor Windfarm",
            "-|Dog Fouling",
            "-|AOCB",
        ],
        """\
Fell and Oak Community Council
Minutes of meeting held on Tuesday 5 May 2015 at 7.30pm in Fell Hall

Sederunt
Fell – Ann Bell (Chair), Cal Dunn
Oak – Eve Frost

Apologies – Gus Hale

Minutes of Previous Meeting
Approved by Cal Dunn, seconded by Eve Frost.

Police Report
PC Hill reported two thefts.

Fell Moor Windfarm
The developer will hold an open day in June for all residents.

Dog Fouling
Signs have been put up. Eve to ask for bins.   EF

AOCB
None.""",
    ),
    "lists of initials still make minutes": (
        [
            "-|Welcome",
            "-|Treasurer's Report",
            "-|Bonfire Night",
            "-|Speed Watch",
            "-|Date of Next Meeting",
        ],
        """\
Oak Road Neighbourhood Watch
Minutes of Committee Meeting 5 May 2015

Present: AB, CD, EF
Apologies: GH

Welcome
AB opened the meeting at 7pm.

Treasurer's Report
£200 in hand.

Bonfire Night
CD will ask the school for the field.

Speed Watch
Three people came forward. Training is in June.

Date of Next Meeting
7 July 2015""",
    ),
    "Part 2 is no item": (
        ["1|Welcome", "2|EXCLUSION OF THE PRESS AND PUBLIC", "3|Sale of land"],
        HEAD
        + """\
1. Welcome
All.
2. EXCLUSION OF THE PRESS AND PUBLIC
RESOLVED that the public be excluded.
PART 2
3. Sale of land
RESOLVED that it be approved.""",
    ),
    "an agenda before the minutes is set aside": (
        ["1|Welcome", "2|Theft of bikes"],
        """\
AGENDA
Northfell Board
to be held on 7 July 2021
1. Apologies
2. Minutes of 5 May
3. Arson

Northfell Board
Minutes of the meeting held on 5 May 2021 at Oak Hall
Present: Ann Bell, Cal Dunn
1. Welcome
All were welcomed.
2. Theft of bikes
Noted.
The meeting closed at 4pm.""",
    ),
    "an agenda behind the minutes is set aside": (
        ["1|Welcome", "2|Theft"],
        """\
Northfell Board
Minutes of the meeting held on 5 May 2021
Present: Ann Bell, Cal Dunn
1. Welcome
All were welcomed.
2. Theft
Noted.
The meeting closed at 4pm.

Northfell Board
AGENDA
Meeting to be held on 7 July 2021
1. Apologies
2. Minutes of 5 May
3. Arson""",
    ),
    "two meetings are kept apart": (
        ["1|Welcome", "2|Theft", "#", "3|Welcome", "4|Arson"],
        """\
Northfell Board
Minutes of the meeting held on 5 May 2021
Present: Ann Bell, Cal Dunn
1. Welcome
All were welcomed.
2. Theft
Noted.

Northfell Board
Minutes of the meeting held on 7 July 2021
Present: Ann Bell, Eve Frost
3. Welcome
All were welcomed.
4. Arson
Noted.""",
    ),
    "a text printed twice is read once": (
        ["1|Welcome", "2|Theft of bikes", "3|Arson attacks"],
        """\
Northfell Board
Minutes of the meeting held on 5 May 2021
Present: Ann Bell, Cal Dunn
Apologies: Gus Hale
1. Welcome
All were welcomed.
2. Theft of bikes
The report was noted.
3. Arson attacks
Cal to write to the crew.
The meeting closed at 4pm.
FELL.DOC
Page 2
Northfell Board
Minutes of the meeting held on 5 May 2021
Present: Ann Bell, Cal Dunn
Apologies: Gus Hale
1. Welcome
All were welcomed.
2. Theft of bikes
The report was noted.
3. Arson attacks
Cal to write to the crew.
The meeting closed at 4pm.""",
    ),
    "headers of pages are left out": (
        ["1|Welcome", "2|Theft", "3|Arson"],
        """\
Northfell Board
Minutes of the meeting held on 5 May 2021
Present: Ann Bell, Cal Dunn
1. Welcome
All were welcomed to
Northfell Board Minutes 5 May 2021
Page 1 of 3
the hall.
2. Theft
The report told of
Northfell Board Minutes 5 May 2021
Page 2 of 3
four thefts.
3. Arson
Noted.
Northfell Board Minutes 5 May 2021
Page 3 of 3""",
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
def test_the_items_of_a_plain_text(name):
    wanted, text = TEXTS[name]
    assert items(text) == wanted
