"""What other packages may ask of meetings."""

from concerted.meetings.beside import Beside, Line
from concerted.meetings.beside import register as keep_beside_items
from concerted.meetings.models import Item, Meeting
from concerted.meetings.policies import may_confirm, may_record
from concerted.meetings.queries import (
    attendance_of,
    decisions_visible_to,
    files_of,
    items_of,
    items_visible_to,
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
from concerted.meetings.states import MeetingState, Part

__all__ = [
    "Beside",
    "Item",
    "Line",
    "Meeting",
    "MeetingState",
    "NewDecision",
    "NewItem",
    "NewLimb",
    "NewMeeting",
    "NewName",
    "NewReference",
    "Part",
    "attendance_of",
    "confirm",
    "decisions_visible_to",
    "files_of",
    "give_document",
    "items_of",
    "items_visible_to",
    "keep_beside_items",
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
