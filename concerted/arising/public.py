"""What other packages may ask of matters arising."""

from concerted.arising.queries import Line, earlier_minutes, named_at, open_now
from concerted.arising.services import raise_minute

__all__ = [
    "Line",
    "earlier_minutes",
    "named_at",
    "open_now",
    "raise_minute",
]
