"""Writing to the trail. One line, inside the transaction that makes the change."""

import re
from collections.abc import Iterable
from typing import Protocol

from concerted.access.actor import Actor
from concerted.audit.models import Line, Verb

# The shapes of a line's parts. Nothing that somebody typed fits: no spaces, no capitals.
WHAT = re.compile(r"[a-z_]+\.[a-z_]+")
KIND = re.compile(r"[a-z_]*([.:][a-z_-]+)?")
REFERENCE = re.compile(r"[0-9a-z]{1,20}|[0-9A-Z]{3}-[0-9A-Z]{3}")
FIELD = re.compile(r"[a-z_]+")


class Named(Protocol):
    """A record with a random key."""

    key: str


def note(
    actor: Actor,
    what: str,
    thing: Named,
    *,
    verb: Verb = Verb.ALTER,
    fields: Iterable[str] = (),
) -> None:
    """Add a line: `what` is `<thing>.<past verb>`, `fields` the names, not the values, changed."""
    kind = thing._meta.label_lower  # type: ignore[attr-defined]
    add(actor, what, kind=kind, reference=thing.key, verb=verb, fields=fields)


def add(
    actor: Actor,
    what: str,
    *,
    kind: str,
    reference: str,
    verb: Verb,
    fields: Iterable[str] = (),
) -> None:
    """Add a line about something that has no row of its own, such as a refused request."""
    line(actor, what, kind=kind, reference=reference, verb=verb, fields=fields).save()


def note_each(
    actor: Actor,
    what: str,
    *,
    kind: str,
    references: Iterable[str],
    verb: Verb = Verb.COLLECT,
) -> None:
    """Add one line for each of many records made together, in one statement."""
    Line.objects.bulk_create(
        line(actor, what, kind=kind, reference=reference, verb=verb) for reference in references
    )


def line(
    actor: Actor,
    what: str,
    *,
    kind: str,
    reference: str,
    verb: Verb,
    fields: Iterable[str] = (),
) -> Line:
    """A line not saved yet. Raises ValueError where a part could be a name or a text."""
    names = sorted(fields)
    parts = [(WHAT, what), (KIND, kind), (REFERENCE, reference), *((FIELD, one) for one in names)]
    if not all(shape.fullmatch(part) for shape, part in parts):
        raise ValueError("A line on the trail holds no names and no text.")
    return Line(
        actor=actor.pseudonym, verb=verb, what=what, kind=kind, reference=reference, fields=names
    )
