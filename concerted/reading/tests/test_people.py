"""Attendance lists: whose parenthesis is whose."""

import pytest

from concerted.reading.people import read_people


def people(text: str, section: str = "present"):
    return [(n.name, n.organisation, n.role) for n in read_people(text, 0, len(text), section)]


def test_one_parenthesis_serves_all_names_before_it():
    assert people("Ann Bell, Cal Dunn, Cllr Eve Frost (Northfell Council)") == [
        ("Ann Bell", "Northfell Council", None),
        ("Cal Dunn", "Northfell Council", None),
        ("Cllr Eve Frost", "Northfell Council", None),
    ]


def test_a_role_in_parentheses_is_for_one_name_only():
    assert people("Ann Bell (Chairman), Cal Dunn (Wyle Police)") == [
        ("Ann Bell", None, "Chairman"),
        ("Cal Dunn", "Wyle Police", None),
    ]


@pytest.mark.parametrize(
    "text",
    ["Ann Bell (Chair - Oak Homes)", "Ann Bell (Chair, Oak Homes)", "Ann Bell (Chair) (Oak Homes)"],
)
def test_role_and_organisation_are_told_apart(text):
    assert people(text) == [("Ann Bell", "Oak Homes", "Chair")]


def test_an_organisation_may_hold_a_comma():
    assert (
        people("Ann Bell (River Campus, Dene University)")[0][1] == "River Campus, Dene University"
    )


def test_a_post_may_hold_a_comma():
    assert people("Ann Bell (Cabinet Member for Arts, Leisure & Culture)") == [
        ("Ann Bell", None, "Cabinet Member for Arts, Leisure & Culture")
    ]


def test_a_substitute_is_kept_as_the_text_says():
    text = "Councillor Byrne as substitute for Councillor M Thorne"
    assert people(text) == [("Councillor Byrne", None, "substitute for Councillor M Thorne")]


def test_a_remark_in_parentheses_is_neither_role_nor_organisation():
    assert people("Cllr Wyatt (arrived at 7.01pm), Ann Bell (AB)") == [
        ("Cllr Wyatt", None, None),
        ("Ann Bell", None, None),
    ]


def test_a_plural_title_goes_to_each_name():
    assert [n for n, _, _ in people("Councillors Rook, Tait and Moss")] == [
        "Councillor Rook",
        "Councillor Tait",
        "Councillor Moss",
    ]


def test_broken_punctuation_loses_nobody():
    text = "Ann Bell (Oak Homes) Cal Dunn (Ash Trust)), , Eve Frost(Elm Co.; Gil Hay (Yew Group"
    assert [(n, o) for n, o, _ in people(text)] == [
        ("Ann Bell", "Oak Homes"),
        ("Cal Dunn", "Ash Trust"),
        ("Eve Frost", "Elm Co."),
        ("Gil Hay", "Yew Group"),
    ]


def test_a_place_before_the_names_is_their_organisation():
    assert people("Glenmoor - Mr A Beaton, Mrs C Dow") == [
        ("Mr A Beaton", "Glenmoor", None),
        ("Mrs C Dow", "Glenmoor", None),
    ]


def test_initials_before_a_name_are_not_part_of_it():
    assert people("AB Ann Bell (Chair)\nCD Cal Dunn (Ash Trust)") == [
        ("Ann Bell", None, "Chair"),
        ("Cal Dunn", "Ash Trust", None),
    ]


def test_a_post_glued_to_a_name_is_cut_off():
    assert people("Ann BellHead of Housing") == [("Ann Bell", None, "Head of Housing")]


def test_a_list_of_initials_is_a_list_of_people():
    assert [n for n, _, _ in people("AB, CD, EF")] == ["AB", "CD", "EF"]


@pytest.mark.parametrize("text", ["8 members of the public", "Vacant", "None", "1 Vacancy", ""])
def test_nobody_is_read_as_nobody(text):
    assert people(text) == []


def test_ranks_and_particles_belong_to_the_name():
    text = "Chief Insp. Rob Ames, Cllr van der Berg, Cleo D’Arvel, Kay-Rowan Blyth"
    assert [n for n, _, _ in people(text)] == text.split(", ")


def test_two_columns_parted_by_a_tab_are_name_and_organisation():
    assert people("Ann Bell\tOak Homes\nCal Dunn\tWyle Police (Chair)") == [
        ("Ann Bell", "Oak Homes", None),
        ("Cal Dunn", "Wyle Police", "Chair"),
    ]


def test_the_place_of_a_name_quotes_it():
    text = "Councillors Rook and Tait; Ann Bell (Oak Homes)"
    for name in read_people(text, 0, len(text), "present"):
        assert text[name.span.start : name.span.end] in name.name


def test_a_rank_of_police_or_fire_is_a_title_of_the_next_person():
    text = "Ch Supt Ann Bell (Wyle Police), Watch Manager Cal Dunn (WFRS)"
    assert people(text) == [
        ("Ch Supt Ann Bell", "Wyle Police", None),
        ("Watch Manager Cal Dunn", "WFRS", None),
    ]


@pytest.mark.parametrize(
    "rank",
    [
        "Ch Supt",
        "T/Supt",
        "A/Ch Insp",
        "T/DCI",
        "Ch/Insp",
        "Group Manager",
        "Station Manager",
        "Area Manager",
        "Crew Manager",
        "Temporary Group Manager",
        "Station Commander",
        "Station Officer",
        "Deputy Chief Fire Officer",
    ],
)
def test_each_rank_stands_before_a_name(rank):
    text = f"Eve Frost (Oak Homes), {rank} Cal Dunn (Ash Trust)"
    assert people(text)[1] == (f"{rank} Cal Dunn", "Ash Trust", None)


@pytest.mark.parametrize("post", ["Area Manager", "Group Manager", "Area Manager North", "Manager"])
def test_a_post_with_nobody_behind_it_is_the_post_of_the_one_before(post):
    assert people(f"Ann Bell, {post}") == [("Ann Bell", None, post)]


@pytest.mark.parametrize(
    "office",
    [
        "Dene Police and Crime Commissioner",
        "Dene Police & Crime Commissioner’s Office",
        "Dene Police, Fire and Crime Commissioner",
        "Office of the Police and Crime Commissioner",
        "Dene PCC",
    ],
)
def test_the_office_of_a_commissioner_is_an_organisation_where_a_place_is_named(office):
    assert people(f"Ann Bell ({office})") == [("Ann Bell", office, None)]


@pytest.mark.parametrize(
    "post", ["Police and Crime Commissioner", "Deputy Police and Crime Commissioner"]
)
def test_a_commissioner_without_a_place_is_a_role(post):
    assert people(f"Ann Bell ({post})") == [("Ann Bell", None, post)]
