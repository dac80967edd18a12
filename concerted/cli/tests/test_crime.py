"""concerted crime fetch: what is fetched, imported and left, and the sentence where it fails."""

import signal
import sys
import threading
import time

import pytest
from click.testing import CliRunner, Result

from concerted.cli import main as cli
from concerted.crime.lake.snapshots import Lake
from concerted.crime.lake.tests.invented import lookups
from concerted.crime.lake.tests.served import archive_bytes, busy, cut, said_to_be, serving


@pytest.fixture
def site():
    with serving("2025-10", "2025-11") as site:
        yield site


@pytest.fixture
def lake(settings, tmp_path):
    """An empty lake that knows where the small areas lie."""
    settings.LAKE = tmp_path / "lake"
    (settings.LAKE / "lookups").mkdir(parents=True)
    lookups(settings.LAKE / "lookups")
    return Lake(settings.LAKE)


def run(site, *options: str, since: str = "2025-10", force: str = "marlshire") -> Result:
    return CliRunner().invoke(
        cli.concerted,
        ["crime", "fetch", "--source", site.address, "--force", force, "--from", since, *options],
    )


def refused(site, *options: str, **more: str) -> str:
    done = run(site, *options, **more)
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    return done.stderr.strip()


def left(lake) -> list[str]:
    folder = lake.root / "fetched"
    return sorted(one.name for one in folder.rglob("*") if one.is_file() and one.name != "lock")


def test_months_of_a_force_are_fetched_and_imported_and_the_archive_deleted(site, lake):
    done = run(site, "--by", "analyst")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "2025-10 to 2025-11: archive 2025-11." in done.stdout
    assert "Snapshot 1: 6 rows, 2025-10 to 2025-11." in done.stdout
    manifest = lake.snapshot(1).manifest
    assert list(manifest.months["street"]) == ["marlshire"]
    assert [one["name"] for one in manifest.inputs] == ["2025-11.zip"]
    assert manifest.imported_by == "analyst"
    assert left(lake) == []


def test_months_that_were_not_asked_for_are_left_out(site, lake):
    site.publish("2025-11", archive_bytes("2025-08", "2025-09", "2025-10", "2025-11"))

    done = run(site, "--to", "2025-10", since="2025-09")

    assert "2025-09 to 2025-10: archive 2025-11." in done.stdout
    assert lake.snapshot(1).manifest.covers == ["2025-09", "2025-10"]


def test_older_months_come_from_an_older_archive(site, lake):
    site.publish("2022-11", archive_bytes("2022-10", "2022-11"))

    done = run(site, "--gaps-are-known", since="2022-11")

    assert "archive 2025-11, 2022-11." in done.stdout
    months = lake.snapshot(1).manifest.months["street"]["marlshire"]
    assert sorted(months) == ["2022-11", "2025-10", "2025-11"]


def test_archives_alone_are_kept_and_named(site, lake):
    (lake.root / "lookups/changes.csv").unlink()

    done = run(site, "--only-download")

    path = lake.root / "fetched/2025-11.zip"
    assert done.stdout.splitlines()[-1] == str(path)
    assert path.read_bytes() == site.archives["2025-11"]
    assert lake.snapshots() == ()


def test_a_checksum_that_was_not_told_is_said(site, lake):
    del site.pages["/data/archive/"]

    done = run(site, "--to", "2025-11")

    assert "No checksum of 2025-11 was told" in done.stdout
    assert done.exit_code == 0


@pytest.mark.slow
def _waits_for_more(thread):
    """Whether a thread reads from a connection, now and a moment later."""
    frames = [sys._current_frames()[thread]]
    time.sleep(0.1)
    frames.append(sys._current_frames()[thread])
    return all(one.f_code.co_filename.endswith("_backends/sync.py") for one in frames)


def test_ctrl_c_keeps_what_came_and_the_same_command_goes_on(site, lake):
    main = threading.main_thread().ident
    part = lake.root / "fetched/arriving/2025-11.zip"

    def interrupted(answer, data):
        cut(0.5)(answer, data)
        while not (part.exists() and part.stat().st_size) and not answer.site.closing.wait(0.01):
            pass
        # Only where it waits for more: an interrupt inside a finalizer would be lost.
        while not _waits_for_more(main) and not answer.site.closing.wait(0.05):
            pass
        signal.pthread_kill(main, signal.SIGINT)
        answer.site.closing.wait(10)

    # More than a file keeps back before it writes.
    site.publish("2025-11", archive_bytes("2025-10", "2025-11", rows=400))
    site.faults = [interrupted]

    assert refused(site) == "Stopped. What has come is kept: the same command goes on from there."
    begun = part.stat().st_size
    assert run(site).exit_code == 0
    assert site.from_store()[-1]["Range"] == f"bytes={begun}-"


def test_an_archive_that_cannot_be_imported_yet_is_kept_for_the_next_try(site, lake):
    site.publish("2025-11", archive_bytes("2025-08", "2025-11"))

    assert "Months are missing" in refused(site, since="2025-08")
    assert left(lake) == ["2025-11.json", "2025-11.zip"]
    assert run(site, "--gaps-are-known", since="2025-08").exit_code == 0
    assert len(site.from_store()) == 2
    assert "If-None-Match" in site.from_store()[-1]


def test_without_lookups_nothing_is_fetched(site, settings, tmp_path):
    settings.LAKE = tmp_path

    assert "No lookup says where the small areas lie" in refused(site)
    assert site.asked == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--to", "2025-12"], "The latest month published is 2025-11"),
        (["--to", "2025-09"], "ends (2025-09) before it begins (2025-10)"),
        (["--to", "lately"], "“lately” is not a month"),
        (["--provisional-from", "2025"], "“2025” is not a month"),
        (["--force", "clevland"], "no force called clevland"),
        (["--source", "http://data.police.uk"], "begins with https://"),
        (["--store", "nowhere"], "begins with https://"),
    ],
)
def test_what_cannot_be_fetched_is_refused_before_it_is(site, lake, options, said):
    assert said in refused(site, *options)
    assert site.from_store() == []


def test_what_went_wrong_on_the_way_is_a_sentence(site, lake):
    site.faults = [busy(503, Retry_After="7200")]
    assert "asks to wait for 120 minutes" in refused(site)

    site.faults = [said_to_be(50)]
    assert "its checksum (MD5) is another" in refused(site)
    assert left(lake) == []


def test_the_files_may_lie_where_a_store_is_named(site, lake):
    with serving() as store:
        store.archives, store.leads_to = site.archives, ""
        site.leads_to = f"{store.address}/archive/"

        assert "is not among the places" in refused(site)
        assert run(site, "--store", store.address).exit_code == 0
