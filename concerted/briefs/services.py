"""Writing a prompt and taking it away."""

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.agendas.public import as_chair
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.briefs import policies, queries
from concerted.briefs.models import Prompt
from concerted.meetings.public import Item, held_in_turn, items_visible_to


@transaction.atomic
def write(actor: Actor, *, item: Item, text: str) -> Prompt:
    """Another prompt at an item; those that are there stay."""
    actor, meeting = held_in_turn(actor, item.meeting)
    policies.may_read(actor, meeting).enforce()
    with as_chair(actor, meeting.body) as reader:
        held = items_visible_to(reader).filter(pk=item.pk).first()
        if held is None:
            raise Http404
        policies.may_write(actor, held).enforce()
        prompt = Prompt.objects.create(
            item=held, text=text, by_id=actor.person_id, audience_id=_audience_of(held)
        )
        trail.note(actor, "prompt.written", prompt, verb=Verb.COLLECT)
    return prompt


def _audience_of(item: Item) -> int:
    """The office’s; of an item that is restricted, that item’s own."""
    body = item.meeting.body
    opened = item.audience_id == body.papers_audience_id
    return body.office_audience_id if opened else item.audience_id


@transaction.atomic
def take_away(actor: Actor, *, prompt: Prompt) -> None:
    actor, meeting = held_in_turn(actor, prompt.item.meeting)
    policies.may_read(actor, meeting).enforce()
    with as_chair(actor, meeting.body) as reader:
        held = queries.prompts_visible_to(reader).filter(pk=prompt.pk).first()
        if held is None:
            raise Http404
        policies.may_take_away(actor, held).enforce()
        trail.note(actor, "prompt.taken_away", held)
        held.delete()
