"""What agendas keep of a meeting or an item goes with it when it is closed, hidden or opened."""

from concerted.agendas.models import Issue, Line
from concerted.agendas.states import IssueState
from concerted.meetings.public import Item, Meeting
from concerted.restrictions.public import Move, moved


def follow(thing: Meeting | Item, move: Move) -> None:
    if isinstance(thing, Item):
        moved(Line.objects.filter(item_key=thing.key), move)
        return
    issues = Issue.objects.filter(meeting=thing)
    moved(Line.objects.filter(issue__in=issues), move)
    moved(issues.filter(state=IssueState.PUBLISHED), move)
    office = thing.body.office_audience_id
    drafts = issues.exclude(state=IssueState.PUBLISHED)
    drafts.filter(audience_id__in=(move.before, office)).update(
        audience_id=office if move.home else move.to
    )
