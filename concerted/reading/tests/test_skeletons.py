"""Arrangements of plain minutes: how lists are opened, where items begin, what parts them."""

import pytest

from concerted.reading import as_labels, read
from concerted.reading.attendance import heads_people_columns, parted_at_labels
from concerted.reading.layouts.run_in import run_in_headings
from concerted.reading.lines import normalise, split
from concerted.reading.outcomes import plain_code
from concerted.reading.people import read_people
from concerted.reading.right_column import trailing_owner
from concerted.reading.vocabulary import is_standard


def _read(text):
    (meeting,) = read(text).meetings
    return as_labels(meeting)


def _titles(text):
    return [(item["ref"], item["title"]) for item in _read(text)["items"]]


def _decisions(text):
    return [item["decision"] for item in _read(text)["items"]]


def _present(text):
    return [(one["name"], one["organisation"]) for one in _read(text)["present"]]


COLONS = """Fell Watch
Notes of the meeting 3.4.19 at the Hut

Attendees: Ann Bell (chair), Cal Dunn, Eve Frost
Apologies: Guy Hart

Chair's welcome:
Ann thanked everybody.

Minutes of the meeting of 5.2.19:
These were agreed.

Lamps and the old gate:
For the winter:
The gate sticks.
Oil it.                                   CD

AOB: none
"""


def test_headings_with_a_colon_are_a_series_whatever_their_words():
    assert [title for _, title in _titles(COLONS)] == [
        "Chair's welcome",
        "Minutes of the meeting of 5.2.19",
        "Lamps and the old gate",
        "AOB",
    ]


def test_one_line_with_a_code_is_no_series_beside_known_titles():
    text = """Fell Community Council
Minute of the meeting of 4 March 2020 in the Hut

Present: Mr A Bell, Mrs C Dunn

Matters arising
The bench has been mended by the scouts.

A72 Junction at the mill
Nobody knew who has to clear the drain.

Police report
It had been quiet. The report was noted.

Any other business
The gala is in June.
"""
    refs_and_titles = _titles(text)
    assert (None, "A72 Junction at the mill") in refs_and_titles
    assert len(refs_and_titles) == 4


def test_words_that_are_not_in_capitals_stand_inside_an_item_where_the_headings_are():
    text = """FELL COMMUNITY COUNCIL
Minutes of the meeting of 4 March 2020 in the Hut

PRESENT
Mr A Bell, Mrs C Dunn

MINUTES OF LAST MEETING
Approved.

MATTERS ARISING

Cemetery Wall
The wall has come down again.

POLICE REPORT
It had been quiet.

TREASURER'S REPORT
There is £20 in hand.
"""
    assert [title for _, title in _titles(text)] == [
        "MINUTES OF LAST MEETING",
        "MATTERS ARISING",
        "POLICE REPORT",
        "TREASURER'S REPORT",
    ]


RUN_IN = """THE FELL WATCH
Minutes 6th June 2006

Chairman: Ann Bell
Secretary: Cal Dunn
Treasurer: Eve Frost
Apologies: Guy Hart

Minutes of 4th April - agreed.
Matters arising - Ann had spoken to the council about the lamp.
Treasurer's report - £56 in hand.
Police report - One burglary in Elm Road.
New members - The new people at no. 9.
Date of next meeting - 1st August.
"""


def test_headings_may_run_into_their_text():
    assert [title for _, title in _titles(RUN_IN)][:5] == [
        "Minutes of 4th April",
        "Matters arising",
        "Treasurer's report",
        "Police report",
        "New members",
    ]
    assert _decisions(RUN_IN)[0] == "agreed"


def test_a_few_dashes_in_prose_are_no_headings():
    lines = split(normalise("Lamps - two are out.\nAnn spoke.\nCal spoke.\nWelcome - all came.\n"))
    assert run_in_headings(lines, 0) == []


def test_the_officers_of_an_association_are_present():
    assert [name for name, _ in _present(RUN_IN)] == ["Ann Bell", "Cal Dunn", "Eve Frost"]


def test_a_table_of_people_needs_no_label():
    text = """Fell Board meeting minutes 4 March 2020

On this page
Attendance
Agenda items

| Name | Agency |
| --- | --- |
| Ann Bell (Chair) | Fell Council |
| Cal Dunn | Oak Homes |

Apologies:
Eve Frost

No 1.
Welcome
1.1 Ann welcomed everyone.
No 2.
Minutes of the last meeting
2.1 The minutes were agreed as a correct record.
Action - Cal Dunn
"""
    assert _present(text) == [("Ann Bell", "Fell Council"), ("Cal Dunn", "Oak Homes")]


@pytest.mark.parametrize(
    ("words", "heads"),
    [
        ("| Name | Agency |", True),
        ("Name / Organisation / Role", True),
        ("Item / Action", False),
        ("Name of the bridge", False),
    ],
)
def test_the_head_of_a_table_of_people_is_known_by_its_columns(words, heads):
    (line,) = split(words)
    assert heads_people_columns(line) is heads


HEADLESS = """Fell Forum
4 March 2020, 10am, Town Hall

Present: / Ann Bell (Chair), Fell Council
/ Cal Dunn, Fell Police
Apologies: / Eve Frost

1 / Welcome and apologies. AB welcomed all. /
2 / Minutes of the last meeting. Agreed. /
3 / Helpline. CD said that calls had risen. / CD to send figures
4 / Training. Three courses are planned. / AB to book a room
EF to find speakers
"""


def test_a_table_without_a_header_row_is_read_by_its_rows():
    assert [title for _, title in _titles(HEADLESS)] == [
        "Welcome and apologies",
        "Minutes of the last meeting",
        "Helpline",
        "Training",
    ]
    assert [one["owner"] for one in _read(HEADLESS)["actions"]] == ["CD", "AB", "EF"]


def test_cells_behind_tabs_part_a_title_from_its_text():
    text = """Fell Community Council
Draft minutes of 4 March 2020 via Zoom

In attendance
A. Bell (Chair)
C. Dunn (Secretary)

1. Welcome\tAB welcomed all.\t
2. Minutes\tApproved by AB, seconded by CD.\t
3. Police report\tThe report was read out.\tCD to write to the police
"""
    assert [title for _, title in _titles(text)] == ["Welcome", "Minutes", "Police report"]


@pytest.mark.parametrize(
    ("run", "people"),
    [
        (
            "Ann BellHead of Housing; Fell Council\nCal DunnConsultant in Public Health; Oak Board",
            [("Ann Bell", "Fell Council"), ("Cal Dunn", "Oak Board")],
        ),
        ("Mrs Eve FrostCSP Manager\nMr Guy HartCSP Officer", [("Mrs Eve Frost", None)] * 0),
        ("Ann Bell (NHS Fell) Cal Dunn & Eve Frost (Oak Aid)", None),
    ],
)
def test_posts_glued_to_names_and_missing_commas(run, people):
    found = [(one.name, one.organisation) for one in read_people(run, 0, len(run), "present")]
    if people is None:
        assert found == [
            ("Ann Bell", "NHS Fell"),
            ("Cal Dunn", "Oak Aid"),
            ("Eve Frost", "Oak Aid"),
        ]
    elif people:
        assert found == people
    else:
        assert [name for name, _ in found] == ["Mrs Eve Frost", "Mr Guy Hart"]


def test_a_second_label_in_the_same_line_opens_its_own_list():
    (line,) = split("Present: Cllr A Bell and the Clerk. Also present: PC Dunn and 3 residents.")
    assert [one.text for one in parted_at_labels([line])] == [
        "Present: Cllr A Bell and the Clerk.",
        "Also present: PC Dunn and 3 residents.",
    ]


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("Welcome, introductions and apologies", True),
        ("ADOPTION OF PREVIOUS MINUTES", True),
        ("To receive declarations of interest", True),
        ("Minutes of the Meeting", False),
        ("Members of the public", False),
        ("Police and the public", False),
    ],
)
def test_titles_are_known_by_the_stock_words_they_are_made_of(words, known):
    assert is_standard(words) is known


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("The accounts had been looked over by Mr Dunn and were approved.", "approved"),
        ("The minutes, which had been sent out, were approved.", "agreed_as_correct_record"),
        ("It was put to the vote and approved.", "approved"),
        ("As nobody had come this was deferred.", "deferred"),
        ("The meeting noted this.", "noted"),
        ("Noted: the newsletter; a letter from the bowls club.", "noted"),
        ("Taken as read and signed.", "agreed"),
        ("The gate had been shut and was painted.", None),
    ],
)
def test_what_was_settled_stands_behind_what_had_been(words, code):
    assert plain_code(words) == code


@pytest.mark.parametrize("who", ["RdV", "DdlH", "RMacK", "AB/CD"])
def test_initials_may_hold_small_particles(who):
    found = trailing_owner(f"Ask the chapel for the hall.          {who}")
    assert found is not None
    assert found.who == who


@pytest.mark.parametrize(
    ("first", "second", "body"),
    [
        ("FELL AND OAK POLICING PARTNERSHIP", "Minutes of Meeting of the FOPP", None),
        ("FELL WATCH AND RESIDENTS PANEL", "Minutes Panel Meeting", None),
    ],
)
def test_a_short_name_is_spelled_out_by_a_line_of_the_head(first, second, body):
    text = f"""{first}
{second} held on 4 March 2020 in the Hut

Present: Ann Bell, Cal Dunn

1. Welcome
Ann welcomed all.
2. Police report
Noted.
"""
    assert _read(text)["body"] == (body or first)
