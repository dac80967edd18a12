"""concerted serve, demo, worker: the processes of an installation, begun and ended together."""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

PR_SET_PDEATHSIG = 1
PATIENCE = 15  # seconds for a process to end by itself


def setup() -> None:
    """Load Django, which reads the environment."""
    import django  # noqa: PLC0415 - other commands need no Django

    django.setup()


@click.command()
@click.option("--port", type=int, help="Where the members' door listens. PORT says the same.")
def serve(port: int | None) -> None:
    """Serve the members' door and work in the background, until Ctrl-C."""
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
            run(port or settings.ENV.port, settings.ENV.workers)
        finally:
            if settings.CLUSTER:
                settings.CLUSTER.stop()


@click.command()
@click.option("--port", type=int, help="Where the members' door listens. PORT says the same.")
def demo(port: int | None) -> None:
    """Build the demonstration if it is not there, and serve it until Ctrl-C."""
    environ = os.environ  # noqa: TID251 - the demonstration has a folder of its own
    environ.setdefault("CONCERTED_HOME", str(Path("var") / "demo"))
    environ.setdefault("CONCERTED_DEMONSTRATION", "yes")
    setup()
    from django.conf import settings  # noqa: PLC0415

    from concerted.cli.database import prepare_all  # noqa: PLC0415
    from concerted.demonstration import build  # noqa: PLC0415

    at = port or settings.ENV.port
    with alone(settings.HOME):
        try:
            prepare_all(quiet=True)
            if not build.is_there():
                click.echo("Building the demonstration: Safer Marlbeck …")
                build.build(say=click.echo)
            click.echo(f"\nOpen http://localhost:{at}\n")
            click.echo(build.sign_ins())
            click.echo("\nCtrl-C ends it.")
            run(at, settings.ENV.workers)
        finally:
            if settings.CLUSTER:
                settings.CLUSTER.stop()


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

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:
        working.run_worker(concurrency=2, install_signal_handlers=True, listen_notify=True)


def run(port: int, workers: int) -> None:
    """Begin the web server and a worker, watch over them, end them together."""
    from concerted.cli.database import why_not_serve  # noqa: PLC0415

    if why_not := why_not_serve():
        click.echo(why_not, err=True)
        sys.exit(2)
    collect_static()
    # Links in mails lead to where the door listens.
    os.environ["PORT"] = str(port)  # noqa: TID251 - for the processes begun here
    commands = [
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", "127.0.0.1" if not _production() else "0.0.0.0"),  # noqa: S104
            *("--port", str(port), "--workers", str(workers), "--blocking-threads", "2"),
            *("--respawn-failed-workers", "--log-level", "warning"),
            "concerted.config.wsgi:application",
        ],
        [sys.executable, "-m", "concerted.cli", "worker"],
    ]
    watch(commands)


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


def watch(commands: Sequence[Sequence[str]]) -> None:
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


def _begin(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Begin a process out of reach of the terminal's Ctrl-C, which ends with this one."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
