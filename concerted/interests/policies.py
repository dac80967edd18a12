"""Who may register, ask, decide and declare. Facts in, Verdict out."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.interests.models import Declaration, Entry, Gift, Kind, Rule, Sensitivity
from concerted.interests.states import Did, Said
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Meeting, MeetingState
from concerted.people.public import Body, Organisation

NO_RULE = (
    "The partnership has no rule yet on which interests are registered. "
    "Ask the partnership manager to set one."
)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An interest as somebody types it; either an organisation on record, or its name."""

    kind: Kind
    what: str
    whose: str
    starts: datetime.date
    organisation: Organisation | None = None
    organisation_name: str = ""


@dataclass(frozen=True, slots=True)
class NewGift:
    """A gift or hospitality as somebody types it; `pounds` is what it is worth about."""

    direction: str
    on: datetime.date
    what: str
    pounds: Decimal
    accepted: bool
    organisation: Organisation | None = None
    other_side: str = ""


@dataclass(frozen=True, slots=True)
class NewDeclaration:
    """What is put on record of one person at one item."""

    kind: Kind
    words: str
    did: str
    dispensation: str = ""


# The rule


def may_set_rule(actor: Actor) -> Verdict:
    if actor.holds(Permission.INTEREST_RULE_SET):
        return YES
    return no("Only the partnership manager can set the rule on interests.")


def may_add_rule(
    actor: Actor, *, starts: datetime.date, today: datetime.date, newest: Rule | None
) -> Verdict:
    """A rule holds from a day on, never for days gone by, and after the one before."""
    verdict = may_set_rule(actor)
    if not verdict:
        return verdict
    if starts < today:
        return no("Choose today or a day still to come: no rule is set for days gone by.")
    if newest and starts <= newest.starts:
        return no("Choose a day after the one from which the rule before holds.")
    return YES


def may_add_kind(
    actor: Actor, *, starts: datetime.date, today: datetime.date, there: bool
) -> Verdict:
    """`there`: a kind with these words is on the list on that day or later."""
    verdict = may_set_rule(actor)
    if not verdict:
        return verdict
    if starts < today:
        return no("Choose today or a day still to come: no kind is added for days gone by.")
    return no("A kind with these words is on the list already.") if there else YES


def may_stop_kind(
    actor: Actor, kind: Kind, *, from_day: datetime.date, today: datetime.date
) -> Verdict:
    """A kind ends once, and never for days on which it may have been registered."""
    verdict = may_set_rule(actor)
    if not verdict:
        return verdict
    if kind.ends:
        return no("The end of this kind is set already, and stays.")
    if from_day <= today or (kind.starts and from_day <= kind.starts):
        return no("Choose a day still to come, after the one from which the kind holds.")
    return YES


# One's own register


def may_register(actor: Actor, *, seated: bool, rule: Rule | None) -> Verdict:
    """`seated`: they sit on a body today, and not as an observer."""
    if not seated:
        return no("You hold no seat on a body, so there is nothing for you to register.")
    return YES if rule else no(NO_RULE)


def may_add(
    actor: Actor, new: NewEntry, *, seated: bool, rule: Rule | None, today: datetime.date
) -> Verdict:
    verdict = may_register(actor, seated=seated, rule=rule)
    if not verdict:
        return verdict
    if new.kind.ends and new.kind.ends < today:
        return no("This kind of interest is no longer registered. Choose one of those in force.")
    if new.starts > today:
        return no("Register it on the day on which it begins, or later: not before.")
    return YES


def may_say_nothing(
    actor: Actor, *, seated: bool, rule: Rule | None, current: Collection[Entry]
) -> Verdict:
    """`current` are the entries that stand today."""
    verdict = may_register(actor, seated=seated, rule=rule)
    if not verdict:
        return verdict
    if any(one.nothing for one in current):
        return no("Your register says already that you have nothing to declare. Confirm it.")
    if current:
        return no("There are entries in your register. End those that are over first.")
    return YES


def may_confirm(
    actor: Actor, *, seated: bool, rule: Rule | None, current: Collection[Entry]
) -> Verdict:
    verdict = may_register(actor, seated=seated, rule=rule)
    if verdict and not current:
        return no("There is nothing in your register. Add an entry, or say that there is nothing.")
    return verdict


def may_change(actor: Actor, entry: Entry, *, followed: bool, waits: bool) -> Verdict:
    """A later record in the place of this one. `waits`: it is not decided what is withheld."""
    if entry.register.person_id != actor.person_id:
        return no("Only the member whose interest it is can change this entry.")
    if followed:
        return no("There is a later record of this entry. Change that one.")
    if entry.ends:
        return no("This entry has ended and stays as it is. Add another.")
    if waits:
        return no("It is not decided yet whether its details are withheld. Change it once that is.")
    return YES


def may_end(
    actor: Actor,
    entry: Entry,
    *,
    on: datetime.date,
    followed: bool,
    waits: bool,
    today: datetime.date,
) -> Verdict:
    verdict = may_change(actor, entry, followed=followed, waits=waits)
    if not verdict:
        return verdict
    if on > today:
        return no("End it on the day on which it is over, or later: not before.")
    if on < entry.starts:
        return no("It cannot end before it began. Choose a later day.")
    return YES


def may_ask(actor: Actor, entry: Entry, *, followed: bool, asked: Sensitivity | None) -> Verdict:
    """Ask that the details are withheld. `asked` is the newest request for this entry."""
    if entry.register.person_id != actor.person_id:
        return no("Only the member whose interest it is can ask that its details are withheld.")
    if followed:
        return no("There is a later record of this entry. Ask it for that one.")
    if entry.nothing:
        return no("That there is nothing to declare has no details to withhold.")
    if entry.audience_id == entry.register.keepers_id:
        return no("Its details are withheld already, or wait for a decision.")
    return no("It was decided already that its details are shown.") if asked else YES


def may_register_gift(
    actor: Actor, new: NewGift, *, seated: bool, rule: Rule | None, today: datetime.date
) -> Verdict:
    """What is worth less than the rule says may be registered too."""
    verdict = may_register(actor, seated=seated, rule=rule)
    if verdict and new.on > today:
        return no("Register it once it was offered: the day cannot be still to come.")
    return verdict


def may_correct_gift(actor: Actor, gift: Gift, *, corrected: bool) -> Verdict:
    if gift.register.person_id != actor.person_id:
        return no("Only the member who registered it can correct it.")
    return no("This was corrected already. Correct the newer record.") if corrected else YES


# Keeping the registers


def keeps(actor: Actor, bodies: Collection[int]) -> bool:
    """Whether somebody keeps the register of a member who sits on these bodies."""
    return any(actor.holds(Permission.INTEREST_KEEP, body_id=one) for one in bodies)


def may_keep(actor: Actor, person_id: int, bodies: Collection[int]) -> Verdict:
    if actor.person_id == person_id:
        return no("Nobody reviews their own entries. Another keeper of the register does.")
    if keeps(actor, bodies):
        return YES
    return no("Only the secretary of a body that the member sits on keeps their register.")


def may_decide(actor: Actor, asked: Sensitivity, bodies: Collection[int]) -> Verdict:
    verdict = may_keep(actor, asked.entry.register.person_id, bodies)
    if verdict and asked.agreed is not None:
        return no("This was decided already, and stays on record.")
    return verdict


def may_remark(
    actor: Actor, entry: Entry, said: str, bodies: Collection[int], *, open_question: bool
) -> Verdict:
    """Note an entry as seen or ask about it; the member answers what is open."""
    if said != Said.ANSWER:
        return may_keep(actor, entry.register.person_id, bodies)
    if entry.register.person_id != actor.person_id:
        return no("Only the member whose entry it is answers.")
    return YES if open_question else no("No question about this entry is open.")


def may_read(actor: Actor, body: Body) -> Verdict:
    """The registers of a body are for whoever sits on it, and who keeps them."""
    if body.pk in actor.seated_body_ids or keeps(actor, [body.pk]):
        return YES
    return no("The register of a body is for its members and its secretary.")


# At meetings


def may_declare(actor: Actor, meeting: Meeting, new: NewDeclaration | None = None) -> Verdict:
    """The secretary records what was declared; the page asks without `new`."""
    if not actor.holds(Permission.MINUTES_IMPORT, body_id=meeting.body_id):
        return no("Only this body’s secretary records what was declared at its meetings.")
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled, so nothing was declared at it.")
    if new and new.did == Did.DISPENSATION and not new.dispensation.strip():
        return no("Say who gave the dispensation, and when.")
    return YES


def may_dismiss(*, dismissed: bool) -> Verdict:
    """Whoever is shown that something may meet can put it aside, once."""
    return no("This was put aside already, and the reason is on record.") if dismissed else YES


def may_correct(actor: Actor, before: Declaration, *, corrected: bool) -> Verdict:
    verdict = may_declare(actor, before.item.meeting)
    if verdict and corrected:
        return no("This was corrected already. Correct the newer record.")
    return verdict
