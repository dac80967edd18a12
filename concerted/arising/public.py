"""What other packages may ask of matters arising."""

from concerted.arising.queries import earlier_minutes
from concerted.arising.services import raise_minute

__all__ = ["earlier_minutes", "raise_minute"]
