"""Folders for clusters, and the certainty that no server outlives its test."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from concerted.postgres import Cluster
from concerted.postgres.processes import pid_in, works_in


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that “nobody” can pass; every server in it is stopped, by its own process number."""
    with a_room() as folder:
        yield folder


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    """A running cluster that the tests of a module share, and leave as it is."""
    with a_room() as folder:
        cluster = Cluster(folder / "database", fast=True).start()
        yield cluster
        cluster.remove()


@contextmanager
def a_room() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="concerted-postgres-"))
    folder.chmod(0o755)
    yield folder
    for data in folder.rglob("data"):
        pid = pid_in(data / "postmaster.pid")
        if pid is not None and works_in(pid, data):
            os.kill(pid, signal.SIGQUIT)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(room: Path) -> Iterator[Cluster]:
    """A cluster that is not started yet."""
    cluster = Cluster(room / "database", fast=True)
    yield cluster
    cluster.remove()


@pytest.fixture
def state(room: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the system’s state folder."""
    folder = room / "state"
    monkeypatch.setattr("concerted.postgres.home.STATE", folder)
    return folder


def postmaster(cluster: Cluster) -> int:
    """The process number of a running server."""
    pid = pid_in(cluster._found().data / "postmaster.pid")
    assert pid is not None
    return pid
