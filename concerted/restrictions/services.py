"""Setting who may see a thing: lock, policy, the thing with all that hangs on it, the trail."""

from dataclasses import replace

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.people.public import Body, also_open_to, new_audience, renewed
from concerted.restrictions import policies, queries
from concerted.restrictions.kinds import Move, Place, Restrictable, Thing
from concerted.restrictions.models import Closure, Restriction
from concerted.restrictions.policies import Wanted
from concerted.restrictions.states import Level, Tier


class Overtaken(Exception):
    """Somebody else said who sees this in between; `by` is their record."""

    def __init__(self, by: Restriction) -> None:
        super().__init__("Who sees this was changed in between.")
        self.by = by


@transaction.atomic
def restrict(
    actor: Actor, *, kind: Restrictable, key: str, wanted: Wanted, token: str
) -> Restriction:
    """Close, hide or open a thing, or change who sees it; the record before it stays as it was.

    `token` is the key of the record that the actor looked at, empty where there was none. Raises
    NotAllowed, Overtaken, and Http404 where the actor may no longer see the thing.
    """
    actor, thing = _held(actor, kind, key)
    newest = queries.newest_of(actor, thing)
    if newest and newest.key != token:
        raise Overtaken(newest)
    facts = queries.facts_of(actor, thing, wanted, newest)
    policies.may_restrict(actor, thing, wanted, facts).enforce()
    opened = wanted.level == Level.OPEN
    if opened:
        wanted = replace(
            wanted, tier=Tier.OFFICIAL, ground=None, public_interest="", review_on=None
        )
    to = thing.home_id if opened else _audience(actor, thing, wanted)
    places = kind.places(thing)
    stands = [one.audience_id for one in places]
    with also_open_to(to, thing.home_id, thing.body.office_audience_id, *stands):
        if not opened:
            # Once it is open, why it was not stays with those who saw it then.
            before = Restriction.objects.filter(kind=thing.kind, thing_key=thing.key)
            before.update(audience_id=to)
        made = Restriction.objects.create(
            kind=thing.kind,
            thing_key=thing.key,
            number=(newest.number if newest else 0) + 1,
            level=wanted.level,
            tier=wanted.tier,
            owner=wanted.owner,
            ground=wanted.ground,
            public_interest=wanted.public_interest,
            review_on=wanted.review_on,
            whom_to_ask=wanted.whom_to_ask,
            seen_by_id=to,
            set_by_id=actor.person_id,
            audience_id=to,
        )
        kind.move(
            actor,
            thing,
            Move(
                before=thing.audience_id,
                to=to,
                home=opened,
                hidden=wanted.level == Level.HIDDEN,
                tier=wanted.tier,
                review_on=wanted.review_on,
            ),
        )
        if thing.given_id is None:
            # What is said of things that stand in this one is read by whoever reads this one.
            Closure.objects.filter(
                parent_kind=thing.kind, parent_key=thing.key, audience_id=thing.audience_id
            ).update(audience_id=to)
        _say(thing, places, made, wanted)
    trail.add(
        actor,
        f"{kind.event or kind.name}.{_VERBS[wanted.level]}",
        kind=thing.kind,
        reference=thing.key,
        verb=Verb.ALTER,
        fields=["audience"],
    )
    return made


def _held(actor: Actor, kind: Restrictable, key: str) -> tuple[Actor, Thing]:
    """The thing, locked with its body, and the actor as they stand once the locks are held.

    Whoever waited for somebody else may be on an audience by now that was made meanwhile. The
    body comes first, as for all who put its meetings on record.
    """
    there = kind.find(actor, key)
    if there is None:
        raise Http404
    # Not its key: a release that is carried meanwhile adds rows that name the body.
    Body.objects.select_for_update(of=["self"], no_key=True).get(pk=there.body.pk)
    if kind.find(actor, key, lock=True) is None:
        actor = renewed(actor)
    thing = kind.find(actor, key, lock=True)
    if thing is None:
        raise Http404
    return actor, thing


_VERBS = {Level.OPEN: "opened", Level.CLOSED: "closed", Level.HIDDEN: "hidden"}


def _audience(actor: Actor, thing: Thing, wanted: Wanted) -> int:
    """A new audience, where none is given. Of a body's own nobody stays by themselves, of a
    listed one the unseen."""
    if thing.given_id is not None:
        return thing.given_id
    own = (thing.home_id, thing.body.papers_audience_id, thing.body.office_audience_id)
    listed = None if thing.audience_id in own else thing.audience_id
    return new_audience(wanted.entries, unseen_from=listed, actor=actor)


def _say(thing: Thing, places: list[Place], made: Restriction, wanted: Wanted) -> None:
    """Write what stands in place of the thing: for those who see where it stands, or nobody else.

    The row before it may be one that only the thing's audience sees, or its parent's: either way
    the actor sees it, because they see both or the wall was opened to every place.
    """
    Closure.objects.filter(kind=thing.kind, thing_key=thing.key).delete()
    if wanted.level == Level.OPEN:
        return
    assert made.review_on  # noqa: S101 - the policy asks for both
    assert made.ground_id  # noqa: S101
    hidden = wanted.level == Level.HIDDEN
    Closure.objects.bulk_create(
        Closure(
            kind=thing.kind,
            thing_key=thing.key,
            parent_kind=place.kind,
            parent_key=place.key,
            number=thing.number,
            position=thing.position,
            level=wanted.level,
            tier=wanted.tier,
            body=place.body,
            day=place.day,
            ground_id=made.ground_id,
            owner=wanted.owner,
            review_on=made.review_on,
            whom_to_ask=wanted.whom_to_ask,
            audience_id=made.audience_id if hidden else place.audience_id,
        )
        for place in places
    )
