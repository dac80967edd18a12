"""What other packages may ask of agendas."""

from concerted.agendas.heading import Head, Heads
from concerted.agendas.heading import register as head_builder
from concerted.agendas.issuing import register as when_published
from concerted.agendas.models import Issue
from concerted.agendas.policies import may_draft
from concerted.agendas.queries import draft_of, visible_to
from concerted.agendas.services import (
    Entry,
    Overtaken,
    add,
    approve,
    begin,
    publish,
    set_length,
)
from concerted.agendas.states import IssueState

__all__ = [
    "Entry",
    "Head",
    "Heads",
    "Issue",
    "IssueState",
    "Overtaken",
    "add",
    "approve",
    "begin",
    "draft_of",
    "head_builder",
    "may_draft",
    "publish",
    "set_length",
    "visible_to",
    "when_published",
]
