"""Two records of one person become one: what moves, and the other name kept.

The other record is kept as a row that leads to the one that stays. What this actor cannot see goes
on naming it, so that joining tells nothing of what is hidden. Being listed by name in an audience
does not move either: it would open papers.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel, Model, QuerySet

from concerted.access.actor import Actor
from concerted.access.models import Restricted
from concerted.audit import trail
from concerted.kernel.verdict import NotAllowed, Verdict
from concerted.people import policies
from concerted.people.models import Appointment, Person
from concerted.people.queries import appointments_visible_to, people_visible_to

# One and many, by the table that names a person; a table without words moves without being told.
WORDS = {
    "meetings.attendance": ("name in a list of attendance", "names in lists of attendance"),
    "actions.owner": ("action owned", "actions owned"),
    "people.appointment": ("post or seat", "posts and seats"),
}


def what_moves(actor: Actor, person: Person) -> list[tuple[int, str]]:
    """How much this reader would move from one record to another, in words."""
    counts = {label: rows.count() for label, rows, _ in _naming(actor, person)}
    found = [(counts.get(label, 0), words) for label, words in WORDS.items()]
    return [(count, words[count > 1]) for count, words in found if count]


def _naming(actor: Actor, person: Person) -> Iterator[tuple[str, QuerySet[Any], str]]:
    """The rows of every package that name a person, as far as the actor may see them."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model is Person:
            continue
        model: type[Model] = relation.related_model
        if getattr(model, "never_altered", False):
            continue  # it goes on naming the other record, which leads to the one that stays
        column = relation.field.name
        rows: QuerySet[Any] = model._base_manager.filter(**{column: person})
        if model is Appointment:
            rows = rows.filter(pk__in=appointments_visible_to(actor).values("pk"))
        elif issubclass(model, Restricted):
            rows = rows.filter(audience_id__in=actor.audience_ids)
        else:
            continue
        yield model._meta.label_lower, rows, column


def may(actor: Actor, *, stays: Person, other: Person) -> Verdict:
    """Whether this actor may join these two, as they stand now."""
    moving = list(appointments_visible_to(actor).filter(person=other))
    return policies.may_join_these(actor, stays, other, appointments=moving)


@transaction.atomic
def join(actor: Actor, *, stays: Person, other: Person) -> Person:
    """Make one of two records of one person. Returns the one that stays, with the other's names."""
    policies.may_join(actor).enforce()
    locked = people_visible_to(actor).select_for_update(of=("self",)).order_by("pk")
    there = {one.pk: one for one in locked.filter(pk__in=[stays.pk, other.pk])}
    if len(there) < 2:
        raise NotAllowed("One of the two was joined to another record meanwhile. Choose again.")
    stays, other = there[stays.pk], there[other.pk]
    may(actor, stays=stays, other=other).enforce()
    fields = {"other_names"}
    for label, rows, column in _naming(actor, other):
        if rows.update(**{column: stays}):
            fields.add(label.split(".")[1])
    known = {stays.name.casefold(), *(name.casefold() for name in stays.other_names)}
    more = [name for name in (other.name, *other.other_names) if name.casefold() not in known]
    stays.other_names = [*stays.other_names, *dict.fromkeys(more)]
    stays.save(update_fields=["other_names"])
    Person.objects.filter(same_as=other).update(same_as=stays)
    other.same_as = stays
    other.save(update_fields=["same_as"])
    trail.note(actor, "person.joined", stays, fields=fields)
    return stays
