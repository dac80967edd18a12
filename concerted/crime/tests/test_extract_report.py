"""From a force's extract to three tables: recorded crime, disorder codes, most serious violence."""

import csv
import json
import random

import pytest
from click.testing import CliRunner

from concerted.cli import main as cli
from concerted.crime.lake.measure_sets import MOST_SERIOUS_VIOLENCE, as_json, sets_of
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.extracts import (
    CRIMES,
    INCIDENTS,
    crime,
    of_force,
    of_incidents,
    written,
)
from concerted.crime.lake.tests.invented import FELL, archive_of, lookups, street

CODES = ["28A", "45", "48", "58C", "92E", "8G", "8F", "46", "1", "2", "4.4", "5A", "5A"]
CALLS = ["rowdy-behaviour", "Noise", "street-drinking", "neighbours"]
PLACES = ["E01000001", "E01000002", "E01000010", "E01000020", ""]
IN_FELL = set(PLACES[:3])
SERIOUS = {"1", "2", "4.4", "5A"}


def two_aprils(seed, codes):
    """Rows of April 2008 and April 2009: about half as many again in the second."""
    chance = random.Random(seed)
    return [
        (
            "X/1",
            f"{chance.randint(1, 30):02}/04/{year}",
            chance.choice(codes),
            chance.choice(PLACES),
        )
        for year, rows in ((2008, 200), (2009, 300))
        for _ in range(rows)
    ]


def by_hand(path, year, codes=None):
    with open(path, encoding="utf-8", newline="") as file:
        return sum(
            1
            for _, date, code, where in list(csv.reader(file))[1:]
            if date.endswith(f"/04/{year}") and where in IN_FELL and code in (codes or {code})
        )


@pytest.fixture
def crime_command(settings, tmp_path):
    settings.LAKE = tmp_path / "lake"

    def run(*arguments):
        return CliRunner().invoke(cli.concerted, ["crime", *map(str, arguments)])

    assert run("areas", *lookups(tmp_path)).exit_code == 0
    return run


def mapped(tmp_path, name, mapping):
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(mapping), "utf-8")
    return path


@pytest.fixture
def brought(crime_command, tmp_path):
    """The two extracts of the two months, imported at the command line."""
    crimes = written(tmp_path / "crimes.csv", CRIMES, two_aprils(1, CODES))
    calls = written(tmp_path / "calls.csv", INCIDENTS, two_aprils(2, CALLS))
    for path, mapping in ((crimes, of_force()), (calls, of_incidents())):
        given = mapped(tmp_path, path.stem, mapping)
        made = crime_command("import", path, "--mapping", given, "--gaps-are-known")
        assert made.exit_code == 0, made.output
    return crimes, calls


def test_april_2009_against_april_2008_is_three_tables(crime_command, brought):
    crimes, calls = brought

    told = crime_command("report", "--area", FELL, "--to", "2009-04").output
    records = json.loads(
        crime_command("report", "--area", FELL, "--to", "2009-04", "--json").output
    )

    heads = [line for line in told.splitlines() if line.endswith("April 2009 against April 2008")]
    assert [one.partition(", month")[0] for one in heads] == [
        "Recorded crime of the force",
        "Disorder codes: calls, not crimes",
        "Most serious violence",
    ]
    assert "year to date" not in told
    assert "12 months" not in told
    found = {one["measure"]: (one["count"], one["before"]) for one in records}
    for measure, path, codes in (
        ("recorded-crime", crimes, None),
        ("recorded-violence-against-the-person", crimes, {"8G", "8F", "1", "2", "4.4", "5A"}),
        ("recorded-burglary", crimes, {"28A"}),
        ("disorder", calls, None),
        ("disorder-noise", calls, {"Noise"}),
        ("msv", crimes, SERIOUS),
        ("msv-wounding", crimes, {"5A"}),
    ):
        assert found[measure] == (by_hand(path, 2009, codes), by_hand(path, 2008, codes)), measure


def test_what_data_police_uk_says_of_the_month_stands_in_tables_of_its_own(crime_command, tmp_path):
    june = written(tmp_path / "june.csv", CRIMES, [crime("01/06/2024")] * 3)
    crime_command("import", june, "--mapping", mapped(tmp_path, "m", of_force()))
    crime_command("import", archive_of(tmp_path / "a.zip", {"2024-06": [street("2024-06")] * 8}))

    records = json.loads(
        crime_command("report", "--area", FELL, "--to", "2024-06", "--json").output
    )

    found = {one["measure"]: one["count"] for one in records if one["comparison"] == "month"}
    assert (found["all-crime"], found["recorded-crime"]) == (8, 3)


def test_over_a_break_no_change_is_read(crime_command, tmp_path):
    rows = [crime("01/04/2007", "5")] * 20 + [crime("01/04/2008", "5A")] * 40
    path = written(tmp_path / "crimes.csv", CRIMES, rows)
    mapping = mapped(tmp_path, "m", of_force())
    crime_command("import", path, "--mapping", mapping, "--gaps-are-known")

    told = crime_command("report", "--area", FELL, "--to", "2008-04").output

    line = next(one for one in told.splitlines() if one.startswith("  Most serious violence"))
    assert line.endswith("not comparable     40, from 20")
    assert "since April 2008 the rule for grievous bodily harm" in told


def test_a_table_that_cannot_be_had_for_an_area_leaves_a_sentence(crime_command, tmp_path):
    rows = [crime("01/06/2024", area=FELL)]
    path = written(tmp_path / "crimes.csv", CRIMES, rows)
    crime_command("import", path, "--mapping", mapped(tmp_path, "m", of_force(level="district")))
    crime_command("import", archive_of(tmp_path / "a.zip", {"2024-06": [street("2024-06")]}))

    told = crime_command("report", "--area", "E05000001", "--to", "2024-06").output

    assert "Recorded crime, month" in told
    assert "A table lacks: Snapshot 1 says districts and nothing smaller" in told


def test_sets_of_ones_own_take_the_place_of_these(crime_command, brought, tmp_path):
    crimes, _ = brought
    own = as_json([MOST_SERIOUS_VIOLENCE])
    own[0]["label"] = "Violence as agreed here"
    own[0]["measures"] = [
        {"code": "own", "label": "With 8F", "members": [{"kind": "recorded", "code": "8F"}]}
    ]
    path = mapped(tmp_path, "sets", own)

    told = crime_command("report", "--area", FELL, "--to", "2009-04", "--measures", path).output

    assert "Violence as agreed here, month" in told
    assert f"{by_hand(crimes, 2009, {'8F'})}, from {by_hand(crimes, 2008, {'8F'})}" in told


def test_sets_are_written_and_read_alike_and_what_is_none_is_a_sentence(tmp_path):
    path = mapped(tmp_path, "sets", as_json([MOST_SERIOUS_VIOLENCE]))
    assert sets_of(path) == (MOST_SERIOUS_VIOLENCE,)

    for given in ({}, [{"code": "x"}], [1], [{"code": "x", "label": "X", "measures": []}]):
        with pytest.raises(Refused):
            sets_of(mapped(tmp_path, "bad", given))


# The draft


def test_a_draft_guesses_columns_and_leaves_open_what_it_cannot_know(crime_command, tmp_path):
    columns = ("Crime Ref", "Recorded Date", "HO Code", "LSOA Code", "Victim Surname")
    rows = [(*crime("13/04/2009", code), "Invented") for code in ("28A", "ZZ")]
    path = written(tmp_path / "crimes.csv", columns, rows)

    told = crime_command("columns", path, "--draft", tmp_path / "draft.json").output

    made = json.loads((tmp_path / "draft.json").read_text("utf-8"))
    assert made["columns"] == {"date": "Recorded Date", "code": "HO Code", "area": "LSOA Code"}
    assert made["dropped"] == ["Crime Ref", "Victim Surname"]
    assert (made["date_format"], made["level"]) == ("%d/%m/%Y", "small_area")
    assert made["codes"] == {"ZZ": None}
    assert "seems to hold names: never taken" in told
    assert "Invented" not in told


def test_a_draft_filled_in_is_a_mapping(crime_command, tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, two_aprils(1, CODES))
    draft = tmp_path / "draft.json"
    crime_command("columns", path, "--draft", draft)
    made = json.loads(draft.read_text("utf-8"))

    refused = crime_command("import", path, "--mapping", draft)
    assert "name the force or hospital as one word" in refused.output.lower()
    draft.write_text(json.dumps({**made, "recorded_by": "marlshire"}), "utf-8")
    done = crime_command("import", path, "--mapping", draft, "--gaps-are-known")

    assert "Snapshot 1: 500 rows, 2008-04 to 2009-04." in done.output


def test_a_draft_knows_areas_by_their_names_and_leaves_the_others_open(crime_command, tmp_path):
    columns = ("Financial Year", "Quarter", "CSP Name", "Offence Code", "Number of Offences")
    rows = [("2011/12", "1", csp, "28A", "3") for csp in ("Safer Fell", "Unassigned")]
    path = written(tmp_path / "csp.csv", columns, rows)

    crime_command("columns", path, "--draft", tmp_path / "draft.json")

    made = json.loads((tmp_path / "draft.json").read_text("utf-8"))
    assert (made["feed"], made["level"]) == ("home_office", "partnership")
    assert made["areas"] == {"Unassigned": None}
    assert None not in made["columns"].values()


def test_days_and_months_that_cannot_be_told_apart_are_left_open(crime_command, tmp_path):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("03/04/2009")])

    told = crime_command("columns", path).output

    assert '"date_format": ""' in told
    assert "date_format: say it" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["--feed", "fire"], "no kind of file"), (["--header", "9"], "no columns are named there")],
)
def test_a_draft_that_cannot_be_made_is_a_sentence(crime_command, tmp_path, arguments, says):
    path = written(tmp_path / "crimes.csv", CRIMES, [crime("03/04/2009")])

    told = crime_command("columns", path, *arguments)

    assert told.exit_code == 2
    assert says in told.output
