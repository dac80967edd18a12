"""What one web worker holds in memory, after it has answered every sort of page."""

import datetime
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from bench import processes
from bench.table import Row, same
from bench.world import meeting_of, world
from concerted.cli.serve import collect_static

MEBIBYTES = 120
REQUESTS = 200
PAGES = ("/", "/meetings/", "/meetings/decisions/", "/actions/", "/people/", "/accessibility")


def measure() -> Iterator[Row]:
    collect_static()
    with world() as here:
        address = meeting_of(here, 50, held_on=datetime.date(2026, 6, 16)).get_absolute_url()
        client = here.client()
        cookie = (
            f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        )
        port = processes.free_port()
        with open(settings.HOME / "server.log", "w") as log:
            server = subprocess.Popen(_command(port), stdout=log, stderr=log, env=_environment())
        try:
            at = f"http://localhost:{port}"
            served = processes.wait_for(f"{at}{address}", server, cookie=cookie).decode()
            same(
                "The meeting page, served and in the test client",
                *map(_told, (served, client.get(address).text)),
            )
            [worker] = processes.children(server.pid)
            first = processes.mebibytes(worker)
            pages = [page for page in PAGES if client.get(page).status_code == 200]
            wanted = [address, *pages] * (REQUESTS // (len(pages) + 1))
            with ThreadPoolExecutor(4) as readers:
                list(
                    readers.map(
                        lambda page: processes.wait_for(f"{at}{page}", server, cookie=cookie),
                        wanted,
                    )
                )
            after = processes.mebibytes(worker)
        finally:
            processes.end(server, signal.SIGTERM)
    yield Row(
        what="One web worker’s memory",
        ratio=f"{after['Rss'] / first['Rss']:.2f} times that after its first page",
        ours=f"{after['Rss']:.0f} MiB ({after['Pss']:.0f} MiB its share)",
        beside=f"{first['Rss']:.0f} MiB",
        target=f"at most {MEBIBYTES} MiB",
        met=after["Rss"] <= MEBIBYTES,
        note=f"Memory: granian as `concerted serve` starts it, one worker, after {len(wanted)} "
        f"pages of {len(pages) + 1} sorts asked for by four readers at once; resident size, "
        "measured against the target, and proportional share.",
    )


def _told(page: str) -> list[str]:
    """The words of a page, without what is new each time."""
    return re.sub(r"<[^>]*>", " ", page).split()


def _command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "2"),
        *("--respawn-failed-workers", "--log-level", "warning"),
        "concerted.config.wsgi:application",
    ]


def _environment() -> dict[str, str]:
    """The environment of an installation: its settings, not those of the measurements."""
    environ = dict(os.environ)  # noqa: TID251 - handed on to the server
    del environ["DJANGO_SETTINGS_MODULE"]
    return environ
