"""What other packages may ask of meetings."""

from concerted.meetings.beside import Beside, Line, lines_beside
from concerted.meetings.beside import register as keep_beside_items
from concerted.meetings.models import Item, Meeting
from concerted.meetings.policies import may_circulate, may_clear, may_confirm, may_record
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
    refs_of,
    visible_to,
    waiting_to_be_agreed,
)
from concerted.meetings.references import NewReference
from concerted.meetings.restricting import follows, tell_of_closed
from concerted.meetings.services import (
    NewDecision,
    NewItem,
    NewLimb,
    NewMeeting,
    NewName,
    circulate,
    confirm,
    consulted,
    give_document,
    plan,
    record,
    state_of,
)
from concerted.meetings.states import NOT_HELD, Business, MeetingState, Part

__all__ = [
    "NOT_HELD",
    "Beside",
    "Business",
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
    "agenda_of",
    "attendance_of",
    "circulate",
    "confirm",
    "consulted",
    "decisions_visible_to",
    "files_of",
    "follows",
    "give_document",
    "items_of",
    "items_visible_to",
    "keep_beside_items",
    "lines_beside",
    "may_circulate",
    "may_clear",
    "may_confirm",
    "may_record",
    "next_planned",
    "organisations_by_person",
    "plan",
    "record",
    "refs_of",
    "state_of",
    "tell_of_closed",
    "visible_to",
    "waiting_to_be_agreed",
]
