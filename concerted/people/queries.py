"""Every read of the partnership's make-up; each starts from what the actor may see."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Func, Prefetch, Q, QuerySet, TextField

from concerted.access.actor import Actor
from concerted.people.models import (
    Appointment,
    Area,
    AreaVersion,
    Body,
    BodyKind,
    BodyLink,
    District,
    Organisation,
    OrganisationStanding,
    Partnership,
    Person,
    Post,
    Seat,
    SeatPost,
)

BY_NAME = Func(F("name"), function="sort_name", output_field=TextField())


def on(day: datetime.date, prefix: str = "") -> Q:
    """What holds on a day: started by then, not ended before."""
    starts, ends = f"{prefix}starts", f"{prefix}ends"
    return (Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": day})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day})
    )


def the_partnership(actor: Actor) -> Partnership | None:
    return Partnership.objects.filter(audience_id__in=actor.audience_ids).first()


def bodies_visible_to(actor: Actor) -> QuerySet[Body]:
    return (
        Body.objects.filter(audience_id__in=actor.audience_ids)
        .select_related("kind")
        .order_by(BY_NAME)
    )


def kinds_visible_to(actor: Actor) -> QuerySet[BodyKind]:
    return BodyKind.objects.filter(audience_id__in=actor.audience_ids)


def districts_visible_to(actor: Actor) -> QuerySet[District]:
    return District.objects.filter(audience_id__in=actor.audience_ids)


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.filter(audience_id__in=actor.audience_ids).order_by(BY_NAME)


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    return Person.objects.filter(audience_id__in=actor.audience_ids).order_by(BY_NAME)


def posts_visible_to(actor: Actor) -> QuerySet[Post]:
    return (
        Post.objects.filter(audience_id__in=actor.audience_ids)
        .select_related("organisation")
        .order_by("title")
    )


def seats_visible_to(actor: Actor) -> QuerySet[Seat]:
    return Seat.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "body", "holder", "holder_body"
    )


def areas_visible_to(actor: Actor) -> QuerySet[Area]:
    versions = AreaVersion.objects.filter(audience_id__in=actor.audience_ids).prefetch_related(
        "parts"
    )
    return (
        Area.objects.filter(audience_id__in=actor.audience_ids)
        .select_related("district", "body")
        .prefetch_related(Prefetch("versions", versions.order_by(F("starts").desc(nulls_last=True))))
    )


@dataclass(slots=True)
class Branch:
    """A body in the drawing of the tree, with what hangs below and the lines beside."""

    body: Body
    below: list["Branch"] = field(default_factory=list)
    links: list[BodyLink] = field(default_factory=list)


def tree(actor: Actor, *, day: datetime.date) -> list[Branch]:
    """The governance tree as this actor may see it on a day.

    A body under one that the actor cannot see stands at the top: nothing shows a gap.
    """
    bodies = list(bodies_visible_to(actor).filter(on(day)))
    branches = {body.pk: Branch(body) for body in bodies}
    links = BodyLink.objects.filter(
        audience_id__in=actor.audience_ids, body__in=branches, to__in=branches
    ).select_related("to")
    for link in links:
        branches[link.body_id].links.append(link)
    top = []
    for body in bodies:
        above = branches.get(body.parent_id or 0)
        (above.below if above else top).append(branches[body.pk])
    return top


def seats_of(actor: Actor, body: Body, *, day: datetime.date) -> QuerySet[Seat]:
    """The seats of a body on a day, who fills them, and what each contributes."""
    filled = Appointment.objects.filter(on(day), person__audience_id__in=actor.audience_ids)
    posts = SeatPost.objects.filter(post__audience_id__in=actor.audience_ids).select_related(
        "post"
    )
    holders = filled.select_related("person").order_by("substitute", "id")
    return (
        seats_visible_to(actor)
        .filter(on(day), body=body)
        .prefetch_related(
            Prefetch("filled_by", posts),
            Prefetch("filled_by__post__appointments", holders),
            Prefetch("appointments", holders),
        )
        .order_by("proposed", Func(F("holder__name"), function="sort_name"), "id")
    )


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat as a table shows it."""

    seat: Seat
    holder: str
    people: tuple[str, ...]
    posts: tuple[str, ...]
    substitutes: tuple[str, ...]


def seat_lines(actor: Actor, body: Body, *, day: datetime.date) -> list[SeatLine]:
    """The table of a body's seats; it also serves “members outline their roles”."""
    lines = []
    for seat in seats_of(actor, body, day=day):
        direct = list(seat.appointments.all())
        posts = [filling.post for filling in seat.filled_by.all()]
        people = [one.person.name for one in direct if not one.substitute]
        people += [one.person.name for post in posts for one in post.appointments.all()]
        lines.append(
            SeatLine(
                seat=seat,
                holder=str(seat.holder or seat.holder_body),
                people=tuple(people),
                posts=tuple(post.title for post in posts),
                substitutes=tuple(one.person.name for one in direct if one.substitute),
            )
        )
    return lines


def seated_organisations(actor: Actor, body: Body, *, day: datetime.date) -> list[Organisation]:
    """Organisations with a seat of their own on a body, each once: who is asked when all are."""
    return list(
        organisations_visible_to(actor).filter(
            pk__in=seats_visible_to(actor)
            .filter(on(day), body=body, proposed=False, holder__isnull=False)
            .values("holder_id")
        )
    )


def standings(organisations: list[Organisation], *, day: datetime.date) -> dict[int, str]:
    rows = OrganisationStanding.objects.filter(on(day), organisation__in=organisations)
    return {row.organisation_id: row.get_standing_display() for row in rows}


def organisations_of(actor: Actor, people: list[int]) -> dict[int, list[Organisation]]:
    """The organisations that people belong to by post or seat, ever: for telling them apart."""
    found: dict[int, list[Organisation]] = defaultdict(list)
    appointments = Appointment.objects.filter(person_id__in=people).select_related(
        "post__organisation", "seat__holder"
    )
    for one in appointments:
        organisation = one.post.organisation if one.post else one.seat and one.seat.holder
        if (
            organisation
            and organisation.audience_id in actor.audience_ids
            and organisation not in found[one.person_id]
        ):
            found[one.person_id].append(organisation)
    return found
