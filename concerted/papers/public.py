"""What other packages may ask of papers."""

from concerted.papers.deciding import Asked, Decided, Deciding
from concerted.papers.deciding import register as tells_decisions
from concerted.papers.labels import begins_at, is_late, is_tabled
from concerted.papers.models import Paper, Presentation
from concerted.papers.policies import may_hold, may_withdraw
from concerted.papers.queries import (
    PaperRow,
    PaperText,
    Whole,
    files_of,
    presentations_visible_to,
    put_to,
    recommended_at,
    texts_put_to,
    versions_of,
    visible_to,
    wholes_put_to,
    withdrawal_of,
)
from concerted.papers.restricting import follows
from concerted.papers.services import (
    NewAppendix,
    NewPaper,
    NewParagraph,
    NewPresentation,
    NewPut,
    NewRecommendation,
    accept,
    meeting_is_known,
    minuted_as,
    publish,
    put,
    succeed,
    withdraw,
)
from concerted.papers.states import Tier

__all__ = [
    "Asked",
    "Decided",
    "Deciding",
    "NewAppendix",
    "NewPaper",
    "NewParagraph",
    "NewPresentation",
    "NewPut",
    "NewRecommendation",
    "Paper",
    "PaperRow",
    "PaperText",
    "Presentation",
    "Tier",
    "Whole",
    "accept",
    "begins_at",
    "files_of",
    "follows",
    "is_late",
    "is_tabled",
    "may_hold",
    "may_withdraw",
    "meeting_is_known",
    "minuted_as",
    "presentations_visible_to",
    "publish",
    "put",
    "put_to",
    "recommended_at",
    "succeed",
    "tells_decisions",
    "texts_put_to",
    "versions_of",
    "visible_to",
    "wholes_put_to",
    "withdraw",
    "withdrawal_of",
]
