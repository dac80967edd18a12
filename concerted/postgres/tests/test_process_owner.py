"""Root, “nobody” and ordinary users: nothing outside the folder changes owner or mode."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from concerted.postgres import Cluster, PostgresError
from concerted.postgres.process_owner import namespace
from concerted.postgres.processes import PROC
from concerted.postgres.tests.conftest import postmaster
from concerted.postgres.tests.stories import ROOT, SCRIPT

pytestmark = pytest.mark.slow
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="these are about root")
with_namespaces = pytest.mark.skipif(
    os.geteuid() != 0 or namespace() is None, reason="this kernel gives root no user namespace"
)


def around(folder: Path) -> dict[Path, tuple[int, ...]]:
    """Owner, group and mode of all folders on the way, and of Python’s."""
    prefix = Path(sys.prefix)
    places = [*folder.parents, prefix, *prefix.parents, Path.home(), Path("/var/lib")]
    stats = {place: place.stat() for place in places}
    return {place: (stat.st_mode, stat.st_uid, stat.st_gid) for place, stat in stats.items()}


@with_namespaces
def test_in_a_namespace_files_stay_roots_and_nothing_around_changes(room: Path):
    private = room / "private"
    private.mkdir(mode=0o700)
    before = around(private / "database")

    cluster = Cluster(private / "database", fast=True, as_root="namespace").start()

    assert cluster.sql("SELECT 1") == "1"
    assert cluster._found().data.stat().st_uid == 0
    assert around(private / "database") == before
    cluster.stop()
    assert cluster.start().running()
    cluster.remove()


@as_root
def test_as_nobody_only_the_clusters_own_folders_change_owner(room: Path):
    before = around(room / "database")

    cluster = Cluster(room / "database", fast=True, as_root="nobody").start()

    assert cluster.sql("SELECT 1") == "1"
    assert cluster.notes == ()
    assert (PROC / str(postmaster(cluster))).stat().st_uid == 65534
    assert cluster._found().data.stat().st_uid == 65534
    assert around(room / "database") == before
    cluster.stop()
    assert cluster.start().running()
    cluster.remove()


@as_root
def test_as_nobody_below_a_private_folder_the_data_goes_elsewhere_and_it_says_so(
    room: Path, state: Path
):
    private = room / "private"
    private.mkdir(mode=0o700)
    before = around(private / "database")

    cluster = Cluster(private / "database", fast=True, as_root="nobody").start()
    cluster.sql("CREATE TABLE word (it text)")

    assert cluster._found().folder.parent == state
    assert cluster.notes[0].startswith(f"The database is in {state}/postgres-")
    assert cluster.notes[0] in (cluster.folder / "where-the-data-is.txt").read_text()
    assert around(private / "database") == before
    cluster.stop()
    again = Cluster(private / "database", fast=True).start()
    assert again.sql("SELECT count(*) FROM word") == "0"
    again.remove()
    assert list(state.glob("postgres-*")) == []


@as_root
def test_programs_that_nobody_can_reach_are_copied_once(room: Path, state: Path):
    wheel = Cluster(room / "x").tool("postgres").parents[2]
    private = room / "private"
    private.mkdir(mode=0o700)
    for part in (wheel, wheel.with_name(wheel.name + ".libs")):
        subprocess.run(["cp", "-r", part, private], check=True)
    programs = private / wheel.name / "pginstall" / "bin"

    cluster = Cluster(room / "database", fast=True, as_root="nobody", binaries=programs).start()

    assert cluster.sql("SELECT 1") == "1"
    assert len(list(state.glob("binaries-*"))) == 1
    assert cluster.tool("psql").parent == programs
    assert private.stat().st_mode & 0o777 == 0o700
    cluster.remove()


@as_root
def test_a_state_folder_that_others_can_write_is_refused(room: Path, state: Path):
    state.mkdir()
    state.chmod(0o777)
    private = room / "private"
    private.mkdir(mode=0o700)

    with pytest.raises(PostgresError, match="not a folder that only root can write"):
        Cluster(private / "database", as_root="nobody").start()


@as_root
def test_root_does_not_start_the_database_of_an_ordinary_user(room: Path):
    folder = room / "database"
    (folder / "data").mkdir(parents=True)
    os.chown(folder / "data", 1234, 1234)

    with pytest.raises(PostgresError, match=r"belongs to the user “1234”. Run Concerted as that"):
        Cluster(folder).start()


@as_root
def test_an_ordinary_user_needs_no_root(room: Path):
    home = room / "home"
    home.mkdir(mode=0o700)
    os.chown(home, 65534, 65534)

    done = as_nobody(python_for_all(), "-c", SCRIPT, str(home / "pg"), "stop")

    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
    assert (home / "pg" / "data").stat().st_uid == 65534
    assert (home / "pg").stat().st_mode & 0o777 == 0o700


def python_for_all() -> str:
    """A Python that an ordinary user can run; the tests’ own may live in a home of root’s."""
    finding = f"import sys; sys.path += {sys.path!r}; "
    finding += "from concerted.postgres import binaries; binaries.find()"
    for python in (sys.executable, "/usr/bin/python3"):
        if as_nobody(python, "-c", finding).returncode == 0:
            return python
    pytest.skip("no Python 3.11, or no PostgreSQL, that an ordinary user can run")


def as_nobody(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["runuser", "-u", "nobody", "--", *command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
