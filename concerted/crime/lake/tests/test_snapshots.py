"""Snapshots are never altered, supersede each other by month, and are there whole or not at all."""

import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import time

import pytest

from concerted.crime.lake import troubles
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.importing import bring_in
from concerted.crime.lake.measures import ALL_CRIME, area
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.planning import plan
from concerted.crime.lake.questions import monthly
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.snapshots import Lake, digest_of, standing, superseded
from concerted.crime.lake.tests.invented import FELL, archive_of, brought, geography, street

JANUARY = month_of("2023-01")
WHOLE = Period(JANUARY, month_of("2023-03"))


def months(*numbers):
    names = ("2023-01", "2023-02", "2023-03")
    return {
        name: [street(name)] * number
        for name, number in zip(names, numbers, strict=False)
        if number
    }


def counts(folder, **how):
    with Asking(folder / "lake" / "counts", **how) as asking:
        found = monthly(asking, [ALL_CRIME], [area("district", FELL)], WHOLE)
    return [one.count for one in found.cells], found.snapshots


def everything(lake):
    return {
        path.relative_to(lake.root): digest_of(path)
        for path in lake.root.rglob("*")
        if path.is_file()
    }


def test_the_newest_snapshot_in_force_answers_month_by_month(tmp_path):
    brought(tmp_path, months(1, 2))
    brought(tmp_path, months(0, 5, 6))

    assert counts(tmp_path) == ([1, 5, 6], (1, 2))


def test_figures_can_be_had_as_they_were_at_an_older_snapshot(tmp_path):
    brought(tmp_path, months(1, 2))
    brought(tmp_path, months(0, 5, 6))

    assert counts(tmp_path, as_at=1) == ([1, 2, None], (1,))


def test_a_list_says_which_snapshots_are_superseded(tmp_path):
    brought(tmp_path, months(1, 2))
    brought(tmp_path, months(3))
    brought(tmp_path, months(4, 4))
    snapshots = Lake(tmp_path / "lake").snapshots()

    assert superseded(snapshots) == (1, 2)
    assert standing(snapshots)["street", "marlshire", JANUARY] == 3


def test_a_later_import_alters_no_file_of_an_earlier_one(tmp_path):
    brought(tmp_path, months(1, 2))
    lake = Lake(tmp_path / "lake")
    before = everything(lake)
    brought(tmp_path, months(7, 7))

    assert everything(lake).items() >= before.items()


def test_an_open_lake_notices_a_new_snapshot(tmp_path):
    brought(tmp_path, months(1))
    with Asking(tmp_path / "lake" / "counts") as asking:
        places, period = [area("district", FELL)], Period(JANUARY, JANUARY)
        assert monthly(asking, [ALL_CRIME], places, period).cells[0].count == 1
        brought(tmp_path, months(4))
        assert monthly(asking, [ALL_CRIME], places, period).cells[0].count == 4


def test_pages_need_the_counts_alone(tmp_path):
    brought(tmp_path, months(1, 2))
    shutil.rmtree(tmp_path / "lake" / "rows")
    shutil.rmtree(tmp_path / "lake" / "working")

    assert counts(tmp_path)[0] == [1, 2, None]


def test_what_is_asked_reaches_no_file_but_the_counts(tmp_path):
    brought(tmp_path, months(1))
    with Asking(tmp_path / "lake" / "counts") as asking:
        for path in ("/etc/hostname", str(tmp_path / "lake" / "rows" / "**" / "*.parquet")):
            with pytest.raises(Exception, match="Permission"):
                asking.ask("SELECT * FROM read_text($path)", {"path": path})
        with pytest.raises(Exception, match="locked"):
            asking.ask("SET enable_external_access = true", {})


def test_expiry_destroys_the_rows_and_keeps_hash_manifest_and_counts(tmp_path):
    snapshot = brought(tmp_path, months(1, 2))
    lake = Lake(tmp_path / "lake")
    lake.expire(1, by="person-7")

    assert list(lake.rows.iterdir()) == []
    assert lake.snapshot(1).expired
    assert lake.snapshot(1).manifest == lake.snapshots()[0].manifest == snapshot.manifest
    assert counts(tmp_path)[0] == [1, 2, None]
    assert lake.altered(1) == []


def test_an_expiry_that_was_cut_short_is_carried_out_at_the_next_start(tmp_path):
    snapshot = brought(tmp_path, months(1))
    lake = Lake(tmp_path / "lake")
    (snapshot.folder / "expired.json").write_text("{}")
    lake.sweep()

    assert list(lake.rows.iterdir()) == []


def test_a_file_that_was_altered_is_named(tmp_path):
    brought(tmp_path, months(1))
    lake = Lake(tmp_path / "lake")
    path = lake.rows / "000001" / "street" / "2023.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    (lake.counts / "000001" / "places.parquet").unlink()

    assert sorted(lake.altered(1)) == ["counts/places.parquet", "rows/street/2023.parquet"]


def test_a_manifest_that_cannot_be_read_is_refused(tmp_path):
    snapshot = brought(tmp_path, months(1))
    (snapshot.folder / "manifest.json").write_text(json.dumps({"number": 1}))

    with pytest.raises(Refused, match="Restore that folder"):
        Lake(tmp_path / "lake").snapshots()


def test_a_snapshot_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="no snapshot 7"):
        Lake(tmp_path / "lake").snapshot(7)


def test_what_an_ended_import_left_is_swept_and_what_runs_is_not(tmp_path):
    lake = Lake(tmp_path / "lake")
    with lake.working_on() as running:
        (lake.working / "000009").mkdir()
        (lake.rows / "000008").mkdir()
        lake.sweep()
        assert [one.name for one in sorted(lake.working.iterdir())] == ["000001", "lake.lock"]
        assert running.rows.is_dir()
    assert list(lake.rows.iterdir()) == []


def test_two_imports_at_once_get_two_numbers(tmp_path):
    lake = Lake(tmp_path / "lake")
    with lake.working_on() as one, lake.working_on() as other:
        assert (one.number, other.number) == (1, 2)


def test_too_little_room_is_said_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(troubles, "_SPARE", 2**60)

    with pytest.raises(Refused, match="make room"):
        brought(tmp_path, months(1))


# The tests below import in a process of its own, which is then starved or ended.


def starved(folder, most):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        bring_in(Lake(folder / "lake"), plan([folder / "more.zip"]), geography(folder))
    except Refused as error:
        os._exit(3 if "no room left" in str(error) else 4)
    os._exit(0)


@pytest.fixture
def full(tmp_path):
    """A lake with a snapshot, and an archive that is to come."""
    brought(tmp_path, months(1, 2))
    rows = {
        name: [street(name, Crime_ID=os.urandom(32).hex()) for _ in range(4000)]
        for name in months(1, 1)
    }
    archive_of(tmp_path / "more.zip", rows)
    return tmp_path


@pytest.mark.parametrize("most", [1000, 200_000, 600_000])
def test_a_full_disk_leaves_older_snapshots_as_they_were(full, most):
    lake = Lake(full / "lake")
    before = everything(lake)
    child = multiprocessing.get_context("spawn").Process(target=starved, args=(full, most))
    child.start()
    child.join(60)

    assert child.exitcode in (0, 3)
    assert everything(lake).items() >= before.items()
    assert [one.number for one in lake.snapshots()] == [1, 2][: 2 if child.exitcode == 0 else 1]
    assert [one.name for one in lake.working.iterdir()] == ["lake.lock"]


@pytest.mark.slow
def test_an_import_killed_at_any_instant_leaves_no_half_snapshot(full):
    lake, chance = Lake(full / "lake"), random.Random(2023)
    before = everything(lake)
    for _ in range(15):
        child = multiprocessing.get_context("spawn").Process(target=starved, args=(full, 2**40))
        child.start()
        began = time.monotonic()
        wait = chance.uniform(0.4, 3.0)
        while child.is_alive() and time.monotonic() - began < wait:
            time.sleep(0.01)
        if child.pid and child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
        child.join()
        for snapshot in lake.snapshots():
            assert lake.altered(snapshot.number) == []
        assert everything(lake).items() >= before.items()
    brought(full, months(0, 0, 9))

    assert sorted(one.name for one in lake.working.iterdir()) == ["lake.lock"]
    assert {one.name for one in lake.rows.iterdir()} == {one.name for one in lake.counts.iterdir()}
    assert counts(full)[0][2] == 9
