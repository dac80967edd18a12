"""What is kept of a meeting, an item or a decision goes with it when it is closed or opened."""

from concerted.meetings.public import Business, Item, Meeting
from concerted.people.public import also_open_to
from concerted.reports_back.models import Referral, Return, SharedMinutes, Sharing
from concerted.restrictions.public import Move, moved


def follow(thing: Meeting | Item, move: Move) -> None:
    meeting = thing.meeting if isinstance(thing, Item) else thing
    if isinstance(thing, Item):
        moved(Referral.objects.filter(decision__item=thing), move)
    if isinstance(thing, Meeting) or thing.kind == Business.REPORTS_BACK:
        moved(Return.objects.filter(meeting=meeting), move)
    if not move.home:
        _take_out_of_reach(meeting, move)


def _take_out_of_reach(meeting: Meeting, move: Move) -> None:
    """Minutes that were shared hold what is closed now: their copies are for its audience alone.

    Opening it again shares nothing: the office does that anew.
    """
    for one in Sharing.objects.filter(meeting=meeting).select_related("with_body"):
        with also_open_to(one.with_body.papers_audience_id):
            SharedMinutes.objects.filter(sharing=one).update(audience_id=move.to)
