"""Tables of the Home Office by partnership: quarters, without rows, never months."""

import pytest

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.measure_sets import HOME_OFFICE_CRIME
from concerted.crime.lake.measures import area
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.questions import compared, monthly
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.extracts import brought_in, ods, written
from concerted.crime.lake.tests.invented import FELL

COLUMNS = ("Financial Year", "Quarter", "Force", "CSP Name", "Offence Code", "Number of Offences")
QUARTER = Period(month_of("2012-01"), month_of("2012-03"))
SAFER_FELL = area("partnership", "E22000101")


def of_tables(**more):
    things = ("financial_year", "quarter", "force", "area", "code", "count")
    return {
        "feed": "home_office",
        "recorded_by": "marlshire",
        "columns": dict(zip(things, COLUMNS, strict=True)),
        "level": "partnership",
        "areas": {"Unassigned": ""},
        **more,
    }


def line(number, year="2011/12", quarter="4", csp="Safer Fell", code="28A", force="Marlshire"):
    return year, quarter, force, csp, code, number


def brought(folder, rows, **more):
    return brought_in(folder, written(folder / "csp.csv", COLUMNS, rows), of_tables(**more))


def counted(folder, where=SAFER_FELL, period=QUARTER, measure=HOME_OFFICE_CRIME.measures[0]):
    with Asking(folder / "lake" / "counts") as asking:
        [cell] = compared(asking, [measure], [where], period).cells
    return cell.before, cell.count


def test_quarters_are_added_by_partnership_and_code_and_no_row_is_kept(tmp_path):
    rows = [line("1,204"), line("6"), line("7", code="48"), line("5", year="2010/11")]

    snapshot = brought(tmp_path, [*rows, line("3", csp="Unassigned")])

    assert counted(tmp_path) == (5, 1217)
    assert counted(tmp_path, area("force", "marlshire")) == (5, 1220)
    assert not list((tmp_path / "lake" / "rows").rglob("*.parquet"))
    assert snapshot.manifest.covers == ["2011-01", "2012-03"]


@pytest.mark.parametrize("year", ["2011-12", "2011_12", "2011/2012", "2011/12"])
@pytest.mark.parametrize("quarter", ["4", "Q4", "Quarter 4"])
def test_years_and_quarters_are_read_as_the_tables_write_them(tmp_path, year, quarter):
    brought(tmp_path, [line("9", year=year, quarter=quarter)])

    assert counted(tmp_path)[1] == 9


def test_other_forces_are_left_out_before_their_partnerships_are_looked_for(tmp_path):
    snapshot = brought(tmp_path, [line("9"), line("9", force="Awayshire", csp="Nobody knows")])

    assert snapshot.manifest.rejects == {"it is of another force than the mapping's": 1}


def test_a_partnership_that_nobody_knows_is_named_unless_all_others_are_left_out(tmp_path):
    rows = [line("9"), line("9", csp="Safer Nowhere")]
    with pytest.raises(Refused, match="“Safer Nowhere”"):
        brought(tmp_path, rows)

    snapshot = brought(tmp_path, rows, areas={"*": "-"})
    assert snapshot.manifest.rejects == {"the mapping leaves its area out": 1}


def test_a_quarter_is_never_a_month_nor_a_district(tmp_path):
    brought(tmp_path, [line("9")])

    month = Period(month_of("2012-03"), month_of("2012-03"))
    with pytest.raises(Refused, match="count quarters"):
        counted(tmp_path, period=month)
    with (
        Asking(tmp_path / "lake" / "counts") as asking,
        pytest.raises(Refused, match="count quarters"),
    ):
        monthly(asking, HOME_OFFICE_CRIME.measures[:1], [SAFER_FELL], QUARTER)
    with pytest.raises(Refused, match="says partnerships and nothing smaller"):
        counted(tmp_path, area("district", FELL))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (line("9", year="2011/13"), "its financial year cannot be read"),
        (line("9", quarter="5"), "its quarter cannot be read"),
        (line("many"), "its number of offences cannot be read"),
        (line("9", year="2998/99"), "its month has not begun"),
    ],
)
def test_a_row_that_cannot_be_read_is_listed(tmp_path, row, reason):
    snapshot = brought(tmp_path, [line("9"), line("9"), row])

    assert snapshot.manifest.rejects == {reason: 1}


def test_more_cancelled_than_recorded_is_a_number_below_zero(tmp_path):
    brought(tmp_path, [line("9"), line("-2"), line("-3", code="48")])

    assert counted(tmp_path)[1] == 4


def test_tables_without_forces_say_which_area_is_meant(tmp_path):
    columns = {what: name for what, name in of_tables()["columns"].items() if what != "force"}
    mapping = of_tables(columns=columns, dropped=["Force"], areas={})
    path = written(tmp_path / "c.csv", COLUMNS, [line("9"), *[line("7", csp="Safer Marl")] * 3])
    with pytest.raises(Refused, match="say under within"):
        brought_in(tmp_path, path, mapping)

    snapshot = brought_in(tmp_path, path, {**mapping, "within": "E22000101"})

    assert counted(tmp_path)[1] == 9
    assert snapshot.manifest.rejects == {"it is of another area than the mapping's": 3}
    with pytest.raises(Refused, match="alone"):
        counted(tmp_path, area("force", "marlshire"))


def test_a_missing_quarter_is_named(tmp_path):
    path = written(tmp_path / "csp.csv", COLUMNS, [line("9", quarter="1"), line("9", quarter="3")])

    with pytest.raises(Refused, match="missing: 2011-07"):
        brought_in(tmp_path, path, of_tables(), gaps_are_known=False)


def test_an_opendocument_table_under_a_title_is_read(tmp_path):
    rows = [["Crime by partnership"], COLUMNS, [*line("9")[:-1], 9], [*line("9")[:-1], 2.0]]
    path = ods(tmp_path / "csp.ods", rows)

    brought_in(tmp_path, path, of_tables(header=2, sheets=["Data"]))

    assert counted(tmp_path)[1] == 11
