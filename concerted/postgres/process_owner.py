"""Whom the server’s processes run as: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from concerted.postgres.binaries import ENVIRONMENT, PATH
from concerted.postgres.errors import PostgresError

Command = Sequence[str | Path]
AsRoot = Literal["auto", "namespace", "nobody"]


@dataclass(frozen=True, slots=True)
class ProcessOwner:
    """A user to run the server as, and the words in front of its commands."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    dropped: bool = False

    def run(self, command: Command, **how: Any) -> subprocess.CompletedProcess[Any]:
        """Run a command as this user, with the empty environment and outside any folder of ours."""
        if self.dropped:
            how |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        how = {"stdin": subprocess.DEVNULL, "check": False, "umask": 0o077} | how
        return subprocess.run([*self.prefix, *command], cwd="/", env=ENVIRONMENT, **how)

    def can_run(self, command: Command) -> bool:
        """Whether this command ends well when this user runs it."""
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 60}
        try:
            return self.run(command, **silent).returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False

    def can_enter(self, folder: Path) -> bool:
        """Whether this user can reach what is inside a folder."""
        return self.can_run(["/bin/sh", "-c", 'cd "$0"', folder])

    def give(self, path: Path) -> None:
        """Make a file or folder of ours this user’s."""
        if self.dropped:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def ourselves() -> ProcessOwner:
    """The user this process runs as; not root."""
    return ProcessOwner(os.geteuid(), os.getegid())


def namespace() -> ProcessOwner | None:
    """Root, hidden in a user namespace; None where the kernel or its guard does not allow it.

    PostgreSQL sees an ordinary user, files stay root’s, and nothing has to change owner. To the
    file system the server is still root without its powers, so no role but the bootstrap one may
    be a superuser.
    """
    unshare = shutil.which("unshare", path=PATH)
    if unshare is None:
        return None
    words = (unshare, "--user", "--map-user=65534", "--map-group=65534")
    owner = ProcessOwner(0, os.getegid(), words)
    return owner if owner.can_run(["/bin/sh", "-c", ":"]) else None


def nobody() -> ProcessOwner:
    """The machine’s “nobody”, for root where user namespaces are not allowed."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return ProcessOwner(65534, 65534, dropped=True)
    return ProcessOwner(entry.pw_uid, entry.pw_gid, dropped=True)


def of_existing(data: Path) -> ProcessOwner:
    """The user a data directory was made for; PostgresError when that cannot be had here."""
    uid = data.stat().st_uid
    if os.geteuid() != 0:
        if uid == os.geteuid():
            return ourselves()
    elif uid == 0:
        found = namespace()
        if found is not None:
            return found
        raise PostgresError(
            f"The database in {data} belongs to root, and this machine does not let root start "
            "PostgreSQL in a user namespace. Allow user namespaces (or run the container with "
            "them), or give the folder to an ordinary user and run Concerted as that user."
        )
    elif uid == nobody().uid:
        return nobody()
    raise PostgresError(
        f"The database in {data} belongs to the user “{_name(uid)}”. "
        "Run Concerted as that user, or choose another folder."
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
