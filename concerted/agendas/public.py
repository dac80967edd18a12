"""What other packages may ask of agendas."""

from concerted.agendas.queries import draft_of
from concerted.agendas.services import Entry, add, approve, begin, publish, set_length

__all__ = ["Entry", "add", "approve", "begin", "draft_of", "publish", "set_length"]
