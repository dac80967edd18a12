"""Which earlier minute the words of an item mean: looked up when minutes go on record.

Minutes come in any order. What was not there yet stays open, and is found when it comes; a number
without a day means the newest earlier minute that has it, so it may move to a newer one.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.meetings.models import Item, Meeting, Reference
from concerted.meetings.queries import items_with_minutes, references_visible_to
from concerted.people.public import Body, predecessors_of, successors_of
from concerted.reading.references import is_same, number_of

LONGEST_PRINTED = 200


@dataclass(frozen=True, slots=True)
class NewReference:
    """A minute that an item speaks of: its number, the day of its meeting if said, as printed."""

    ref: str
    held_on: datetime.date | None = None
    printed: str = ""


class Numbered(NamedTuple):
    """An item that a number may mean."""

    pk: int
    ref: str
    held_on: datetime.date


def keep(
    actor: Actor, meeting: Meeting, *, items: Iterable[tuple[Item, Sequence[NewReference]]]
) -> None:
    """Keep what the items of new minutes say of earlier ones, and find what waited for these."""
    Reference.objects.bulk_create(
        Reference(
            item=item,
            position=position,
            ref=one.ref,
            held_on=one.held_on,
            printed=" ".join(one.printed.split())[:LONGEST_PRINTED],
            audience_id=item.audience_id,
        )
        for item, said in items
        for position, one in enumerate(_once(said))
    )
    own = references_visible_to(actor).filter(item__meeting=meeting)
    _find(actor, meeting.body, list(own))
    _find_waiting(actor, meeting)


def _once(said: Sequence[NewReference]) -> Iterable[NewReference]:
    first: dict[tuple[tuple[str, ...], datetime.date | None], NewReference] = {}
    for one in said:
        first.setdefault((number_of(one.ref), one.held_on), one)
    return first.values()


def _find_waiting(actor: Actor, meeting: Meeting) -> None:
    """References of later minutes, of this body or one that carries it on, to these minutes."""
    refs = [ref for ref in meeting.items.values_list("ref", flat=True) if ref]
    for body in (meeting.body, *successors_of(actor, meeting.body)):
        waiting = references_visible_to(actor).filter(
            Q(to=None) | Q(to__meeting__held_on__lt=meeting.held_on),
            Q(held_on=None) | Q(held_on=meeting.held_on),
            item__meeting__body=body,
            item__meeting__held_on__gt=meeting.held_on,
        )
        meant = [one for one in waiting if any(is_same(one.ref, ref) for ref in refs)]
        changed = _find(actor, body, meant)
        trail.note_each(
            actor,
            "item.found",
            kind="meetings.item",
            references=[one.item.key for one in changed],
        )


def _find(actor: Actor, body: Body, references: Sequence[Reference]) -> list[Reference]:
    """Say which item each reference means; returns those that changed."""
    if not references:
        return []
    there = _numbered(actor, body, references)
    changed = []
    for one in references:
        meant = the_one(one, there, before=one.item.meeting.held_on)
        if meant != one.to_id:
            one.to_id = meant
            changed.append(one)
    Reference.objects.bulk_update(changed, ["to"])
    return changed


def the_one(
    reference: Reference, there: Iterable[Numbered], *, before: datetime.date
) -> int | None:
    """The item that a reference means; None where none fits, or where two fit as well."""
    fitting = [
        one
        for one in there
        if one.held_on < before
        and (reference.held_on is None or one.held_on == reference.held_on)
        and is_same(reference.ref, one.ref)
    ]
    if not fitting:
        return None
    newest = max(one.held_on for one in fitting)
    last = [one.pk for one in fitting if one.held_on == newest]
    return last[0] if len(last) == 1 else None


def _numbered(actor: Actor, body: Body, references: Sequence[Reference]) -> list[Numbered]:
    """The items of this body and those before it whose numbers these references may mean."""
    bodies = [body, *predecessors_of(actor, body)]
    ends = Q(pk=None)
    for one in references:
        # The last part stands in every way to write the number, whatever parts it from the rest.
        ends |= Q(ref__icontains=number_of(one.ref)[-1])
    rows: QuerySet[Item, tuple[int, str, datetime.date]] = (
        items_with_minutes(actor)
        .filter(ends, meeting__body__in=bodies)
        .values_list("pk", "ref", F("meeting__held_on"))
    )
    return [Numbered(*row) for row in rows]
