"""Every change of what the partnership is made of: policy, change, line on the trail."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction

from concerted.access.actor import Actor
from concerted.access.models import Account, Audience, AudienceKind
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.verdict import NotAllowed
from concerted.people import policies
from concerted.people.models import (
    Appointment,
    Area,
    AreaPart,
    AreaVersion,
    AudienceMember,
    Body,
    BodyKind,
    BodyLink,
    District,
    Organisation,
    OrganisationStanding,
    Person,
    Post,
    PostSupport,
    Seat,
    SeatPost,
)
from concerted.people.standing import open_to, standing
from concerted.people.states import Capacity, SeatRole, Support

# Support posts that read the papers of the bodies they support. The administrator does not.
READS_PAPERS = (Support.SECRETARY, Support.MANAGER, Support.ANALYST)
RUNS_OFFICE = (Support.SECRETARY, Support.MANAGER)


def renewed(actor: Actor) -> Actor:
    """The same person with today's appointments and audiences, after a change to either."""
    return standing(Account.objects.get(pk=actor.account_id))


@transaction.atomic
def add_district(actor: Actor, *, name: str, code: str = "", force_area: str = "") -> District:
    policies.may_add_organisation(actor).enforce()
    district = District.objects.create(
        name=name, code=code, force_area=force_area, audience_id=actor.everyone_audience_id
    )
    trail.note(actor, "district.added", district, verb=Verb.COLLECT)
    return district


@transaction.atomic
def add_organisation(
    actor: Actor,
    *,
    name: str,
    short_name: str = "",
    other_names: Sequence[str] = (),
    standing: str = "",
    district: District | None = None,
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
) -> Organisation:
    policies.may_add_organisation(actor).enforce()
    organisation = Organisation.objects.create(
        name=name,
        short_name=short_name,
        other_names=list(other_names),
        district=district,
        starts=starts,
        ends=ends,
        audience_id=actor.everyone_audience_id,
    )
    if standing:
        OrganisationStanding.objects.create(
            organisation=organisation,
            standing=standing,
            starts=starts,
            audience_id=organisation.audience_id,
        )
    trail.note(actor, "organisation.added", organisation, verb=Verb.COLLECT)
    return organisation


@transaction.atomic
def change_organisation(
    actor: Actor,
    *,
    organisation: Organisation,
    name: str,
    short_name: str,
    other_names: Sequence[str],
) -> Organisation:
    policies.may_add_organisation(actor).enforce()
    organisation.name = name
    organisation.short_name = short_name
    organisation.other_names = list(other_names)
    organisation.save(update_fields=["name", "short_name", "other_names"])
    trail.note(
        actor,
        "organisation.changed",
        organisation,
        fields=["name", "short_name", "other_names"],
    )
    return organisation


@transaction.atomic
def also_known_as(actor: Actor, *, thing: Organisation | Person | Body, name: str) -> None:
    """Remember another way the minutes write a name, so that it is known the next time."""
    policies.may_add_organisation(actor).enforce()
    if name and name not in (thing.name, *thing.other_names):
        thing.other_names = [*thing.other_names, name]
        thing.save(update_fields=["other_names"])
        trail.note(actor, f"{thing._meta.model_name}.named", thing, fields=["other_names"])


@transaction.atomic
def add_person(actor: Actor, *, name: str, other_names: Sequence[str] = ()) -> Person:
    policies.may_add_organisation(actor).enforce()
    person = Person.objects.create(
        name=name, other_names=list(other_names), audience_id=actor.everyone_audience_id
    )
    trail.note(actor, "person.added", person, verb=Verb.COLLECT)
    return person


@transaction.atomic
def give_account(actor: Actor, *, person: Person, email: str, password: str) -> Account:
    """Let a person sign in. Their personal audience comes with the account."""
    policies.may_appoint(actor).enforce()
    return open_account(actor, person=person, email=email, password=password)


def open_account(actor: Actor, *, person: Person, email: str, password: str) -> Account:
    account = Account.objects.create_user(email, password)
    person.account = account
    person.save(update_fields=["account"])
    own = Audience.objects.create(kind=AudienceKind.PERSONAL)
    AudienceMember.objects.create(audience=own, person=person)
    trail.note(actor, "account.opened", account, verb=Verb.COLLECT)
    return account


@transaction.atomic
def add_post(
    actor: Actor,
    *,
    title: str,
    organisation: Organisation,
    role_mailbox: str = "",
    support: str = "",
    bodies: Iterable[Body] = (),
) -> Post:
    """Add a post. A support post supports the bodies named, or all when none is named."""
    (policies.may_appoint if support else policies.may_add_organisation)(actor).enforce()
    post = Post.objects.create(
        title=title,
        organisation=organisation,
        role_mailbox=role_mailbox,
        support=support,
        audience_id=actor.everyone_audience_id,
    )
    bodies = list(bodies)
    PostSupport.objects.bulk_create(PostSupport(post=post, body=body) for body in bodies)
    if support in READS_PAPERS:
        seen = bodies or [body for body in Body.objects.all() if not body.hidden]
        _let_read(post, seen)
    trail.note(actor, "post.added", post, verb=Verb.COLLECT)
    return post


def _let_read(post: Post, bodies: Sequence[Body]) -> None:
    audiences = [body.papers_audience_id for body in bodies]
    if post.support in RUNS_OFFICE:
        audiences += [body.office_audience_id for body in bodies]
    AudienceMember.objects.bulk_create(
        AudienceMember(audience_id=audience, post=post) for audience in audiences
    )


@transaction.atomic
def add_kind(actor: Actor, *, name: str, position: int = 0) -> BodyKind:
    policies.may_change_kinds(actor).enforce()
    return BodyKind.objects.create(
        name=name, position=position, audience_id=actor.everyone_audience_id
    )


@transaction.atomic
def rename_kind(actor: Actor, *, kind: BodyKind, name: str) -> BodyKind:
    policies.may_change_kinds(actor).enforce()
    kind.name = name
    kind.save(update_fields=["name"])
    return kind


@transaction.atomic
def add_body(
    actor: Actor,
    *,
    name: str,
    kind: BodyKind,
    short_name: str = "",
    other_names: Sequence[str] = (),
    parent: Body | None = None,
    district: District | None = None,
    purpose: str = "",
    quorum: int | None = None,
    frequency: str = "",
    outside: bool = False,
    hidden: bool = False,
    starts: datetime.date | None = None,
) -> Body:
    """Add a body with the audience of its papers: those who sit on it, and its support posts.

    A hidden body is seen by that audience alone: the support posts of whoever adds it, then its
    seats. Others' support posts do not come with it.
    """
    policies.may_add_body(actor).enforce()
    papers = Audience.objects.create(kind=AudienceKind.BODY)
    office = Audience.objects.create(kind=AudienceKind.LISTED)
    open_to((*actor.audience_ids, papers.pk, office.pk))
    body = Body.objects.create(
        name=name,
        short_name=short_name,
        other_names=list(other_names),
        kind=kind,
        parent=parent,
        district=district,
        purpose=purpose,
        quorum=quorum,
        frequency=frequency,
        outside=outside,
        starts=starts,
        papers_audience=papers,
        office_audience=office,
        audience_id=papers.pk if hidden else actor.everyone_audience_id,
    )
    support = Post.objects.filter(support__in=READS_PAPERS, supports__isnull=True)
    if hidden:
        support = support.filter(pk__in=actor.post_ids)
    AudienceMember.objects.create(audience=papers, body=body)
    for post in support:
        _let_read(post, [body])
    trail.note(actor, "body.added", body, verb=Verb.COLLECT)
    return body


@transaction.atomic
def change_body(
    actor: Actor,
    *,
    body: Body,
    name: str,
    short_name: str,
    kind: BodyKind,
    parent: Body | None,
    purpose: str,
    quorum: int | None,
    frequency: str,
) -> Body:
    policies.may_change_body(actor, body).enforce()
    if parent and is_below(parent, body):
        raise NotAllowed(f"{body.name} cannot hang below itself. Choose another body above it.")
    changed = {
        "name": name,
        "short_name": short_name,
        "kind": kind,
        "parent": parent,
        "purpose": purpose,
        "quorum": quorum,
        "frequency": frequency,
    }
    for field, value in changed.items():
        setattr(body, field, value)
    body.save(update_fields=list(changed))
    trail.note(actor, "body.changed", body, fields=changed)
    return body


def is_below(body: Body, other: Body) -> bool:
    """Whether `body` is `other` or hangs somewhere below it."""
    seen = set()
    above: Body | None = body
    while above and above.pk not in seen:
        if above.pk == other.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


@transaction.atomic
def link_bodies(actor: Actor, *, body: Body, to: Body, kind: str, note: str = "") -> BodyLink:
    policies.may_change_body(actor, body).enforce()
    hidden = body if body.hidden else to
    link, _ = BodyLink.objects.get_or_create(
        body=body, to=to, kind=kind, defaults={"note": note, "audience_id": hidden.audience_id}
    )
    trail.note(actor, "body.linked", body, fields=["links"])
    return link


@transaction.atomic
def add_seat(
    actor: Actor,
    *,
    body: Body,
    holder: Organisation | None = None,
    holder_body: Body | None = None,
    role: str = SeatRole.MEMBER,
    capacity: str = Capacity.MEMBER,
    posts: Sequence[Post] = (),
    proposed: bool = False,
    contributes: str = "",
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
    hidden: bool = False,
) -> Seat:
    """Add a seat. A hidden seat is seen only by those who see the body's papers."""
    policies.may_change_body(actor, body).enforce()
    seat = Seat.objects.create(
        body=body,
        holder=holder,
        holder_body=holder_body,
        role=role,
        capacity=capacity,
        proposed=proposed,
        contributes=contributes,
        starts=starts,
        ends=ends,
        audience_id=body.papers_audience_id if hidden else body.audience_id,
    )
    SeatPost.objects.bulk_create(SeatPost(seat=seat, post=post) for post in posts)
    trail.note(actor, "seat.added", seat, verb=Verb.COLLECT)
    return seat


@transaction.atomic
def confirm_contribution(
    actor: Actor, *, seat: Seat, contributes: str, on: datetime.date
) -> Seat:
    """What the holder of a seat brings to the body, confirmed for the year."""
    policies.may_confirm_contribution(actor, seat).enforce()
    seat.contributes = contributes
    seat.contributes_confirmed_on = on
    seat.save(update_fields=["contributes", "contributes_confirmed_on"])
    trail.note(
        actor, "seat.confirmed", seat, fields=["contributes", "contributes_confirmed_on"]
    )
    return seat


@transaction.atomic
def appoint(
    actor: Actor,
    *,
    person: Person,
    post: Post | None = None,
    seat: Seat | None = None,
    substitute: bool = False,
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
) -> Appointment:
    policies.may_appoint(actor).enforce()
    appointment = Appointment.objects.create(
        person=person, post=post, seat=seat, substitute=substitute, starts=starts, ends=ends
    )
    trail.note(actor, "appointment.made", appointment, verb=Verb.COLLECT)
    return appointment


@transaction.atomic
def end_appointment(actor: Actor, *, appointment: Appointment, on: datetime.date) -> Appointment:
    policies.may_appoint(actor).enforce()
    appointment.ends = on
    appointment.save(update_fields=["ends"])
    trail.note(actor, "appointment.ended", appointment, fields=["ends"])
    return appointment


@transaction.atomic
def define_area(
    actor: Actor,
    *,
    name: str,
    parts: Sequence[tuple[str, str, str, bool]],
    district: District | None = None,
    body: Body | None = None,
    starts: datetime.date | None = None,
) -> AreaVersion:
    """Define an area, or define it anew from a day on; parts are (kind, code, name, excluded).

    An earlier version is ended the day before and stays as it was.
    """
    policies.may_add_organisation(actor).enforce()
    everyone = actor.everyone_audience_id
    area = Area.objects.filter(name=name, audience_id__in=actor.audience_ids).first()
    if area is None:
        area = Area.objects.create(name=name, district=district, body=body, audience_id=everyone)
    elif starts:
        AreaVersion.objects.filter(area=area, ends=None).update(
            ends=starts - datetime.timedelta(days=1)
        )
    version = AreaVersion.objects.create(area=area, starts=starts, audience_id=everyone)
    AreaPart.objects.bulk_create(
        AreaPart(
            version=version, kind=kind, code=code, name=part, excluded=excluded, audience_id=everyone
        )
        for kind, code, part, excluded in parts
    )
    trail.note(actor, "area.defined", area, verb=Verb.COLLECT)
    return version
