"""Reads of registers and declarations; each starts from what the actor may see."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from concerted.access.actor import Actor
from concerted.interests.due import due_on, turn
from concerted.interests.models import (
    Confirmation,
    Declaration,
    Dismissal,
    Entry,
    Gift,
    Kind,
    Register,
    Remark,
    Rule,
    Sensitivity,
    Withheld,
)
from concerted.interests.states import Said
from concerted.kernel.clock import BRITAIN
from concerted.meetings.public import Meeting
from concerted.people.public import Body, Person, on, sitting


def all_kinds() -> QuerySet[Kind]:
    return Kind.objects.all()


def kinds_on(day: datetime.date) -> QuerySet[Kind]:
    """The kinds that are registered on a day."""
    return Kind.objects.filter(on(day))


def kind_of(words: str, *, on_or_after: datetime.date) -> Kind | None:
    """The kind with these words on a day or later, whatever its letters."""
    there = Kind.objects.filter(Q(ends=None) | Q(ends__gte=on_or_after))
    return there.filter(words__iexact=words).first()


def all_rules() -> QuerySet[Rule]:
    return Rule.objects.all()


def rule_on(day: datetime.date) -> Rule | None:
    return Rule.objects.filter(starts__lte=day).first()


def registers_visible_to(actor: Actor) -> QuerySet[Register]:
    return Register.objects.filter(audience_id__in=actor.audience_ids).select_related("person")


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """Entries whose details the actor may read, the earlier records too."""
    return Entry.objects.filter(
        audience_id__in=actor.audience_ids, register__audience_id__in=actor.audience_ids
    ).select_related("register__person", "kind", "organisation")


def current_entries(actor: Actor) -> QuerySet[Entry]:
    """What stands in the registers: no later record, and not over."""
    return entries_visible_to(actor).filter(ends=None, followed_by=None)


def earlier_records(actor: Actor, entry: Entry) -> list[Entry]:
    """The records that this one stands instead of, the newest first."""
    there = {one.pk: one for one in entries_visible_to(actor).filter(register=entry.register_id)}
    found: list[Entry] = []
    before = there.get(entry.follows_id or 0)
    while before:
        found.append(before)
        before = there.get(before.follows_id or 0)
    return found


def requests_visible_to(actor: Actor) -> QuerySet[Sensitivity]:
    """What members asked to be withheld, for them and for who keeps their register."""
    return Sensitivity.objects.filter(
        audience_id__in=actor.audience_ids, entry__audience_id__in=actor.audience_ids
    ).select_related("entry__register__person", "decided_by")


def remarks_visible_to(actor: Actor) -> QuerySet[Remark]:
    return Remark.objects.filter(
        audience_id__in=actor.audience_ids, entry__audience_id__in=actor.audience_ids
    ).select_related("by")


def open_questions(actor: Actor) -> list[Remark]:
    """The questions about one's own entries that wait for an answer."""
    asked: dict[int, Remark] = {}
    own = remarks_visible_to(actor).filter(entry__register__person=actor.person_id)
    for one in own.exclude(said=Said.SEEN).select_related("entry"):
        asked[one.entry_id] = one
    return [one for one in asked.values() if one.said == Said.QUESTION]


def gifts_visible_to(actor: Actor) -> QuerySet[Gift]:
    """Gifts and hospitality, the corrected records too."""
    return Gift.objects.filter(
        audience_id__in=actor.audience_ids, register__audience_id__in=actor.audience_ids
    ).select_related("register__person", "organisation")


def current_gifts(actor: Actor) -> QuerySet[Gift]:
    """Each as its newest record says."""
    return gifts_visible_to(actor).filter(corrected_by=None)


def dismissals_visible_to(actor: Actor) -> QuerySet[Dismissal]:
    return Dismissal.objects.filter(
        audience_id__in=actor.audience_ids, entry__audience_id__in=actor.audience_ids
    ).select_related("by")


def confirmations_visible_to(actor: Actor) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(
        audience_id__in=actor.audience_ids, register__audience_id__in=actor.audience_ids
    )


def confirmed_on(actor: Actor, people: Collection[int]) -> dict[int, datetime.date]:
    """When members last confirmed, by person."""
    rows = confirmations_visible_to(actor).filter(register__person__in=people)
    newest = rows.order_by("id").values_list("register__person", "at")
    return {who: at.astimezone(BRITAIN).date() for who, at in newest}


def own_due_on(actor: Actor, *, day: datetime.date) -> datetime.date | None:
    """Until when the actor confirms; None without a seat or without a rule."""
    rule = rule_on(day)
    person = Person.objects.filter(pk=actor.person_id).first()
    if rule is None or person is None:
        return None
    seats = sitting(actor, day=day, person=person)
    if not seats:
        return None
    given = confirmed_on(actor, [person.pk]).get(person.pk)
    return due_on(rule, since=[one.since for one in seats], confirmed_on=given)


def asked_to_confirm(actor: Actor, *, day: datetime.date) -> datetime.date | None:
    """The day by which the actor confirms, once the time of the first reminder has come."""
    rule = rule_on(day)
    due = own_due_on(actor, day=day) if rule else None
    return due if rule and due and turn(rule, due=due, day=day) is not None else None


@dataclass(slots=True)
class MemberLine:
    """One member in the register of a body: what stands, and whether it is confirmed in time.

    `withheld` counts the entries of which this reader sees no more than that they are there.
    """

    person: Person
    due: datetime.date | None
    confirmed: datetime.date | None
    late: bool
    entries: list[Entry] = field(default_factory=list)
    withheld: int = 0
    gifts: list[Gift] = field(default_factory=list)


def members_of(actor: Actor, body: Body, *, day: datetime.date) -> list[MemberLine]:
    """The register of a body, by name: its members today with what stands of each."""
    rule = rule_on(day)
    seats = sitting(actor, day=day, body=body)
    people = [one.person.pk for one in seats]
    given = confirmed_on(actor, people)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for entry in current_entries(actor).filter(register__person__in=people):
        entries[entry.register.person_id].append(entry)
    gifts: dict[int, list[Gift]] = defaultdict(list)
    for gift in current_gifts(actor).filter(register__person__in=people):
        gifts[gift.register.person_id].append(gift)
    read = {one.key for some in entries.values() for one in some}
    hidden: dict[int, int] = defaultdict(int)
    there = Withheld.objects.filter(
        audience_id__in=actor.audience_ids, register__person__in=people
    ).values_list("register__person", "entry_key")
    for who, key in there:
        hidden[who] += key not in read
    lines = []
    for one in seats:
        pk = one.person.pk
        due = due_on(rule, since=[one.since], confirmed_on=given.get(pk)) if rule else None
        lines.append(
            MemberLine(
                person=one.person,
                due=due,
                confirmed=given.get(pk),
                late=due is not None and due < day,
                entries=entries[pk],
                withheld=hidden[pk],
                gifts=gifts[pk],
            )
        )
    return lines


def bodies_of(actor: Actor, person: Person, *, day: datetime.date) -> list[int]:
    """The ids of the bodies on which somebody sits, as far as the actor may see."""
    return [one.body_id for one in sitting(actor, day=day, person=person)]


def declarations_visible_to(actor: Actor) -> QuerySet[Declaration]:
    return Declaration.objects.filter(
        audience_id__in=actor.audience_ids,
        item__audience_id__in=actor.audience_ids,
        item__meeting__audience_id__in=actor.audience_ids,
    ).select_related("item__meeting__body", "person", "kind", "by")


def declared_at(actor: Actor, meeting: Meeting) -> list[Declaration]:
    """What was declared at a meeting, in the order of its items; corrected ones stand too."""
    found = declarations_visible_to(actor).filter(item__meeting=meeting)
    return list(found.prefetch_related("corrected_by").order_by("item__position", "id"))
