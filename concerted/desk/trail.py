"""The trail as a page shows it: names and titles only where this reader may see them anyway."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concerted.access.actor import Actor
from concerted.audit.models import Line
from concerted.audit.queries import Cursor, Wanted, found, page_of
from concerted.audit.trail import REFERENCE
from concerted.desk.records import Record, records
from concerted.people.public import people_by_pseudonym, pseudonyms_of

MOST_AT_ONCE = 100_000  # lines in one spreadsheet


@dataclass(frozen=True, slots=True)
class Shown:
    """A line; `who` is empty and `record` is None where the reader may not see them."""

    line: Line
    who: str
    record: Record | None


def wanted_by(actor: Actor, given: Mapping[str, Any]) -> Wanted:
    """What the filter asks for; a name counts for those whom the actor may see."""
    who = str(given.get("who") or "").strip()
    actors = None
    if who:
        itself = [who] if REFERENCE.fullmatch(who) else []
        actors = [*itself, *pseudonyms_of(actor, who)]
    return Wanted(
        since=given.get("since"),
        until=given.get("until"),
        verb=given.get("verb") or "",
        kind=given.get("kind") or "",
        actors=actors,
        reference=str(given.get("reference") or "").strip(),
    )


def page(actor: Actor, wanted: Wanted, cursor: Cursor | None) -> tuple[list[Shown], str]:
    """One page of lines, newest first, and the cursor of the older ones: three queries."""
    lines, older = page_of(found(wanted), cursor)
    people = people_by_pseudonym(actor, {line.actor for line in lines})
    there = records(actor, {line.reference for line in lines})
    return [
        Shown(
            line,
            people[line.actor].name if line.actor in people else "",
            there.get((line.kind, line.reference)),
        )
        for line in lines
    ], older


def as_rows(lines: list[Line]) -> list[list[str]]:
    """The rows of the spreadsheet: what stands on the lines, without names and titles."""
    return [
        [
            line.at.strftime("%Y-%m-%d %H:%M:%S"),
            line.actor,
            line.what,
            line.verb,
            line.kind,
            line.reference,
            " ".join(line.fields),
        ]
        for line in lines
    ]
