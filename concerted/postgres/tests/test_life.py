"""Made, started, joined, stopped: the ordinary life of a cluster."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from concerted.postgres import Cluster, PostgresError
from concerted.postgres.tests.conftest import postmaster
from concerted.postgres.tests.stories import ROOT, SCRIPT, in_parallel


@pytest.mark.slow
def test_a_new_folder_becomes_a_database_that_answers(cluster: Cluster):
    assert not cluster.running()

    cluster.start()

    assert cluster.running()
    assert cluster.sql("SELECT 1 + 1") == "2"
    assert cluster.notes == ()


@pytest.mark.slow
def test_starting_twice_is_starting_once(cluster: Cluster):
    first = postmaster(cluster.start())

    assert postmaster(cluster.start()) == first
    assert postmaster(Cluster(cluster.folder).start()) == first


@pytest.mark.slow
def test_rows_are_there_after_a_stop_and_a_start(cluster: Cluster):
    cluster.start().sql("CREATE TABLE word (it text); INSERT INTO word VALUES ('naïve')")
    cluster.stop()
    assert not cluster.running()

    assert cluster.start().sql("SELECT it FROM word") == "naïve"


@pytest.mark.slow
def test_stopping_what_does_not_run_does_nothing(cluster: Cluster):
    cluster.stop()
    assert not cluster.folder.exists()

    cluster.start().stop()
    cluster.stop()


@pytest.mark.slow
def test_a_client_connects_with_the_words_of_dsn(running: Cluster):
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(**running.dsn("postgres", "postgres")) as connection:
        answer = connection.execute("SELECT current_user, current_setting('TimeZone')").fetchone()

    assert answer == ("postgres", "UTC")


@pytest.mark.slow
def test_words_sort_the_same_on_every_machine(running: Cluster):
    locale = "SELECT datlocprovider, datlocale, datcollate FROM pg_database WHERE datname = "
    assert running.sql(locale + "'postgres'") == "b|C.UTF-8|C"
    assert running.sql("SELECT upper('é'), 'Zoe' < 'anne'") == "É|t"


def test_the_data_and_the_socket_are_for_their_user_alone(running: Cluster):
    for folder in (running._found().data, Path(running.dsn("postgres", "postgres")["host"])):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert running.sql("SHOW listen_addresses") == ""
    assert (running.folder / "server.log").stat().st_mode & 0o777 == 0o600


def test_a_dump_is_made_with_the_servers_own_tool(running: Cluster):
    running.sql("CREATE TABLE IF NOT EXISTS word (it text)")

    where = ["-h", running.dsn("postgres", "postgres")["host"], "-U", "postgres"]
    dump = subprocess.run(
        [running.tool("pg_dump"), *where, "postgres"], capture_output=True, text=True, check=True
    )

    assert "CREATE TABLE public.word" in dump.stdout


def test_a_refused_statement_comes_back_in_the_servers_words(running: Cluster):
    with pytest.raises(PostgresError, match='relation "nothing" does not exist'):
        running.sql("SELECT * FROM nothing")


@pytest.mark.slow
def test_remove_leaves_nothing(cluster: Cluster):
    cluster.start().remove()

    assert not cluster.folder.exists()
    assert not cluster.running()


@pytest.mark.slow
def test_it_works_with_an_empty_environment(room: Path):
    done = subprocess.run(
        ["/usr/bin/env", "-i", sys.executable, "-c", SCRIPT, room / "database", "stop"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


@pytest.mark.slow
def test_the_callers_language_and_server_make_no_difference(room: Path):
    strange = {"LANG": "en_GB.UTF-8", "LC_ALL": "xx_XX", "PGPORT": "1", "PGOPTIONS": "-c bad=1"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, room / "database", "stop"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=strange,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


@pytest.mark.slow
def test_four_programs_may_start_it_at_once(cluster: Cluster):
    assert in_parallel(4, cluster.folder) == ["1\n"] * 4
    assert cluster.running()


@pytest.mark.slow
def test_four_programs_may_start_it_at_once_when_it_is_there_already(cluster: Cluster):
    cluster.start().stop()

    assert in_parallel(4, cluster.folder) == ["1\n"] * 4


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["with spaces and 'quotes\"", "a,comma", "$HOME `id` \\ é", "x" * 120]
)
def test_any_name_of_a_folder_will_do(room: Path, name: str):
    cluster = Cluster(room / name, fast=True).start()
    try:
        assert cluster.sql("SELECT 1") == "1"
        cluster.stop()
        assert cluster.start().running()
    finally:
        cluster.remove()


def test_a_line_break_in_the_folders_name_is_refused(room: Path):
    with pytest.raises(PostgresError, match="cannot hold a line break"):
        Cluster(room / "two\nlines").start()


def test_ctrl_c_at_the_terminal_does_not_reach_the_server(running: Cluster):
    pid = postmaster(running)

    assert os.getpgid(pid) != os.getpgid(0)
    assert os.getsid(pid) != os.getsid(0)


@pytest.mark.slow
def test_no_word_of_a_statement_gets_into_the_log(cluster: Cluster):
    cluster.start().sql("CREATE TABLE word (it text UNIQUE); INSERT INTO word VALUES ('Marigold')")
    for statement in (
        "INSERT INTO word VALUES ('Marigold')",
        "SELECT 'Marigold'::integer",
        "SELECT 'Marigold', pg_terminate_backend(pg_backend_pid())",
        "SELECT 'Marigold', pg_sleep(0.1) FROM nothing",
    ):
        with pytest.raises(PostgresError):
            cluster.sql(statement)

    assert "Marigold" not in (cluster.folder / "server.log").read_text()


@pytest.mark.slow
def test_a_backend_that_is_killed_takes_no_words_into_the_log(cluster: Cluster):
    cluster.start()
    killing = "SELECT 'Marigold'; COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'"

    with pytest.raises(PostgresError):
        cluster.sql(killing)

    log = cluster.folder / "server.log"
    deadline = time.monotonic() + 30
    while "was terminated by signal 9" not in log.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert "Marigold" not in log.read_text()


@pytest.mark.slow
def test_a_long_log_is_put_aside_at_the_next_start(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
):
    cluster.start().stop()
    monkeypatch.setattr("concerted.postgres.cluster.LOG_BYTES", 10)

    cluster.start()

    assert "database system is ready" in (cluster.folder / "server.log.1").read_text()
    assert (cluster.folder / "server.log").read_text().count("ready to accept") == 1
