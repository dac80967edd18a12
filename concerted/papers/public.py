"""What other packages may ask of papers."""

from concerted.papers.models import Paper
from concerted.papers.policies import may_hold
from concerted.papers.queries import PaperText, files_of, put_to, texts_put_to, visible_to
from concerted.papers.services import (
    NewAppendix,
    NewPaper,
    NewParagraph,
    NewPresentation,
    NewRecommendation,
    accept,
    meeting_is_known,
)
from concerted.papers.states import Tier

__all__ = [
    "NewAppendix",
    "NewPaper",
    "NewParagraph",
    "NewPresentation",
    "NewRecommendation",
    "Paper",
    "PaperText",
    "Tier",
    "accept",
    "files_of",
    "may_hold",
    "meeting_is_known",
    "put_to",
    "texts_put_to",
    "visible_to",
]
