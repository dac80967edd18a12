"""What other packages may ask of reports back and referrals."""

from concerted.reports_back.models import Asked, Referral
from concerted.reports_back.queries import (
    Question,
    ReportLine,
    asked_visible_to,
    keys_of_referrals,
    open_questions,
    referrals_visible_to,
    reports_at,
    represents,
    standing_returns,
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
    "asked_visible_to",
    "give",
    "keys_of_referrals",
    "open_questions",
    "refer",
    "referrals_visible_to",
    "reports_at",
    "represents",
    "share",
    "standing_returns",
]
