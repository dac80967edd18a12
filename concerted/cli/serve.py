"""concerted serve, demo, public, worker: an installation's processes, begun and ended together."""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import click

PR_SET_PDEATHSIG = 1
PATIENCE = 15  # seconds for a process to end by itself
# All that the public door is told of the environment; nothing of the members' side is among it.
FOR_THE_DOOR = (
    "CONCERTED_PRODUCTION",
    "CONCERTED_DEMONSTRATION",
    "CONCERTED_PUBLIC_HOSTS",
    "CONCERTED_PUBLIC_ADDRESS",
    "EDITION_DOOR_URL",
    *("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT"),
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A process of an installation: its command, and its environment unless it is ours."""

    words: Sequence[str]
    environ: dict[str, str] | None = None


def setup() -> None:
    """Load Django, which reads the environment."""
    import django  # noqa: PLC0415 - other commands need no Django

    django.setup()


PORT = click.option("--port", type=int, help="Where the members' door listens. PORT says the same.")
PUBLIC_PORT = click.option(
    "--public-port", type=int, help="Where the public door listens. PUBLIC_PORT says the same."
)


@click.command()
@PORT
@PUBLIC_PORT
def serve(port: int | None, public_port: int | None) -> None:
    """Serve both doors and work in the background, until Ctrl-C."""
    setup()
    from django.conf import settings  # noqa: PLC0415

    from concerted.cli.database import prepare_all  # noqa: PLC0415

    if settings.PRODUCTION and settings.EMBEDDED and not settings.ENV.embedded_database_is_meant:
        click.echo("In production, set DATABASE_URL to your PostgreSQL server.", err=True)
        sys.exit(2)
    with alone(settings.HOME):
        try:
            if settings.EMBEDDED:
                prepare_all(quiet=True)
            run(port or settings.ENV.port, settings.ENV.workers, door(public_port))
        finally:
            if settings.CLUSTER:
                settings.CLUSTER.stop()


@click.command()
@PORT
@PUBLIC_PORT
def demo(port: int | None, public_port: int | None) -> None:
    """Build the demonstration if it is not there, and serve it until Ctrl-C."""
    environ = os.environ  # noqa: TID251 - the demonstration has a folder of its own
    environ.setdefault("CONCERTED_HOME", str(Path("var") / "demo"))
    environ.setdefault("CONCERTED_DEMONSTRATION", "yes")
    setup()
    from django.conf import settings  # noqa: PLC0415

    from concerted.cli.database import prepare_all  # noqa: PLC0415
    from concerted.demonstration import build  # noqa: PLC0415

    at, public_at = port or settings.ENV.port, public_port or settings.ENV.public_port
    with alone(settings.HOME):
        try:
            prepare_all(quiet=True)
            if not build.is_there():
                click.echo("Building the demonstration: Safer Marlbeck …")
                build.build(say=click.echo)
            public_door = door(public_port)
            click.echo(f"\nOpen http://localhost:{at}\n")
            click.echo(build.sign_ins())
            if public_door:
                click.echo(f"\nWhat the public reads: http://localhost:{public_at}")
            click.echo("\nCtrl-C ends it.")
            run(at, settings.ENV.workers, public_door)
        finally:
            if settings.CLUSTER:
                settings.CLUSTER.stop()


@click.command()
@PUBLIC_PORT
def public(public_port: int | None) -> None:
    """Serve the public door alone, until Ctrl-C. It needs EDITION_DOOR_URL and nothing else."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "concerted.config.public"  # noqa: TID251
    setup()
    from django.conf import settings  # noqa: PLC0415

    if settings.PRODUCTION and settings.CLUSTER:
        click.echo("In production, set EDITION_DOOR_URL to the public edition.", err=True)
        sys.exit(2)
    if settings.CLUSTER and not settings.CLUSTER.running():
        click.echo(
            "Set EDITION_DOOR_URL to the public edition, or begin `concerted serve` first: it runs "
            "the database that the edition is in.",
            err=True,
        )
        sys.exit(2)
    address = settings.ENV.edition_door_url or _as_address(settings.DATABASES["edition"])
    watch([_door(address, public_port or settings.ENV.public_port, settings.ENV.public_workers)])


def door(public_port: int | None) -> Begun | None:
    """The public door's process; None where this installation has no edition to read."""
    from django.conf import settings  # noqa: PLC0415

    env = settings.ENV
    address = env.edition_door_url
    if not address and settings.EDITION_EMBEDDED:
        role = {"USER": settings.EDITION_DOOR_ROLE}
        address = _as_address(settings.DATABASES["edition"] | role)
    if not address:
        click.echo("The public door is not served from here: EDITION_DOOR_URL is not set.")
        return None
    return _door(address, public_port or env.public_port, env.public_workers)


def _door(address: str, port: int, workers: int) -> Begun:
    """An environment of its own: what the door's process does not hold, nobody can take from it."""
    environ = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - handed on, in part
        if name in FOR_THE_DOOR
    }
    environ["EDITION_DOOR_URL"] = address
    return Begun(_granian("concerted.config.public_wsgi:application", port, workers), environ)


def _as_address(database: dict[str, str]) -> str:
    host, port = quote(database["HOST"], safe=""), database["PORT"]
    return f"postgresql://{database['USER']}@/{database['NAME']}?host={host}&port={port}"


@contextmanager
def database_running() -> Iterator[None]:
    """For a command that needs the database: our own is begun, and ended, if need be."""
    setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    if settings.CLUSTER is None or settings.CLUSTER.running():
        yield
        return
    settings.CLUSTER.start()
    try:
        yield
    finally:
        connections.close_all()
        settings.CLUSTER.stop()


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold a folder: two that serve from it would end each other's database."""
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "serving.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            click.echo(
                "Concerted is being served from this folder already. End that one first, "
                "or give this one a folder of its own with CONCERTED_HOME.",
                err=True,
            )
            sys.exit(2)
        yield


@click.command()
def worker() -> None:
    """Do the work that waits: reading files, sealing the trail."""
    setup()
    from procrastinate.contrib.django import app  # noqa: PLC0415

    if why_not := erased_here():
        click.echo(why_not, err=True)
        sys.exit(2)
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:
        working.run_worker(concurrency=2, install_signal_handlers=True, listen_notify=True)


def run(port: int, workers: int, public_door: Begun | None = None) -> None:
    """Begin the web servers and a worker, watch over them, end them together."""
    from concerted.cli.database import why_not_serve  # noqa: PLC0415

    if why_not := why_not_serve() or erased_here():
        click.echo(why_not, err=True)
        sys.exit(2)
    collect_static()
    # Links in mails lead to where the door listens.
    os.environ["PORT"] = str(port)  # noqa: TID251 - for the processes begun here
    commands = [
        Begun(_granian("concerted.config.wsgi:application", port, workers)),
        Begun([sys.executable, "-m", "concerted.cli", "worker"]),
    ]
    watch([*commands, public_door] if public_door else commands)


def erased_here() -> str:
    """Why nothing may be served yet, of a database that was restored; empty when it may."""
    from concerted.erasure import replaying  # noqa: PLC0415

    return replaying.why_not_serve()


def _granian(application: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", "127.0.0.1" if not _production() else "0.0.0.0"),  # noqa: S104
        *("--port", str(port), "--workers", str(workers), "--blocking-threads", "2"),
        *("--respawn-failed-workers", "--log-level", "warning"),
        application,
    ]


def _production() -> bool:
    from django.conf import settings  # noqa: PLC0415

    return bool(settings.PRODUCTION)


def collect_static() -> None:
    """Gather static files under their far-future names, when they changed."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    stamp = settings.STATIC_ROOT / "gathered"
    sources = (settings.PACKAGE / "ui" / "static").rglob("*")
    newest = max(path.stat().st_mtime for path in sources)
    if not stamp.exists() or stamp.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.touch()


def watch(commands: Sequence[Begun]) -> None:
    """Run commands until Ctrl-C or SIGTERM; one that dies is begun again."""
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    before = [signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)]
    running = [_begin(command) for command in commands]
    try:
        while not stopping:
            time.sleep(0.2)
            for place, process in enumerate(running):
                if process.poll() is not None and not stopping:
                    click.echo(f"A process ended ({process.returncode}); begun again.", err=True)
                    time.sleep(1)
                    running[place] = _begin(commands[place])
    finally:
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)


def _begin(command: Begun) -> subprocess.Popen[bytes]:
    """Begin a process out of reach of the terminal's Ctrl-C, which ends with this one."""
    return subprocess.Popen(
        command.words,
        env=command.environ,
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
