"""What other packages may ask of attending."""

from concerted.attending.queries import (
    Ahead,
    Expected,
    ahead_of,
    as_rule,
    expected,
    rule_of,
    to_answer,
)
from concerted.attending.quorum import Filled, Look, Stay, Turn, course, look
from concerted.attending.services import Said, reply, set_rule
from concerted.attending.states import Answer, Substitutes

__all__ = [
    "Ahead",
    "Answer",
    "Expected",
    "Filled",
    "Look",
    "Said",
    "Stay",
    "Substitutes",
    "Turn",
    "ahead_of",
    "as_rule",
    "course",
    "expected",
    "look",
    "reply",
    "rule_of",
    "set_rule",
    "to_answer",
]
