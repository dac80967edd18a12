"""Lists of people whose cells stand one below the other, and lists in sides with a heading."""

import pytest

from concerted.reading import as_labels, read
from concerted.reading.people import read_people
from concerted.reading.stacked import side_by_side


def people(text: str) -> list[tuple[str, str | None, str | None]]:
    found = read_people(text, 0, len(text), "present")
    return [(one.name, one.organisation, one.role) for one in found]


STACKED = [
    "Cllr Ann Bell\nChair\nFell District Council\nDr Cal Dunn\nVice-Chair\nMoss Vale CCG",
    "Eve Frost\nTreasurer\nIan Hale\nPartnership Manager\nFell District Council",
    "Ann Bell\nHead of Parks\nFell Council\nCal Dunn\n-\nDale Valley Police",
]


@pytest.mark.parametrize("run", STACKED)
def test_cells_below_a_name_are_set_beside_it(run: str) -> None:
    made = side_by_side(run)
    assert len(made) == len(run)
    assert len(made.split("\n")) == 2


@pytest.mark.parametrize(
    "run",
    [
        "Cllr Ann Bell\nCllr Cal Dunn\nEve Frost",
        "Fell Council\nAnn Bell\nOak Homes Ltd\nCal Dunn",
        "Ann Bell, Chair\nCal Dunn, Clerk",
        "Ann Bell",
    ],
)
def test_rows_that_are_no_stacks_stay(run: str) -> None:
    assert side_by_side(run) == run


def test_every_third_line_is_a_person_even_if_a_body_reads_as_one() -> None:
    run = (
        "Ann Bell\nManager\nRowan Homes\nCal Dunn\nClerk\nOak Trust\nEve Frost\nChair\nFell Council"
    )
    assert people(run) == [
        ("Ann Bell", "Rowan Homes", "Manager"),
        ("Cal Dunn", "Oak Trust", "Clerk"),
        ("Eve Frost", "Fell Council", "Chair"),
    ]


def test_a_post_alone_under_a_name_opens_no_list() -> None:
    text = (
        "Fell Safety Board\nMinutes of the meeting held on 3 May 2016\nPresent:\nCllr Ann Bell\n"
        "Chair\nFell Council\nCal Dunn\nSupport Officer\nFell Council\nApologies:\nEve Frost\n\n"
        "1. Welcome\nAll were welcomed.\n2. Minutes\nAgreed.\n3. Any other business\nNone.\n"
    )
    labels = as_labels(read(text).meetings[0])
    assert [(one["name"], one["role"]) for one in labels["present"]] == [
        ("Cllr Ann Bell", "Chair"),
        ("Cal Dunn", "Support Officer"),
    ]


def test_the_body_over_a_side_of_the_table_is_that_of_its_people() -> None:
    run = (
        "Representing Fell Council:\nCouncillors Bell and Dunn (Chair)\n"
        "Members of the Board:\nMs O Frost"
    )
    assert people(run) == [
        ("Councillor Bell", "Fell Council", None),
        ("Councillor Dunn", "Fell Council", "Chair"),
        ("Ms O Frost", None, None),
    ]


def test_a_row_with_a_label_of_its_own_is_no_end_of_the_row_above() -> None:
    run = "Councillors: Bell, Dunn-Hale and Frost\nIndependent Person: Ms Ida Kemp"
    assert [name for name, _, _ in people(run)] == [
        "Councillor Bell",
        "Councillor Dunn-Hale",
        "Councillor Frost",
        "Ms Ida Kemp",
    ]


def test_irish_and_gaelic_surnames_may_have_small_letters_in_front_and_within() -> None:
    run = "Councillors R Ó hEala, Bríd Mac an tSaoi and M Dunn\nIona Nic a’ Ghreusaiche"
    assert [name for name, _, _ in people(run)] == [
        "Councillor R Ó hEala",
        "Councillor Bríd Mac an tSaoi",
        "Councillor M Dunn",
        "Iona Nic a’ Ghreusaiche",
    ]


TABLE = """\
Fell Borough Council | Safer Fell Partnership
MINUTES
Tuesday 12 March 2019, 2pm
Oak Hall, Mill Street, Fell

Attendees
Name
Organisation
Cllr Ruth Amory (Chair)
Fell BC
Supt Ian Cole
Dale Police
Meg Tarn
Young Lookout
Apologies
Piers Lund
Fire and Rescue
Dr Sue Hay
CCG

Item
1
Welcome
All were welcomed.
2
Minutes of the last meeting
These were agreed.
3
Any other business
None.
"""


def test_the_names_of_the_columns_say_how_many_cells_a_person_has() -> None:
    labels = as_labels(read(TABLE).meetings[0])
    assert [(one["name"], one["organisation"]) for one in labels["present"]] == [
        ("Cllr Ruth Amory", "Fell BC"),
        ("Supt Ian Cole", "Dale Police"),
        ("Meg Tarn", "Young Lookout"),
    ]
    assert labels["apologies"] == ["Piers Lund", "Dr Sue Hay"]
    assert labels["body"] == "Safer Fell Partnership"
    assert [one["ref"] for one in labels["items"]] == ["1", "2", "3"]


RUN = (
    "DALE FIRE AUTHORITY PERFORMANCE COMMITTEE held at HQ, Dale Road, Moss on Monday, 4 June 2012 "
    "at 10.30 am. PRESENT: Councillors A Bell (Chairman), C Dunn and Mrs G Hale ALSO IN "
    "ATTENDANCE: Treasurer (M Noon), Clerk (O Pratt) APOLOGIES: Councillors Q Reed and S Tate "
    "1. APPOINTMENT OF CHAIRMAN Resolved: That Councillor A Bell be appointed Chairman. "
    "2. DISCLOSURE OF INTERESTS No interests were disclosed. 3. STATION 7 - NEW TRAINING TOWER "
    "(1) The Treasurer reported that three tenders were in. Resolved: That the lowest tender be "
    "accepted. 4. DATE OF NEXT MEETING 10 September 2012 at 10.30 am."
)


def test_a_whole_page_on_one_line_is_read() -> None:
    labels = as_labels(read(RUN).meetings[0])
    assert labels["body"] == "DALE FIRE AUTHORITY PERFORMANCE COMMITTEE"
    assert labels["venue"] == "HQ, Dale Road, Moss"
    assert [one["name"] for one in labels["in_attendance"]] == ["M Noon", "O Pratt"]
    assert [(one["title"], one["decision"]) for one in labels["items"]] == [
        ("APPOINTMENT OF CHAIRMAN", "other"),
        ("DISCLOSURE OF INTERESTS", "none"),
        ("STATION 7 - NEW TRAINING TOWER", "approved"),
        ("DATE OF NEXT MEETING", "none"),
    ]
