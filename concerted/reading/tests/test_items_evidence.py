"""What tells an item from a point, a cell or a reference back: place, series and repetition."""

import pytest

from concerted.reading import read
from concerted.reading.lines import Line
from concerted.reading.refs import in_order, read_ref
from concerted.reading.run_titles import title_end
from concerted.reading.titles import in_capitals, is_closing

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

No. Item
"""
FORM = """\
Northfell Council
Northfell Board Minutes
Date:
5 May 2021
Time:
2.00 pm
Place:
Oak Hall
Attendance Details
Present:
Ann Bell, Cal Dunn
Item Description Decision
Public
"""
LONG = "Cal Dunn gave the figures for the ward and was thanked by all who spoke. " * 6
TEXTS = {
    "letters that stand over a number again and again need no slash": (
        ["NSB 7|MINUTES", "NSB 8|BURGLARY"],
        FORM + "NSB\n7\nMINUTES\nAgreed.\nNSB\n8\nBURGLARY\nRESOLVED that it be noted.\n",
    ),
    "a stray code stands between the letters and the number": (
        ["NSB 7/21|MINUTES", "NSB 8/21|BURGLARY"],
        FORM + "NSB\nQZ=\n7/21\nMINUTES\nAgreed.\nNSB\nQZ=\n8/21\nBURGLARY\nAgreed.\n",
    ),
    "numbers that all stand under one title of the page are its list": (
        ["-|Apologies", "-|Minutes", "-|Small Grants", "-|Any other business"],
        PAGE
        + """

Apologies

There were none.


Minutes

These were signed.


Small Grants

1. Fell Ward Band

2. Oak Hall Lunch Club

RESOLVED that both be paid.


Any other business

There was none.
""",
    ),
    "the widest gap parts the items where titles stand below narrower ones too": (
        ["-|Apologies", "-|Minutes", "-|Police update", "-|Any other business"],
        PAGE
        + """



Apologies


There were none.




Minutes


These were signed.




Police update


Burglary dwelling


9


Damage to cars


6


The figures were noted.




Any other business


There was none.
""",
    ),
    "without wide gaps a title stands over words that tell": (
        ["-|Apologies", "-|Minutes", "-|Police update", "-|Any other business"],
        PAGE
        + "Apologies\n\nThere were none.\n\nMinutes\n\nThese were signed.\n\nPolice update\n\n"
        + "There had been fewer thefts.\n\nTheft from cars\n\n9\n\nBurglary in homes\n\n6\n\n"
        + "The figures were noted.\n\nAny other business\n\nThere was none.\n",
    ),
    "a title in another numbering over Minutes: is an item": (
        ["1|Apologies", "2|Minutes", "3|Burglary", "E1|Lease of the yard"],
        PAGE
        + "".join(
            f"\n{ref}\n\n{title}\n\nMinutes:\n\nThis was noted.\n"
            for ref, title in (
                ("1", "Apologies"),
                ("2", "Minutes"),
                ("* 3.", "Burglary"),
                ("E1", "Lease of the yard"),
            )
        ),
    ),
    "letters with the known titles are the items, numbers inside them points": (
        ["A|Minutes", "B|Matters arising", "C|Warden's report", "D|Any other business"],
        HEAD
        + "A. Minutes\nThese were signed.\nB. Matters arising\n1. Gate. This was mended.\n"
        + "2. Lamps. These were lit.\nC. Warden's report\n1. Fires\n2. Fences\n3. Dogs\n"
        + "D. Any other business\nNone.\n",
    ),
    "one sign before every heading": (
        ["-|Minutes of 5 April", "-|Matters arising", "-|Shop fronts"],
        HEAD
        + "§\tMinutes of 5 April\nAgreed.\n§\tMatters arising\nNone.\n§\tShop fronts\nNoted.\n",
    ),
    "headings without blanks stand between sentences": (
        ["-|Welcome", "-|Minutes of last meeting", "-|Harbour Wall", "-|Bus shelter", "-|AOB"],
        HEAD
        + """Welcome
Ann Bell welcomed all who had come.
Minutes of last meeting
These were agreed as they stood.
Harbour Wall
Cal Dunn said that the stones had gone. CD
Bus shelter
It was felt that the roof would not last.
AOB
There was none.""",
    ),
    "capitals end before a sentence that goes on in the next line": (
        ["1/21|MINUTES", "1/22|RISK REGISTER: REVIEW", "1/23|CLOSING REPORT"],
        HEAD
        + "1/21 MINUTES - Resolved - That the minutes of the last meeting\nbe signed.\n"
        + "1/22 RISK REGISTER: REVIEW - Cal Dunn spoke to the one red\nrisk.\n"
        + "1/23 CLOSING REPORT - Resolved - That it be noted and that the\nthanks be sent.\n",
    ),
    "a short item among items that are run together with their titles": (
        ["1|Welcome", "2|Declarations of interest", "3|Burglary", "4|Street lamps"],
        HEAD
        + "1. Welcome Ann Bell opened the meeting and thanked everybody.\n"
        + "2. Declarations of interest There were none at all.\n"
        + f"3. Burglary 3.1 {LONG}\n4. Street lamps 4.1 {LONG}\n",
    ),
    "an agenda before minutes that name the officers alone is set aside": (
        ["9|APOLOGIES", "10|STREET LAMPS"],
        "AGENDA\nNORTHFELL SAFETY BOARD\nDate: 5 May 2021\n1. APOLOGIES\n2. MINUTES\n"
        + "To sign the minutes of 3 April 2021.\n3. BURGLARY\nNORTHFELL SAFETY BOARD\n"
        + "MINUTES OF THE MEETING HELD AT 2.00 PM ON 3 APRIL 2021 IN OAK HALL\n"
        + "Officers Present: Ann Bell, Clerk\n9. APOLOGIES\nThere were none.\n"
        + "10. STREET LAMPS\nRESOLVED that the lamps be mended.\n",
    ),
    "a title may begin with the word Decisions": (
        ["1|Apologies", "2|Decisions taken by the Warden", "3|Burglary"],
        PAGE
        + "".join(
            f"\n{ref}\n\n{title}\n\nMinutes:\n\nThis was noted.\n"
            for ref, title in enumerate(
                ("Apologies", "Decisions taken by the Warden", "Burglary"), 1
            )
        ),
    ),
    "a minute referred to inside an item opens none": (
        ["14/21|Minutes", "15/21|Matters arising", "16/21|Planning", "17/21|Finance"],
        HEAD
        + "14/21 Minutes\nSigned.\n15/21 Matters arising\n3/21 Gate\nThis was mended.\n"
        + "16/21 Planning\nNone.\n17/21 Finance\nNoted.\n",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_items_by_their_evidence(name):
    wanted, text = TEXTS[name]
    items = [item for meeting in read(text).meetings for item in meeting.items]
    assert [f"{item.ref or '-'}|{item.title or '-'}" for item in items] == wanted


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [([], []), ([4, 5, 6], [0, 1, 2]), ([14, 3, 15], [0, 2]), ([15, 15, 15], [0, 1, 2])],
)
def test_numbers_that_point_back_are_left_out(numbers, kept):
    assert in_order(numbers) == kept


@pytest.mark.parametrize(
    ("text", "ref"),
    [("1/11-12", "1/11-12"), ("NSB 15A/09", "NSB 15A/09"), ("1/11/12", None)],
)
def test_a_split_year_is_no_date(text, ref):
    found = read_ref(Line(0, len(text), text))
    assert (found.ref if found and found.kind == "code" else None) == ref


@pytest.mark.parametrize(
    ("run", "title"),
    [
        ("Remembrance Sunday Cllr Bell will lay the wreath.", "Remembrance Sunday"),
        ("Reports from Councillors Cllr Dunn spoke of bins.", "Reports from Councillors"),
        ("Burglary 3.1 Cal Dunn gave the figures.", "Burglary"),
    ],
)
def test_a_title_in_a_run_ends_before_the_person_or_the_paragraph(run, title):
    assert run[: title_end(run, 0, len(run))] == title


def test_ordinals_do_not_spoil_capitals():
    assert in_capitals("MEETING HELD ON 12th MAY")
    assert not in_capitals("Meeting held on 12th May")


@pytest.mark.parametrize(
    "text", ["The meeting began at 7pm and ended at 8.10pm", "8.30pm Close", "20.15 End of meeting"]
)
def test_the_end_of_the_meeting_is_no_item(text):
    assert is_closing(Line(0, len(text), text))
