"""What other packages may ask of reports back and referrals."""

from concerted.reports_back.models import Asked, Referral
from concerted.reports_back.queries import (
    Question,
    ReportLine,
    keys_of_referrals,
    open_questions,
    reports_at,
)
from concerted.reports_back.services import NewLink, add_link, give, refer, share
from concerted.reports_back.states import Frequency, ReturnKind

__all__ = [
    "Asked",
    "Frequency",
    "NewLink",
    "Question",
    "Referral",
    "ReportLine",
    "ReturnKind",
    "add_link",
    "give",
    "keys_of_referrals",
    "open_questions",
    "refer",
    "reports_at",
    "share",
]
