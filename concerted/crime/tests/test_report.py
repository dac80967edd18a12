"""The report of an area: every figure counted again by hand, and said no more surely than known."""

import json
import random
from collections import Counter

import pytest
from click.testing import CliRunner

from concerted.cli import main as cli
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import CRIME
from concerted.crime.lake.measures import Measure, Member
from concerted.crime.lake.months import Period, month_of, words_of
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tests.invented import (
    ASB,
    FELL,
    archive_of,
    brought,
    lookups,
    street,
    streets,
)
from concerted.crime.lake.tests.recount import rows_of
from concerted.crime.report import OF_POLICE_UK, area_of, as_records, report

CHANGE, TO = month_of("2023-06"), month_of("2024-06")
OLD, NEW = ["E01000001", "E01000002", "E01000010"], ["E01000002", "E01000091", "E01000092"]
IN_FELL = {*OLD, *NEW}


def two_years(seed=3):
    """Rows from April 2022 to June 2024: over the change of small areas, some outside of Fell."""
    chance = random.Random(seed)
    found = {}
    for month in Period(month_of("2022-04"), TO).months:
        name = words_of(month)
        codes = [*(OLD if month < CHANGE else NEW), "E01000020"]
        found[name] = [
            street(name, chance.choice([ASB, "Burglary", "Drugs", "Robbery"]), chance.choice(codes))
            for _ in range(chance.randint(10, 50))
        ]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    there = tmp_path_factory.mktemp("report")
    brought(there, two_years())
    return there


@pytest.fixture(scope="module")
def fell(folder):
    with Asking(folder / "lake" / "counts") as asking:
        yield report(asking, area_of(FELL), TO)


def by_hand(path, kind, first, last):
    return sum(
        1
        for row in rows_of(path)
        if row["LSOA code"] in IN_FELL
        and first <= row["Month"] <= last
        and (row["Crime type"] != ASB if kind == "all-crime" else row["Crime type"] == kind)
    )


@pytest.mark.parametrize("kind", ["all-crime", "Burglary", "Robbery", ASB])
def test_every_count_is_that_of_counting_by_hand(folder, fell, kind):
    code = {"all-crime": "all-crime", ASB: "asb"}.get(kind, kind.lower())
    lines = [one for one in as_records(fell) if one["measure"] == code]

    assert [one["comparison"] for one in lines] == ["month", "year to date", "12 months"]
    for one in lines:
        path = folder / "upload.zip"
        assert one["count"] == by_hand(path, kind, one["from"], one["to"])
        if one["comparison"] != "12 months":
            assert one["before"] == by_hand(path, kind, one["before_from"], one["before_to"])


def test_the_periods_are_those_that_boards_compare(fell):
    lines = [one for one in as_records(fell) if one["measure"] == "all-crime"]

    assert [(one["from"], one["before_from"], one["before_to"]) for one in lines] == [
        ("2024-06", "2023-06", "2023-06"),
        ("2024-04", "2023-04", "2023-06"),
        ("2023-07", "2022-07", "2023-06"),
    ]


def test_a_record_says_what_it_rests_on(fell):
    [first, *_] = as_records(fell)

    assert list(first) == [
        *("measure", "comparison", "area", "from", "to", "count"),
        *("before_from", "before_to", "before", "change_percent", "ratio", "low", "high"),
        *("word", "snapshot"),
    ]
    assert first["snapshot"] == [1]
    assert first["area"] == FELL


def test_disorder_is_never_among_crimes(fell):
    kinds = Counter(line.is_crime for line in fell.lines if line.measure.code == "asb")

    assert set(kinds) == {False}
    assert {one.members[0].kind for one in OF_POLICE_UK if one.code != "asb"} == {CRIME}


def test_years_that_were_never_reported_have_no_comparison(fell):
    assert not [one for one in fell.lines if "years ago" in one.comparison]


def test_a_month_that_is_missing_is_not_reported_and_never_zero(tmp_path):
    months = two_years()
    del months["2023-06"]
    brought(tmp_path, months)

    with Asking(tmp_path / "lake" / "counts") as asking:
        found = report(asking, area_of(FELL), TO)

    [month] = [
        one
        for one in as_records(found)
        if one["measure"] == "all-crime" and one["comparison"] == "month"
    ]
    assert (month["before"], month["ratio"], month["word"]) == (None, None, "not reported")
    assert ("marlshire", CHANGE) in found.absent


def test_a_change_from_none_has_no_percentage_and_no_end(tmp_path):
    brought(
        tmp_path,
        {"2023-06": [street("2023-06", "Drugs")], "2024-06": [street("2024-06")] * 12},
    )

    with Asking(tmp_path / "lake" / "counts") as asking:
        found = report(asking, area_of("marlshire"), TO)

    [line] = [
        one
        for one in as_records(found)
        if one["measure"] == "burglary" and one["comparison"] == "month"
    ]
    assert (line["count"], line["before"], line["change_percent"]) == (12, 0, None)
    assert (line["ratio"], line["high"]) == (None, None)
    assert line["low"] > 1
    assert line["word"] == "clear increase"


def test_measures_of_ones_own_are_reported_alike(folder):
    own = Measure(
        "acquisitive", "Acquisitive", (Member(CRIME, "Burglary"), Member(CRIME, "Robbery"))
    )

    with Asking(folder / "lake" / "counts") as asking:
        found = report(asking, area_of(FELL), TO, measures=[own])

    first, *_ = found.lines
    burglary_and_robbery = [
        by_hand(folder / "upload.zip", kind, "2024-06", "2024-06")
        for kind in ("Burglary", "Robbery")
    ]
    assert first.count == sum(burglary_and_robbery)


@pytest.mark.parametrize(
    ("code", "says"),
    [("X99", "no area that is known"), ("E06000999", "E06000999"), ("awayshire", "awayshire")],
)
def test_an_area_that_nobody_knows_is_a_sentence(folder, code, says):
    with Asking(folder / "lake" / "counts") as asking, pytest.raises(Refused, match=says):
        report(asking, area_of(code), TO)


def test_a_month_that_is_not_there_yet_is_a_sentence(folder):
    with (
        Asking(folder / "lake" / "counts") as asking,
        pytest.raises(Refused, match=r"2031-06.*Import the month"),
    ):
        report(asking, area_of(FELL), month_of("2031-06"))


# At the command line


@pytest.fixture
def crime(settings, tmp_path):
    settings.LAKE = tmp_path / "lake"

    def run(*arguments):
        return CliRunner().invoke(cli.concerted, ["crime", *map(str, arguments)])

    return run


def test_from_files_to_the_report_at_the_command_line(crime, tmp_path):
    given = crime("areas", *lookups(tmp_path))
    assert given.output.endswith("small areas are known.\n"), given.output
    path = archive_of(tmp_path / "marlshire.zip", two_years())

    made = crime("import", path, "--provisional-from", "2024-05", "--by", "Analyst")
    assert "Snapshot 1: " in made.output, made.output
    assert "2022-04 to 2024-06." in made.output

    told = crime("report", "--area", FELL, "--to", "2024-06")
    assert "Recorded crime, month: June 2024 against June 2023" in told.output, told.output
    assert "Disorder: calls, not crimes" in told.output
    assert "May still change: 2024-05, 2024-06." in told.output
    records = json.loads(crime("report", "--area", FELL, "--to", "2024-06", "--json").output)
    assert records[0]["count"] == by_hand(path, "all-crime", "2024-06", "2024-06")


def test_a_second_import_supersedes_and_leaves_the_first(crime, tmp_path):
    crime("areas", *lookups(tmp_path))
    first = archive_of(tmp_path / "first.zip", {"2024-06": [street("2024-06")] * 20})
    second = archive_of(tmp_path / "second.zip", {"2024-06": [street("2024-06")] * 30})
    crime("import", first)
    crime("import", second)

    [month, *_] = json.loads(crime("report", "--area", FELL, "--to", "2024-06", "--json").output)

    assert (month["count"], month["snapshot"]) == (30, [2])
    assert sorted(one.name for one in (tmp_path / "lake" / "counts").iterdir()) == [
        "000001",
        "000002",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["report", "--area", FELL, "--to", "2024-06"], "nothing in the lake yet"),
        (["report", "--area", FELL, "--to", "June"], "nothing in the lake yet"),
    ],
)
def test_an_empty_lake_is_a_sentence(crime, arguments, says):
    told = crime(*arguments)

    assert told.exit_code == 2
    assert says in told.output


def test_without_lookups_an_import_says_what_to_give_first(crime, tmp_path):
    path = archive_of(tmp_path / "marlshire.zip", {"2024-06": [street("2024-06")]})

    told = crime("import", path)

    assert told.exit_code == 2
    assert "concerted crime areas FILE" in told.output


def test_a_file_that_is_no_archive_changes_nothing(crime, tmp_path):
    crime("areas", *lookups(tmp_path))
    path = tmp_path / "broken.zip"
    path.write_bytes(archive_of(tmp_path / "whole.zip", two_years()).read_bytes()[:400])

    told = crime("import", path)

    assert told.exit_code == 2
    assert "Traceback" not in told.output
    assert not list((tmp_path / "lake").glob("counts/*"))


def test_a_file_that_is_no_lookup_is_not_kept(crime, tmp_path):
    path = tmp_path / "street.csv"
    path.write_bytes(streets([street("2024-06")]))

    told = crime("areas", path)

    assert told.exit_code == 2
    assert not list((tmp_path / "lake").glob("lookups/*"))
