"""What was built of a meeting goes with it when that is closed, hidden or opened.

Of an item, paper or action nothing moves: each file is asked, whenever somebody takes it, whether
all that stands in it is still for its readers (`queries.all_stands`).
"""

from concerted.meetings.public import Item, Meeting
from concerted.packs.models import Pack, Print
from concerted.restrictions.public import Move, moved


def follow(thing: Meeting | Item, move: Move) -> None:
    if isinstance(thing, Meeting):
        moved(Print.objects.filter(pack__meeting=thing), move)
        moved(Pack.objects.filter(meeting=thing), move)
