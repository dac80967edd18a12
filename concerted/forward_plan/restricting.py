"""What came of a decision goes with its item when that is closed, hidden or opened."""

from concerted.forward_plan.models import Entry
from concerted.meetings.public import Item, Meeting
from concerted.restrictions.public import Move, moved


def follow(thing: Meeting | Item, move: Move) -> None:
    if isinstance(thing, Item):
        moved(Entry.objects.filter(decision__item=thing), move)
