"""What members register and confirm, and what who keeps the registers decides and asks."""

import datetime

from django.db import transaction

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.interests import policies, queries
from concerted.interests.due import turn
from concerted.interests.letters import DUE, SUBJECT, TEXT
from concerted.interests.models import (
    Confirmation,
    Entry,
    Gift,
    Register,
    Remark,
    Rule,
    Sensitivity,
    Withheld,
)
from concerted.interests.policies import NewEntry, NewGift
from concerted.interests.states import Said
from concerted.kernel.clock import now, today
from concerted.notices.public import queue_mail
from concerted.people.public import (
    Body,
    Person,
    acting_as,
    audience_of_member,
    bodies_visible_to,
    renewed,
    sitting,
)


@transaction.atomic
def add(actor: Actor, *, new: NewEntry, because: str = "") -> Entry:
    """Register an interest; with `because` its details are withheld until that is decided.

    That there was nothing to declare ends with it. Raises NotAllowed.
    """
    actor, person, bodies, rule = _standing(actor)
    policies.may_add(actor, new, seated=bool(bodies), rule=rule, today=today()).enforce()
    actor, register = _own_register(actor, person, bodies)
    for nothing in _current(actor, register):
        if nothing.nothing:
            _follow(actor, nothing, ends=today())
    entry = _made(actor, register, new, audience_id=register.audience_id)
    if because.strip():
        _ask(actor, entry, because)
    return entry


@transaction.atomic
def say_nothing(actor: Actor) -> Entry:
    """Register that there is nothing to declare, which confirms the register. Raises NotAllowed."""
    actor, person, bodies, rule = _standing(actor)
    actor, register = _own_register(actor, person, bodies)
    current = _current(actor, register)
    policies.may_say_nothing(actor, seated=bool(bodies), rule=rule, current=current).enforce()
    entry = Entry.objects.create(
        register=register, nothing=True, starts=today(), audience_id=register.audience_id
    )
    trail.note(actor, "interest.added", entry, verb=Verb.COLLECT)
    _confirmed(actor, register)
    return entry


@transaction.atomic
def change(actor: Actor, *, entry: Entry, new: NewEntry) -> Entry:
    """Put a new record in the place of an entry, for the same readers. Raises NotAllowed."""
    actor, _, bodies, rule = _standing(actor)
    entry = _locked(actor, entry)
    _may_change(actor, entry)
    policies.may_add(actor, new, seated=bool(bodies), rule=rule, today=today()).enforce()
    made = _made(actor, entry.register, new, audience_id=entry.audience_id, follows=entry)
    _withheld_again(entry, made)
    return made


@transaction.atomic
def end(actor: Actor, *, entry: Entry, on: datetime.date) -> Entry:
    """Say that an interest is over since a day, by a new record. Raises NotAllowed."""
    entry = _locked(actor, entry)
    policies.may_end(
        actor,
        entry,
        on=on,
        followed=entry.followed_by.exists(),
        waits=_waits(entry),
        today=today(),
    ).enforce()
    return _follow(actor, entry, ends=on)


@transaction.atomic
def confirm(actor: Actor) -> Confirmation:
    """Say that one's register is complete today. Raises NotAllowed."""
    actor, person, bodies, rule = _standing(actor)
    actor, register = _own_register(actor, person, bodies)
    current = _current(actor, register)
    policies.may_confirm(actor, seated=bool(bodies), rule=rule, current=current).enforce()
    return _confirmed(actor, register)


@transaction.atomic
def ask_to_withhold(actor: Actor, *, entry: Entry, because: str) -> Sensitivity:
    """Ask that the details of an entry are withheld; they are, until it is decided."""
    entry = _locked(actor, entry)
    asked = entry.sensitivities.last()
    followed = entry.followed_by.exists()
    policies.may_ask(actor, entry, followed=followed, asked=asked).enforce()
    return _ask(actor, entry, because)


@transaction.atomic
def register_gift(actor: Actor, *, new: NewGift, corrects: Gift | None = None) -> Gift:
    """Register a gift or hospitality, offered or given; or how one was meant. Raises NotAllowed."""
    actor, person, bodies, rule = _standing(actor)
    if corrects:
        corrects = queries.gifts_visible_to(actor).get(pk=corrects.pk)
        corrected = corrects.corrected_by.exists()
        policies.may_correct_gift(actor, corrects, corrected=corrected).enforce()
    policies.may_register_gift(actor, new, seated=bool(bodies), rule=rule, today=today()).enforce()
    actor, register = _own_register(actor, person, bodies)
    made = Gift.objects.create(
        register=corrects.register if corrects else register,
        direction=new.direction,
        on=new.on,
        what=new.what,
        pounds=new.pounds,
        organisation=new.organisation,
        other_side="" if new.organisation else new.other_side.strip(),
        accepted=new.accepted,
        corrects=corrects,
        audience_id=corrects.audience_id if corrects else register.audience_id,
    )
    trail.note(actor, "gift.registered", made, verb=Verb.COLLECT)
    return made


@transaction.atomic
def decide(actor: Actor, *, asked: Sensitivity, agreed: bool, answer: str) -> Sensitivity:
    """Decide whether details stay withheld; if not, those who read the register read them."""
    asked = queries.requests_visible_to(actor).select_for_update(of=("self",)).get(pk=asked.pk)
    register = asked.entry.register
    bodies = queries.bodies_of(actor, register.person, day=today())
    policies.may_decide(actor, asked, bodies).enforce()
    asked.agreed, asked.answer = agreed, answer
    asked.decided_by_id, asked.decided_at = actor.person_id, now()
    asked.save(update_fields=["agreed", "answer", "decided_by", "decided_at"])
    if not agreed:
        Withheld.objects.filter(entry_key=asked.entry.key).delete()
        Entry.objects.filter(pk=asked.entry_id).update(audience_id=register.audience_id)
    trail.note(actor, "sensitivity.decided", asked, fields=["agreed", "answer"])
    return asked


@transaction.atomic
def remark(actor: Actor, *, entry: Entry, said: str, text: str = "") -> Remark:
    """Note an entry as seen, ask about it, or answer. Raises NotAllowed."""
    entry = queries.entries_visible_to(actor).get(pk=entry.pk)
    bodies = queries.bodies_of(actor, entry.register.person, day=today())
    last = queries.remarks_visible_to(actor).filter(entry=entry).exclude(said=Said.SEEN).last()
    policies.may_remark(
        actor,
        entry,
        said,
        bodies,
        open_question=last is not None and last.said == Said.QUESTION,
    ).enforce()
    made = Remark.objects.create(
        entry=entry,
        said=said,
        text=text,
        by_id=actor.person_id,
        audience_id=entry.register.keepers_id,
    )
    trail.note(actor, "interest.remarked", made, verb=Verb.COLLECT)
    return made


def watch(day: datetime.date) -> None:
    """What is done each day: readers of each register brought up to date, and reminders."""
    for account in Account.objects.filter(is_active=True).order_by("pk"):
        with acting_as(account) as actor:
            register = queries.registers_visible_to(actor).filter(person=actor.person_id).first()
            if register:
                _let_read(register, _bodies(actor, register.person))
            _remind(actor, account, day)


def _remind(actor: Actor, account: Account, day: datetime.date) -> None:
    rule, due = queries.rule_on(day), queries.own_due_on(actor, day=day)
    number = turn(rule, due=due, day=day) if rule and due else None
    if number is not None:
        queue_mail(
            kind=DUE,
            subject=SUBJECT,
            text=TEXT,
            account=account,
            once=f"{DUE}:{account.key}:{due}:{number}",
        )


def _standing(actor: Actor) -> tuple[Actor, Person, list[Body], Rule | None]:
    """Who acts, held so that two tabs make one register; their bodies today; the rule."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=actor.person_id)
    # What another tab made while this one waited is theirs to see.
    actor = renewed(actor)
    return actor, person, _bodies(actor, person), queries.rule_on(today())


def _bodies(actor: Actor, person: Person) -> list[Body]:
    ids = {one.body_id for one in sitting(actor, day=today(), person=person)}
    return list(bodies_visible_to(actor).filter(pk__in=ids))


def _own_register(actor: Actor, person: Person, bodies: list[Body]) -> tuple[Actor, Register]:
    """The actor's register, begun with the first entry, with its readers as of today."""
    register = queries.registers_visible_to(actor).filter(person=person).first()
    if register:
        _let_read(register, bodies)
        return renewed(actor), register
    audience = audience_of_member(person, bodies, seated=True)
    keepers = audience_of_member(person, bodies, seated=False)
    actor = renewed(actor)
    return actor, Register.objects.create(person=person, keepers_id=keepers, audience_id=audience)


def _let_read(register: Register, bodies: list[Body]) -> None:
    for audience_id, seated in ((register.audience_id, True), (register.keepers_id, False)):
        audience_of_member(register.person, bodies, seated=seated, audience_id=audience_id)


def _current(actor: Actor, register: Register) -> list[Entry]:
    return list(queries.current_entries(actor).filter(register=register))


def _locked(actor: Actor, entry: Entry) -> Entry:
    return queries.entries_visible_to(actor).select_for_update(of=("self",)).get(pk=entry.pk)


def _waits(entry: Entry) -> bool:
    return entry.sensitivities.filter(agreed=None).exists()


def _may_change(actor: Actor, entry: Entry) -> None:
    policies.may_change(
        actor, entry, followed=entry.followed_by.exists(), waits=_waits(entry)
    ).enforce()


def _made(
    actor: Actor,
    register: Register,
    new: NewEntry,
    *,
    audience_id: int,
    follows: Entry | None = None,
) -> Entry:
    made = Entry.objects.create(
        register=register,
        kind=new.kind,
        organisation=new.organisation,
        organisation_name="" if new.organisation else new.organisation_name.strip(),
        what=new.what,
        whose=new.whose,
        starts=new.starts,
        follows=follows,
        audience_id=audience_id,
    )
    trail.note(actor, "interest.changed" if follows else "interest.added", made, verb=Verb.COLLECT)
    return made


def _follow(actor: Actor, entry: Entry, *, ends: datetime.date) -> Entry:
    """The same entry with an end, as a record that stands instead of it."""
    made = Entry.objects.create(
        register=entry.register,
        nothing=entry.nothing,
        kind=entry.kind,
        organisation=entry.organisation,
        organisation_name=entry.organisation_name,
        what=entry.what,
        whose=entry.whose,
        starts=entry.starts,
        ends=ends,
        follows=entry,
        audience_id=entry.audience_id,
    )
    trail.note(actor, "interest.ended", made, verb=Verb.COLLECT)
    # What is over stands in no register, so nothing is said of it.
    Withheld.objects.filter(entry_key=entry.key).delete()
    return made


def _withheld_again(entry: Entry, made: Entry) -> None:
    if Withheld.objects.filter(entry_key=entry.key).delete()[0]:
        _withhold(made)


def _withhold(entry: Entry) -> None:
    register = entry.register
    Withheld.objects.create(
        register=register, entry_key=entry.key, audience_id=register.audience_id
    )


def _ask(actor: Actor, entry: Entry, because: str) -> Sensitivity:
    keepers = entry.register.keepers_id
    Entry.objects.filter(pk=entry.pk).update(audience_id=keepers)
    _withhold(entry)
    asked = Sensitivity.objects.create(entry=entry, reason=because, audience_id=keepers)
    trail.note(actor, "sensitivity.asked", asked, verb=Verb.COLLECT)
    return asked


def _confirmed(actor: Actor, register: Register) -> Confirmation:
    made = Confirmation.objects.create(register=register, audience_id=register.audience_id)
    trail.note(actor, "interests.confirmed", made, verb=Verb.COLLECT)
    return made
