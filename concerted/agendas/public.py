"""What other packages may ask of agendas."""

from concerted.agendas.queries import draft_of, visible_to
from concerted.agendas.services import Entry, add, approve, begin, publish, set_length
from concerted.agendas.states import IssueState

__all__ = [
    "Entry",
    "IssueState",
    "add",
    "approve",
    "begin",
    "draft_of",
    "publish",
    "set_length",
    "visible_to",
]
