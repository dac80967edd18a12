"""Who may close or hide a thing, narrow or widen who sees it, and lift that. Facts in."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.public import Entry, Organisation
from concerted.restrictions.kinds import Thing
from concerted.restrictions.models import Ground, Restriction
from concerted.restrictions.states import RANK, Level, Tier


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: a level, its reasons, and who is on the audience."""

    level: Level
    tier: Tier
    owner: Organisation
    ground: Ground | None
    public_interest: str
    review_on: datetime.date | None
    whom_to_ask: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """How things stand: the newest record, who is on the audience now, who is at the table.

    `table` are those who read the body's papers anyway; `keeps_actor` and `keeps_owner` say
    whether the actor, and anybody of the owner organisation, would be on the new audience, which
    is `given` where nobody chooses it.
    """

    newest: Restriction | None
    now: tuple[Entry, ...]
    table: tuple[Entry, ...]
    keeps_actor: bool
    keeps_owner: bool
    today: datetime.date
    given: bool = False


def owns(actor: Actor, organisation_id: int | None) -> bool:
    """Whether somebody is of an organisation, and has a role there that acts.

    An administrator, a data protection officer or an observer of it decides nothing here.
    """
    return organisation_id in actor.organisation_ids and actor.holds(Permission.ACTION_UPDATE)


def is_held(thing: Thing) -> bool:
    """Whether the office alone sees, because of its marking, what others would see otherwise."""
    return thing.audience_id == thing.body.office_audience_id != thing.home_id


def is_hidden_since_added(thing: Thing) -> bool:
    """Whether a thing without a record was hidden by whoever added it."""
    return thing.audience_id == thing.given_id != thing.home_id


def may_change(actor: Actor, thing: Thing, newest: Restriction | None) -> Verdict:
    """Open the page where it is said who sees a thing."""
    owner = newest.owner if newest else thing.organisation
    if actor.holds(Permission.MINUTES_IMPORT, body_id=thing.body.pk):
        return YES
    if owner and owns(actor, owner.pk):
        return YES
    if owner:
        return no(
            f"Only the secretary of this body or the people of {owner.name} "
            f"can say who sees this {thing.noun}."
        )
    return no(f"Only the secretary of this body can say who sees this {thing.noun}.")


def may_restrict(actor: Actor, thing: Thing, wanted: Wanted, facts: Facts) -> Verdict:
    """Set a restriction, change it or lift it. The order of the rules is the order of the page."""
    for verdict in (
        may_change(actor, thing, facts.newest),
        _whose(actor, thing, wanted, facts),
        _level(actor, thing, wanted, facts),
        _reasons(wanted, facts),
        _audience(actor, wanted, facts),
    ):
        if not verdict:
            return verdict
    return YES


def _whose(actor: Actor, thing: Thing, wanted: Wanted, facts: Facts) -> Verdict:
    """The owner stays, unless its own people hand it on."""
    before = facts.newest.owner if facts.newest else thing.organisation
    if before and before.pk != wanted.owner.pk and not owns(actor, before.pk):
        return no(f"This belongs to {before.name}. Only its people can hand it to others.")
    return YES


def _level(actor: Actor, thing: Thing, wanted: Wanted, facts: Facts) -> Verdict:
    before = Level(facts.newest.level) if facts.newest else Level.OPEN
    held = facts.newest is None and is_held(thing)
    if held and wanted.level == Level.OPEN and not owns(actor, wanted.owner.pk):
        return no(
            f"It is held for the office until {wanted.owner.name} has been asked. Close it and "
            "put its owner on the list: only its people can open it."
        )
    unsaid = facts.newest is None and is_hidden_since_added(thing)
    if unsaid and wanted.level != Level.HIDDEN and not owns(actor, wanted.owner.pk):
        return no(
            f"It was hidden when it was added. Only the people of {wanted.owner.name} can open it "
            "if it is theirs: hide it with them as its owner, and ask them."
        )
    if before == Level.OPEN and wanted.level == Level.OPEN and not (held or unsaid):
        return no("This is open already. Choose closed or hidden, or leave it as it is.")
    if wanted.level != Level.OPEN and not thing.may_close:
        return thing.may_close
    if wanted.level == Level.HIDDEN and before != Level.HIDDEN and not thing.may_hide:
        return thing.may_hide
    if facts.newest is None or owns(actor, facts.newest.owner_id):
        return YES
    if RANK[wanted.level] < RANK[before]:
        return no(f"Only the people of {facts.newest.owner.name} can open this further.")
    if before != Level.OPEN and facts.newest.tier == Tier.SENSITIVE != wanted.tier:
        return no(f"Only the people of {facts.newest.owner.name} can lower its marking.")
    return YES


def _reasons(wanted: Wanted, facts: Facts) -> Verdict:
    if wanted.level == Level.OPEN:
        return YES
    if wanted.ground is None:
        return no("Choose the reason why it is kept back.")
    if not _given_on(wanted.ground, facts.today):
        return no("This reason cannot be given today. Choose one of those in force.")
    if wanted.ground.public_interest_test and not wanted.public_interest.strip():
        return no("Say why keeping it back serves the public more than showing it.")
    if wanted.review_on is None or wanted.review_on <= facts.today:
        return no("Give a day still to come on which this is looked at again.")
    return YES


def _given_on(ground: Ground, day: datetime.date) -> bool:
    begun = ground.starts is None or ground.starts <= day
    return begun and (ground.ends is None or day <= ground.ends)


def may_keep_grounds(actor: Actor) -> Verdict:
    """The list of reasons is the partnership's own, beside those of the law."""
    if actor.holds(Permission.GROUND_KEEP):
        return YES
    return no("Only the partnership manager can change the list of reasons.")


def may_add_ground(
    actor: Actor, *, starts: datetime.date, today: datetime.date, there: bool
) -> Verdict:
    """`there`: a reason with these words can be given on that day or later."""
    verdict = may_keep_grounds(actor)
    if not verdict:
        return verdict
    if starts < today:
        return no("Choose today or a day still to come: no reason is added for days gone by.")
    return no("A reason with these words is on the list already.") if there else YES


def may_stop_ground(
    actor: Actor, ground: Ground, *, from_day: datetime.date, today: datetime.date
) -> Verdict:
    """A reason ends once, and never for days on which it may have been given."""
    verdict = may_keep_grounds(actor)
    if not verdict:
        return verdict
    if ground.ends:
        return no("The end of this reason is set already, and stays.")
    if from_day <= today:
        return no("Choose a day still to come: today somebody may have given it already.")
    if ground.starts and from_day <= ground.starts:
        return no("Choose a day after the one from which this reason can be given.")
    return YES


def _audience(actor: Actor, wanted: Wanted, facts: Facts) -> Verdict:
    if wanted.level == Level.OPEN:
        return YES
    if not facts.keeps_owner:
        return no(
            f"Nobody of {wanted.owner.name} would see it, and only its people could ever open it. "
            + (
                "Choose an organisation that sits on this body, or whose post supports it."
                if facts.given
                else "Put the organisation or a post of it on the list."
            )
        )
    if not facts.keeps_actor:
        return no("You would no longer see this yourself. Ask somebody else to take you off.")
    if facts.given:
        return YES
    before = facts.newest if facts.newest and facts.newest.level != Level.OPEN else None
    added = _new(wanted.entries, facts.now)
    if any(one.holder_id == actor.person_id for one in added) and before:
        return no("Nobody adds themselves. Ask somebody else who may.")
    if owns(actor, wanted.owner.pk) and (before is None or owns(actor, before.owner_id)):
        return YES
    own = {("organisation", wanted.owner.pk)}
    allowed = facts.now if before else (*facts.now, *facts.table)
    added = [
        one
        for one in _new(wanted.entries, allowed)
        if before or (one.kind, one.organisation_id) not in own
    ]
    if added:
        return no(
            f"Only the people of {wanted.owner.name} can let more people see it. "
            "You can take people off."
        )
    return YES


def _new(entries: Collection[Entry], before: Collection[Entry]) -> list[Entry]:
    known = {one.value for one in before}
    return [one for one in entries if one.value not in known]
