"""What other packages may ask of notices."""

from concerted.notices.composing import Attached, Composed, answers_go_to, composes
from concerted.notices.models import Event, Mail, OneTimeLink
from concerted.notices.queries import hash_of, outstanding, working
from concerted.notices.services import (
    GONE,
    LINK,
    end_all_of,
    happened,
    make_link,
    queue_mail,
    use,
    withdraw,
)
from concerted.notices.states import MailState

__all__ = [
    "GONE",
    "LINK",
    "Attached",
    "Composed",
    "Event",
    "Mail",
    "MailState",
    "OneTimeLink",
    "answers_go_to",
    "composes",
    "end_all_of",
    "happened",
    "hash_of",
    "make_link",
    "outstanding",
    "queue_mail",
    "use",
    "withdraw",
    "working",
]
