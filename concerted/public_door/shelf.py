"""Reading the edition for the public door: a page by its address, and search. One query each."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import psycopg

Got = TypeVar("Got")
Wire = psycopg.Connection[Any]

COLUMNS = "status, media_type, file_name, etag, floor(extract(epoch FROM changed_at))::bigint"
PLAIN = f"SELECT {COLUMNS}, body, false FROM public_door_page WHERE path = %s"  # noqa: S608
PACKED = (
    f"SELECT {COLUMNS}, coalesce(packed, body), packed IS NOT NULL "  # noqa: S608
    "FROM public_door_page WHERE path = %s"
)
NEAR = "SELECT path, status FROM public_door_page WHERE path = ANY(%s)"

A_PAGE = 10
MOST = 200  # results that are ranked: the newest ones, where a word stands in more pages than that
LONGEST = 200  # characters of a question
OPENS, CLOSES = "\ue000", "\ue001"  # signs of no language; pushing takes them out of every text
QUERY = "websearch_to_tsquery('english', %(q)s)"
# The newest pages with the words are found by either index, whichever the planner thinks quicker;
# they are ranked; of ten, the words around what was found are cut out.
SEARCH = f"""
WITH found AS MATERIALIZED (
    SELECT path, day, search FROM public_door_page
    WHERE search @@ {QUERY} AND search IS NOT NULL
    ORDER BY day DESC NULLS LAST, path LIMIT {MOST + 1}
), best AS MATERIALIZED (
    SELECT path, row_number() OVER (
        ORDER BY ts_rank(search, {QUERY}) DESC, day DESC NULLS LAST, path
    ) AS place FROM found
)
SELECT
    (SELECT content::json FROM public_door_thing WHERE key = 'site'),
    numnode({QUERY}),
    (SELECT count(*) FROM found),
    (
        SELECT json_agg(json_build_object(
            'path', path, 'kind', kind, 'title', title, 'day', day,
            'words', ts_headline(
                'english', left(words, 50000), {QUERY},
                'StartSel={OPENS}, StopSel={CLOSES}, MaxFragments=2, MaxWords=30, MinWords=12'
            )
        ) ORDER BY place)
        FROM best JOIN public_door_page USING (path)
        WHERE place > %(after)s AND place <= %(after)s + {A_PAGE}
    )
"""  # noqa: S608 - constants only; what is asked is a parameter


class Row(NamedTuple):
    """A page as it is kept; `changed` in seconds since 1970."""

    status: int
    media_type: str
    file_name: str
    etag: str
    changed: int
    body: bytes
    packed: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What search found: `asked` is false where only words too common to look for were typed."""

    site: Mapping[str, Any]
    asked: bool
    count: int
    hits: tuple[Mapping[str, Any], ...]

    @property
    def more(self) -> bool:
        """Whether there are more than were ranked."""
        return self.count > MOST


PATIENCE = 3  # seconds until a search that costs too much is given up
# Compiling a query costs more than any of these takes; the pages lie in memory or on fast disks.
LIMITS = (
    f"-c default_transaction_read_only=on -c statement_timeout={PATIENCE}s "
    "-c jit=off -c random_page_cost=1.1"
)


class Wires:
    """A connection for each thread, made when it is needed and again when it broke.

    It can only read, whatever the role, and gives up what takes too long.
    """

    def __init__(self, **dsn: Any) -> None:
        self._dsn = {"options": LIMITS, "application_name": "concerted public"} | dsn
        self._mine = threading.local()

    def __call__(self) -> Wire:
        """This thread's connection."""
        wire: Wire | None = getattr(self._mine, "wire", None)
        if wire is None or wire.closed:
            wire = self._mine.wire = psycopg.connect(**self._dsn, autocommit=True)
        return wire


class Shelf:
    """The edition as its door may read it. `connect` gives a connection of the reading role."""

    def __init__(self, connect: Callable[[], Wire]) -> None:
        self._connect = connect

    def page(self, path: str, *, packed: bool) -> Row | None:
        """The page at an address, packed by gzip where it is kept so and that is wanted."""
        statement = PACKED if packed else PLAIN

        def read(wire: Wire) -> Row | None:
            cursor = psycopg.Cursor(wire)
            found = cursor.execute(statement, (path,), prepare=True, binary=True).fetchone()
            return Row._make(found) if found else None

        return self._read(read)

    def near(self, paths: list[str]) -> dict[str, int]:
        """Which of these addresses have a page, and with what status."""

        def read(wire: Wire) -> dict[str, int]:
            return dict(psycopg.Cursor(wire).execute(NEAR, (paths,)).fetchall())

        return self._read(read)

    def search(self, question: str, *, page: int) -> Answered:
        """Pages with these words, the best first, ten a page."""
        asked = {"q": tidy(question), "after": (page - 1) * A_PAGE}

        def read(wire: Wire) -> Answered:
            row = psycopg.Cursor(wire).execute(SEARCH, asked, prepare=False).fetchone()
            assert row  # noqa: S101 - a SELECT without FROM has one row
            site, nodes, count, hits = row
            return Answered(site or {}, bool(nodes), count, tuple(hits or ()))

        return self._read(read)

    def _read(self, work: Callable[[Wire], Got]) -> Got:
        """Ask; once more on a new connection where the old one had broken unnoticed."""
        wire = self._connect()
        try:
            return work(wire)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            if not wire.closed:
                raise
        return work(self._connect())


def tidy(question: str) -> str:
    """What somebody typed, without what is no text, of a length that costs little to answer."""
    kept = re.sub(f"[\x00-\x1f\x7f{OPENS}{CLOSES}\ud800-\udfff]", " ", question)
    return kept.strip()[:LONGEST]
