"""What must be as it was after files have been read: memory, children, descriptors, folders."""

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

GROWTH = 300 * 1024 * 1024  # bytes of memory that the reading process may gain in all
SETTLED = 3.0  # seconds in which a killed process is gone
_SET_SUBREAPER = 36
IS_LINUX = sys.platform == "linux"


class House:
    """The state of this process before any file; on Linux alone can all of it be told.

    Inside of its `with`, what a child leaves behind becomes a child of this process, so that none
    gets away, and temporary files go to a folder of their own, as others use the common one.
    """

    def __init__(self) -> None:
        self.children = children()
        self.descriptors = descriptors()
        self.memory = 0
        self.folder = Path()

    def __enter__(self) -> "House":
        _inherit(True)
        self.folder = Path(tempfile.mkdtemp())
        self._before, tempfile.tempdir = tempfile.tempdir, str(self.folder)
        return self

    def __exit__(self, *_: object) -> None:
        tempfile.tempdir = self._before
        shutil.rmtree(self.folder, ignore_errors=True)
        _inherit(False)

    def faults(self) -> list[str]:
        """What is not as it was. Call when nothing is being read."""
        return [*self._running(), *self._open(), *self._left(), *self._grown()]

    def _running(self) -> list[str]:
        until = time.monotonic() + SETTLED
        while left := children() - self.children:
            for pid in left:
                with contextlib.suppress(ChildProcessError):  # it ended meanwhile
                    os.waitpid(pid, os.WNOHANG)
            if time.monotonic() > until:
                return [f"{len(left)} processes were left running"]
            time.sleep(0.02)
        return []

    def _open(self) -> list[str]:
        more = descriptors() - self.descriptors
        return [f"{more} descriptors were left open"] if more > 0 else []

    def _left(self) -> list[str]:
        left = sorted(path.name for path in self.folder.iterdir())
        return [f"files were left behind: {', '.join(left)}"] if left else []

    def _grown(self) -> list[str]:
        now = resident()
        self.memory = self.memory or now
        more = now - self.memory
        return [f"memory grew by {more // 1024 // 1024} MB"] if more > GROWTH else []


def _inherit(orphans: bool) -> None:
    if IS_LINUX:
        ctypes.CDLL(None).prctl(_SET_SUBREAPER, int(orphans), 0, 0, 0)


def children() -> set[int]:
    """The processes that this one began or inherited; empty where no kernel tells."""
    try:
        told = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    except FileNotFoundError:
        return set()
    return {int(pid) for pid in told.split()}


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd")) if IS_LINUX else 0


def resident() -> int:
    """Bytes of memory in use by this process."""
    if not IS_LINUX:
        return 0
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
