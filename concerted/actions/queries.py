"""Every read of actions; each starts from what the actor may see."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    F,
    Field,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from concerted.access.actor import Actor
from concerted.access.prepared import Among, Given, Prepared, instances
from concerted.access.roles import SEAT_ROLES, Permission
from concerted.actions import history
from concerted.actions.lines import NEAR_WITHIN, ActionLine, OwnerRow, line_of, said_words
from concerted.actions.models import Action, Owner, Proposal, Update
from concerted.actions.states import ANSWERS, UNFINISHED, ActionState
from concerted.kernel.clock import now, today
from concerted.people.public import (
    Body,
    Organisation,
    Seat,
    bodies_visible_to,
    on,
    predecessors_of,
)
from concerted.people.public import organisations_visible_to as known_organisations

DONE_SHOWN_FOR = datetime.timedelta(days=90)

# The seats that answer when all are asked: an observer's seat changes nothing.
ANSWERING_ROLES = [
    name for name, role in SEAT_ROLES.items() if Permission.ACTION_UPDATE in role.permissions
]


def visible_to(actor: Actor) -> QuerySet[Action]:
    return Action.objects.filter(audience_id__in=actor.audience_ids).select_related("body")


def owners_visible_to(actor: Actor) -> QuerySet[Owner]:
    return Owner.objects.filter(audience_id__in=actor.audience_ids)


OWNERS = Prepared(
    OwnerRow._make,
    lambda: (
        Owner.objects.filter(Among("audience_id", "audiences"), Among("action_id", "actions"))
        .order_by("id")
        .values_list(
            "action_id",
            "organisation_id",
            "organisation__name",
            "organisation__audience_id",
            "post_id",
            "post__title",
            Coalesce(
                NullIf("post__organisation__short_name", Value("")), "post__organisation__name"
            ),
            "post__audience_id",
            "person_id",
            "person__name",
            "person__audience_id",
            "body_id",
            "body__name",
            "body__audience_id",
        )
    ),
)


def _updates() -> QuerySet[Update]:
    among = Among("audience_id", "audiences"), Among("action_id", "actions")
    return Update.objects.filter(*among).order_by("at", "id")


UPDATES = Prepared(instances(Update), _updates)
UPDATES_BY = Prepared(
    instances(Update, "by", "organisation"),
    lambda: _updates().select_related("by", "organisation"),
)
ASKED = Prepared(
    lambda row: (int(row[0]), int(row[1])),
    lambda: (
        Seat.objects.filter(
            on(Given("today", DateField())),
            Among("audience_id", "audiences"),
            Among("body__audience_id", "audiences"),
            Among("body_id", "bodies"),
            proposed=False,
            holder__isnull=False,
            role__in=ANSWERING_ROLES,
        )
        .order_by()
        .values_list("body_id", "holder_id")
    ),
)
CAME_FROM = Prepared(
    instances(Action),
    lambda: Action.objects.filter(
        Among("audience_id", "audiences"),
        Among("source_id", "sources"),
        source_kind=Given("kind"),
    ).order_by("id"),
)


def updates_visible_to(actor: Actor) -> QuerySet[Update]:
    return Update.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "by", "organisation"
    )


def proposals_visible_to(actor: Actor) -> QuerySet[Proposal]:
    """What owners proposed by a link, the oldest first; not those who have not answered."""
    return (
        Proposal.objects.filter(
            audience_id__in=actor.audience_ids,
            action__audience_id__in=actor.audience_ids,
            at__isnull=False,
        )
        .select_related("action__body", "person", "post")
        .order_by("at", "id")
    )


def to_take_up(actor: Actor) -> QuerySet[Proposal]:
    """What waits for the actor to take it up, or not."""
    if not (actor.holds(Permission.ACTION_ADD) or actor.holds(Permission.ACTION_ACCEPT)):
        return Proposal.objects.none()
    bodies = [
        one
        for one in bodies_visible_to(actor)
        if actor.holds(Permission.ACTION_ADD, body_id=one.pk)
        or actor.holds(Permission.ACTION_ACCEPT, body_id=one.pk)
    ]
    return proposals_visible_to(actor).filter(
        decided_at=None, action__state__in=UNFINISHED, action__body__in=bodies
    )


def locked(actor: Actor, action: Action) -> Action:
    """The action as it stands now, held until the end of the transaction."""
    return visible_to(actor).select_for_update(of=("self",)).get(pk=action.pk)


# Whose


class Told:
    """What a question of whose an action is has to know: of this actor now, or at each asking.

    The rules below are written once; a list that stands on every page asks them prepared.
    """

    def __init__(self, actor: Actor | None) -> None:
        self.values = None if actor is None else _told(actor)

    def among(self, column: str, name: str) -> Q:
        if self.values is None:
            return Q(Among(column, name))
        return Q(**{f"{column}__in": self.values[name]})

    def one(self, name: str, field: "Field[Any, Any]") -> Any:
        return Given(name, field) if self.values is None else Value(self.values[name], field)


AT_EACH_ASKING = Told(None)


def _told(actor: Actor) -> dict[str, Any]:
    day = today()
    return {
        "audiences": actor.audience_ids,
        "person": actor.person_id,
        "posts": actor.post_ids,
        "organisations": actor.organisation_ids,
        "seated": actor.seated_body_ids,
        "everywhere": Permission.MEETING_VIEW in actor.everywhere,
        "viewed": tuple(
            body for body in actor.by_body if actor.holds(Permission.MEETING_VIEW, body_id=body)
        ),
        "today": day,
        "near": day + datetime.timedelta(days=NEAR_WITHIN),
    }


def _named(told: Told, who: Q) -> Q:
    rows = Owner.objects.filter(told.among("audience_id", "audiences"), who)
    return Q(pk__in=rows.values("action_id"))


def _asked_through(told: Told) -> Q:
    """Actions asked of all seats, on bodies where one of the actor's organisations is asked."""
    seats = Seat.objects.filter(
        on(told.one("today", DateField())),
        told.among("audience_id", "audiences"),
        told.among("body__audience_id", "audiences"),
        told.among("holder_id", "organisations"),
        proposed=False,
        role__in=ANSWERING_ROLES,
    )
    return Q(all_seats=True, body_id__in=seats.order_by().values("body_id"))


def _of_person(told: Told) -> Q:
    person = Q(person_id=told.one("person", IntegerField()))
    named = _named(told, person | told.among("post_id", "posts"))
    return named | _asked_through(told) & told.among("body_id", "seated")


def _of_organisations(told: Told) -> Q:
    own = told.among("organisation_id", "organisations")
    own |= told.among("post__organisation_id", "organisations")
    return _named(told, own) | _asked_through(told)


def _of_bodies(told: Told) -> Q:
    everywhere = Q(told.one("everywhere", BooleanField()))
    seated = _named(told, told.among("body_id", "seated"))
    return everywhere | told.among("body_id", "viewed") | seated


class Whose(StrEnum):
    """The lists of one's own."""

    MINE = "mine"
    ORGANISATION = "organisation"
    BODIES = "bodies"


OF = {
    Whose.MINE: _of_person,
    Whose.ORGANISATION: _of_organisations,
    Whose.BODIES: _of_bodies,
}


def own(actor: Actor, whose: Whose) -> QuerySet[Action]:
    """One's own: given to them or their post, or asked of them as a member.

    An organisation's: what it or its posts own, or it is asked. The bodies': of those that the
    actor sits on or supports.
    """
    return visible_to(actor).filter(OF[whose](Told(actor)))


def told_of(actor: Actor) -> QuerySet[Action]:
    """What somebody hears of by mail: theirs, and their organisation's where their role acts."""
    told = Told(actor)
    own = _of_person(told)
    if actor.holds(Permission.ACTION_UPDATE):
        own |= _named(told, told.among("organisation_id", "organisations"))
    return visible_to(actor).filter(own)


def bodies_to_add_for(actor: Actor) -> QuerySet[Body]:
    """The bodies whose actions this actor may add."""
    seen = bodies_visible_to(actor)
    if Permission.ACTION_ADD in actor.everywhere:
        return seen
    return seen.filter(
        pk__in=[b for b in actor.by_body if actor.holds(Permission.ACTION_ADD, body_id=b)]
    )


# In which order


class Part(IntEnum):
    """The parts of a list, in their order."""

    OVERDUE = 0
    SOON = 1
    LATER = 2
    WAITING = 3


# Actions annotated with their `part`, which the types of the ORM cannot say.
Listed: TypeAlias = QuerySet[Any]


def _answered(told: Told) -> Exists:
    own = Update.objects.filter(
        told.among("organisation_id", "organisations"),
        told.among("audience_id", "audiences"),
        action=OuterRef("pk"),
        said__in=ANSWERS,
        taken_back_at=None,
    )
    return Exists(own)


def in_parts(actor: Actor, actions: QuerySet[Action], *, answered_waits: bool = False) -> Listed:
    """Unfinished actions, overdue first, then by date; each with its `part`.

    With `answered_waits`, what the actor's organisation has answered waits for the others.
    """
    return _in_parts(Told(actor), actions, answered_waits=answered_waits)


def _in_parts(told: Told, actions: QuerySet[Action], *, answered_waits: bool) -> Listed:
    waits = Q(state=ActionState.CLAIMED)
    if answered_waits:
        waits |= Q(_answered(told), all_seats=True)
    part = Case(
        When(waits, then=Value(Part.WAITING)),
        When(due__lt=told.one("today", DateField()), then=Value(Part.OVERDUE)),
        When(due__lte=told.one("near", DateField()), then=Value(Part.SOON)),
        default=Value(Part.LATER),
        output_field=IntegerField(),
    )
    return (
        actions.filter(state__in=UNFINISHED)
        .annotate(part=part)
        .order_by("part", F("due").asc(nulls_last=True), "id")
    )


def all_open(actor: Actor) -> Listed:
    """Every unfinished action this actor sees, overdue first."""
    return in_parts(actor, visible_to(actor))


def register(
    actor: Actor,
    *,
    body: Body | None = None,
    organisation: Organisation | None = None,
    state: str = "",
) -> Listed:
    """All actions under a filter; without a state, the unfinished. `late` is a state here.

    A body carries over what those that it follows after left unfinished.
    """
    actions = visible_to(actor)
    if body:
        before = [one.pk for one in predecessors_of(actor, body)]
        carried = Q(body__in=before, state__in=UNFINISHED)
        actions = actions.filter(Q(body=body) | carried)
    if organisation:
        owner = Q(organisation=organisation) | Q(post__organisation=organisation)
        actions = actions.filter(_named(Told(actor), owner))
    if state in (ActionState.DONE, ActionState.WITHDRAWN):
        return actions.filter(state=state).order_by(F("done_on").desc(nulls_last=True), "-id")
    listed = in_parts(actor, actions)
    if state == "late":
        return listed.filter(part=Part.OVERDUE)
    return listed.filter(state=state) if state else listed


class Counts(NamedTuple):
    """How many unfinished actions somebody sees; `late` counts those of `mine` that are overdue."""

    mine: int
    late: int
    organisation: int
    bodies: int
    all: int


def _counted() -> QuerySet[Action, Any]:
    told = AT_EACH_ASKING
    late = Q(state=ActionState.OPEN, due__lt=told.one("today", DateField()))
    late &= Q(all_seats=False) | ~Q(_answered(told))
    return (
        Action.objects.filter(told.among("audience_id", "audiences"), state__in=UNFINISHED)
        .values(one=Value(1))
        .annotate(
            mine=Count("pk", filter=_of_person(told)),
            late=Count("pk", filter=_of_person(told) & late),
            organisation=Count("pk", filter=_of_organisations(told)),
            bodies=Count("pk", filter=_of_bodies(told)),
            all=Count("pk"),
        )
        .values_list("mine", "late", "organisation", "bodies", "all")
    )


COUNTS = Prepared(Counts._make, _counted)


def counts(actor: Actor) -> Counts:
    """Count what this reader sees, in one query."""
    return next(iter(COUNTS.ask(**_told(actor))), Counts(0, 0, 0, 0, 0))


def _of(whose: Whose) -> QuerySet[Action]:
    told = AT_EACH_ASKING
    return Action.objects.filter(told.among("audience_id", "audiences"), OF[whose](told))


def _listed(whose: Whose) -> Listed:
    answered_waits = whose != Whose.BODIES
    listed = _in_parts(AT_EACH_ASKING, _of(whose), answered_waits=answered_waits)
    return listed.values_list("pk", "part")


def _done(whose: Whose) -> QuerySet[Action, Any]:
    done = _of(whose).filter(state=ActionState.DONE, done_on__gte=Given("since", DateField()))
    return done.order_by("-done_on", "-id").values_list("pk")


LISTED = {
    whose: Prepared(lambda row: (int(row[0]), Part(row[1])), partial(_listed, whose))
    for whose in Whose
}
DONE = {
    whose: Prepared(
        lambda row: int(row[0]),
        partial(_done, whose),
    )
    for whose in Whose
}
ROWS = Prepared(
    instances(Action, "body"),
    lambda: Action.objects.filter(
        Among("audience_id", "audiences"), Among("id", "actions")
    ).select_related("body"),
)


def unfinished(actor: Actor, whose: Whose) -> list[tuple[int, Part]]:
    """The unfinished actions of a list in the order of `in_parts`, each by its id and its part."""
    return LISTED[whose].ask(**_told(actor))


def done_lately(actor: Actor, whose: Whose) -> list[int]:
    """The ids of what was accepted as done in the last 90 days, newest first."""
    return DONE[whose].ask(**_told(actor), since=today() - DONE_SHOWN_FOR)


def rows(actor: Actor, ids: Sequence[int]) -> list[Action]:
    """These actions, in this order."""
    if not ids:
        return []
    found = {one.pk: one for one in ROWS.ask(audiences=actor.audience_ids, actions=list(ids))}
    return [found[pk] for pk in ids if pk in found]


# As lines


def asked(actor: Actor, bodies: Collection[int]) -> dict[int, frozenset[int]]:
    """The organisations that answer for a body's seats today, by the body's id."""
    found: dict[int, set[int]] = defaultdict(set)
    if bodies:
        for body, organisation in ASKED.ask(
            audiences=actor.audience_ids, bodies=list(bodies), today=today()
        ):
            found[body].add(organisation)
    return {body: frozenset(organisations) for body, organisations in found.items()}


def lines(actor: Actor, actions: Iterable[Action], *, by_whom: bool = True) -> list[ActionLine]:
    """The lines of these actions, in their order: three more queries, however many there are.

    Without `by_whom` the updates come without the names of who made them, which costs less.
    """
    rows = list(actions)
    if not rows:
        return []
    among = {"audiences": actor.audience_ids, "actions": [row.pk for row in rows]}
    owners: dict[int, list[OwnerRow]] = defaultdict(list)
    updates: dict[int, list[Update]] = defaultdict(list)
    for owner in OWNERS.ask(**among):
        owners[owner.action_id].append(owner)
    for update in (UPDATES_BY if by_whom else UPDATES).ask(**among):
        updates[update.action_id].append(update)
    seats = asked(actor, {row.body_id for row in rows if row.all_seats})
    moment = now()
    return [
        line_of(
            actor,
            row,
            owners=owners[row.pk],
            updates=updates[row.pk],
            asked=seats.get(row.body_id, frozenset()),
            now=moment,
        )
        for row in rows
    ]


def line(actor: Actor, action: Action) -> ActionLine:
    """The line of one action."""
    return lines(actor, visible_to(actor).filter(pk=action.pk))[0]


def to_do(actor: Actor, *, limit: int) -> list[ActionLine]:
    """The first of what is the actor's own and does not wait for others: late, then by date."""
    listed = in_parts(actor, own(actor, Whose.MINE), answered_waits=True)
    return lines(actor, listed.filter(part__lt=Part.WAITING)[:limit])


def closable(actor: Actor, bodies: Collection[int]) -> list[ActionLine]:
    """The unfinished actions of these bodies that this actor may close, oldest first.

    Not those asked of all seats that somebody has not answered yet.
    """
    own = [pk for pk in bodies if actor.holds(Permission.ACTION_ACCEPT, body_id=pk)]
    unfinished = visible_to(actor).filter(state__in=UNFINISHED, body__in=own)
    return [
        one
        for one in lines(actor, unfinished.order_by("agreed_on", "id"), by_whom=False)
        if not one.action.all_seats or history.complete(one.asked_ids, one.updates)
    ]


def for_sources(actor: Actor, kind: str, ids: Iterable[int]) -> dict[int, list[ActionLine]]:
    """The actions that came from these sources, by the source's id; four queries for any number."""
    found: dict[int, list[ActionLine]] = defaultdict(list)
    came = CAME_FROM.ask(audiences=actor.audience_ids, kind=kind, sources=list(ids))
    for each in lines(actor, came, by_whom=False):
        found[each.action.source_id or 0].append(each)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one organisation answered when all seats were asked; `given` is None until it has."""

    organisation: Organisation
    given: Update | None
    mine: bool


def answer_table(actor: Actor, shown: ActionLine) -> list[Answer]:
    """Every organisation asked, by name, and what it answered."""
    if not shown.action.all_seats:
        return []
    given = history.answers(shown.updates)
    seats = asked(actor, [shown.action.body_id]).get(shown.action.body_id, frozenset())
    organisations = known_organisations(actor).filter(pk__in=seats | given.keys())
    return [
        Answer(one, given.get(one.pk), one.pk in actor.organisation_ids) for one in organisations
    ]


# For the home page


@dataclass(frozen=True, slots=True)
class Change:
    """Something said of an action: title and address, the action's words, who and when."""

    title: str
    text: str
    href: str
    by: str
    organisation: str
    note: str
    at: datetime.datetime
    own: bool


def recent_updates(actor: Actor, since: datetime.datetime, *, limit: int = 20) -> list[Change]:
    """What was said of the actions the actor sees, newest first; not what was taken back."""
    seen = visible_to(actor).values("pk")
    said = updates_visible_to(actor).filter(at__gt=since, taken_back_at=None, action__in=seen)
    return [
        Change(
            title=said_words(update),
            text=update.action.text,
            href=update.action.get_absolute_url(),
            by=update.by.name,
            organisation=update.organisation.name if update.organisation else "",
            note=update.note,
            at=update.at,
            own=update.by_id == actor.person_id,
        )
        for update in said.select_related("action").order_by("-at", "-id")[:limit]
    ]


# For the decisions register


def source_ids(actor: Actor, kind: str, which: str) -> QuerySet[Action, int | None]:
    """The ids of sources that actions came from: any, or those still `open` or `overdue`."""
    actions = visible_to(actor).filter(source_kind=kind, source_id__isnull=False)
    if which in ("open", "overdue"):
        actions = actions.filter(state__in=UNFINISHED)
    if which == "overdue":
        actions = actions.filter(state=ActionState.OPEN, due__lt=today())
    return actions.order_by().values_list("source_id", flat=True)
