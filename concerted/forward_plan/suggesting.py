"""What the words of a decision say of a later meeting. Suggested to a person, never done."""

import re
from dataclasses import dataclass

# The narrower words stand before those that they hold.
_CYCLES = (
    ("half_yearly", r"six[- ]monthly|half[- ]yearly|twice a year|bi-?annual(?:ly)?"),
    ("quarterly", r"quarterly|(?:every|each) quarter|every three months"),
    ("yearly", r"annual(?:ly)?|yearly|(?:every|each) year|every twelve months"),
    ("monthly", r"monthly|(?:every|each) month"),
    ("meetings", r"(?:every|each) meeting"),
)
_LATER = (
    r"(?:a )?(?:future|later|subsequent|forthcoming|next) (?:\w+ )?meeting|"
    r"(?:further|progress|update) report|report back|be brought back|deferred"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cycle that the words name (of `Cycle`; once where they name none), and the words."""

    cycle: str
    words: str


def suggested(text: str) -> Suggestion | None:
    """What a decision's words say of a later meeting; None where they say nothing of one."""
    for cycle, pattern in _CYCLES:
        if found := re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            return Suggestion(cycle, found[0])
    if found := re.search(rf"\b(?:{_LATER})\b", text, re.IGNORECASE):
        return Suggestion("once", found[0])
    return None
