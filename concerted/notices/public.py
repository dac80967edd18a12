"""What other packages may ask of notices."""

from concerted.notices.models import Mail, OneTimeLink
from concerted.notices.queries import outstanding, working
from concerted.notices.services import GONE, LINK, end_all_of, make_link, queue_mail, use, withdraw

__all__ = [
    "GONE",
    "LINK",
    "Mail",
    "OneTimeLink",
    "end_all_of",
    "make_link",
    "outstanding",
    "queue_mail",
    "use",
    "withdraw",
    "working",
]
