"""Lists of people as they are printed: posts before names, run-on bodies, headings, cells."""

import pytest

from concerted.reading.apologies import apologies_in
from concerted.reading.model import Span
from concerted.reading.people import looks_like_people, read_people


def people(text: str) -> list[tuple[str, str | None, str | None]]:
    found = read_people(text, 0, len(text), "present")
    return [(one.name, one.organisation, one.role) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Town Clerk (Mrs A. Bell)", [("Mrs A. Bell", None, "Town Clerk")]),
        ("the Clerk Mrs A Bell", [("Mrs A Bell", None, "Clerk")]),
        (
            "Mr I Dale and the Treasurer Dr O Ferris",
            [("Mr I Dale", None, None), ("Dr O Ferris", None, "Treasurer")],
        ),
    ],
)
def test_a_post_may_stand_before_the_name(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "name", ["PC 4127 Ann Bell", "Det. Supt. Ann Bell", "Rt. Rev. Ann Bell", "Sr. Perpetua"]
)
def test_a_rank_a_number_or_a_church_title_parts_no_name(name: str) -> None:
    assert [one[0] for one in people(f"{name}, Cal Dunn")] == [name, "Cal Dunn"]


def test_what_stands_before_a_colon_is_a_body_a_side_or_a_post_but_no_person() -> None:
    assert people("Fell Sector Forum: Ann Bell, Cal Dunn") == [
        ("Ann Bell", "Fell Sector Forum", None),
        ("Cal Dunn", "Fell Sector Forum", None),
    ]
    assert people("Group B: Teachers: Ms Ann Bell") == [("Ms Ann Bell", None, None)]
    assert people("Maintained secondary: Ms Ann Bell") == [("Ms Ann Bell", None, None)]


def test_a_heading_inside_a_list_names_nobody() -> None:
    assert people("Tenant representatives\nAnn Bell\nCal Dunn") == [
        ("Ann Bell", None, None),
        ("Cal Dunn", None, None),
    ]


def test_bodies_run_on_to_the_names_are_cut_as_in_the_rows_around() -> None:
    rows = "Ann Bell Fell Council\nCal Dunn Oak Homes Ltd\nEve Frost Young Anglers Circle"
    assert people(rows) == [
        ("Ann Bell", "Fell Council", None),
        ("Cal Dunn", "Oak Homes Ltd", None),
        ("Eve Frost", "Young Anglers Circle", None),
    ]


def test_a_post_glued_to_a_surname_is_parted_and_a_surname_with_two_capitals_is_not() -> None:
    assert people("Cllr Ann BellChair\nCal McDonald\nMrIan DaleTraders") == [
        ("Cllr Ann Bell", None, "Chair"),
        ("Cal McDonald", None, None),
        ("Mr Ian Dale", "Traders", None),
    ]


def test_rows_set_in_below_a_plural_title_share_it() -> None:
    rows = "Councillors Ann Bell\n        Cal Dunn\n        Eve Frost"
    assert [one[0] for one in people(rows)] == [
        "Councillor Ann Bell",
        "Councillor Cal Dunn",
        "Councillor Eve Frost",
    ]


def test_a_row_whose_status_is_apologies_is_of_one_who_was_away() -> None:
    rows = "Ann Bell | Fell Council | Present\nCal Dunn | Oak Homes | Apologies"
    found = read_people(rows, 0, len(rows), "present")
    assert [(one.name, one.section) for one in found] == [
        ("Ann Bell", "present"),
        ("Cal Dunn", "apologies"),
    ]


def test_lines_of_posts_and_bodies_by_turns_tell_of_the_name_above() -> None:
    rows = "Ann Bell (Chair)\nDirector, Fell HSCP\nCal Dunn\nThird Sector Interface"
    assert people(rows) == [
        ("Ann Bell", "Fell HSCP", "Chair, Director"),
        ("Cal Dunn", "Third Sector Interface", None),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cllrs Bell and Dunn", ["Bell", "Dunn"]),
        ("Ann Bell (Probation) – Cal Dunn deputising, Eve Frost", ["Ann Bell", "Eve Frost"]),
        ("Ann Bell and Cal Dunn\nThe Chair presided.", ["Ann Bell", "Cal Dunn"]),
        ("Ann Bell and Mr T.\nDunn", ["Ann Bell", "Mr T. Dunn"]),
    ],
)
def test_listed_apologies_end_where_something_else_is_told(text: str, names: list[str]) -> None:
    away, _ = apologies_in(text, Span(0, len(text)), listed=True)
    assert [one.name for one in away] == names


def test_surnames_behind_a_plural_title_are_people() -> None:
    assert looks_like_people("Cllrs Bell and Dunn")
    assert not looks_like_people("Roads and Pavements")
