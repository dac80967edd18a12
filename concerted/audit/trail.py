"""Writing to the trail. One line, inside the transaction that makes the change."""

from collections.abc import Iterable
from typing import Protocol

from concerted.access.actor import Actor
from concerted.audit.models import Line, Verb


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
    """Add a line: `what` is `<thing>.<past verb>`, `fields` the names of what changed, not values."""
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
    Line.objects.create(
        actor=actor.pseudonym,
        verb=verb,
        what=what,
        kind=kind,
        reference=reference,
        fields=sorted(fields),
    )


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
        Line(actor=actor.pseudonym, verb=verb, what=what, kind=kind, reference=reference)
        for reference in references
    )
