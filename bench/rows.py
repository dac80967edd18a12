"""Lists from a full database: with row-level security, and with it switched off between rounds."""

import datetime
import re
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.clocks import cpu, cpu_of, in_turn, taken_in_turn
from bench.table import Row, milliseconds, same, times
from bench.world import READER, World, meeting_of, world
from concerted.meetings.queries import decisions_visible_to, newest_first
from tests.databases import superuser

SIZES = (2_000, 20_000, 200_000)
NEWEST = 50
RATIO = 1.5
ROUNDS = 7
# Half of the rows are the board's, which the reader sees; the others' are closed to the reader.
FILL = """
WITH bodies AS (
    SELECT array[%(board)s, %(board)s, %(area)s, %(silver)s]::bigint[] AS ids
), meetings AS (
    INSERT INTO meetings_meeting (key, body_id, held_on, venue, state, status_as_printed,
                                  agenda_issue, with_office, created_at, audience_id)
    SELECT 'm' || n, b.id, date '2025-12-31' - (n / 4) %% 9000, 'Town Hall', 'received', '', 0,
           false, now(), b.papers_audience_id
    FROM generate_series(%(since)s + 1, %(until)s) n, bodies
    JOIN people_body b ON b.id = ANY (bodies.ids)
    WHERE b.id = bodies.ids[n %% 4 + 1]
    RETURNING id, body_id, held_on, audience_id
), items AS (
    INSERT INTO meetings_item (key, meeting_id, position, ref, title, part, sub_items, pieces,
                               kind, under, presenter, issue, text, audience_id)
    SELECT 'i' || m.id || '.' || p, m.id, p, p::text, 'Item ' || p, 'public', '[]',
           '[]', '', false, '', 0, repeat('The Chair reported on the fall in burglary. ', 10),
           m.audience_id
    FROM meetings m, generate_series(1, 10) p
    RETURNING id, meeting_id, audience_id
), decisions AS (
    INSERT INTO meetings_decision (key, item_id, body_id, position, decided_on, code, text, doubt,
                                   audience_id)
    SELECT 'd' || i.id, i.id, m.body_id, 0, m.held_on,
           (array['noted', 'agreed', 'approved'])[i.id %% 3 + 1],
           'That the report be noted and the figures be brought back in the spring.', '',
           i.audience_id
    FROM items i JOIN meetings m ON m.id = i.meeting_id
    RETURNING id, code, text, audience_id
)
INSERT INTO meetings_limb (decision_id, position, letter, code, text, audience_id)
SELECT id, 0, '', code, text, audience_id FROM decisions
"""
# New with each answer: the token of a form, and when this visit ends.
OF_THE_MOMENT = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|<div [^>]*data-session=.*?</div>', re.S
)
TABLES = """
SELECT relname FROM pg_class
WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY relname
"""


@dataclass(frozen=True, slots=True)
class Walls:
    """Row-level security of all tables of a database, on or off, as only a superuser sets it."""

    database: str
    tables: list[str]

    def put(self, word: str) -> None:
        with superuser(self.database) as superuse:
            for table in self.tables:
                superuse.execute(f"ALTER TABLE {table} {word} ROW LEVEL SECURITY")


def measure() -> Iterator[Row]:
    with world() as here:
        client = here.client()
        address = meeting_of(here, 50, held_on=datetime.date(2026, 6, 16)).get_absolute_url()
        works: dict[str, Callable[[], object]] = {
            "List of the 50 newest decisions": lambda: _decisions(here),
            "List of the 50 newest meetings": lambda: _meetings(here),
            "Decisions register, whole page": lambda: _page(client, "/meetings/decisions/"),
            "Meeting page of 50 items": lambda: _page(client, address),
        }
        found: dict[str, list[float]] = {name: [] for name in works}
        filled = 0
        for size in SIZES:
            walls = _fill(here, filled, size // 10)
            filled = size // 10
            if size == SIZES[-1]:
                break
            for name, work in works.items():
                found[name] += in_turn([work], rounds=ROUNDS, clock=_spent)
        for name, work in works.items():
            walled, open_ = _with_and_without(name, work, walls)
            yield _row(name, [*found[name], walled], open_)


def _spent() -> float:
    """Seconds of processor that this process and its part of the database server have used."""
    connection.ensure_connection()
    return cpu() + (cpu_of(connection.connection.info.backend_pid) or 0)


def _fill(here: World, since: int, until: int) -> Walls:
    """Add meetings of ten items and ten decisions by SQL: services would take an hour."""
    bodies = {name: here.cast.bodies[name].pk for name in ("board", "area", "silver")}
    with superuser(settings.DATABASE) as superuse:
        # The statement links its own rows: checking each foreign key would only take time.
        superuse.execute("SET session_replication_role = replica")
        superuse.execute(FILL, bodies | {"since": since, "until": until})
        # What autovacuum would do in the minutes after.
        superuse.execute("VACUUM ANALYZE")
        # Else a part of the work is done in processes whose time is not seen here.
        superuse.execute(
            f"ALTER ROLE {settings.APP_ROLE} IN DATABASE {settings.DATABASE} "
            "SET max_parallel_workers_per_gather = 0"
        )
        tables = [row[0] for row in superuse.execute(TABLES)]
    connection.close()
    return Walls(settings.DATABASE, tables)


def _decisions(here: World) -> list[tuple[object, ...]]:
    with here.cast.acting(READER) as reader:
        return [
            (one.key, one.body.name, one.item.title, one.item.meeting.held_on, str(one.limbs.all()))
            for one in decisions_visible_to(reader)[:NEWEST]
        ]


def _meetings(here: World) -> list[tuple[object, ...]]:
    with here.cast.acting(READER) as reader:
        rows = newest_first(reader).order_by("-held_on", "-id")[:NEWEST]
        return [(one.key, one.body.name, one.held_on, one.decided) for one in rows]  # type: ignore[attr-defined]


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    same(f"The status of {address}", response.status_code, 200)
    return OF_THE_MOMENT.sub("", response.text)


def _with_and_without(name: str, work: Callable[[], object], walls: Walls) -> tuple[float, float]:
    """Median seconds with row-level security and without, in short blocks taken in turn."""
    taken: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    answers: dict[str, object] = {}
    for _ in range(ROUNDS):
        for word, kept in taken.items():
            walls.put(word)
            answers[word] = work()
            kept += taken_in_turn([work], rounds=2, clock=_spent)[0]
        same(f"{name} with row-level security and without", *answers.values())
    walls.put("ENABLE")
    return statistics.median(taken["ENABLE"]), statistics.median(taken["DISABLE"])


def _row(name: str, taken: list[float], open_: float) -> Row:
    walled = taken[-1]
    return Row(
        what=f"{name}, of {SIZES[-1]:,} restricted decisions",
        ratio=f"{times(walled / open_)} without row-level security; "
        f"{times(walled / taken[0])} that of {SIZES[0]:,}",
        ours=" → ".join(milliseconds(one) for one in taken),
        beside=milliseconds(open_),
        target=f"at most {RATIO} times",
        met=walled / open_ <= RATIO,
        note=f"Lists: {' → '.join(f'{size:,}' for size in SIZES)} decisions with their items, "
        "limbs and meetings, filled in by SQL and analysed; half of them the reader’s body’s, half "
        "closed to the reader. Beside it: the same tables with row-level security disabled between "
        "blocks of rounds; processor time, the database’s included, in one process each.",
    )
