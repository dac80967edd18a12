"""Killed, restarted, mistaken for somebody else: what a cluster survives."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from concerted.postgres import Cluster, PostgresError
from concerted.postgres.processes import works_in
from concerted.postgres.tests.conftest import postmaster
from concerted.postgres.tests.stories import program

pytestmark = pytest.mark.slow
ROWS = "CREATE TABLE row AS SELECT generate_series(1, 20000) AS n"


def kill(cluster: Cluster) -> int:
    pid = postmaster(cluster)
    os.kill(pid, signal.SIGKILL)
    return pid


def test_a_killed_server_starts_at_once_with_its_rows(room: Path):
    cluster = Cluster(room / "database").start()  # not fast: with fsync, as shipped
    cluster.sql(ROWS)
    kill(cluster)

    assert cluster.start().sql("SELECT count(*) FROM row") == "20000"
    cluster.remove()


def test_a_server_killed_in_the_middle_of_work_starts_with_its_rows(cluster: Cluster):
    cluster.start().sql(ROWS)
    where = ["-h", cluster.dsn("postgres", "postgres")["host"], "-U", "postgres"]
    busy = subprocess.Popen(
        [cluster.tool("psql"), *where, "-c", "SELECT pg_sleep(30)"], stderr=subprocess.DEVNULL
    )
    time.sleep(0.3)
    kill(cluster)

    assert cluster.start().sql("SELECT count(*) FROM row") == "20000"
    assert busy.wait(timeout=10) != 0


def test_the_server_outlives_a_killed_program_and_is_joined_by_the_next(cluster: Cluster):
    owner = program(cluster.folder, "wait")
    assert owner.stdout is not None
    assert owner.stdout.readline() == "1\n"
    pid = postmaster(cluster)
    owner.kill()
    owner.communicate()

    assert cluster.running()
    assert postmaster(cluster.start()) == pid
    cluster.stop()
    assert not works_in(pid, cluster._found().data)


def test_a_stale_pid_file_that_names_a_living_stranger_is_seen_through(cluster: Cluster):
    cluster.start().sql(ROWS)
    pid = kill(cluster)
    data = cluster._found().data
    wait_until_gone(pid, data)
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    for path in (data / "postmaster.pid", cluster._found().socket / ".s.PGSQL.5432.lock"):
        path.write_text(path.read_text().replace(str(pid), str(stranger.pid), 1))

    assert cluster.start().sql("SELECT count(*) FROM row") == "20000"
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_stale_pid_file_that_names_a_zombie_is_seen_through(cluster: Cluster):
    cluster.start().sql(ROWS)
    pid = kill(cluster)
    data = cluster._found().data
    wait_until_gone(pid, data)
    zombie = subprocess.Popen(["/bin/true"])
    time.sleep(0.2)
    (data / "postmaster.pid").write_text(
        (data / "postmaster.pid").read_text().replace(str(pid), str(zombie.pid), 1)
    )

    assert cluster.start().sql("SELECT count(*) FROM row") == "20000"
    zombie.wait()


def test_a_stale_pid_file_never_gets_the_stranger_stopped(cluster: Cluster):
    cluster.start()
    pid = kill(cluster)
    data = cluster._found().data
    wait_until_gone(pid, data)
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    pid_file = data / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(pid), str(stranger.pid), 1))

    cluster.stop()

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_database_that_was_half_made_is_made_again(cluster: Cluster):
    (cluster.folder / "data.partial" / "base").mkdir(parents=True)
    (cluster.folder / "data.partial" / "PG_VERSION").write_text("18\n")

    assert cluster.start().sql("SELECT 1") == "1"
    assert not (cluster.folder / "data.partial").exists()


def test_a_folder_that_is_no_database_is_refused_and_left_alone(cluster: Cluster):
    (cluster.folder / "data").mkdir(parents=True)
    (cluster.folder / "data" / "letter.txt").write_text("Dear all")

    with pytest.raises(PostgresError, match=r"is not a database of PostgreSQL. Move it away"):
        cluster.start()

    assert (cluster.folder / "data" / "letter.txt").read_text() == "Dear all"


def test_a_database_of_another_major_version_is_refused_with_the_way_out(cluster: Cluster):
    cluster.start().stop()
    (cluster._found().data / "PG_VERSION").write_text("17\n")

    with pytest.raises(PostgresError, match=r"made by PostgreSQL 17.*Dump it with the"):
        cluster.start()


def test_a_server_that_cannot_start_says_why_with_the_end_of_its_log(cluster: Cluster):
    cluster.start().stop()
    (cluster._found().data / "postgresql.conf").write_text("no_such_setting = on\n")

    with pytest.raises(PostgresError, match=r"(?s)ended while it started.*no_such_setting"):
        cluster.start()


def test_a_folder_that_cannot_be_made_is_a_sentence(room: Path):
    (room / "file").write_text("")

    with pytest.raises(PostgresError, match=r"could not be started.*can write there"):
        Cluster(room / "file" / "database").start()


def test_a_socket_folder_that_others_can_enter_is_refused(cluster: Cluster):
    cluster.start().stop()
    cluster._found().socket.chmod(0o755)

    with pytest.raises(PostgresError, match="Somebody else may have made it"):
        cluster.start()


def test_a_link_in_place_of_the_socket_folder_is_refused(
    room: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("concerted.postgres.home.TEMP", room)
    cluster = Cluster(room / ("x" * 120), fast=True)
    cluster.start().stop()
    socket = Path(cluster.dsn("postgres", "postgres")["host"])
    assert socket.parent == room
    trap = room / "trap"
    trap.mkdir(mode=0o700)
    socket.rmdir()
    socket.symlink_to(trap)

    with pytest.raises(PostgresError, match="Somebody else may have made it"):
        cluster.start()
    assert list(trap.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of somebody else")
def test_a_socket_folder_of_another_user_is_refused(room: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("concerted.postgres.home.TEMP", room)
    cluster = Cluster(room / ("x" * 120), fast=True)
    cluster.start().stop()
    socket = Path(cluster.dsn("postgres", "postgres")["host"])
    os.chown(socket, 1234, 1234)

    with pytest.raises(PostgresError, match="Somebody else may have made it"):
        cluster.start()


def wait_until_gone(pid: int, data: Path) -> None:
    while works_in(pid, data):
        time.sleep(0.01)
    time.sleep(0.5)  # its backends see that it is gone
