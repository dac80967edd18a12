"""What other packages may ask of actions."""

from concerted.actions.lines import ActionLine, Badge
from concerted.actions.links import ask_owners, propose
from concerted.actions.models import Action
from concerted.actions.queries import (
    Change,
    Counts,
    closable,
    counts,
    for_sources,
    lines,
    recent_updates,
    source_ids,
    to_do,
    to_take_up,
    told_of,
    visible_to,
)
from concerted.actions.restricting import follows, move_with_sources
from concerted.actions.services import (
    Owners,
    Source,
    accept,
    agree,
    answer,
    close,
    not_accept,
    redate,
    say,
    withdraw,
)
from concerted.actions.states import UNFINISHED, ActionState, How, Said

__all__ = [
    "UNFINISHED",
    "Action",
    "ActionLine",
    "ActionState",
    "Badge",
    "Change",
    "Counts",
    "How",
    "Owners",
    "Said",
    "Source",
    "accept",
    "agree",
    "answer",
    "ask_owners",
    "closable",
    "close",
    "counts",
    "follows",
    "for_sources",
    "lines",
    "move_with_sources",
    "not_accept",
    "propose",
    "recent_updates",
    "redate",
    "say",
    "source_ids",
    "to_do",
    "to_take_up",
    "told_of",
    "visible_to",
    "withdraw",
]
