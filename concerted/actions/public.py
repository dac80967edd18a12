"""What other packages may ask of actions."""

from concerted.actions.lines import ActionLine, Badge
from concerted.actions.queries import (
    Change,
    Counts,
    counts,
    for_sources,
    recent_updates,
    source_ids,
    to_do,
)
from concerted.actions.services import Owners, Source, agree
from concerted.actions.states import UNFINISHED, How

__all__ = [
    "UNFINISHED",
    "ActionLine",
    "Badge",
    "Change",
    "Counts",
    "How",
    "Owners",
    "Source",
    "agree",
    "counts",
    "for_sources",
    "recent_updates",
    "source_ids",
    "to_do",
]
