"""Putting on record what was declared at an item. A record stays; a correction names it."""

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.interests import policies, queries
from concerted.interests.models import Declaration, Dismissal
from concerted.interests.policies import NewDeclaration
from concerted.interests.prompting import prompts_at
from concerted.meetings.public import Item, items_visible_to
from concerted.people.public import Person


@transaction.atomic
def declare(actor: Actor, *, item: Item, person: Person, new: NewDeclaration) -> Declaration:
    """Record what somebody declared at an item, for whoever may read it. Raises NotAllowed."""
    item = items_visible_to(actor).select_for_update(of=("self",)).get(pk=item.pk)
    policies.may_declare(actor, item.meeting, new).enforce()
    made = _made(actor, item, person, new, corrects=None)
    trail.note(actor, "declaration.recorded", made, verb=Verb.COLLECT)
    return made


@transaction.atomic
def correct(
    actor: Actor, *, before: Declaration, person: Person, new: NewDeclaration
) -> Declaration:
    """Record how a declaration was meant; the one before stays, and is named."""
    # Two corrections at once wait for each other at the item.
    item = items_visible_to(actor).select_for_update(of=("self",)).get(pk=before.item_id)
    before = queries.declarations_visible_to(actor).get(pk=before.pk)
    policies.may_correct(actor, before, corrected=before.corrected_by.exists()).enforce()
    policies.may_declare(actor, item.meeting, new).enforce()
    made = _made(actor, item, person, new, corrects=before)
    trail.note(actor, "declaration.corrected", made, verb=Verb.COLLECT)
    return made


@transaction.atomic
def dismiss(actor: Actor, *, item: Item, entry_key: str, reason: str) -> Dismissal:
    """Put aside that an item may meet an interest. Raises NotAllowed, and Http404 where it is no
    business of the actor's."""
    item = items_visible_to(actor).select_for_update(of=("self",)).get(pk=item.pk)
    found = [
        one
        for one in prompts_at(actor, item.meeting)
        if one.item.pk == item.pk and one.entry.key == entry_key
    ]
    if not found:
        raise Http404
    policies.may_dismiss(dismissed=found[0].dismissed is not None).enforce()
    entry = found[0].entry
    made = Dismissal.objects.create(
        item_key=item.key,
        entry=entry,
        reason=reason,
        by_id=actor.person_id,
        audience_id=entry.register.keepers_id,
    )
    trail.note(actor, "prompt.dismissed", made, verb=Verb.COLLECT)
    return made


def _made(
    actor: Actor,
    item: Item,
    person: Person,
    new: NewDeclaration,
    *,
    corrects: Declaration | None,
) -> Declaration:
    return Declaration.objects.create(
        item=item,
        person=person,
        kind=new.kind,
        words=new.words,
        did=new.did,
        dispensation=new.dispensation.strip(),
        corrects=corrects,
        by_id=actor.person_id,
        audience_id=item.audience_id,
    )
