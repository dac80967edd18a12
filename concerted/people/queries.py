"""Every read of the partnership's make-up; each starts from what the actor may see."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import (
    Case,
    Expression,
    F,
    Func,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES, Permission, Role
from concerted.kernel.clock import today
from concerted.people.models import (
    Appointment,
    Area,
    AreaVersion,
    Body,
    BodyKind,
    BodyLink,
    District,
    NameWithin,
    Organisation,
    OrganisationStanding,
    OtherName,
    Partnership,
    Person,
    Post,
    Seat,
    SeatPost,
)
from concerted.people.states import LinkKind, SeatRole, Support


def _sorted(name: str) -> Func:
    """A name as lists that people read are sorted: accents and capitals make no difference."""
    return Func(F(name), function="sort_name", output_field=TextField())


BY_NAME = _sorted("name")


def on(day: datetime.date | Expression, prefix: str = "") -> Q:
    """What holds on a day: started by then, not ended before."""
    starts, ends = f"{prefix}starts", f"{prefix}ends"
    return (Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": day})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day})
    )


def between(starts: datetime.date | None, ends: datetime.date | None) -> Q:
    """What holds on any of these days; an end left empty is open."""
    begun = Q() if ends is None else Q(starts__isnull=True) | Q(starts__lte=ends)
    lasting = Q() if starts is None else Q(ends__isnull=True) | Q(ends__gte=starts)
    return begun & lasting


def the_partnership(actor: Actor) -> Partnership | None:
    return Partnership.objects.filter(audience_id__in=actor.audience_ids).first()


def bodies_visible_to(actor: Actor) -> QuerySet[Body]:
    return (
        Body.objects.filter(audience_id__in=actor.audience_ids)
        .select_related("kind")
        .order_by(BY_NAME, "id")
    )


def kinds_visible_to(actor: Actor) -> QuerySet[BodyKind]:
    return BodyKind.objects.filter(audience_id__in=actor.audience_ids)


def districts_visible_to(actor: Actor) -> QuerySet[District]:
    return District.objects.filter(audience_id__in=actor.audience_ids)


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.filter(audience_id__in=actor.audience_ids).order_by(BY_NAME, "id")


def names_within(actor: Actor) -> QuerySet[NameWithin]:
    """What names that many have mean in the papers of each body that the actor reads."""
    return NameWithin.objects.filter(
        audience_id__in=actor.audience_ids, organisation__audience_id__in=actor.audience_ids
    ).select_related("organisation", "body")


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """Everybody known, each once: without the records that were joined to another."""
    known = Person.objects.filter(audience_id__in=actor.audience_ids, same_as=None)
    return known.order_by(BY_NAME, "id")


@dataclass(frozen=True, slots=True)
class Learned:
    """Other names that the papers which this reader sees print, by what they name, by its id."""

    people: Mapping[int, list[str]]
    organisations: Mapping[int, list[str]]
    bodies: Mapping[int, list[str]]

    def of(self, thing: Person | Organisation | Body) -> list[str]:
        """All other names of a thing: those that a person wrote, and those learned."""
        found = {Person: self.people, Organisation: self.organisations, Body: self.bodies}
        return [*thing.other_names, *found[type(thing)].get(thing.pk, [])]


def names_learned(actor: Actor, *, within: Body | None = None) -> Learned:
    """One query, however many things have such names; `within` the papers of one body alone."""
    found = Learned(defaultdict(list), defaultdict(list), defaultdict(list))
    rows = OtherName.objects.filter(audience_id__in=actor.audience_ids)
    if within:
        rows = rows.filter(audience_id=within.papers_audience_id)
    for person, organisation, body, name in rows.values_list(
        "person_id", "organisation_id", "body_id", "name"
    ):
        for names, key in (
            (found.people, person),
            (found.organisations, organisation),
            (found.bodies, body),
        ):
            if key:
                names[key].append(name)
    return found


def people_by_pseudonym(actor: Actor, pseudonyms: Collection[str]) -> dict[str, Person]:
    """Whom pseudonyms of the trail stand for, as far as the actor may see them."""
    known = Person.objects.filter(
        audience_id__in=actor.audience_ids, account__key__in=list(pseudonyms)
    ).select_related("account")
    return {one.account.key: one for one in known if one.account}


def pseudonyms_of(actor: Actor, words: str) -> list[str]:
    """The pseudonyms of those whose name holds these words, among those the actor may see."""
    known = Person.objects.filter(audience_id__in=actor.audience_ids, account__isnull=False)
    for word in words.split():
        known = known.filter(name__icontains=word)
    return list(known.order_by("id").values_list("account__key", flat=True))


def posts_visible_to(actor: Actor) -> QuerySet[Post]:
    return (
        Post.objects.filter(audience_id__in=actor.audience_ids)
        .select_related("organisation")
        .order_by(_sorted("title"), "id")
    )


def seats_visible_to(actor: Actor) -> QuerySet[Seat]:
    """Seats that the actor may see, on a body and held by somebody whom the actor may see."""
    mine = actor.audience_ids
    return (
        Seat.objects.filter(audience_id__in=mine, body__audience_id__in=mine)
        .filter(Q(holder__audience_id__in=mine) | Q(holder_body__audience_id__in=mine))
        .select_related("body", "holder", "holder_body")
    )


def appointments_visible_to(actor: Actor) -> QuerySet[Appointment]:
    """Appointments to seats and posts that the actor may see; the table itself has no wall."""
    seats = seats_visible_to(actor).values("pk")
    posts = posts_visible_to(actor).order_by().values("pk")
    return Appointment.objects.filter(
        Q(seat__in=seats) | Q(post__in=posts), person__audience_id__in=actor.audience_ids
    ).select_related(
        "person", "post__organisation", "seat__body", "seat__holder", "seat__holder_body"
    )


def holds_anything(person: Person) -> bool:
    """Whether somebody has any post or seat, now or later. For rules alone: it names none."""
    ends = Q(ends=None) | Q(ends__gt=today()) | Q(ends=today(), ended_at_once=False)
    return Appointment.objects.filter(ends, person=person).exists()


def people_in(seat: Seat, *, day: datetime.date) -> list[int]:
    """The ids of the persons in a seat on a day or later, by name or by post. For rules alone."""
    later = Q(ends=None) | Q(ends__gte=day)
    rows = Appointment.objects.filter(later, Q(seat=seat) | Q(post__seats__seat=seat))
    return list(rows.values_list("person_id", flat=True).distinct())


def areas_visible_to(actor: Actor) -> QuerySet[Area]:
    """Areas with what they are made of, the newest version first."""
    versions = AreaVersion.objects.filter(audience_id__in=actor.audience_ids).prefetch_related(
        "parts"
    )
    return (
        Area.objects.filter(audience_id__in=actor.audience_ids)
        .select_related("district", "body")
        .prefetch_related(
            Prefetch("versions", versions.order_by(F("starts").desc(nulls_last=True)))
        )
        .order_by(BY_NAME, "id")
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
    for link in links_visible_to(actor):
        if link.body_id in branches and link.to_id in branches:
            branches[link.body_id].links.append(link)
    top = []
    for body in bodies:
        above = branches.get(body.parent_id or 0)
        # Through bodies that nobody here can see, two may have been hung below each other.
        if above is None or _in_a_ring(body, branches):
            top.append(branches[body.pk])
        else:
            above.below.append(branches[body.pk])
    return top


def _in_a_ring(body: Body, branches: dict[int, Branch]) -> bool:
    seen = set()
    above: Branch | None = branches[body.pk]
    while above:
        if above.body.pk in seen:
            return above.body.pk == body.pk
        seen.add(above.body.pk)
        above = branches.get(above.body.parent_id or 0)
    return False


def count_in(branches: list[Branch]) -> int:
    """How many bodies a tree holds."""
    return sum(1 + count_in(branch.below) for branch in branches)


def lines_in(branches: list[Branch]) -> list[BodyLink]:
    """The lines beside a tree, in the order of the tree."""
    return [link for branch in branches for link in (*branch.links, *lines_in(branch.below))]


def links_visible_to(actor: Actor) -> QuerySet[BodyLink]:
    """Lines beside the tree of which the actor may see both ends."""
    mine = actor.audience_ids
    return (
        BodyLink.objects.filter(
            audience_id__in=mine, body__audience_id__in=mine, to__audience_id__in=mine
        )
        .select_related("body", "to")
        .order_by(_sorted("body__name"), "kind", _sorted("to__name"))
    )


def predecessors_of(actor: Actor, body: Body) -> list[Body]:
    """The bodies whose work this one carries on, the nearest first, as far as the actor sees."""
    return _followed(actor, body, "body_id", "to")


def successors_of(actor: Actor, body: Body) -> list[Body]:
    """The bodies that carry on the work of this one, the nearest first."""
    return _followed(actor, body, "to_id", "body")


def _followed(actor: Actor, body: Body, here: str, there: str) -> list[Body]:
    links = list(links_visible_to(actor).filter(kind=LinkKind.SUCCEEDS))
    found: list[Body] = []
    reached = [body.pk]
    for pk in reached:
        for link in links:
            other = getattr(link, there)
            if getattr(link, here) == pk and other.pk not in reached:
                reached.append(other.pk)
                found.append(other)
    return found


@dataclass(slots=True)
class Place:
    """Where a body stands: what is above it, what hangs below, and the lines to and from it."""

    above: list[Body]
    below: list[Body]
    out: list[BodyLink]
    back: list[BodyLink]


def place_of(actor: Actor, body: Body, *, day: datetime.date) -> Place:
    """The surroundings of a body, as far as the actor may see them."""
    visible = {one.pk: one for one in bodies_visible_to(actor)}
    here = {pk for pk, one in visible.items() if _holds(one, day)}
    links = [
        link
        for link in links_visible_to(actor).filter(Q(body=body) | Q(to=body))
        # A body that another one followed after is shown though it is over.
        if link.kind == LinkKind.SUCCEEDS
        or (link.to_id if link.body_id == body.pk else link.body_id) in here
    ]
    above: list[Body] = []
    parent = visible.get(body.parent_id or 0)
    while parent and parent.pk != body.pk and parent not in above:
        above.insert(0, parent)
        parent = visible.get(parent.parent_id or 0)
    return Place(
        above=above,
        below=[visible[pk] for pk in visible if pk in here and visible[pk].parent_id == body.pk],
        out=[link for link in links if link.body_id == body.pk],
        back=[link for link in links if link.to_id == body.pk],
    )


def _holds(thing: Body, day: datetime.date) -> bool:
    return (thing.starts is None or thing.starts <= day) and (
        thing.ends is None or thing.ends >= day
    )


def seats_of(actor: Actor, body: Body, *, day: datetime.date) -> QuerySet[Seat]:
    """The seats of a body on a day, who fills them, and what each contributes."""
    known = Appointment.objects.filter(person__audience_id__in=actor.audience_ids).select_related(
        "person"
    )
    holders = known.filter(on(day)).order_by("substitute", "id")
    posts = SeatPost.objects.filter(post__audience_id__in=actor.audience_ids).select_related("post")
    return (
        seats_visible_to(actor)
        .filter(on(day), body=body)
        .prefetch_related(
            Prefetch("filled_by", posts.order_by("id")),
            Prefetch("filled_by__post__appointments", holders),
            Prefetch("appointments", holders),
            Prefetch(
                "appointments",
                known.filter(starts__gt=day).order_by("starts", "id"),
                to_attr="coming",
            ),
        )
        .order_by(
            "proposed",
            Case(
                When(role=SeatRole.CHAIR, then=Value(0)),
                When(role=SeatRole.VICE_CHAIR, then=Value(1)),
                default=Value(2),
            ),
            Func(
                Coalesce(F("holder__name"), F("holder_body__name")),
                function="sort_name",
                output_field=TextField(),
            ),
            "id",
        )
    )


CHAIRING = (SeatRole.CHAIR, SeatRole.VICE_CHAIR)


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat as a table shows it."""

    seat: Seat
    holder: str
    people: tuple[str, ...]
    posts: tuple[str, ...]
    substitutes: tuple[str, ...]
    appointments: tuple[Appointment, ...] = ()
    coming: tuple[Appointment, ...] = ()
    unconfirmed: bool = False


def seat_lines(actor: Actor, body: Body, *, day: datetime.date) -> list[SeatLine]:
    """The table of a body's seats; it also serves “members outline their roles”.

    What a seat contributes counts as unconfirmed once a year has passed.
    """
    lines = []
    year_ago = day - datetime.timedelta(days=365)
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
                appointments=tuple(direct),
                coming=tuple(getattr(seat, "coming", ())),
                unconfirmed=seat.contributes_confirmed_on is None
                or seat.contributes_confirmed_on < year_ago,
            )
        )
    return lines


def chairs_of(actor: Actor, body: Body, *, day: datetime.date) -> list[Person]:
    """Who chairs a body or stands in for its chair on a day and can sign in, the chair first.

    Each comes with the account.
    """
    found: dict[int, None] = {}
    for seat in seats_of(actor, body, day=day).filter(role__in=CHAIRING, proposed=False):
        posts = [filling.post for filling in seat.filled_by.all()]
        held = [
            *seat.appointments.all(),
            *(one for post in posts for one in post.appointments.all()),
        ]
        found |= dict.fromkeys(one.person_id for one in held)
    people = people_visible_to(actor).filter(pk__in=found, account__is_active=True)
    by_id = {one.pk: one for one in people.select_related("account")}
    return [by_id[pk] for pk in found if pk in by_id]


def role_mailbox(actor: Actor, body: Body | None, *, day: datetime.date) -> str:
    """Where answers to a mail about a body go: its secretary's mailbox, else that of all bodies.

    Without a body, that of the secretary of all; "" where there is none.
    """
    secretaries = posts_visible_to(actor).filter(
        on(day), support=Support.SECRETARY, organisation__audience_id__in=actor.audience_ids
    )
    for posts in (secretaries.filter(supports__body=body), secretaries.filter(supports=None)):
        if mailbox := posts.exclude(role_mailbox="").values_list("role_mailbox", flat=True).first():
            return mailbox
    return ""


def holders_of(actor: Actor, post: Post, *, day: datetime.date) -> list[Person]:
    """Who holds a post on a day, whoever stands in last."""
    held = Appointment.objects.filter(
        on(day), post=post, post__audience_id__in=actor.audience_ids
    ).filter(person__audience_id__in=actor.audience_ids)
    return [one.person for one in held.select_related("person").order_by("substitute", "id")]


def leads_of(
    actor: Actor, organisation: Organisation, body: Body, *, day: datetime.date
) -> list[Person]:
    """Who answers for an organisation on a body: its confirmer, else those who sit there for it."""
    seen = people_visible_to(actor).select_related("account")
    if organisation.confirmer_id:
        return list(seen.filter(pk=organisation.confirmer_id))
    seats = seats_visible_to(actor).filter(on(day), body=body, holder=organisation, proposed=False)
    held = Appointment.objects.filter(on(day), substitute=False).filter(
        Q(seat__in=seats.exclude(role=SeatRole.OBSERVER))
        | Q(post__seats__seat__in=seats.exclude(role=SeatRole.OBSERVER))
    )
    return list(seen.filter(pk__in=held.values("person_id")))


def fills_a_chair(appointment: Appointment) -> bool:
    """Whether an appointment fills the seat of a chair or vice-chair, by itself or by its post."""
    seats = Seat.objects.filter(role__in=(SeatRole.CHAIR, SeatRole.VICE_CHAIR))
    of = Q(pk=appointment.seat_id) | Q(filled_by__post=appointment.post_id or 0)
    return seats.filter(of).exists()


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody who sits on a body, on which of its seats, and since when as far as is known."""

    person: Person
    body_id: int
    since: datetime.date | None
    seat_ids: tuple[int, ...] = ()


def sitting(
    actor: Actor, *, day: datetime.date, body: Body | None = None, person: Person | None = None
) -> list[Sitting]:
    """Who sits where on a day by a seat or the post that fills it, by name; not observers."""
    seats = seats_visible_to(actor).filter(on(day), proposed=False).exclude(role=SeatRole.OBSERVER)
    if body:
        seats = seats.filter(body=body)
    by_id = {one.pk: one for one in seats}
    held = Appointment.objects.filter(on(day), person__audience_id__in=actor.audience_ids)
    if person:
        held = held.filter(person=person)
    found: dict[tuple[int, int], Sitting] = {}
    filled = SeatPost.objects.filter(seat__in=by_id)
    posts: dict[int, list[int]] = defaultdict(list)
    for post, pk in filled.values_list("post_id", "seat_id"):
        posts[post].append(pk)
    held = held.filter(Q(seat__in=by_id) | Q(post__in=posts)).select_related("person")
    for one in held.order_by(_sorted("person__name"), "id"):
        for pk in [one.seat_id] if one.seat_id else posts[one.post_id or 0]:
            seat = by_id[pk]
            days = [each for each in (one.starts, seat.starts) if each]
            place = (one.person_id, seat.body_id)
            there = found.get(place) or Sitting(
                one.person, seat.body_id, max(days) if days else None
            )
            found[place] = replace(there, seat_ids=(*there.seat_ids, pk))
    return list(found.values())


def last_days(people: Collection[int]) -> dict[int, datetime.date | None]:
    """The last day of the last post or seat of each; None where one goes on. For periods alone."""
    found: dict[int, datetime.date | None] = {}
    rows = Appointment.objects.filter(person_id__in=people).values_list("person_id", "ends")
    for who, ends in rows:
        before = found.get(who, ends)
        found[who] = max(before, ends) if before and ends else None
    return found


def seated_organisations(actor: Actor, body: Body, *, day: datetime.date) -> list[Organisation]:
    """Organisations with a seat of their own on a body, each once: who is asked when all are."""
    return list(
        organisations_visible_to(actor).filter(
            pk__in=seats_visible_to(actor)
            .filter(on(day), body=body, proposed=False, holder__isnull=False)
            .values("holder_id")
        )
    )


def organisation_lines(actor: Actor, *, day: datetime.date) -> list[tuple[Organisation, str]]:
    """Every organisation there is on a day, with its statutory standing in words."""
    organisations = list(organisations_visible_to(actor).filter(on(day)))
    now = standings_visible_to(actor).filter(on(day))
    words = {row.organisation_id: row.get_standing_display() for row in now}
    return [(one, words.get(one.pk, "")) for one in organisations]


def standings_visible_to(actor: Actor) -> QuerySet[OrganisationStanding]:
    """The statutory standings of organisations, the newest first."""
    return OrganisationStanding.objects.filter(
        audience_id__in=actor.audience_ids, organisation__audience_id__in=actor.audience_ids
    ).order_by(F("starts").desc(nulls_last=True))


def posts_of(actor: Actor, organisation: Organisation, *, day: datetime.date) -> QuerySet[Post]:
    """The posts of an organisation on a day, with who holds each in `appointments`."""
    holders = Appointment.objects.filter(on(day), person__audience_id__in=actor.audience_ids)
    return (
        posts_visible_to(actor)
        .filter(on(day), organisation=organisation)
        .prefetch_related(Prefetch("appointments", holders.select_related("person").order_by("id")))
    )


def seats_over_time(actor: Actor, body: Body) -> list[Seat]:
    """The seats that organisations held on a body on any day; not observers."""
    seats = seats_visible_to(actor).filter(body=body, proposed=False, holder__isnull=False)
    return list(seats.exclude(role=SeatRole.OBSERVER).order_by("id"))


def seats_held_by(
    actor: Actor, organisation: Organisation, *, day: datetime.date
) -> QuerySet[Seat]:
    """The seats of an organisation on a day, on the bodies that the actor may see."""
    return (
        seats_visible_to(actor)
        .filter(on(day), holder=organisation)
        .order_by("proposed", _sorted("body__name"), "id")
    )


def person_lines(
    actor: Actor, *, day: datetime.date
) -> list[tuple[Person, list[str], list[Appointment]]]:
    """Everybody the partnership knows, their other names, and what they hold on a day."""
    held: dict[int, list[Appointment]] = defaultdict(list)
    for one in appointments_visible_to(actor).filter(on(day)).order_by("substitute", "id"):
        held[one.person_id].append(one)
    names = names_learned(actor)
    return [(one, names.of(one), held[one.pk]) for one in people_visible_to(actor)]


def people_in_words(actor: Actor) -> dict[int, str]:
    """Everybody by what tells them apart: name, organisations, other names; a number where none."""
    people = list(people_visible_to(actor))
    of = organisations_of(actor, [one.pk for one in people])
    names = names_learned(actor)
    found: dict[int, str] = {}
    often: dict[str, int] = defaultdict(int)
    for one in people:
        parts = [one.name, *(each.name for each in of[one.pk])]
        if others := names.of(one):
            parts.append(f"also known as {', '.join(others)}")
        words = ", ".join(parts)
        often[words] += 1
        found[one.pk] = words if often[words] == 1 else f"{words} (record {often[words]})"
    return found


def areas_of(actor: Actor, body: Body) -> QuerySet[Area]:
    """The areas that a body looks after, by name: what they are made of is not asked."""
    return areas_visible_to(actor).filter(body=body).prefetch_related(None)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in words: what it is for, what it may do, and where this actor holds it."""

    role: Role
    may: tuple[str, ...]
    through: str
    mine: tuple[str, ...] = ()


def role_lines(actor: Actor, *, day: datetime.date) -> list[RoleLine]:
    """Every role of `access.roles`, those that the actor holds first."""
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for seat in _own_seats(actor, day=day):
        held["seat", seat.role].append(f"Seat on {seat.body}")
    for post in posts_visible_to(actor).filter(pk__in=actor.post_ids).exclude(support=""):
        held["post", post.support].append(f"Post: {post.title}")
    lines = [
        RoleLine(
            role=role,
            may=tuple(_in_words(permission) for permission in sorted(role.permissions)),
            through=through,
            mine=tuple(dict.fromkeys(held[through, name])),
        )
        for through, roles in (("seat", SEAT_ROLES), ("post", SUPPORT_ROLES))
        for name, role in roles.items()
    ]
    return sorted(lines, key=lambda line: not line.mine)


def _own_seats(actor: Actor, *, day: datetime.date) -> QuerySet[Seat]:
    direct = Appointment.objects.filter(on(day), person_id=actor.person_id, seat__isnull=False)
    by_post = SeatPost.objects.filter(post_id__in=actor.post_ids)
    return (
        seats_visible_to(actor)
        .filter(on(day), proposed=False)
        .filter(Q(pk__in=direct.values("seat_id")) | Q(pk__in=by_post.values("seat_id")))
        .order_by(_sorted("body__name"), "id")
    )


# Words for things that take no plain “s”.
_MANY = {"body": "bodies", "minutes": "minutes", "trail": "the trail"}


def _in_words(permission: Permission) -> str:
    thing, verb = permission.value.split(".")
    return f"{verb} {_MANY.get(thing, thing + 's')}".replace("_", " ")


def organisations_of(actor: Actor, people: list[int]) -> dict[int, list[Organisation]]:
    """The organisations that people belong to by post or seat, ever: for telling them apart."""
    found: dict[int, list[Organisation]] = defaultdict(list)
    appointments = Appointment.objects.filter(person_id__in=people).select_related(
        "post__organisation", "seat__holder"
    )
    for one in appointments.order_by("id"):
        organisation = one.post.organisation if one.post else one.seat and one.seat.holder
        if (
            organisation
            and organisation.audience_id in actor.audience_ids
            and organisation not in found[one.person_id]
        ):
            found[one.person_id].append(organisation)
    return found


def posts_held_by(actor: Actor, people: list[int], *, day: datetime.date) -> dict[int, list[Post]]:
    """The posts that people hold on a day, as far as the actor may see them."""
    found: dict[int, list[Post]] = defaultdict(list)
    appointments = Appointment.objects.filter(
        on(day), person_id__in=people, post__audience_id__in=actor.audience_ids
    ).select_related("post__organisation")
    for one in appointments.order_by("id"):
        if one.post:
            found[one.person_id].append(one.post)
    return found
