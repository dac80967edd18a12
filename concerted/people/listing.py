"""Who is on an audience, in words, and making an audience of those a person picked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.access.models import Audience, AudienceKind
from concerted.kernel.clock import today
from concerted.people.models import (
    Appointment,
    AudienceMember,
    Body,
    Organisation,
    Person,
    Post,
    SeatPost,
)
from concerted.people.queries import (
    bodies_visible_to,
    chairs_of,
    on,
    organisations_visible_to,
    posts_visible_to,
    seats_visible_to,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One of those on an audience: a body, an organisation, a post with its holder, a person.

    `value` names it in a form. `organisation_id` is the organisation, or that of the post;
    `holder_id` the person that a post is bound to, 0 where it is not.
    """

    value: str
    name: str
    body_id: int = 0
    organisation_id: int = 0
    post_id: int = 0
    holder_id: int = 0
    person_id: int = 0

    @property
    def kind(self) -> str:
        return self.value.partition(":")[0]


def entry_of_body(body: Body) -> Entry:
    return Entry(f"body:{body.key}", f"Those who sit on {body.name}", body_id=body.pk)


def entry_of_organisation(one: Organisation) -> Entry:
    return Entry(f"organisation:{one.key}", one.name, organisation_id=one.pk)


def _entry_of_post(one: Appointment) -> Entry:
    assert one.post  # noqa: S101 - only appointments to posts are asked for
    return Entry(
        f"post:{one.post.key}:{one.person.key}",
        f"{one.post.title}, {one.post.organisation.name} ({one.person.name})",
        organisation_id=one.post.organisation_id,
        post_id=one.post_id or 0,
        holder_id=one.person_id,
    )


def entries_to_pick(actor: Actor) -> list[Entry]:
    """Every body, organisation and held post that this actor may see."""
    held = (
        Appointment.objects.filter(
            on(today()),
            post__in=posts_visible_to(actor).filter(on(today())),
            person__audience_id__in=actor.audience_ids,
        )
        .select_related("post__organisation", "person")
        .order_by("post__organisation__name", "post__title", "person__name", "id")
    )
    return [
        *map(entry_of_body, bodies_visible_to(actor).filter(on(today()))),
        *map(entry_of_organisation, organisations_visible_to(actor).filter(on(today()))),
        *map(_entry_of_post, held),
    ]


def entries_of(actor: Actor, audience_id: int) -> list[Entry]:
    """Who is on an audience, as far as this actor may know of them; a past holder is not."""
    members = (
        AudienceMember.objects.filter(audience_id=audience_id)
        .select_related("body", "organisation", "post__organisation", "person", "holder")
        .order_by("id")
    )
    found: dict[str, Entry] = {}
    for one in _seen(actor, members):
        found.setdefault(one.value, one)
    return list(found.values())


def _seen(actor: Actor, members: Collection[AudienceMember]) -> Iterator[Entry]:
    bodies = {one.pk: one for one in bodies_visible_to(actor)}
    posts = [one.post_id for one in members if one.post_id]
    held = Appointment.objects.filter(on(today()), post__in=posts).select_related(
        "post__organisation", "person"
    )
    holders = list(held.order_by("id"))
    for one in members:
        if one.body_id in bodies:
            yield entry_of_body(bodies[one.body_id])
        elif one.organisation and one.organisation.audience_id in actor.audience_ids:
            yield entry_of_organisation(one.organisation)
        elif one.post_id:
            for each in holders:
                if each.post_id == one.post_id and one.holder_id in (None, each.person_id):
                    yield _entry_of_post(each)
        elif one.person and one.person.audience_id in actor.audience_ids:
            yield Entry(f"person:{one.person.key}", one.person.name, person_id=one.person_id or 0)


def entries_at_the_table(actor: Actor, body: Body) -> list[Entry]:
    """Those who read a body's papers as it is: the body, whoever holds its seats, its support."""
    seats = seats_visible_to(actor).filter(on(today()), body=body, proposed=False)
    holders = organisations_visible_to(actor).filter(
        pk__in=seats.filter(holder__isnull=False).values("holder_id")
    )
    posts = set(SeatPost.objects.filter(seat__in=seats).values_list("post_id", flat=True))
    found = {entry_of_body(body).value: entry_of_body(body)}
    found |= {one.value: one for one in map(entry_of_organisation, holders)}
    found |= {one.value: one for one in entries_of(actor, body.papers_audience_id)}
    found |= {one.value: one for one in entries_to_pick(actor) if one.post_id in posts}
    return list(found.values())


def new_audience(entries: Sequence[Entry], *, unseen_from: int | None, actor: Actor) -> int:
    """Make an audience of these; a post lets in whoever holds it now, and no successor.

    Of the audience `unseen_from` those stay that the actor cannot see, and so could not pick.
    """
    audience = Audience.objects.create(kind=AudienceKind.LISTED)
    rows = [
        AudienceMember(
            audience=audience,
            body_id=one.body_id or None,
            organisation_id=(one.organisation_id or None) if one.kind == "organisation" else None,
            post_id=one.post_id or None,
            holder_id=one.holder_id or None,
            person_id=one.person_id or None,
        )
        for one in entries
    ]
    if unseen_from:
        known = bodies_visible_to(actor).values("pk")
        rows += [
            AudienceMember(audience=audience, body_id=one.body_id)
            for one in AudienceMember.objects.filter(
                audience_id=unseen_from, body__isnull=False
            ).exclude(body__in=known)
        ]
    AudienceMember.objects.bulk_create(rows)
    return audience.pk


def admits(actor: Actor, entries: Collection[Entry]) -> bool:
    """Whether somebody is let in by one of these entries, as they stand today."""
    return any(
        one.body_id in actor.seated_body_ids
        or one.person_id == actor.person_id
        or (one.kind == "organisation" and one.organisation_id in actor.organisation_ids)
        or (one.post_id in actor.post_ids and one.holder_id in (0, actor.person_id))
        for one in entries
        if one.body_id or one.person_id or one.organisation_id or one.post_id
    )


def audience_of_member(
    person: Person, bodies: Collection[Body], *, seated: bool, audience_id: int | None = None
) -> int:
    """An audience of a person, the offices of these bodies and, with `seated`, who sits on them.

    One that is given is brought up to date. Without a body left, its offices stay as they were.
    """
    if audience_id is None:
        audience_id = Audience.objects.create(kind=AudienceKind.LISTED).pk
        AudienceMember.objects.create(audience_id=audience_id, person=person)
    listed = AudienceMember.objects.filter(audience_id=audience_id).exclude(person=person)
    there = {(one.body_id, one.post_id, one.person_id): one.pk for one in listed}
    offices = AudienceMember.objects.filter(
        audience__in=[one.office_audience_id for one in bodies]
    ).exclude(person=person)
    wanted: set[tuple[int | None, int | None, int | None]] = {
        (None, one.post_id, one.person_id) for one in offices
    }
    if seated:
        wanted |= {(one.pk, None, None) for one in bodies}
    if not bodies:
        wanted = {one for one in there if one[0] is None}
    gone = [pk for one, pk in there.items() if one not in wanted]
    AudienceMember.objects.filter(pk__in=gone).delete()
    AudienceMember.objects.bulk_create(
        AudienceMember(audience_id=audience_id, body_id=body, post_id=post, person_id=who)
        for body, post, who in sorted(wanted - there.keys(), key=str)
    )
    return audience_id


def audience_with_office(
    actor: Actor,
    body: Body,
    *,
    organisation: Organisation | None = None,
    post: Post | None = None,
    person: Person | None = None,
    audience_id: int | None = None,
) -> int:
    """An audience of the office of a body, whoever chairs it today, and those who work for them.

    One that is given is brought up to date.
    """
    if audience_id is None:
        audience_id = Audience.objects.create(kind=AudienceKind.LISTED).pk
    office = AudienceMember.objects.filter(audience=body.office_audience_id)
    wanted: set[tuple[int | None, int | None, int | None, int | None]] = {
        (one.organisation_id, one.post_id, one.person_id, one.holder_id) for one in office
    }
    chairs = chairs_of(actor, body, day=today())
    wanted |= {(None, None, one.pk, None) for one in chairs}
    of, at, who = (one.pk if one else None for one in (organisation, post, person))
    wanted |= {
        one
        for one in ((of, None, None, None), (None, at, None, None), (None, None, who, None))
        if any(one)
    }
    listed = AudienceMember.objects.filter(audience_id=audience_id)
    there = {
        (one.organisation_id, one.post_id, one.person_id, one.holder_id): one.pk for one in listed
    }
    AudienceMember.objects.filter(
        pk__in=[pk for one, pk in there.items() if one not in wanted]
    ).delete()
    AudienceMember.objects.bulk_create(
        AudienceMember(
            audience_id=audience_id, organisation_id=of, post_id=at, person_id=who, holder_id=holder
        )
        for of, at, who, holder in sorted(wanted - there.keys(), key=str)
    )
    return audience_id
