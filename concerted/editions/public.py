"""What other packages may ask of the public edition, as seen by members."""

from concerted.editions.checking import check
from concerted.editions.models import Release
from concerted.editions.outbox import carry_all
from concerted.editions.queries import text_of, to_approve, versions_of, visible_to
from concerted.editions.releasing import approve, ask, stop, withdraw
from concerted.editions.services import (
    approve_text,
    change_settings,
    left_over,
    name_publicly,
    save_closed,
    save_part,
    start,
)
from concerted.editions.sources import source_of
from concerted.editions.states import ReleaseState

__all__ = [
    "Release",
    "ReleaseState",
    "approve",
    "approve_text",
    "ask",
    "carry_all",
    "change_settings",
    "check",
    "left_over",
    "name_publicly",
    "save_closed",
    "save_part",
    "source_of",
    "start",
    "stop",
    "text_of",
    "to_approve",
    "versions_of",
    "visible_to",
    "withdraw",
]
