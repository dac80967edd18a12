"""Every change of what the partnership is made of: policy, change, line on the trail."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max, Q

from concerted.access.actor import Actor
from concerted.access.directories import close_directories, open_directories
from concerted.access.models import Account, Audience, AudienceKind
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.people import policies, queries
from concerted.people.ending import changing_who_gets_in, one_at_a_time
from concerted.people.made_of import explained, in_turn, seen_by_both
from concerted.people.models import (
    Area,
    AreaPart,
    AreaVersion,
    AudienceMember,
    Body,
    BodyKind,
    BodyLink,
    District,
    NameWithin,
    Organisation,
    OrganisationStanding,
    Person,
    Post,
    PostSupport,
)
from concerted.people.standing import open_to, standing
from concerted.people.states import LinkKind, Support

# Support posts that read the papers of the bodies they support. The administrator does not.
READS_PAPERS = (Support.SECRETARY, Support.MANAGER, Support.ANALYST)
RUNS_OFFICE = (Support.SECRETARY, Support.MANAGER)


def renewed(actor: Actor) -> Actor:
    """The same person with today's appointments and audiences, after a change to either."""
    return standing(Account.objects.get(pk=actor.account_id))


def hold_body(actor: Actor, body: Body) -> Actor:
    """Wait for all who write of the meetings and agendas of a body; returns the actor as of then.

    What was closed meanwhile may be open to them by then, or no longer: the caller looks again.
    Held until the transaction ends.
    """
    # Not its key: a release that is carried meanwhile adds rows that name the body.
    Body.objects.select_for_update(of=["self"], no_key=True).filter(pk=body.pk).first()
    return renewed(actor)


@transaction.atomic
def add_district(actor: Actor, *, name: str, code: str = "", force_area: str = "") -> District:
    policies.may_add_district(actor).enforce()
    in_turn()
    if District.objects.filter(name__iexact=name, audience_id__in=actor.audience_ids).exists():
        raise NotAllowed("There is a district of this name already.")
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
    met_in: Body | None = None,
) -> Organisation:
    """Add an organisation, with its statutory standing from its first day when that is known.

    One met in the papers of a hidden body is known to those who read them.
    """
    policies.may_add_organisation(actor).enforce()
    with explained():
        organisation = Organisation.objects.create(
            name=name,
            short_name=short_name,
            other_names=list(other_names),
            district=district,
            starts=starts,
            ends=ends,
            audience_id=_known_to(actor, met_in),
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
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
    successor: Organisation | None = None,
) -> Organisation:
    """Change what an organisation is called, when it was there, and what came after it."""
    policies.may_add_organisation(actor).enforce()
    in_turn()
    if successor:
        successor.refresh_from_db(fields=["successor"])
    after: Organisation | None = successor
    while after:
        if after.pk == organisation.pk:
            raise NotAllowed("An organisation cannot come after itself. Choose another one.")
        after = after.successor
    wanted = {
        "name": name,
        "short_name": short_name,
        "other_names": list(other_names),
        "starts": starts,
        "ends": ends,
        "successor_id": successor and successor.pk,
    }
    for field, value in wanted.items():
        setattr(organisation, field, value)
    with explained():
        organisation.save(update_fields=list(wanted))
    fields = [field.removesuffix("_id") for field in wanted]
    trail.note(actor, "organisation.changed", organisation, fields=fields)
    return organisation


@transaction.atomic
def change_standing(
    actor: Actor, *, organisation: Organisation, standing: str, starts: datetime.date
) -> OrganisationStanding:
    """Give an organisation another statutory standing from a day on; the one before it stays."""
    policies.may_add_organisation(actor).enforce()
    in_turn()
    with explained():
        OrganisationStanding.objects.filter(organisation=organisation, ends=None).update(
            ends=starts - datetime.timedelta(days=1)
        )
        changed = OrganisationStanding.objects.create(
            organisation=organisation,
            standing=standing,
            starts=starts,
            audience_id=organisation.audience_id,
        )
    trail.note(actor, "organisation.changed", organisation, fields=["standings"])
    return changed


@transaction.atomic
def also_known_as(
    actor: Actor, *, thing: Organisation | Person | Body, name: str, within: Body
) -> None:
    """Remember another way the papers of a body write a name, so that it is known the next time.

    Only those who read these papers know it: what they print is theirs.
    """
    if isinstance(thing, Body):
        policies.may_change_body(actor, thing).enforce()
    else:
        policies.may_add_organisation(actor).enforce()
    thing = type(thing).objects.select_for_update(of=("self",)).get(pk=thing.pk)
    learned = thing.names_learned.filter(audience_id=within.papers_audience_id)
    known = (thing.name, *thing.other_names, *learned.values_list("name", flat=True))
    if name and name.casefold() not in {one.casefold() for one in known}:
        thing.names_learned.create(name=name, audience_id=within.papers_audience_id)
        trail.note(actor, f"{thing._meta.model_name}.named", thing, fields=["names_learned"])


@transaction.atomic
def known_within(actor: Actor, *, organisation: Organisation, body: Body, name: str) -> None:
    """Remember what a name that many have means in the papers of one body."""
    policies.may_change_body(actor, body).enforce()
    _, new = NameWithin.objects.get_or_create(
        organisation=organisation,
        body=body,
        name=name,
        defaults={"audience_id": body.papers_audience_id},
    )
    if new:
        trail.note(actor, "organisation.named", organisation, fields=["names_within_bodies"])


@transaction.atomic
def add_person(
    actor: Actor, *, name: str, other_names: Sequence[str] = (), met_in: Body | None = None
) -> Person:
    """Add somebody the partnership knows. An account, if they need one, comes apart.

    Somebody met in the papers of a hidden body is known to those who read them.
    """
    policies.may_add_person(actor).enforce()
    person = Person.objects.create(
        name=name, other_names=list(other_names), audience_id=_known_to(actor, met_in)
    )
    trail.note(actor, "person.added", person, verb=Verb.COLLECT)
    return person


def _known_to(actor: Actor, met_in: Body | None) -> int:
    hidden = met_in is not None and met_in.hidden
    return met_in.papers_audience_id if met_in and hidden else actor.everyone_audience_id


@transaction.atomic
def known_openly(actor: Actor, *, things: Iterable[Person | Organisation]) -> None:
    """Let everyone know whom the papers of an open body name, wherever they were met first."""
    policies.may_add_organisation(actor).enforce()
    everyone = actor.everyone_audience_id
    for thing in things:
        if thing.audience_id != everyone:
            type(thing).objects.filter(pk=thing.pk).update(audience_id=everyone)
            if isinstance(thing, Organisation):
                thing.standings.update(audience_id=everyone)
            trail.note(actor, f"{thing._meta.model_name}.shown", thing, fields=["audience"])


@transaction.atomic
def give_account(actor: Actor, *, person: Person, email: str, password: str) -> Account:
    """Let a person sign in. Their personal audience comes with the account."""
    policies.may_appoint(actor).enforce()
    held = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if held.account_id:
        raise NotAllowed(f"{person.name} has an account already.")
    return open_account(actor, person=person, email=email, password=password)


def open_account(actor: Actor, *, person: Person, email: str, password: str | None) -> Account:
    """Make a person's account; without a password they come in through a directory alone."""
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
    policies.may_add_post(actor, support=support).enforce()
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
def add_kind(actor: Actor, *, name: str) -> BodyKind:
    """Add a kind of body at the end of the list."""
    policies.may_change_kinds(actor).enforce()
    in_turn()
    _refuse_known_kind(actor, name)
    last = BodyKind.objects.aggregate(last=Max("position"))["last"]
    kind = BodyKind.objects.create(
        name=name,
        position=0 if last is None else last + 1,
        audience_id=actor.everyone_audience_id,
    )
    _note_kinds(actor, "kind.added")
    return kind


@transaction.atomic
def rename_kind(actor: Actor, *, kind: BodyKind, name: str) -> BodyKind:
    """Call a kind of body something else; the bodies of that kind follow."""
    policies.may_change_kinds(actor).enforce()
    in_turn()
    if name.lower() != kind.name.lower():
        _refuse_known_kind(actor, name)
    kind.name = name
    kind.save(update_fields=["name"])
    _note_kinds(actor, "kind.renamed")
    return kind


def _refuse_known_kind(actor: Actor, name: str) -> None:
    if queries.kinds_visible_to(actor).filter(name__iexact=name).exists():
        raise NotAllowed("There is a kind of body of that name already.")


def _note_kinds(actor: Actor, what: str) -> None:
    """Kinds have no key of their own: they are a list that the partnership keeps."""
    if partnership := queries.the_partnership(actor):
        trail.note(actor, what, partnership, fields=["kinds"])


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

    A hidden body is seen by that audience alone: the person who adds it, then its seats. Support
    posts do not come with it, so a successor in one does not inherit it. A post that supports
    some bodies only supports the one that its holder adds as well.
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
        private=hidden,
        starts=starts,
        papers_audience=papers,
        office_audience=office,
        audience_id=papers.pk if hidden else actor.everyone_audience_id,
    )
    AudienceMember.objects.create(audience=papers, body=body)
    support = Post.objects.filter(support__in=READS_PAPERS)
    own = support.filter(pk__in=actor.post_ids, supports__isnull=False).distinct()
    PostSupport.objects.bulk_create([PostSupport(post=post, body=body) for post in own])
    if hidden:
        AudienceMember.objects.bulk_create(
            AudienceMember(audience=audience, person_id=actor.person_id)
            for audience in (papers, office)
        )
    else:
        for post in support.filter(Q(supports__isnull=True) | Q(supports__body=body)):
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
    other_names: Sequence[str] | None = None,
    ends: datetime.date | None = None,
) -> Body:
    """Change what a body is. A parent that the actor cannot see stays unless another is chosen."""
    policies.may_change_body(actor, body).enforce()
    in_turn()
    visible = {one.pk: one for one in queries.bodies_visible_to(actor)}
    if parent and is_below(parent, body, visible):
        raise NotAllowed("A body cannot hang below itself. Choose another body above it.")
    kept = parent is None and body.parent_id is not None and body.parent_id not in visible
    wanted = {
        "name": name,
        "short_name": short_name,
        "other_names": body.other_names if other_names is None else list(other_names),
        "kind_id": kind.pk,
        "parent_id": body.parent_id if kept else parent and parent.pk,
        "purpose": purpose,
        "quorum": quorum,
        "frequency": frequency,
        "ends": ends,
    }
    changed = [field for field, value in wanted.items() if getattr(body, field) != value]
    for field in changed:
        setattr(body, field, wanted[field])
    with explained():
        body.save(update_fields=changed)
    trail.note(actor, "body.changed", body, fields=[field.removesuffix("_id") for field in changed])
    return body


def is_below(body: Body, other: Body, visible: Mapping[int, Body]) -> bool:
    """Whether `body` is `other` or hangs somewhere below it, as far as one can see."""
    seen = set()
    above: Body | None = visible.get(body.pk, body)
    while above and above.pk not in seen:
        if above.pk == other.pk:
            return True
        seen.add(above.pk)
        above = visible.get(above.parent_id or 0)
    return False


@transaction.atomic
def link_bodies(
    actor: Actor,
    *,
    body: Body,
    to: Body,
    kind: str,
    note: str = "",
    starts: datetime.date | None = None,
) -> BodyLink:
    """Draw a line between two bodies; only those who see both ends see it."""
    policies.may_change_body(actor, body).enforce()
    in_turn()
    if body.pk == to.pk:
        raise NotAllowed("A line leads from one body to another. Choose another body.")
    drawn = Q(body=body, to=to)
    if kind == LinkKind.LINKED_TO:
        drawn |= Q(body=to, to=body)
    if BodyLink.objects.filter(drawn, kind=kind).exists():
        raise NotAllowed("This line is drawn already.")
    if kind == LinkKind.SUCCEEDS and body in queries.predecessors_of(actor, to):
        raise NotAllowed("The other body follows after this one. It cannot be both ways.")
    link = BodyLink.objects.create(
        body=body,
        to=to,
        kind=kind,
        note=note,
        starts=starts,
        audience_id=seen_by_both(actor, body, to),
    )
    trail.note(actor, "body.linked", body, fields=["links"])
    return link


@transaction.atomic
def unlink_bodies(actor: Actor, *, body: Body, to: Body, kind: str) -> None:
    """Take away a line that leads from a body."""
    policies.may_change_body(actor, body).enforce()
    gone, _ = BodyLink.objects.filter(
        body=body, to=to, kind=kind, audience_id__in=actor.audience_ids
    ).delete()
    if not gone:
        raise NotAllowed("This line is not drawn any more.")
    trail.note(actor, "body.unlinked", body, verb=Verb.ERASE, fields=["links"])


@transaction.atomic
def stop_access(actor: Actor, *, organisation: Organisation) -> Organisation:
    """The one switch: from now on nobody gets in by the posts and seats of an organisation, nor
    signs in through its directory.

    Its posts, seats and appointments stay as they are, for the day on which it is let in again.
    """
    one_at_a_time()
    organisation.refresh_from_db(fields=["stopped_on"])
    policies.may_stop(actor, organisation).enforce()
    organisation.stopped_on = today()
    with changing_who_gets_in(actor):
        organisation.save(update_fields=["stopped_on"])
    close_directories(organisation_id=organisation.pk)
    trail.note(actor, "organisation.stopped", organisation, fields=["stopped_on"])
    return organisation


@transaction.atomic
def let_in(actor: Actor, *, organisation: Organisation) -> Organisation:
    """Let an organisation in again: its posts and seats open what they opened before."""
    one_at_a_time()
    organisation.refresh_from_db(fields=["stopped_on"])
    policies.may_let_in(actor, organisation).enforce()
    organisation.stopped_on = None
    organisation.save(update_fields=["stopped_on"])
    open_directories(organisation_id=organisation.pk)
    trail.note(actor, "organisation.let_in", organisation, fields=["stopped_on"])
    return organisation


@transaction.atomic
def define_area(
    actor: Actor,
    *,
    name: str,
    parts: Sequence[tuple[str, str, str, bool]],
    district: District | None = None,
    body: Body | None = None,
    area: Area | None = None,
    starts: datetime.date | None = None,
) -> AreaVersion:
    """Define an area, or define it anew from a day on; parts are (kind, code, name, excluded).

    An earlier version is ended the day before and stays as it was.
    """
    policies.may_define_area(actor).enforce()
    in_turn()
    area = area or queries.areas_visible_to(actor).filter(name__iexact=name).first()
    with explained():
        if area is None:
            area = Area.objects.create(
                name=name, district=district, body=body, audience_id=seen_by_both(actor, body)
            )
        elif starts:
            AreaVersion.objects.filter(area=area, ends=None).update(
                ends=starts - datetime.timedelta(days=1)
            )
        version = AreaVersion.objects.create(area=area, starts=starts, audience_id=area.audience_id)
    AreaPart.objects.bulk_create(
        AreaPart(
            version=version,
            kind=kind,
            code=code,
            name=part,
            excluded=excluded,
            audience_id=area.audience_id,
        )
        for kind, code, part, excluded in parts
    )
    trail.note(actor, "area.defined", area, verb=Verb.COLLECT)
    return version
