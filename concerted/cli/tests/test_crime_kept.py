"""concerted crime snapshots | expire: what is there, whether it is unaltered, and what is due."""

import pytest
from click.testing import CliRunner

from concerted.cli import main as cli
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.measures import ALL_CRIME, area
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.questions import monthly
from concerted.crime.lake.snapshots import Lake
from concerted.crime.lake.tests.invented import FELL, brought, street

MAY, JUNE = month_of("2024-05"), month_of("2024-06")


@pytest.fixture
def lake(settings, tmp_path):
    """Two snapshots; the later one takes the place of the first."""
    for rows in (1, 3):
        brought(tmp_path, {"2024-05": [street("2024-05")] * rows})
    settings.LAKE = tmp_path / "lake"
    return Lake(settings.LAKE)


def run(*arguments, answer=""):
    return CliRunner().invoke(cli.concerted, ["crime", *arguments], input=answer)


def test_snapshots_are_listed_with_what_they_hold_and_whether_they_answer(lake):
    lines = run("snapshots").stdout.splitlines()

    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert "3 rows" in lines[0]
    assert lines[0].endswith("in use")
    assert lines[1].endswith("superseded")


def test_an_empty_lake_is_said_to_be_empty(settings, tmp_path):
    settings.LAKE = tmp_path / "none"

    assert "nothing in the lake" in run("snapshots", "--check").stdout


def test_a_file_that_was_altered_is_named(lake):
    assert run("snapshots", "--check").exit_code == 0
    path = next((lake.counts / "000002").rglob("places.parquet"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"more")

    done = run("snapshots", "--check")

    assert done.exit_code == 2
    assert "places.parquet" in done.stdout
    assert "Restore the lake" in done.stderr


def test_rows_are_destroyed_when_somebody_says_so_twice_and_figures_stay(lake):
    def figure():
        with Asking(lake.counts) as asking:
            found = monthly(asking, [ALL_CRIME], [area("district", FELL)], Period(MAY, MAY))
            return [one.count for one in found.cells]

    before = figure()
    assert run("expire", "2", "--by", "manager", answer="n\n").exit_code != 0
    assert not lake.snapshot(2).expired

    done = run("expire", "2", "--by", "manager", answer="y\n")

    assert done.exit_code == 0
    assert "its counts are kept" in done.stdout
    assert not (lake.rows / "000002").exists()
    assert figure() == before == [3]
    assert "rows destroyed" in run("snapshots").stdout


@pytest.mark.parametrize(
    ("number", "sentence"), [("9", "no snapshot 9"), ("1", "were destroyed before")]
)
def test_what_cannot_be_destroyed_is_a_sentence(lake, number, sentence):
    lake.expire(1, by="manager")

    done = run("expire", number, "--by", "manager", "--yes")

    assert done.exit_code == 2
    assert sentence in done.stderr
