"""The council agenda system's form when part of it is lost: labels, references or titles."""

import pytest

from concerted.reading import as_labels, read
from concerted.reading.layouts.bare_lists import is_moment, moment_at, place_under
from concerted.reading.layouts.parted_refs import parted_ref, repeated_letters
from concerted.reading.lines import split

DAY = "Thursday, 14th January, 2010\n2.00 p.m.\nConference Room 1, Hexley House\n"
TOP = f"Hexley Borough Council\n\nHexley Town Forum Minutes\n\n{DAY}\n"
LISTS = """\
Marian Foyle (Chairman), Supt Des Wren (Coquet Police), Cllr Pat Oddie

Bea Rudd, Sunil Nair (HBC)

Cllr Tom Usher, Wendy Lisle

"""
ENDS = "RESOLVED that the minutes be confirmed.\n\nRESOLVED that the report be noted.\n"
PEOPLE = (
    ["Marian Foyle", "Supt Des Wren", "Cllr Pat Oddie"],
    ["Bea Rudd", "Sunil Nair"],
    ["Cllr Tom Usher", "Wendy Lisle"],
)
TWO = ["-|-|approved", "-|-|noted"]


def meeting(text):
    reading = read(text)
    assert len(reading.meetings) == 1
    return as_labels(reading.meetings[0])


def people(labels):
    present = [one["name"] for one in labels["present"]]
    return present, [one["name"] for one in labels["in_attendance"]], labels["apologies"]


def items(labels):
    return [
        f"{one['ref'] or '-'}|{one['title'] or '-'}|{one['decision']}" for one in labels["items"]
    ]


FORMS = {
    "nothing but values": (TOP + LISTS + ENDS, PEOPLE, TWO),
    "no word for minutes in the head": (
        f"Hexley Drugs Executive\n\n{DAY}\n{LISTS}{ENDS}",
        PEOPLE,
        TWO,
    ),
    "the day, the hour and the place in one line": (
        f"Hexley Forum\n\n14 January 2010 at 2.00 p.m., Hexley House\n\n{LISTS}{ENDS}",
        PEOPLE,
        TWO,
    ),
    "one person to a line": (
        TOP
        + "Marian Foyle (Chairman)\nSupt Des Wren - Coquet Police\nCllr Pat Oddie\n\n"
        + "Bea Rudd (HBC)\nSunil Nair\n\nCllr Tom Usher\nWendy Lisle\n\n"
        + ENDS,
        PEOPLE,
        TWO,
    ),
    "only the apologies have their label": (
        TOP + LISTS.replace("Cllr Tom", "Apologies for absence: Cllr Tom") + ENDS,
        PEOPLE,
        TWO,
    ),
    "two lists of those present before the officers' label": (
        TOP
        + "Marian Foyle (Chairman), Supt Des Wren\n\nCllr Pat Oddie, Jo Lane\n\nOfficers:\n"
        + "Bea Rudd, Sunil Nair\n\nApologies:\nCllr Tom Usher, Wendy Lisle\n\n"
        + ENDS,
        (["Marian Foyle", "Supt Des Wren", "Cllr Pat Oddie", "Jo Lane"], *PEOPLE[1:]),
        TWO,
    ),
    "no apologies, as one who speaks was there": (
        TOP
        + "Marian Foyle (Chairman), Supt Des Wren\n\nBea Rudd, Sunil Nair\n\n"
        + ENDS
        + "\nBea Rudd presented the figures. They were low.\n",
        (["Marian Foyle", "Supt Des Wren"], ["Bea Rudd", "Sunil Nair"], []),
        TWO,
    ),
    "surnames that are words for places": (
        TOP + LISTS.replace("Cllr Tom Usher, Wendy Lisle", "Jo Lane, Pat Mill") + ENDS,
        (*PEOPLE[:2], ["Jo Lane", "Pat Mill"]),
        TWO,
    ),
    "decisions without the verb of a resolution": (
        TOP
        + LISTS
        + "None.\n\nThe report was noted.\n\nThat the strategy be approved.\n\n"
        + "That the bid be deferred.\n",
        PEOPLE,
        ["-|-|none", "-|-|noted", "-|-|approved", "-|-|deferred"],
    ),
    "narrative between the decisions": (
        TOP
        + LISTS
        + ENDS
        + "\nSupt Wren spoke of the pubs. Two had shut. A third was for sale.\n\n"
        + "RESOLVED that the plan be deferred.\n",
        PEOPLE,
        [*TWO, "-|-|deferred"],
    ),
    "decisions that are numbered": (
        TOP
        + LISTS
        + "1. RESOLVED that the minutes be approved.\n\n2. RESOLVED that the report be noted.\n\n"
        + "3. RESOLVED that the bid be deferred.\n",
        PEOPLE,
        ["1|-|approved", "2|-|noted", "3|-|deferred"],
    ),
    "a list of names under a decision": (
        TOP
        + LISTS
        + ENDS
        + "\nRESOLVED that the protocol be approved by:\n\n1. Hexley Council\n\n2. Coquet Police\n",
        PEOPLE,
        [*TWO, "-|-|approved"],
    ),
    "titles at once over their decisions": (
        TOP + LISTS + "Matters Arising\nNone.\nCCTV\nRESOLVED that the report be noted.\n",
        PEOPLE,
        ["-|Matters Arising|none", "-|CCTV|noted"],
    ),
    "labels, but no references": (
        TOP
        + "Attendance Details\n\nPresent:\nMarian Foyle (Chairman), Supt Des Wren, Cllr Pat Oddie\n"
        + "Officers:\nBea Rudd, Sunil Nair\nApologies for absence:\nCllr Tom Usher, Wendy Lisle\n"
        + "Item Description Decision\nPublic\n"
        + ENDS,
        PEOPLE,
        TWO,
    ),
    "references alone, but no labels and no titles": (
        TOP + LISTS + "HTF 1/09\nRESOLVED that the plan be agreed.\nHTF 2/09\n \nHTF 3/09\nNOTED\n",
        PEOPLE,
        ["HTF 1/09|-|agreed", "HTF 2/09|-|none", "HTF 3/09|-|noted"],
    ),
    "references glued to their titles, and again in the preamble": (
        TOP
        + LISTS
        + "HTF/1/09 MINUTES\nRESOLVED that they be confirmed.\nHTF/2/09 CCTV\nNone\n"
        + "Preamble\nHTF/1/09\nThe minutes were read.\nHTF/2/09\nThe cameras were old.\n",
        PEOPLE,
        ["HTF/1/09|MINUTES|approved", "HTF/2/09|CCTV|none"],
    ),
    "plain numbers over titles": (
        TOP
        + "Attendance Details\nPresent:\nMarian Foyle (Chairman), Supt Des Wren, Cllr Pat Oddie\n"
        + "Officers:\nBea Rudd, Sunil Nair\nApologies for absence:\nCllr Tom Usher, Wendy Lisle\n"
        + "Item\nDescription\nDecision\n1\nMINUTES\nRESOLVED that they be confirmed.\n"
        + "2\nCCTV\nNone\n"
        + "Preamble\n1\nThe minutes were read.\n2\nThe cameras were old.\n",
        PEOPLE,
        ["1|MINUTES|approved", "2|CCTV|none"],
    ),
    "numbers without letters, and a decision in one word": (
        TOP
        + "Attendance Details\nPresent:\nMarian Foyle (Chairman), Supt Des Wren, Cllr Pat Oddie\n"
        + "Officers:\nBea Rudd, Sunil Nair\nApologies for absence:\nCllr Tom Usher, Wendy Lisle\n"
        + "1/09\nCCTV\nAGREED\n2/09\nBUDGET (BEA RUDD)\nAPPROVED\n",
        PEOPLE,
        ["1/09|CCTV|agreed", "2/09|BUDGET (BEA RUDD)|approved"],
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_left_of_a_form_is_read(name):
    text, wanted, decided = FORMS[name]
    labels = meeting(text)
    assert people(labels) == tuple(wanted)
    assert items(labels) == decided
    assert (labels["date"], labels["start_time"]) == ("2010-01-14", "14:00")


@pytest.mark.parametrize(
    ("head", "place"),
    [
        (f"Hexley Forum Minutes\n\n{DAY}", "Conference Room 1, Hexley House"),
        ("Hexley Forum Minutes\n14/01/2010\n14.00\nVirtual Meeting\n", "Virtual Meeting"),
        (
            "Hexley Forum Minutes\nGuildhall Annexe, Hexley\n14/01/2010\n14.00\n",
            "Guildhall Annexe, Hexley",
        ),
    ],
)
def test_the_place_stands_beside_the_moment(head, place):
    labels = meeting(f"{head}\n{LISTS}{ENDS}")
    assert (labels["venue"], labels["start_time"]) == (place, "14:00")
    assert people(labels) == PEOPLE


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Monday, 3rd May, 2010", True),
        ("2.00 p.m.", True),
        ("Monday 3 May 2010 at 2.00 pm", True),
        ("Monday 3 May 2010 at Hexley House", False),
        ("The minutes of 3 May 2010", False),
        ("Ann Bell", False),
    ],
)
def test_a_moment_is_a_day_or_an_hour_and_nothing_else(text, so):
    assert is_moment(text) is so


def test_the_place_ends_where_people_begin():
    lines = split(f"Forum Minutes\n{DAY}{LISTS}")
    day = moment_at(lines)
    assert day is not None
    assert lines[place_under(lines, day)].text.startswith("Marian Foyle")


def test_long_letters_are_a_series_where_they_come_again():
    lines = split("HYPJCG\n1/16\nA\nCYPHWJCG\n2/16\nB\nCYPHWJCG\n3/16\nC\nAGREED\n4/16\nD")
    repeated = repeated_letters(lines)
    found = [parted_ref(lines, at, repeated) for at in range(len(lines))]
    assert [one[1] for one in found if one] == ["HYPJCG 1/16", "CYPHWJCG 2/16", "CYPHWJCG 3/16"]
