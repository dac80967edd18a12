"""Rates of wards: residents by year, words that allow for chance, outlines drawn by ourselves."""

import json

import pytest
from click.testing import CliRunner

from concerted.cli import main as cli
from concerted.crime.drawn import ward_map
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.named import Named
from concerted.crime.lake.outlines import outlines_in, read_outlines
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.residents import read_residents, residents_in
from concerted.crime.lake.tests.invented import FELL, brought, street
from concerted.crime.summary import summary
from concerted.figures.words import Beside

MAY = month_of("2024-05")
MILL, QUAY = "E05000001", "E05000002"
PLACE = Named("district", FELL, "Fell")
# Of 2011: Mill has 01 and 10, Quay 02; 10 was split in 2021.
SMALL_AREAS = (
    "lsoa11_code,population_mid2018,people_per_sq_km\n"
    "E01000001,1000,3.5\nE01000010,500,4\nE01000002,4000,5\n"
)
WARDS = 'ward code,Residents 2023\nE05000001,"1,500"\nE05000002,3000\n'


def asked(folder, *files):
    """The report of Fell, where Mill has 60 crimes and Quay 20 in two months."""
    months = {
        month: [street(month, area="E01000001")] * mill + [street(month, area="E01000002")] * 10
        for month, mill in (("2023-05", 30), ("2024-05", 60))
    }
    brought(folder, months)
    for name, text in files:
        (folder / name).write_text(text, "utf-8")
        done = CliRunner().invoke(cli.concerted, ["crime", "residents", str(folder / name)])
        assert done.exit_code == 0, done.output
    with Asking(folder / "lake" / "counts") as asking:
        return summary(asking, PLACE, Period(MAY, MAY), 1, residents=residents_in(folder / "lake"))


@pytest.fixture(autouse=True)
def lake(settings, tmp_path):
    settings.LAKE = tmp_path / "lake"
    return settings.LAKE


@pytest.mark.parametrize(
    ("text", "year", "people"),
    [(SMALL_AREAS, 2018, (1500, 4000)), (WARDS, 2023, (1500, 3000))],
)
def test_rates_rest_on_the_residents_of_wards_or_of_their_small_areas(tmp_path, text, year, people):
    found = asked(tmp_path, ("residents.csv", text))

    assert found.residents
    assert found.residents.year == year
    assert [(one.ward.name, one.count, one.residents) for one in found.rates] == [
        ("Mill", 60, people[0]),
        ("Quay", 10, people[1]),
    ]
    assert found.rates[0].rate.rate == pytest.approx(60 * 1000 / people[0])
    assert found.rate_of_all == pytest.approx(70 * 1000 / sum(people))


def test_a_ward_beyond_chance_is_said_by_name_and_never_as_the_worst(tmp_path):
    found = asked(tmp_path, ("residents.csv", WARDS))

    assert [one.word for one in found.rates] == [Beside.CLEARLY_ABOVE, Beside.CLEARLY_BELOW]
    assert found.says_of_wards == ("Mill is clearly above; Quay is clearly below Fell as a whole.")


def test_the_newest_year_is_taken(tmp_path):
    found = asked(tmp_path, ("old.csv", SMALL_AREAS), ("new.csv", WARDS))

    assert found.residents
    assert found.residents.year == 2023


def test_without_all_residents_there_are_no_rates(tmp_path):
    found = asked(tmp_path, ("some.csv", "code,population 2023\nE05000001,1500\n"))

    assert found.rates == ()
    assert found.residents is None
    assert found.rate_of_all is None


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "", "needs a column with codes"),
        ("a.csv", "code,number\nE05000001,1\n", "needs a column with codes"),
        ("a.csv", "code,population 2021,people 2022\nE05000001,1,2\n", "one column of people"),
        ("a.csv", "code,population\nE05000001,1\n", "of which year"),
        ("a.csv", "code,population 2021\nE05000001,many\n", "E05000001"),
        ("a.csv", "code,population 2021\nE05000001,1\nE05000001,2\n", "E05000001"),
        ("a.csv", "code,population 2021\nE05000001\n", "E05000001"),
    ],
)
def test_a_list_that_is_not_clear_is_refused_and_not_kept(tmp_path, lake, name, text, said):
    path = tmp_path / name
    path.write_text(text, "utf-8")

    done = CliRunner().invoke(cli.concerted, ["crime", "residents", str(path)])

    assert done.exit_code == 2
    assert said in done.stderr
    assert not list(lake.glob("residents/*"))


def test_the_year_may_stand_in_the_name_of_the_file(tmp_path):
    path = tmp_path / "mid-2022.csv"
    path.write_text("code,population\nE05000001,1\n", "utf-8")

    assert read_residents(path).year == 2022


def square(code, at=0.0, kind="Polygon"):
    ring = [[at, 54], [at + 1, 54], [at + 1, 55], [at, 55], [at, 54]]
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "properties": {"FID": 7, "WD25CD": code, "LAD25CD": FELL},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def written(path, features):
    path.write_text(json.dumps({"features": features}), "utf-8")
    return path


def test_wards_are_drawn_as_they_lie_with_their_words(tmp_path, lake):
    found = asked(tmp_path, ("residents.csv", WARDS))
    path = written(tmp_path / "w.geojson", [square(MILL), square(QUAY, 1.0, "MultiPolygon")])
    done = CliRunner().invoke(cli.concerted, ["crime", "outlines", str(path)])

    drawn = ward_map(found, outlines_in(lake))

    assert done.stdout == "w.geojson: 2 areas.\n"
    assert drawn
    assert "Mill: 40.0 for each 1,000 residents, clearly above" in drawn
    assert drawn.count("<path") == 2


def test_a_map_that_would_lack_a_ward_is_not_drawn(tmp_path):
    found = asked(tmp_path, ("residents.csv", WARDS))
    path = written(tmp_path / "w.geojson", [square(MILL)])

    assert ward_map(found, read_outlines(path).of) is None


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("w.zip", "", "no .geojson file"),
        ("w.geojson", "{", "can be drawn"),
        ("w.geojson", '{"features": []}', "holds no area"),
        ("w.geojson", '{"features": [{"geometry": null, "properties": {}}]}', "can be drawn"),
        ("w.geojson", json.dumps({"features": [square("X")]}), "can be drawn"),
        ("w.geojson", json.dumps({"features": [square(MILL, 440_000.0)]}), "can be drawn"),
        ("w.geojson", "[" * 100_000, "can be drawn"),
    ],
)
def test_outlines_that_cannot_be_drawn_are_a_sentence(tmp_path, name, text, said):
    path = tmp_path / name
    path.write_text(text, "utf-8")

    with pytest.raises(Refused, match=said):
        read_outlines(path)
