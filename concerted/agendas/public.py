"""What other packages may ask of agendas."""

from concerted.agendas.heading import Head, Heads
from concerted.agendas.heading import register as head_builder
from concerted.agendas.models import Issue
from concerted.agendas.policies import may_draft, may_see_drafts
from concerted.agendas.publishing import when_published
from concerted.agendas.queries import (
    Row,
    Timetable,
    as_chair,
    draft_of,
    published_keys,
    timetable,
    visible_to,
)
from concerted.agendas.services import (
    Entry,
    Overtaken,
    add,
    approve,
    begin,
    publish,
    set_length,
    take_urgent,
)
from concerted.agendas.standing_list import add as add_standing_item
from concerted.agendas.states import IssueState

__all__ = [
    "Entry",
    "Head",
    "Heads",
    "Issue",
    "IssueState",
    "Overtaken",
    "Row",
    "Timetable",
    "add",
    "add_standing_item",
    "approve",
    "as_chair",
    "begin",
    "draft_of",
    "head_builder",
    "may_draft",
    "may_see_drafts",
    "publish",
    "published_keys",
    "set_length",
    "take_urgent",
    "timetable",
    "visible_to",
    "when_published",
]
