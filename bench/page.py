"""The meeting page through the whole of Django, as a member, with row-level security on."""

import datetime
import gzip
import re
import statistics
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.clocks import cpu_of, taken_in_turn
from bench.table import Row, milliseconds, same, times
from bench.world import meeting_of, world
from concerted.cli.serve import collect_static
from concerted.config.memory import settle

SMALL, LARGE = 5, 50
ROUNDS = 100
CPU, QUERIES, KILOBYTES = 0.015, 12, 60
FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def measure() -> Iterator[Row]:
    collect_static()
    with world() as here:
        small = meeting_of(here, SMALL, held_on=datetime.date(2026, 3, 17)).get_absolute_url()
        large = meeting_of(here, LARGE, held_on=datetime.date(2026, 6, 16)).get_absolute_url()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client = here.client()
        settle()
        same("The meeting page asked for twice", _page(client, large), _page(client, large))
        yield _cpu(client, small, large)
        yield _queries(client, small, large)
        yield _first_visit(client, large)


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    same(f"The status of {address}", response.status_code, 200)
    # What on the page is new each time: a form's token, and the seconds that the visit still has.
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|session="\d+"', "", response.text)


def _cpu(client: Client, small: str, large: str) -> Row:
    backend = connection.connection.info.backend_pid
    rounds = taken_in_turn([lambda: client.get(small), lambda: client.get(large)], rounds=ROUNDS)
    few, many = (statistics.median(taken) for taken in rounds)
    before = cpu_of(backend)
    for _ in range(ROUNDS):
        client.get(large)
    after = cpu_of(backend)
    database = (
        ""
        if before is None or after is None
        else (f" PostgreSQL uses {milliseconds((after - before) / ROUNDS)} more for it.")
    )
    return Row(
        what=f"Meeting page of {LARGE} items, processor time",
        ratio=f"{times(many / few)} the page of {SMALL} items",
        ours=milliseconds(many),
        beside=milliseconds(few),
        target=f"at most {CPU * 1000:.0f} ms",
        met=many <= CPU,
        note=f"Meeting page: 30 names, 50 decisions of which 10 with two limbs, 25 actions; the "
        f"whole of Django with the request’s log line, and the test client itself; garbage is "
        f"collected as in a worker; the quickest round took {milliseconds(min(rounds[1]))}."
        f"{database}",
    )


def _queries(client: Client, small: str, large: str) -> Row:
    few, many = _count(client, small), _count(client, large)
    return Row(
        what="Meeting page, queries",
        ratio=f"{times(many / few)} those for {SMALL} items",
        ours=str(many),
        beside=str(few),
        target=f"at most {QUERIES}, the same for {SMALL} and {LARGE}",
        met=many <= QUERIES and few == many,
        note="Queries are counted as Django’s CaptureQueriesContext does, without BEGIN and "
        "COMMIT; the meeting has a file, a withheld passage and an action asked of all seats, so "
        "no query is spared.",
    )


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return sum(not one["sql"].startswith(FRAMES) for one in captured.captured_queries)


def _first_visit(client: Client, address: str) -> Row:
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    sent = response.content
    compressed = response.headers.get("Content-Encoding") == "gzip"
    page = gzip.decompress(sent) if compressed else sent
    parts = {"page": (len(page), len(sent) if compressed else len(gzip.compress(page, 6)))}
    for address in dict.fromkeys(LOADED.findall(page.decode())):
        file = settings.STATIC_ROOT / address.removeprefix(settings.STATIC_URL)
        plain = file.read_bytes()
        packed = file.with_name(file.name + ".gz")
        smaller = packed.stat().st_size if packed.exists() else len(plain)
        parts[file.suffix.removeprefix(".")] = _added(
            parts.get(file.suffix.removeprefix("."), (0, 0)), (len(plain), smaller)
        )
    plain_size = sum(plain for plain, _ in parts.values())
    small_size = sum(small for _, small in parts.values())
    each = ", ".join(f"{name} {small / 1000:.1f} kB" for name, (_, small) in parts.items())
    kept = "" if compressed else " The page itself is compressed here by gzip, as a proxy would."
    return Row(
        what="Meeting page, first visit with CSS and JavaScript",
        ratio=f"{times(small_size / plain_size)} its size uncompressed",
        ours=f"{small_size / 1000:.1f} kB",
        beside=f"{plain_size / 1000:.1f} kB",
        target=f"at most {KILOBYTES} kB",
        met=small_size <= KILOBYTES * 1000,
        note=f"First visit: {each}, gzip.{kept}",
    )


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
