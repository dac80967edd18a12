"""Reads of public versions; each starts from what the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.editions import policies
from concerted.editions.freezing import thawed
from concerted.editions.models import (
    EditionSettings,
    LeakHit,
    NamedPublicly,
    PublicText,
    Published,
    Release,
)
from concerted.editions.naming import Naming
from concerted.editions.sources import Source, names_at
from concerted.editions.states import UNDER_WAY, ReleaseState
from concerted.meetings.public import Meeting
from concerted.people.public import posts_visible_to
from concerted.public_door.freezing import key_of
from concerted.public_door.things import Thing, Tombstone

SHOWN = 50


def visible_to(actor: Actor) -> QuerySet[Release]:
    """Public versions of what the actor sees: who may not see a source sees no version of it."""
    mine = actor.audience_ids
    return (
        Release.objects.filter(audience_id__in=mine)
        .filter(Q(meeting__audience_id__in=mine) | Q(paper__audience_id__in=mine))
        .select_related("body")
    )


def texts_visible_to(actor: Actor) -> QuerySet[PublicText]:
    return PublicText.objects.filter(audience_id__in=actor.audience_ids)


def text_of(actor: Actor, release: Release) -> PublicText | None:
    """The public text of a release, for the office; nobody else sees it as it is edited."""
    return texts_visible_to(actor).filter(pk=release.text_id).first()


def versions_of(actor: Actor, source_key: str) -> QuerySet[Release]:
    """All versions of one meeting or paper that the actor may see, the newest first."""
    return visible_to(actor).filter(source_key=source_key).order_by("-number", "-id")


def under_way(actor: Actor, source_key: str) -> Release | None:
    """The version that is neither public nor ended; there is at most one."""
    return versions_of(actor, source_key).filter(state__in=UNDER_WAY).first()


def waiting_for(actor: Actor) -> QuerySet[Release]:
    """Releases that wait for somebody to approve them, which the actor did not ask for."""
    asked = visible_to(actor).filter(state=ReleaseState.ASKED).exclude(asked_by=actor.person_id)
    if Permission.RELEASE_APPROVE not in actor.everywhere:
        bodies = [
            body for body, held in actor.by_body.items() if Permission.RELEASE_APPROVE in held
        ]
        asked = asked.filter(
            Q(body_id__in=bodies) | Q(restricted=True, originator_id__in=actor.organisation_ids)
        )
    return asked.order_by("asked_at", "id")


def to_approve(actor: Actor) -> list[Release]:
    """Those that wait for nothing but a second person, whom this actor could be, checked by now."""
    return [
        one
        for one in waiting_for(actor)
        if policies.may_approve(actor, one, changed=False, alone=False)
    ]


def in_state(actor: Actor, states: Iterable[str]) -> QuerySet[Release]:
    return visible_to(actor).filter(state__in=states).order_by("-made_at", "-id")


def hits_visible_to(actor: Actor) -> QuerySet[LeakHit]:
    """What was found of things that the actor may see."""
    return LeakHit.objects.filter(audience_id__in=actor.audience_ids)


def hits_to_look_at(actor: Actor) -> QuerySet[LeakHit]:
    return hits_visible_to(actor).filter(accepted_at=None).order_by("-found_at", "id")


def hits_of(actor: Actor, release: Release) -> QuerySet[LeakHit]:
    """Those hits of a release that the actor may see; it may have more."""
    return hits_visible_to(actor).filter(release_id=release.pk).order_by("id")


@dataclass(frozen=True, slots=True)
class HowPublished:
    """The settings as they count today, whether or not anybody has saved any."""

    contact: str = ""
    alone: bool = False


def settings_of(actor: Actor) -> HowPublished:
    """How the partnership publishes; without a word, the secretary's mailbox and two people."""
    found = EditionSettings.objects.filter(audience_id__in=actor.audience_ids).first()
    contact = found.contact if found else ""
    if not contact:
        posts = posts_visible_to(actor).filter(support="secretary").exclude(role_mailbox="")
        contact = next(iter(posts.values_list("role_mailbox", flat=True)[:1]), "")
    return HowPublished(contact, bool(found and found.alone))


def named_publicly(actor: Actor) -> QuerySet[NamedPublicly]:
    """Whom public texts may name today."""
    return (
        NamedPublicly.objects.filter(
            audience_id__in=actor.audience_ids,
            ended_at=None,
            person__audience_id__in=actor.audience_ids,
        )
        .select_related("person")
        .order_by("id")
    )


def names_allowed(actor: Actor) -> tuple[str, ...]:
    """The names that may stand in public, with the other names of those people."""
    return tuple(
        name for one in named_publicly(actor) for name in (one.person.name, *one.person.other_names)
    )


def naming_for(actor: Actor, source: Source) -> Naming:
    """How a public text of this source speaks of people."""
    known: tuple[str, ...] = ()
    came: dict[str, str] = {}
    if isinstance(source.thing, Meeting):
        known, came = names_at(source.thing)
    return Naming(names_allowed(actor), known, came, settings_of(actor).contact)


def published() -> QuerySet[Published]:
    """What stands in the public edition: the same for everybody."""
    return Published.objects.order_by("id")


def released_keys() -> set[str]:
    """Keys of what is public: the same for everybody."""
    return set(published().filter(withdrawn_on=None).values_list("key", flat=True))


def edition_with(changes: Iterable[Thing]) -> list[Thing]:
    """The public edition as it would stand with these things in it."""
    things = {
        key_of(thing): thing
        for frozen in published().values_list("frozen", flat=True)
        for thing in thawed(frozen)
    }
    for change in changes:
        things[key_of(change)] = change
    return list(things.values())


def tombstones() -> list[Tombstone]:
    """What was withdrawn, as the public is told."""
    rows = published().exclude(withdrawn_on=None).values_list("frozen", flat=True)
    return [one for frozen in rows for one in thawed(frozen) if isinstance(one, Tombstone)]
