"""Anonymised returns of an emergency department: nobody in them, rows for the worker alone."""

import pytest

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.attendances import completeness
from concerted.crime.lake.measure_sets import ASSAULT_ATTENDANCES
from concerted.crime.lake.measures import area
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.patterns import weekdays_and_hours
from concerted.crime.lake.persons import is_nhs_number
from concerted.crime.lake.questions import monthly
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.extracts import RETURN, brought_in, of_hospital, written, xlsx
from concerted.crime.lake.tests.invented import FELL
from concerted.crime.lake.tests.test_importing import rows_in

MAY = Period(month_of("2009-05"), month_of("2009-05"))
ALL = ASSAULT_ATTENDANCES.measures[0]


def attended(date="02/05/2009", hour="23:40", place="The Invented Arms", **more):
    given = dict.fromkeys(RETURN, "") | {"Date": date, "Hour": hour, "Place": place}
    given |= {"Type": "Punched", "Weapon": "Fist", "Alcohol": "Yes", "Age band": "18-24"}
    return tuple({**given, "Sex": "F", **more}.values())


def returned(folder, rows, columns=RETURN, **more):
    path = written(folder / "return.csv", columns, rows)
    return brought_in(folder, path, of_hospital(**more))


def test_what_a_return_says_lies_in_rows_and_pages_are_given_counts(tmp_path):
    snapshot = returned(tmp_path, [attended()] * 2 + [attended(Type="Cut", Weapon="Glass")])

    first = next(one for one in rows_in(snapshot, "hospital") if one["code"] == "body part")
    kept = ("location", "weapon", "alcohol", "age_band", "sex")
    assert [first[one] for one in kept] == ["The Invented Arms", "fist", True, "18-24", "female"]
    with Asking(tmp_path / "lake" / "counts") as asking:
        whole = [area("force", "fell-infirmary")]
        assert [one.count for one in monthly(asking, [ALL], whole, MAY).cells] == [3]
    for one in snapshot.folder.rglob("*"):
        assert one.is_dir() or b"Invented" not in one.read_bytes()


def test_weekdays_and_hours_are_those_of_the_return(tmp_path):
    returned(tmp_path, [attended(), attended(hour="")])

    with Asking(tmp_path / "lake" / "counts") as asking:
        found = weekdays_and_hours(asking, ALL, MAY)
    assert [(one.weekday, one.hour, one.count) for one in found.cells] == [(6, 23, 1), (6, None, 1)]


def test_how_whole_a_return_is_can_be_asked(tmp_path):
    returned(tmp_path, [attended(), attended(place="Not known"), attended(Weapon="")])

    with Asking(tmp_path / "lake" / "counts") as asking:
        [may] = completeness(asking, MAY).cells
        [june] = completeness(asking, Period(month_of("2009-06"), month_of("2009-06"))).cells
    assert (may.attendances, may.located, may.with_weapon) == (3, 2, 2)
    assert may.ascertainment == pytest.approx(2 / 3)
    assert (june.attendances, june.ascertainment) == (None, None)


def test_a_hospital_has_no_area_of_its_own(tmp_path):
    returned(tmp_path, [attended()])

    with (
        Asking(tmp_path / "lake" / "counts") as asking,
        pytest.raises(Refused, match="by the name of the force or hospital"),
    ):
        monthly(asking, [ALL], [area("district", FELL)], MAY)


@pytest.mark.parametrize(
    "heading",
    [
        *("Patient Name", "Surname", "Forename", "Name", "initials", "Address", "HomeAddress"),
        *("Postcode", "D.O.B.", "DateOfBirth", "Date of birth", "NHS No", "nhs_number", "Mobile"),
        *("E-mail", "Phone number", "GP name", "Next of kin", "Hospital number", "Patient ID"),
    ],
)
def test_a_column_that_tells_who_somebody_is_stops_the_import_by_its_heading(tmp_path, heading):
    with pytest.raises(Refused, match=r"seems to tell who somebody is.*by its heading") as said:
        returned(tmp_path, [(*attended(), "Secret")], (*RETURN, heading), dropped=[heading])

    assert "Secret" not in str(said.value)
    assert not list((tmp_path / "lake").glob("*/0*"))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["9434765919", "1"], "NHS numbers"),
        (["943 476 5919", "1"], "NHS numbers"),
        (["a@invented.example", "1"], "e-mail"),
        (["01632 960 001", "07700 900001"], "telephone"),
        (["12 Mill Lane", "Flat 3, 4 Quay Street"], "addresses"),
        (["Anytown ZZ9 9ZZ", "ZZ99 9ZZ"], "addresses"),
        (["Mrs Invented", "Dr Nobody"], "names"),
        (["INVENTED, Anna", "NOBODY, Ben"], "names"),
        (["01/02/1951", "03/04/1988", "05/06/1999", "07/08/2002"], "dates of birth"),
    ],
)
def test_a_column_stops_the_import_by_what_stands_in_it(tmp_path, values, kind):
    rows = [(*attended(), value) for value in values]

    with pytest.raises(Refused, match=rf"“Other” \({kind}.*by its values") as said:
        returned(tmp_path, rows, (*RETURN, "Other"), dropped=["Other"])
    assert values[0] not in str(said.value)
    assert not list((tmp_path / "lake").glob("*/0*"))


@pytest.mark.parametrize("heading", [("",), ("", ""), ()])
def test_values_under_no_heading_are_looked_at_too(tmp_path, heading):
    rows = [attended(), attended(), (*attended(), "9434765919", *heading[1:])]

    with pytest.raises(Refused, match=r"“column 9” \(NHS numbers"):
        returned(tmp_path, rows, (*RETURN, *heading))


def test_a_number_cell_of_a_workbook_is_looked_at_too(tmp_path):
    rows = [(*RETURN, "Other"), (*attended(), 9434765919)]
    path = xlsx(tmp_path / "r.xlsx", rows)

    with pytest.raises(Refused, match="NHS numbers"):
        brought_in(tmp_path, path, of_hospital(dropped=["Other"]))


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("9434765919", True),
        ("943-476-5919", True),
        ("9434765918", False),
        ("4010232137", True),
        ("0000000000", False),
        ("943476591", False),
        ("94347659190", False),
        ("1234567881", True),
        ("1234567890", False),
    ],
)
def test_an_nhs_number_is_known_by_its_check_digit(words, is_one):
    assert is_nhs_number(words) == is_one


def test_places_of_assaults_may_be_streets(tmp_path):
    assert returned(tmp_path, [attended(place="12 High Street")]).number == 1


def test_words_that_nobody_mapped_are_named_and_free_text_is_no_code(tmp_path):
    with pytest.raises(Refused, match="“Bitten”"):
        returned(tmp_path, [attended(Type="Bitten")])
    with pytest.raises(Refused, match="“Bottle”"):
        returned(tmp_path, [attended(Weapon="Bottle")])


def test_an_age_in_years_and_what_is_not_said_are_not_kept(tmp_path):
    snapshot = returned(tmp_path, [attended(**{"Age band": "23", "Sex": "?", "Alcohol": "maybe"})])

    [row] = rows_in(snapshot, "hospital")
    assert (row["age_band"], row["sex"], row["alcohol"]) == (None, None, None)
