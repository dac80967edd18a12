"""A town to play in: `concerted serve` itself, on a clone of the tests' database.

The web server and the worker are the product's own processes, begun by its own command with
nothing but its settings; the tests only fill the database first, through services.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from django.conf import settings
from django.db import connections
from django.test import override_settings

from concerted.access import totp
from concerted.access.actor import Actor
from concerted.cli.serve import _end_with_parent
from concerted.imports import commands
from concerted.imports.review import Choice, Review
from concerted.kernel.clock import now
from tests import cast, databases, entrance
from tests.browser.person import until

ROOT = Path(__file__).resolve().parents[2]
Made = TypeVar("Made")


@dataclass
class Town:
    """Concerted as it is served, and what may be asked of it from outside."""

    url: str
    database: str
    home: Path
    cast: cast.Cast
    process: subprocess.Popen[bytes]
    cookies: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    password = cast.PASSWORD

    def address(self, name: str) -> str:
        return f"{name}@example.org"

    def code(self, name: str) -> str:
        """What the app of one of the cast shows; as each code works once, perhaps the next."""
        step = max(totp.step(now()), self.codes.get(name, 0) + 1)
        until(lambda: step <= totp.step(now()) + totp.TOLERANCE)
        self.codes[name] = step
        return totp.code_at(entrance.SECRET, step)

    def rows(self, sql: str, *given: Any) -> list[tuple[Any, ...]]:
        """What stands in the database, past every wall."""
        with databases.superuser(self.database) as connection:
            return connection.execute(sql, given).fetchall()

    def value(self, sql: str, *given: Any) -> Any:
        return self.rows(sql, *given)[0][0]

    @property
    def worker(self) -> int:
        """The process that works in the background; 0 while there is none."""
        for pid in _children(self.process.pid):
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if b"worker" in words:
                    return pid
        return 0

    def does(self, name: str, what: Callable[[Actor], Any]) -> None:
        """One of the cast does something without a page."""

        def act() -> None:
            with self.cast.acting(name) as actor:
                what(actor)

        with _as_served(self.home):
            elsewhere(self.database, act)

    def works(self, what: Callable[[], Any]) -> Any:
        """Something is done in the background of the town, by whomever."""
        with _as_served(self.home):
            return elsewhere(self.database, what)

    def imports(self, name: str, text: bytes, *, accept: bool) -> None:
        """Minutes handed over by the secretary, and accepted as somebody in a hurry would."""

        def hand_over() -> commands.Outcome:
            return commands.import_files(
                "dilys@example.org",
                [(name, text)],
                accept=accept,
                personal="keep",
                answer=in_a_hurry,
            )

        with _as_served(self.home):
            outcome = elsewhere(self.database, hand_over)
        assert outcome.accepted == accept, outcome

    def finds_its_worker_silent(self) -> None:
        """Let a minute pass at once: no sign of life from any worker before now, and the clock's
        task that takes up what they left."""
        from concerted.jobs.tasks import SILENT, take_up_again  # noqa: PLC0415

        with databases.superuser(self.database) as connection:
            connection.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = "
                "last_heartbeat - make_interval(secs => %s)",
                [SILENT + 1],
            )
        elsewhere(self.database, lambda: take_up_again.defer(timestamp=int(time.time())))

    @property
    def log(self) -> str:
        return (self.home / "log").read_text()


def _children(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        found += map(int, path.read_text().split())
    return found


def elsewhere(database: str, work: Callable[[], Made]) -> Made:
    """Run `work` in a thread of its own, whose connections go to another database."""

    def run() -> Made:
        here = connections["default"]
        here.settings_dict = here.settings_dict | {"NAME": database}
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def in_a_hurry(review: Review) -> dict[str, Any]:
    """Each question answered in the first way offered."""
    return {
        one.name: one.options[0][0]
        for one in review.fields
        if isinstance(one, Choice) and one.required and not one.initial
    }


@contextmanager
def served(worker: str, home: Path) -> Iterator[Town]:
    """Serve a town of one's own, and end all of it afterwards."""
    name = f"browser_{worker}_{os.getpid()}"
    databases.clone(elsewhere("postgres", databases.template), name)
    # Secrets of second factors are encrypted with it: the served process must read them.
    (home / "secret.key").write_text(settings.SECRET_KEY)
    try:
        with _as_served(home):
            people = elsewhere(name, _with_apps)
        with _serving(name, home) as (url, process):
            yield Town(url, name, home, people, process)
    finally:
        with databases.superuser() as connection:
            databases.drop(connection, name)


def _as_served(home: Path) -> override_settings:
    """Passwords and files as the served process reads them."""
    files = settings.STORAGES["default"]
    return override_settings(
        LAKE=home / "lake",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.ScryptPasswordHasher"],
        STORAGES=settings.STORAGES
        | {"default": files | {"OPTIONS": files["OPTIONS"] | {"location": home / "files"}}},
    )


def _with_apps() -> cast.Cast:
    people = cast.build()
    for account in people.accounts.values():
        entrance.with_app(account)
    return people


@contextmanager
def _serving(name: str, home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = _free_port()
    dsn = settings.CLUSTER.dsn(name, settings.APP_ROLE)
    address = f"postgresql://{dsn['user']}@/{name}?host={quote(str(dsn['host']))}"
    environ = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("CONCERTED_", "DATABASE_", "DJANGO_", "PYTEST_"))
    }
    with open(home / "log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "concerted.cli", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environ
            | {
                "CONCERTED_HOME": str(home),
                "CONCERTED_DIRECTORY_SECRETS": f"{entrance.DIRECTORY}=a secret",
                "DATABASE_URL": f"{address}&port={dsn['port']}",
            },
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    url = f"http://localhost:{port}"
    try:
        _wait_for(url, process, home)
        yield url, process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), _open(f"{url}/words"):
            return
        time.sleep(0.1)
    raise AssertionError(f"Nothing is served.\n{(home / 'log').read_text()}")


def _open(url: str) -> Any:
    return urllib.request.urlopen(url, timeout=5)
