"""What other packages may ask of attending."""

from concerted.attending.inviting import Due, send
from concerted.attending.inviting import waiting as invitations_waiting
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
    "Due",
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
    "invitations_waiting",
    "look",
    "reply",
    "rule_of",
    "send",
    "set_rule",
    "to_answer",
]
