"""What other packages may ask of meetings."""

from concerted.meetings.beside import Beside, Line
from concerted.meetings.beside import register as keep_beside_items
from concerted.meetings.models import Decision, Item, Meeting
from concerted.meetings.policies import When, may_confirm, may_plan, may_record
from concerted.meetings.queries import (
    ItemLine,
    agenda_of,
    attendance_of,
    decisions_visible_to,
    files_of,
    items_of,
    items_visible_to,
    next_planned,
    organisations_by_person,
    rearrangements_visible_to,
    refs_of,
    visible_to,
)
from concerted.meetings.references import NewReference
from concerted.meetings.restricting import follows, tell_of_closed
from concerted.meetings.services import (
    NewDecision,
    NewItem,
    NewLimb,
    NewMeeting,
    NewName,
    cancel,
    confirm,
    consulted,
    give_document,
    move,
    plan,
    record,
    state_of,
)
from concerted.meetings.states import NOT_HELD, Business, MeetingState, Part, Rearranged

__all__ = [
    "NOT_HELD",
    "Beside",
    "Business",
    "Decision",
    "Item",
    "ItemLine",
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
    "Rearranged",
    "When",
    "agenda_of",
    "attendance_of",
    "cancel",
    "confirm",
    "consulted",
    "decisions_visible_to",
    "files_of",
    "follows",
    "give_document",
    "items_of",
    "items_visible_to",
    "keep_beside_items",
    "may_confirm",
    "may_plan",
    "may_record",
    "move",
    "next_planned",
    "organisations_by_person",
    "plan",
    "rearrangements_visible_to",
    "record",
    "refs_of",
    "state_of",
    "tell_of_closed",
    "visible_to",
]
