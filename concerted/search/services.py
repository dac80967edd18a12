"""Making the index anew from what it was made from; what it is, in each step, the database does."""

from collections.abc import Callable, Iterable

from django.db import connection, transaction

from concerted.access.actor import SYSTEM, Actor
from concerted.audit import consulting, trail
from concerted.audit.models import Verb
from concerted.people.public import everything_open
from concerted.search.models import Row

AT_ONCE = 200
TABLES = {
    "meeting": "meetings_meeting",
    "item": "meetings_item",
    "paper": "papers_paper",
    "action": "actions_action",
}


def rebuild(tell: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Write each row of the index anew that is not as it would be made now; returns how many.

    In batches, each a transaction of its own, so that others work meanwhile. `tell` hears after
    each how many things of how many were looked at. A thing that is gone takes its rows along.
    """
    with transaction.atomic(), everything_open():
        left = [(root, ids) for root in TABLES for ids in _ids(root)]
        trail.add(SYSTEM, "search.rebuilt", kind="search.row", reference="search", verb=Verb.ALTER)
    of = sum(len(ids) for _, ids in left)
    done = changed = 0
    for root, ids in left:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT search_refresh(%s, %s::bigint[])", [root, ids])
            changed += cursor.fetchone()[0]
        done += len(ids)
        tell(done, of)
    return changed


def _ids(root: str) -> list[list[int]]:
    """The ids of all things of a root, and of those that only the index still knows."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {TABLES[root]} "  # noqa: S608 - a name of our own
            "UNION SELECT root_id FROM search_row WHERE root = %s ORDER BY 1",
            [root],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return [ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE)]


# What has a page or a place of its own on the trail, by the kind of the row.
READ = {
    "meeting": "meetings.meeting",
    "item": "meetings.item",
    "paragraph": "meetings.paragraph",
    "action": "actions.action",
    "paper": "papers.paper",
    "appendix": "papers.appendix",
}
PAGES = {
    "meeting": "meetings.meeting",
    "item": "meetings.meeting",
    "paper": "papers.paper",
    "action": "actions.action",
}


def consulted(actor: Actor, rows: Iterable[Row]) -> None:
    """Note who read restricted words among what was found: the thing, and what it is part of."""
    read = set()
    for one in rows:
        read.add((PAGES[one.root], one.page_key))
        if one.kind in READ:
            read.add((READ[one.kind], one.source_key))
    consulting.consulted(actor, read)
