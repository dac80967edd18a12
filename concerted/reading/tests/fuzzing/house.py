"""What must be as it was after files have been read: memory, children, descriptors, folders."""

import contextlib
import ctypes
import os
import sys
import tempfile
import time
from pathlib import Path

GROWTH = 300 * 1024 * 1024  # bytes of memory that the reading process may gain in all
SETTLED = 3.0  # seconds in which a killed process is gone
_SET_SUBREAPER = 36
_NOBODY = 65534
IS_LINUX = sys.platform == "linux"


class House:
    """The state of this process before any file; on Linux alone can it be told.

    Inside of its `with`, what a child leaves behind becomes a child of this process, so that none
    gets away.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.gettempdir())
        self.files = self._files()
        self.children = children()
        self.descriptors = descriptors()
        self.memory = 0

    def __enter__(self) -> "House":
        _inherit(True)
        return self

    def __exit__(self, *_: object) -> None:
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
        new = self._files() - self.files
        return [f"files were left behind: {', '.join(sorted(new))}"] if new else []

    def _files(self) -> set[str]:
        """What the reader may have left: of its own name, or of the user its children become."""
        found = set()
        for path in self.folder.iterdir():
            try:
                if path.name.startswith("concerted-") or path.lstat().st_uid == _NOBODY:
                    found.add(path.name)
            except FileNotFoundError:
                continue  # somebody else's, gone meanwhile
        return found

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
