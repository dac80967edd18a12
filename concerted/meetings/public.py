"""What other packages may ask of meetings."""

from concerted.meetings.models import Item, Meeting
from concerted.meetings.policies import may_record
from concerted.meetings.queries import (
    decisions_visible_to,
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
    plan,
    record,
    state_of,
)

__all__ = [
    "Item",
    "Meeting",
    "NewDecision",
    "NewItem",
    "NewLimb",
    "NewMeeting",
    "NewName",
    "NewReference",
    "confirm",
    "decisions_visible_to",
    "may_record",
    "next_planned",
    "organisations_by_person",
    "plan",
    "record",
    "refs_of",
    "state_of",
    "visible_to",
]
