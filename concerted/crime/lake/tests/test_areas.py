"""Lookups become places, stable areas and own areas."""

import pytest

from concerted.crime.lake.areas import OwnArea, read_geography, rest_of
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.invented import CHANGES, FELL, MARL, geography, lookups


@pytest.fixture
def places(tmp_path):
    return geography(tmp_path)


@pytest.mark.parametrize(
    ("codes", "stable"),
    [
        (["E01000001"], "E01000001"),
        (["E01000010", "E01000091", "E01000092"], "E01000010"),
        (["E01000020", "E01000021", "E01000093"], "E01000020"),
        (["E01000030", "E01000031", "E01000094", "E01000095"], "E01000030"),
    ],
    ids=["unchanged", "split", "merged", "irregular"],
)
def test_small_areas_that_changed_are_one_stable_area(places, codes, stable):
    assert {places.places[code].stable_area for code in codes} == {stable}


def test_a_code_of_one_census_alone_says_which(places):
    assert [places.places[f"E010000{end}"].vintage for end in ("01", "10", "91")] == [
        None,
        2011,
        2021,
    ]


def test_a_stable_area_lies_in_one_ward_and_that_is_said(places):
    assert {places.places[f"E010000{end}"].ward for end in (10, 91, 92)} == {"E05000001"}
    assert "E01000010" in places.remarks[0]


def test_the_newest_wards_are_taken_unless_others_are_asked_for(tmp_path, places):
    older = read_geography(lookups(tmp_path), ward_year=2019)

    assert (places.ward_year, older.ward_year) == (2025, 2019)
    assert older.places["E01000001"].ward == "E05000091"


def test_a_district_of_several_partnerships_gives_none_and_says_so(places):
    assert places.places["E01000001"].partnership == "E22000101"
    assert places.places["E01000020"].partnership is None
    assert any("E22000102 and E22000103" in remark for remark in places.remarks)


def test_semicolons_and_a_byte_order_mark_are_read(places):
    assert places.places["E01000001"].police_area == "E23000101"
    assert places.names["partnership", "E22000101"] == "Safer Fell"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,value\na,b\n", "is no lookup that can be used"),
        ("LSOA11CD,LSOA21CD\nE01000001,nonsense\n", "Line 2 of it.csv has “nonsense”"),
        ("LSOA11CD,LSOA21CD\n", "holds no line"),
        ("", "is no lookup that can be used"),
        ("lad-code;csp-code\nE06000101;E22000101\n", "None of the lookups names small areas"),
        ("lsoa_code,lad_code\nE01000001,E06000101\nE01000001,E06000102\n", "into two of a kind"),
    ],
)
def test_a_lookup_that_cannot_be_used_is_refused_with_a_sentence(tmp_path, text, said):
    path = tmp_path / "it.csv"
    path.write_text(text)

    with pytest.raises(Refused, match=said):
        read_geography([path])


def test_wards_of_a_year_that_no_lookup_has_are_refused(tmp_path):
    with pytest.raises(Refused, match="2019 and 2025"):
        read_geography(lookups(tmp_path), ward_year=2011)


def test_a_small_area_in_two_districts_is_in_that_of_its_name(tmp_path):
    path = tmp_path / "it.csv"
    path.write_text(CHANGES + "E01000001,Fell 1,E01000099,Marl 99,X,E06000102,Marl\n")

    assert read_geography([path]).places["E01000001"].district == FELL


def own(*small_areas, wards=()):
    return OwnArea("north", "North board", "2025", frozenset(small_areas), frozenset(wards))


def test_an_own_area_may_be_said_in_codes_of_either_census(places):
    old = own("E01000001", "E01000010").stable_areas(places)

    assert old == own("E01000001", "E01000091", "E01000092").stable_areas(places)
    assert old == {"E01000001", "E01000010"}


def test_an_own_area_with_part_of_a_split_small_area_is_refused(places):
    with pytest.raises(Refused, match=r"trend would break. Add E01000010 and E01000092"):
        own("E01000091").stable_areas(places)


def test_an_own_area_with_a_code_that_nobody_knows_is_refused(places):
    with pytest.raises(Refused, match="E01999999"):
        own("E01999999").stable_areas(places)


def test_an_own_area_of_wards_and_the_rest_of_the_district_are_all_of_it(places):
    mill = own(wards=["E05000001"])
    rest = rest_of(FELL, [mill], places)

    assert mill.stable_areas(places) | rest == places.within("district", FELL)
    assert not mill.stable_areas(places) & rest


def test_a_district_without_a_rest_is_refused(places):
    whole = OwnArea(
        "w", "West", "2021", places.within("district", MARL) | {"E01000021", "E01000031"}
    )

    with pytest.raises(Refused, match="no rest of it"):
        rest_of(MARL, [whole], places)
