"""A prompt stays with its item when that is closed, hidden or opened, and never opens with it."""

from concerted.briefs.models import Prompt
from concerted.meetings.public import Item, Meeting
from concerted.restrictions.public import Move


def follow(thing: Meeting | Item, move: Move) -> None:
    if isinstance(thing, Meeting):
        body, prompts = thing.body, Prompt.objects.filter(item__meeting=thing)
    else:
        body, prompts = thing.meeting.body, Prompt.objects.filter(item=thing)
    office = body.office_audience_id
    # Where the item is for all who read the papers, its prompts are still the office's alone.
    to = office if move.to == body.papers_audience_id else move.to
    prompts.filter(audience_id__in=(move.before, office)).update(audience_id=to)
