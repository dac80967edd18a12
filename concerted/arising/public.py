"""What other packages may ask of matters arising."""

from concerted.arising.queries import (
    Line,
    Matters,
    as_fixed,
    earlier_minutes,
    fixed_of,
    named_at,
    open_now,
    rows_visible_to,
)
from concerted.arising.services import raise_minute

__all__ = [
    "Line",
    "Matters",
    "as_fixed",
    "earlier_minutes",
    "fixed_of",
    "named_at",
    "open_now",
    "raise_minute",
    "rows_visible_to",
]
