"""Whether the server lives: a lock its processes hold, and the pid files it leaves behind."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from concerted.postgres.binaries import ENVIRONMENT

PROC = Path("/proc")


def open_lock(path: Path) -> int:
    """A file descriptor to lock; never through a symbolic link."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; the others wait."""
    lock = open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


class LifeLine:
    """A lock that the server and all its processes inherit and hold until the last one is gone.

    A pid file says what was once true: after a restart of the machine the number belongs to
    somebody else, and a killed server leaves backends that still write. The kernel lets go of
    this lock exactly when no process of the server is left, zombies and other containers included.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def take(self) -> int | None:
        """The lock as an inheritable descriptor, to hand to a new server; None: one lives."""
        lock = open_lock(self.path)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        return lock

    def held(self) -> bool:
        """Whether any process of the server lives."""
        if not self.path.exists():
            return False
        lock = self.take()
        if lock is None:
            return True
        os.close(lock)
        return False


def pid_in(path: Path) -> int | None:
    """The process number in the first line of a pid or lock file of PostgreSQL."""
    try:
        number = int(path.read_text(errors="replace").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return abs(number) or None


def works_in(pid: int, data: Path) -> bool:
    """Whether a process lives (a zombie does not) and works in this data directory."""
    if PROC.joinpath("self").exists():
        try:
            state = PROC.joinpath(str(pid), "stat").read_bytes().rpartition(b")")[2].split()[0]
            return state not in (b"Z", b"X") and PROC.joinpath(str(pid), "cwd").samefile(data)
        except OSError:
            return False
    said = subprocess.run(
        ["ps", "-o", "stat=,command=", "-p", str(pid)],
        capture_output=True, text=True, errors="replace", env=ENVIRONMENT, check=False,
    ).stdout  # fmt: skip
    return not said.startswith("Z") and "postgres" in said and str(data) in said


def forget_foreign_pid(path: Path, data: Path) -> None:
    """Remove a pid file that names somebody else’s process or a zombie.

    PostgreSQL would take that process for its own earlier self and refuse to start. A file that
    names no process stays: PostgreSQL deals with it, and finds leftover backends by it.
    """
    pid = pid_in(path)
    if pid is not None and _exists(pid) and not works_in(pid, data):
        path.unlink(missing_ok=True)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
