"""What is kept here of a minute, a meeting or an action goes with it to another audience."""

from collections.abc import Collection

from django.db.models import QuerySet

from concerted.arising import policies
from concerted.arising.models import Named, Raised, Row, RowOwner, Table
from concerted.arising.states import Kind
from concerted.meetings.public import Business, Item, Meeting
from concerted.reports_back.public import keys_of_referrals
from concerted.restrictions.public import Move, moved


def follow(thing: Meeting | Item, move: Move) -> None:
    if isinstance(thing, Meeting):
        moved(Table.objects.filter(meeting=thing), move)
        _move_raised(thing, Raised.objects.filter(meeting=thing), move)
        return
    _move_raised(thing.meeting, Raised.objects.filter(earlier=thing), move)
    if thing.kind == Business.MATTERS_ARISING:
        _move_raised(thing.meeting, Raised.objects.filter(meeting=thing.meeting), move)
    rows = Row.objects.filter(kind=Kind.SENT, reference__in=keys_of_referrals(thing))
    moved(RowOwner.objects.filter(row__in=list(rows)), move)
    moved(rows, move)


def follow_actions(actions: Collection[int], move: Move) -> None:
    """The lines of tables that speak of these actions say what they say."""
    rows = Row.objects.filter(action__in=actions)
    moved(RowOwner.objects.filter(row__in=list(rows)), move)
    moved(rows, move)
    moved(Named.objects.filter(action__in=actions), move)


def _move_raised(meeting: Meeting, rows: QuerySet[Raised], move: Move) -> None:
    """Raised for an agenda that is not published they are the office's, unless restricted."""
    office = meeting.body.office_audience_id
    for one in rows.filter(audience_id__in=(move.before, office)).select_related("meeting__body"):
        draft = move.home and policies.is_draft(one.meeting)
        one.audience_id = one.meeting.body.office_audience_id if draft else move.to
        one.save(update_fields=["audience"])
