"""The embedded server’s life: made, started, joined, stopped, removed."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from concerted.postgres import binaries as binaries_
from concerted.postgres import home as homes
from concerted.postgres.binaries import ENVIRONMENT, Binaries
from concerted.postgres.errors import PostgresError
from concerted.postgres.home import Home
from concerted.postgres.process_owner import AsRoot, Command, ourselves
from concerted.postgres.processes import LifeLine, forget_foreign_pid, locked, pid_in, works_in
from concerted.postgres.settings import PORT, command_line

SUPERUSER = "postgres"
PATIENCE = 120.0  # seconds: recovery after a crash can take long
LOG_BYTES = 5_000_000
INITDB = [
    *("-U", SUPERUSER, "--auth=trust", "-E", "UTF8", "--no-instructions"),
    # The same order of words on every machine, whatever locales it has.
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
]
Mode = Literal["smart", "fast", "immediate"]
SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}


class Cluster:
    """One PostgreSQL server of our own in one folder: `data`, `server.log`, `socket`.

    It listens on a socket in a folder only its own user can enter, and nowhere else; whoever can
    enter is trusted. It outlives the process that started it, so that several can share it; who
    should stop it calls `stop`. Started as root it hides root in a user namespace, or runs as
    “nobody” (`as_root` chooses for a new cluster); `notes` says if the data had to go elsewhere.
    """

    def __init__(
        self,
        folder: Path,
        *,
        fast: bool = False,
        binaries: Path | None = None,
        as_root: AsRoot = "auto",
    ) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.fast = fast
        self.as_root = as_root
        self._named = binaries
        self._home: Home | None = None
        self._life_line = LifeLine(self.folder / "alive")

    def start(self) -> Self:
        """Make the cluster if there is none, start it if it is not running, wait until it answers.

        Any number of processes may call this at once. Takes about half a second the first time,
        a tenth later; up to 120 seconds after a crash. Raises PostgresError.
        """
        if "\n" in str(self.folder):
            raise PostgresError("A database folder’s name cannot hold a line break. Rename it.")
        with self._sentences("started"):
            self._make_folder()
            with locked(self.folder / "lock"):
                home = homes.existing(self.folder) or self._make()
                self._home = home
                self._refuse_another_major(home)
                self._launch_or_join(home)
        return self

    def stop(self, mode: Mode = "fast") -> None:
        """Stop the server and wait until its last process is gone; nothing if it is not running.

        `smart` waits for clients to leave, `fast` ends their work, `immediate` skips the tidying
        (the next start recovers). Raises PostgresError after 120 seconds.
        """
        if not self.folder.exists():
            return
        with self._sentences("stopped"), locked(self.folder / "lock"):
            home = self._found()
            pid = pid_in(home.data / "postmaster.pid")
            if pid is None or not works_in(pid, home.data):
                self._refuse_out_of_reach(home)
                return
            os.kill(pid, SIGNALS[mode])
            deadline = time.monotonic() + PATIENCE
            while works_in(pid, home.data) or self._life_line.held():
                if time.monotonic() > deadline:
                    raise PostgresError(
                        f"The database server (process {pid}) did not stop within "
                        f"{PATIENCE:.0f} seconds. End the programs that use it, then stop it "
                        f"again.{self._log_end()}"
                    )
                time.sleep(0.01)

    def remove(self) -> None:
        """Stop the server and delete its data, wherever it is."""
        self.stop("immediate")
        home = self._found()
        for folder in {self.folder, home.folder, home.socket}:
            shutil.rmtree(folder, ignore_errors=True)
        self._home = None

    def running(self) -> bool:
        """Whether the server answers and takes connections."""
        return (self.folder / "alive").exists() and self._answers(self._found())

    def dsn(self, database: str, user: str) -> dict[str, str]:
        """What a client connects with: `host` (the socket’s folder), `port`, `user`, `dbname`."""
        return {"host": str(self._found().socket), "port": PORT, "user": user, "dbname": database}

    def tool(self, name: str) -> Path:
        """Path of one of PostgreSQL’s programs (`pg_dump`, `psql`), of the server’s own version."""
        return self._binaries.tool(name)

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What psql prints for statements run as the superuser: a row a line, `|` between cells.

        Raises PostgresError with the server’s words when one of them fails.
        """
        where = ["-h", str(self._found().socket), "-p", PORT, "-U", SUPERUSER, "-d", database]
        flags = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        done = subprocess.run(
            [self.tool("psql"), *where, *flags],
            # Not as an argument: those can be read by everybody on the machine.
            input=statement,
            capture_output=True,
            encoding="utf-8",
            cwd="/",
            env=ENVIRONMENT | {"PGCLIENTENCODING": "UTF8"},
            check=False,
        )
        if done.returncode:
            raise PostgresError(f"PostgreSQL refused a statement: {done.stderr.strip()}")
        return done.stdout.rstrip("\n")

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the person at the terminal, such as where the data had to go."""
        note = self._found().note
        return (note,) if note else ()

    @cached_property
    def _binaries(self) -> Binaries:
        return binaries_.find(self._named)

    @cached_property
    def _server_binaries(self) -> Binaries:
        """The programs where the server’s user can run them."""
        if self._found().owner.can_run([self.tool("postgres"), "--version"]):
            return self._binaries
        return binaries_.public_copy(self._binaries, homes.shelf())

    def _found(self) -> Home:
        if self._home is None:
            self._home = homes.existing(self.folder)
        return self._home or Home(self.folder, ourselves())

    @contextmanager
    def _sentences(self, done: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise PostgresError(
                f"The database in {self.folder} could not be {done}: {error}. Check that this "
                "user can write there and that the disk is not full, then try again."
            ) from error

    def _make_folder(self) -> None:
        if not self.folder.exists():
            # Passable, not readable: as “nobody” the server has to get to its data inside.
            mode = 0o711 if os.geteuid() == 0 else 0o700
            self.folder.mkdir(mode=mode, parents=True, exist_ok=True)
            self.folder.chmod(mode)

    def _make(self) -> Home:
        """Fill a data directory aside and move it in place, so that half a one is never found."""
        self._home = home = homes.new(self.folder, self.as_root)
        unfinished = home.folder / "data.partial"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        home.owner.give(unfinished)
        command: Command = [self._server_binaries.tool("initdb"), "-D", unfinished, *INITDB]
        done = home.owner.run(
            [*command, "--no-sync"] if self.fast else command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        if done.returncode:
            raise PostgresError(
                f"PostgreSQL could not make a database in {home.folder}. Check that the disk is "
                f"not full, then start again. It said:\n{done.stdout[-2000:]}"
            )
        unfinished.rename(home.data)
        return home

    def _refuse_another_major(self, home: Home) -> None:
        try:
            made_by = int((home.data / "PG_VERSION").read_text())
        except (FileNotFoundError, ValueError) as error:
            raise PostgresError(
                f"{home.data} is not a database of PostgreSQL. Move it away, then start again."
            ) from error
        if made_by != self._binaries.major:
            raise PostgresError(
                f"The database in {home.data} was made by PostgreSQL {made_by}; the programs in "
                f"{self._binaries.folder} are version {self._binaries.major}. Dump it with the "
                f"programs of version {made_by}, move it away, start again and restore the dump."
            )

    def _refuse_out_of_reach(self, home: Home) -> None:
        if self._answers(home):
            raise PostgresError(
                f"The database server in {self.folder} runs, but not where this process can stop "
                "it: in another container, or as another user. Stop it there."
            )

    def _launch_or_join(self, home: Home) -> None:
        launched = False
        deadline = time.monotonic() + PATIENCE
        while not self._answers(home):
            life_line = self._life_line.take()
            if life_line is not None:
                try:
                    if launched:
                        raise PostgresError(
                            f"The database server in {self.folder} ended while it started. "
                            f"Its log says why.{self._log_end()}"
                        )
                    self._launch(home, life_line)
                    launched = True
                finally:
                    os.close(life_line)
            elif time.monotonic() > deadline:
                raise PostgresError(
                    f"The database server in {self.folder} did not answer within "
                    f"{PATIENCE:.0f} seconds. It may still be recovering from a crash, or "
                    "processes of a server that was killed are still at work. Wait, then start "
                    f"again.{self._log_end()}"
                )
            time.sleep(0.01)

    def _launch(self, home: Home, life_line: int) -> None:
        socket = home.make_socket_folder()
        forget_foreign_pid(home.data / "postmaster.pid", home.data)
        forget_foreign_pid(socket / f".s.PGSQL.{PORT}.lock", home.data)
        settings = command_line(socket, fast=self.fast)
        server: Command = [self._server_binaries.tool("postgres"), "-D", home.data, *settings]
        log = self._open_log()
        try:
            # The shell goes at once, so the server is nobody’s child; its own session keeps the
            # Ctrl-C at this terminal away from it.
            home.owner.run(
                ["/bin/sh", "-c", '"$@" &', "sh", *server],
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[life_line],
                check=True,
            )
        finally:
            os.close(log)

    def _answers(self, home: Home) -> bool:
        command: Command = [self.tool("pg_isready"), "-q", "-h", home.socket, "-p", PORT, "-t", "3"]
        return subprocess.run(command, cwd="/", env=ENVIRONMENT, check=False).returncode == 0

    def _open_log(self) -> int:
        path = self.folder / "server.log"
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.replace(self.folder / "server.log.1")
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        return os.open(path, flags, 0o600)

    def _log_end(self) -> str:
        try:
            text = (self.folder / "server.log").read_text(errors="replace")[-2000:].strip()
        except OSError:
            return ""
        return f" The end of {self.folder / 'server.log'}:\n{text}" if text else ""
