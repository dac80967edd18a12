"""Lists as pages and converters leave them: no colon, broken at a column, order for a label."""

import pytest

from concerted.reading import as_labels, read
from concerted.reading.apologies import apologies_in, sends_apologies
from concerted.reading.initials import without_initials
from concerted.reading.lines import Line, split
from concerted.reading.model import Span
from concerted.reading.people import read_people
from concerted.reading.roll_labels import read_label
from concerted.reading.unroll import unroll
from concerted.reading.wraps import column, ends_open, unbroken


def names(text: str) -> list[str]:
    return [one.name for one in read_people(text, 0, len(text), "present")]


def apologies(text: str) -> tuple[list[str], list[str]]:
    away, late = apologies_in(text, Span(0, len(text)), listed=True)
    return [one.name for one in away], [one.name for one in late]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Present Mrs Ann Bell (Chair), Mr Cal Dunn", "present"),
        ("In Attendance Ann Bell (Clerk), Cal Dunn", "in_attendance"),
        ("Apologies for absence Cllr Bell, Eve Frost", "apologies"),
        ("Members Present Cllr Bell, Cllr Dunn", "present"),
        ("Minutes taken by Ann Bell (Fell Team)", "in_attendance"),
        ("Officers Ann Bell, Cal Dunn (Fell Council)", "officers"),
    ],
)
def test_a_label_needs_no_colon_when_a_person_stands_behind_it(text: str, section: str) -> None:
    label = read_label(Line(0, len(text), text, 0))
    assert label is not None
    assert label.section == section


@pytest.mark.parametrize(
    "text",
    [
        "Attendance by Reserve Members",
        "Present Position of the Fund",
        "Apologies Apologies were noted",
        "Members Agreed The Plan",
        "Officers Reports",
    ],
)
def test_the_same_words_in_a_title_label_nothing(text: str) -> None:
    assert read_label(Line(0, len(text), text, 0)) is None


def test_a_run_is_cut_at_a_label_without_a_colon_only_before_a_person() -> None:
    text = (
        "Minutes of the Fell Panel held in the Hall Present Mrs Ann Bell (Chair), Mr Cal Dunn "
        "and Miss Eve Frost. In Attendance Gus Hall (Clerk). 1. Welcome All were welcomed. "
        "Present Needs were told of at length. " + "The work goes on as it did. " * 12
    )
    cut = [line.text[:22] for line in unroll(split(text))]
    assert "Present Mrs Ann Bell (" in cut
    assert "In Attendance Gus Hall" in cut
    assert not any(one.startswith("Present Needs") for one in cut)


def test_the_width_of_a_page_is_where_most_of_its_long_lines_end() -> None:
    assert column(["x" * 70, "x" * 68, "x" * 71, "x" * 20, "x" * 66]) == 71
    assert column(["x" * 300, "x" * 280, "x" * 310, "x" * 250]) == 0
    assert column(["x" * 20] * 9) == 0


@pytest.mark.parametrize(
    ("row", "open_"),
    [
        ("Ann Bell, Cal", False),
        ("Ann Bell, Cllr", True),
        ("Ann Bell,", True),
        ("Ann Bell and", True),
        ("Councillors A Bell and G.", True),
        ("Ann Bell", False),
    ],
)
def test_no_list_ends_in_a_comma_or_a_title(row: str, open_: bool) -> None:
    assert ends_open(row) is open_


def test_a_list_that_flows_is_joined_where_the_column_broke_it() -> None:
    run = (
        "Ann Bell, Head of Legal Services; Cal\nDunn, Policy Manager; Superintendent Eve Frost\n"
        "and Inspector Gus Hall (Fell Police); and Mrs\nIda Jute (Fell Fire and Rescue Service)."
    )
    joined = unbroken(run, 44)
    assert len(joined) == len(run)
    assert "Cal Dunn" in joined
    assert "Mrs Ida Jute" in joined


def test_rows_of_one_person_each_are_not_joined_however_long() -> None:
    rows = (
        "Ann Bell, Director of Public Health and Care\nCal Dunn, Director of Adult Services, Fell\n"
        "Eve Frost, Head of Partnerships and Places"
    )
    assert unbroken(rows, 44) == rows


def test_what_stands_behind_the_comma_of_each_row_is_told_by_the_series() -> None:
    rows = "Mrs Ann Bell, Chair of Scrutiny\nMr Cal Dunn, Moorside Carers"
    found = read_people(rows, 0, len(rows), "present")
    assert [(one.name, one.organisation) for one in found] == [
        ("Mrs Ann Bell", None),
        ("Mr Cal Dunn", "Moorside Carers"),
    ]


def test_letters_of_honour_belong_to_the_name() -> None:
    assert names("Mr Ann Bell O.B.E., J.P. and Cal Dunn") == ["Mr Ann Bell O.B.E, J.P", "Cal Dunn"]


def test_a_shared_title_ends_before_an_office_and_before_a_new_from() -> None:
    assert names("Councillors A Bell, C Dunn and Provost E Frost")[-1] == "Provost E Frost"
    assert names("Councillors Bell and Dunn and from Eve Frost") == [
        "Councillor Bell",
        "Councillor Dunn",
        "Eve Frost",
    ]


def test_initials_before_most_names_are_no_part_of_them() -> None:
    rows = "AB Ann Bell\nCMcD Cal McDunn\nJP Jo Pratt (Fell Homes)"
    kept = without_initials(rows)
    assert len(kept) == len(rows)
    assert names(rows) == ["Ann Bell", "Cal McDunn", "Jo Pratt"]
    assert without_initials("PC Ann Bell\nDS Cal Dunn\nPS Jo Pratt").startswith("PC")


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Ann Bell, Mr C. Dunn and Councillor Eve Frost sent apologies.",
        "Ann Bell was also unable to be there.",
        "Ann Bell and Cal Dunn could not come.",
    ],
)
def test_the_verb_of_apologies_may_stand_behind_the_names(text: str) -> None:
    assert sends_apologies(text)
    assert apologies(text)[0][0].endswith("Ann Bell")


def test_what_is_told_below_rows_of_apologies_is_of_others() -> None:
    rows = "Apologies were received from:\n\nCllr Ann Bell\n\nCal Dunn (Fell NHS)\n\n"
    assert apologies(rows + "Insp Eve Frost attended for Supt Hall.")[0] == [
        "Cllr Ann Bell",
        "Cal Dunn",
    ]
    assert apologies(rows + "Councillor Frost had said that he would be late.")[1] == [
        "Councillor Frost"
    ]


PAGE = """Fell Borough Council

Fell Area Partnership Minutes

 Monday, 12th May, 2008

Please note: all Minutes are subject to approval at the next Meeting

Attendance Details

 Ann Bell (Chairman) (Tenants' Federation)

 Cllr Cal Dunn, Cllr Eve Frost (FBC), Sgt Gus Hall (Fell Police)

 Ida Jute, Ken Lane (FBC)

 Meg Nunn (Fell PCT)

 Cllr Oz Pratt, Rae Stone

Item Description Decision

Public

AGREED that the presentation be noted.

AGREED that £1,200 be awarded to the Scout Hut.
"""


def test_lists_under_attendance_details_are_told_apart_by_order() -> None:
    (meeting,) = read(PAGE).meetings
    labels = as_labels(meeting)
    assert [one["name"] for one in labels["present"]] == [
        "Ann Bell",
        "Cllr Cal Dunn",
        "Cllr Eve Frost",
        "Sgt Gus Hall",
    ]
    assert [one["name"] for one in labels["in_attendance"]] == ["Ida Jute", "Ken Lane", "Meg Nunn"]
    assert labels["apologies"] == ["Cllr Oz Pratt", "Rae Stone"]


HEADED = """Fell Fire Authority

Minutes of the meeting held on 14 June 2006

Present:

Councillors:
A Bell (Chair)
Mrs C Dunn MBE
E Frost

Officers: Mr G Hall

Cllr Frost left at 8.40pm.

1. Minutes

The minutes were agreed.
"""


def test_councillors_above_a_list_is_the_title_of_each() -> None:
    (meeting,) = read(HEADED).meetings
    assert [one["name"] for one in as_labels(meeting)["present"]] == [
        "Councillor A Bell",
        "Councillor Mrs C Dunn MBE",
        "Councillor E Frost",
    ]
