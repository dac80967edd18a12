"""What other packages may ask of imports: what waits, and a reading made into records."""

from concerted.imports.acceptance import Words, make_records, record_actions
from concerted.imports.forms import ReviewForm
from concerted.imports.queries import review_of_typed, to_check
from concerted.imports.review import Review, lines

__all__ = [
    "Review",
    "ReviewForm",
    "Words",
    "lines",
    "make_records",
    "record_actions",
    "review_of_typed",
    "to_check",
]
