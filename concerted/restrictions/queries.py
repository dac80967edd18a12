"""Reads of restrictions; each starts from what the actor may see."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from concerted.access.actor import Actor
from concerted.access.prepared import Among, Given, Prepared, instances
from concerted.kernel.clock import today
from concerted.people.public import (
    Entry,
    Organisation,
    admits,
    entries_at_the_table,
    entries_of,
    entries_to_pick,
    on,
    organisations_visible_to,
)
from concerted.restrictions import kinds
from concerted.restrictions.kinds import Thing
from concerted.restrictions.models import Closure, Ground, Restriction
from concerted.restrictions.policies import Facts, Wanted, owns
from concerted.restrictions.states import Level, Tier


def visible_to(actor: Actor) -> QuerySet[Restriction]:
    return Restriction.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "owner", "ground", "set_by"
    )


def history_of(actor: Actor, thing: Thing) -> list[Restriction]:
    """All that was said of who sees a thing, the newest first."""
    found = visible_to(actor).filter(kind=thing.kind, thing_key=thing.key)
    return list(found.order_by("-number"))


def newest_of(actor: Actor, thing: Thing) -> Restriction | None:
    return next(iter(history_of(actor, thing)), None)


def grounds_on(day: datetime.date) -> QuerySet[Ground]:
    """The reasons that can be given on a day."""
    return Ground.objects.filter(on(day))


def all_grounds() -> QuerySet[Ground]:
    """Every reason there is, was or will be, in its order: the list is everybody's."""
    return Ground.objects.order_by("position", "id")


def ground_of(words: str, *, on: datetime.date) -> Ground | None:
    """A reason with these words, however they are capitalised, that can be given then or later."""
    there = Ground.objects.filter(Q(ends=None) | Q(ends__gte=on), words__iexact=words)
    return there.first()


CLOSURES = Prepared(
    instances(Closure, "body", "ground", "owner"),
    lambda: (
        Closure.objects.filter(
            Among("audience_id", "audiences"),
            Among("parent_key", "parent_keys"),
            parent_kind=Given("parent_kind"),
        )
        .select_related("body", "ground", "owner")
        .order_by("position", "id")
    ),
)


def closures_in(actor: Actor, parent_kind: str, parent_keys: Collection[str]) -> list[Closure]:
    """What is said of the restricted things that stand in these, as far as the actor may see."""
    return CLOSURES.ask(
        audiences=actor.audience_ids, parent_kind=parent_kind, parent_keys=list(parent_keys)
    )


def closed_in(actor: Actor, parent_kind: str, parent_key: str) -> list[Closure]:
    """The closed things that stand in one, which the actor may know of but not see."""
    said = closures_in(actor, parent_kind, [parent_key])
    closed = [one for one in said if one.level == Level.CLOSED]
    seen = _seen(actor, closed)
    return [one for one in closed if one.thing_key not in seen]


def _seen(actor: Actor, closures: Collection[Closure]) -> set[str]:
    """The keys of those of these things that the actor sees."""
    keys: dict[str, list[str]] = defaultdict(list)
    for one in closures:
        keys[one.kind].append(one.thing_key)
    return {
        key
        for label, some in keys.items()
        for key in kinds.by_label(label).visible_keys(actor, some)
    }


def told_to_all(audience_id: int, parent_kind: str, parent_keys: Iterable[str]) -> list[Closure]:
    """What everybody on an audience is told of the closed things that stand in these."""
    return list(
        Closure.objects.filter(
            audience_id=audience_id,
            parent_kind=parent_kind,
            parent_key__in=parent_keys,
            level=Level.CLOSED,
        )
        .select_related("ground")
        .order_by("position", "id")
    )


def closure_of(actor: Actor, label: str, key: str) -> Closure | None:
    """What is said of a thing that the actor sees, where it is restricted."""
    return (
        Closure.objects.filter(audience_id__in=actor.audience_ids, kind=label, thing_key=key)
        .select_related("ground", "owner", "body")
        .first()
    )


def highest_tier(actor: Actor, label: str, keys: Any) -> Tier:
    """The highest marking of these things, of which the actor may see each."""
    marked = Closure.objects.filter(
        audience_id__in=actor.audience_ids, kind=label, thing_key__in=keys, tier=Tier.SENSITIVE
    )
    return Tier.SENSITIVE if marked.exists() else Tier.OFFICIAL


def closed_to(actor: Actor, label: str) -> list[Closure]:
    """The closed things of a kind that the actor may know of but not see, the newest day first."""
    found = list(
        Closure.objects.filter(audience_id__in=actor.audience_ids, kind=label, level=Level.CLOSED)
        .select_related("ground", "owner", "body")
        .order_by("-day", "id")
    )
    seen = _seen(actor, found)
    return [one for one in found if one.thing_key not in seen]


def for_review(actor: Actor) -> list[Closure]:
    """What is restricted, within this actor's audiences, and is for them to look at again."""
    newest = Restriction.objects.filter(
        audience_id__in=actor.audience_ids,
        kind=OuterRef("kind"),
        thing_key=OuterRef("thing_key"),
    )
    found = (
        Closure.objects.filter(Exists(newest), audience_id__in=actor.audience_ids)
        .select_related("ground", "owner", "body")
        .order_by("review_on", "id")
    )
    # A thing may stand in several places, and is looked at again once.
    once: dict[tuple[str, str], Closure] = {}
    for one in found:
        once.setdefault((one.kind, one.thing_key), one)
    return [one for one in once.values() if owns(actor, one.owner_id)]


def to_pick(actor: Actor, thing: Thing, newest: Restriction | None) -> list[Entry]:
    """Whom this actor may put on the audience of a thing, with those who are on it now.

    Whoever is of the owner picks from all; a secretary from who is on it or at the table.
    """
    now = audience_now(actor, thing)
    owner = newest.owner if newest else thing.organisation
    owner_id = owner.pk if owner else None
    restricted = newest is not None and newest.level != Level.OPEN
    if owns(actor, owner_id) or (owner_id is None and not restricted):
        more = entries_to_pick(actor)
    elif restricted:
        more = []
    else:
        pickable = entries_to_pick(actor)
        own = [one for one in pickable if one.kind == "organisation"]
        more = entries_at_the_table(actor, thing.body)
        more += [one for one in own if one.organisation_id == owner_id]
    found = {one.value: one for one in (*now, *more)}
    order = {"body": 0, "organisation": 1, "post": 2, "person": 3}
    return sorted(found.values(), key=lambda one: (order[one.kind], one.name.casefold()))


def owners_to_pick(actor: Actor, thing: Thing) -> QuerySet[Organisation]:
    """Whose a thing can be; where nobody chooses its audience, one of those who are on it."""
    known = organisations_visible_to(actor)
    if thing.given_id is None:
        return known
    table = entries_at_the_table(actor, thing.body)
    return known.filter(pk__in=[one.organisation_id for one in table if one.organisation_id])


def given_to(actor: Actor, thing: Thing) -> list[Entry]:
    """Who sees a thing once it is restricted, where nobody chooses that."""
    return entries_of(actor, thing.given_id) if thing.given_id is not None else []


def audience_now(actor: Actor, thing: Thing) -> list[Entry]:
    return entries_of(actor, thing.audience_id)


def facts_of(actor: Actor, thing: Thing, wanted: Wanted, newest: Restriction | None) -> Facts:
    """How things stand for the policy, as this actor sees them."""
    table: list[Entry] = []
    if thing.given_id is not None or thing.audience_id == thing.body.papers_audience_id:
        table = entries_at_the_table(actor, thing.body)
    if thing.given_id is not None:
        keeps_actor = thing.given_id in actor.audience_ids
        wanted = replace(wanted, entries=tuple(table))
    else:
        keeps_actor = admits(actor, wanted.entries)
    return Facts(
        newest=newest,
        now=tuple(audience_now(actor, thing)),
        table=tuple(table),
        keeps_actor=keeps_actor,
        keeps_owner=any(one.organisation_id == wanted.owner.pk for one in wanted.entries),
        today=today(),
        given=thing.given_id is not None,
    )
