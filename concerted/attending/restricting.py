"""What was answered goes with the meeting when that is closed, hidden or opened."""

from concerted.attending.models import Invitation, Invited, Reply
from concerted.meetings.public import Item, Meeting
from concerted.restrictions.public import Move, moved


def follow(thing: Meeting | Item, move: Move) -> None:
    if isinstance(thing, Meeting):
        moved(Reply.objects.filter(meeting=thing), move)
        moved(Invited.objects.filter(invitation__meeting=thing), move)
        moved(Invitation.objects.filter(meeting=thing), move)
