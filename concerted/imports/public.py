"""What other packages may ask of imports: what waits, and a reading made into records."""

from concerted.imports.acceptance import Words, make_records, record_actions
from concerted.imports.forms import ReviewForm
from concerted.imports.models import File, Handover
from concerted.imports.queries import files_visible_to, review_of_typed, to_check
from concerted.imports.review import Review, lines
from concerted.imports.services import hand_in, plain_name
from concerted.imports.states import FileState

__all__ = [
    "File",
    "FileState",
    "Handover",
    "Review",
    "ReviewForm",
    "Words",
    "files_visible_to",
    "hand_in",
    "lines",
    "make_records",
    "plain_name",
    "record_actions",
    "review_of_typed",
    "to_check",
]
