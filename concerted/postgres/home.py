"""Where a cluster’s data and socket are, and the folder for what “nobody” must reach."""

import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from concerted.postgres.errors import PostgresError
from concerted.postgres.process_owner import (
    AsRoot,
    ProcessOwner,
    namespace,
    nobody,
    of_existing,
    ourselves,
)
from concerted.postgres.settings import PORT

STATE = Path("/var/lib/concerted")
# Not what TMPDIR says: every process that joins has to find the same socket.
TEMP = Path("/tmp")  # noqa: S108 - make_socket_folder refuses what is not ours
SOCKET_PATH_BYTES = 107 if sys.platform == "linux" else 103


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with the data directory and, where the path is short enough, the socket."""

    folder: Path
    owner: ProcessOwner
    note: str = ""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """The folder of the server’s socket: in the home, or a short name under the temp folder."""
        inside = self.folder / "socket"
        room = SOCKET_PATH_BYTES - len(f"/.s.PGSQL.{PORT}")
        # libpq reads a comma as the start of a second host.
        if len(os.fsencode(inside)) <= room and "," not in str(inside):
            return inside
        return TEMP / f"concerted-{self.owner.uid}-{_short_hash(self.data)}"

    def make_socket_folder(self) -> Path:
        """The socket folder, made if it is missing; PostgresError when it is not only ours.

        Whoever can enter it can be any user of the database, so it has to be a true folder of
        the server’s user with mode 0700.
        """
        path = self.socket
        try:
            path.mkdir(mode=0o700)
            path.chmod(0o700)
        except FileExistsError:
            pass
        status = path.lstat()
        folder = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o700
        if not folder or status.st_uid not in (self.owner.uid, os.geteuid()):
            raise PostgresError(
                f"The database’s socket folder {path} is not a folder that only its own user can "
                "enter. Somebody else may have made it. Remove it, then start again."
            )
        self.owner.give(path)
        return path


def existing(folder: Path) -> Home | None:
    """The home of a cluster that was made before; None if there is none.

    The data decides whom the server runs as: it belongs to somebody already.
    """
    for place, note in ((folder, ""), (_elsewhere(folder), _note(folder))):
        if (place / "data").exists():
            return Home(place, of_existing(place / "data"), note)
    return None


def new(folder: Path, as_root: AsRoot) -> Home:
    """A home for a new cluster; for “nobody”, one that nobody can reach.

    Nothing outside the two folders changes owner or mode: where the way to the folder is closed
    to nobody, the data goes to the system’s state folder and `Home.note` says so.
    """
    if os.geteuid() != 0:
        return Home(folder, ourselves())
    hidden = None if as_root == "nobody" else namespace()
    if hidden is not None:
        return Home(folder, hidden)
    if as_root == "namespace":
        raise PostgresError(
            "This machine does not let root start PostgreSQL in a user namespace. "
            "Run Concerted as an ordinary user."
        )
    owner = nobody()
    if owner.can_enter(folder):
        return Home(folder, owner)
    place = _elsewhere(folder)
    shelf()
    place.mkdir(mode=0o711, exist_ok=True)
    place.chmod(0o711)
    folder.joinpath("where-the-data-is.txt").write_text(_note(folder) + "\n")
    return Home(place, owner, _note(folder))


def shelf() -> Path:
    """The system’s state folder of Concerted, which everybody can read and only root can write."""
    try:
        STATE.mkdir(mode=0o755)
        STATE.chmod(0o755)
    except FileExistsError:
        pass
    status = STATE.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != 0 or status.st_mode & 0o022:
        raise PostgresError(
            f"{STATE} is not a folder that only root can write. Remove it, then start again."
        )
    return STATE


def _elsewhere(folder: Path) -> Path:
    return STATE / f"postgres-{_short_hash(folder)}"


def _note(folder: Path) -> str:
    return (
        f"The database is in {_elsewhere(folder)}, not in {folder}: Concerted was started as root, "
        "PostgreSQL does not run as root, and the user “nobody” cannot reach that folder. "
        "To have it in its place, run Concerted as an ordinary user."
    )


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
