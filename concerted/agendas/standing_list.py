"""Keeping the list of what comes on every agenda of a body: each step whole or not at all."""

import datetime

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.agendas import policies, queries
from concerted.agendas.models import StandingItem
from concerted.agendas.services import FIELDS, Entry
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import today
from concerted.people.public import Body, hold_body


@transaction.atomic
def add(actor: Actor, *, body: Body, entry: Entry, starts: datetime.date) -> StandingItem:
    """Put an item at the end of the list, from a day on."""
    actor = hold_body(actor, body)
    policies.may_keep_standing(actor, body).enforce()
    there = queries.standing_to_come(actor, body)
    item = StandingItem.objects.create(
        body=body,
        position=max((one.position for one in there), default=-1) + 1,
        starts=starts,
        audience_id=body.papers_audience_id,
        **{name: getattr(entry, name) for name in FIELDS},
    )
    trail.note(actor, "standing_item.added", item, verb=Verb.COLLECT)
    return item


@transaction.atomic
def change(actor: Actor, *, item: StandingItem, entry: Entry, starts: datetime.date) -> None:
    """Change what the next agendas begin with; those that are begun stay as they are."""
    actor, item = _held(actor, item)
    policies.may_change_standing(actor, item, today=today()).enforce()
    wanted = {name: getattr(entry, name) for name in FIELDS} | {"starts": starts}
    changed = [name for name, value in wanted.items() if getattr(item, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(item, name, wanted[name])
    item.save(update_fields=changed)
    trail.note(actor, "standing_item.changed", item, fields=changed)


@transaction.atomic
def move(actor: Actor, *, item: StandingItem, place: int) -> None:
    """Give an item the place, counted from 1, on the list."""
    actor, item = _held(actor, item)
    policies.may_change_standing(actor, item, today=today()).enforce()
    there = queries.standing_to_come(actor, item.body)
    there.remove(item)
    there.insert(max(1, place) - 1, item)
    for position, one in enumerate(there):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    trail.note(actor, "standing_item.moved", item, fields=["position"])


@transaction.atomic
def stop(actor: Actor, *, item: StandingItem) -> None:
    """Let it come no more from today on. It stays to be read."""
    actor, item = _held(actor, item)
    policies.may_change_standing(actor, item, today=today()).enforce()
    item.ends = max(today(), item.starts)
    item.save(update_fields=["ends"])
    trail.note(actor, "standing_item.stopped", item, fields=["ends"])


def _held(actor: Actor, item: StandingItem) -> tuple[Actor, StandingItem]:
    actor = hold_body(actor, item.body)
    held = queries.standing_visible_to(actor).filter(pk=item.pk).first()
    if held is None:
        raise Http404
    return actor, held
