"""What other packages may ask of crime reports."""

from concerted.crime_reports.models import Report
from concerted.crime_reports.policies import may_clear, may_issue, may_prepare
from concerted.crime_reports.public_version import may_be_shown, public_figures, shown
from concerted.crime_reports.queries import visible_to, waiting_for, wrote
from concerted.crime_reports.services import PRINT, ask_to_clear, clear, issue, prepare
from concerted.crime_reports.states import ReportState

__all__ = [
    "PRINT",
    "Report",
    "ReportState",
    "ask_to_clear",
    "clear",
    "issue",
    "may_be_shown",
    "may_clear",
    "may_issue",
    "may_prepare",
    "prepare",
    "public_figures",
    "shown",
    "visible_to",
    "waiting_for",
    "wrote",
]
