"""What other packages may ask of meetings."""

from concerted.meetings.models import Item, Meeting
from concerted.meetings.policies import may_confirm, may_record
from concerted.meetings.queries import (
    attendance_of,
    decisions_visible_to,
    files_of,
    items_of,
    next_planned,
    organisations_by_person,
    refs_of,
    visible_to,
)
from concerted.meetings.references import NewReference
from concerted.meetings.services import (
    NewDecision,
    NewItem,
    NewLimb,
    NewMeeting,
    NewName,
    confirm,
    give_document,
    plan,
    record,
    state_of,
)
from concerted.meetings.states import MeetingState, Outcome, Part

__all__ = [
    "Item",
    "Meeting",
    "MeetingState",
    "NewDecision",
    "NewItem",
    "NewLimb",
    "NewMeeting",
    "NewName",
    "NewReference",
    "Outcome",
    "Part",
    "attendance_of",
    "confirm",
    "decisions_visible_to",
    "files_of",
    "give_document",
    "items_of",
    "may_confirm",
    "may_record",
    "next_planned",
    "organisations_by_person",
    "plan",
    "record",
    "refs_of",
    "state_of",
    "visible_to",
]
