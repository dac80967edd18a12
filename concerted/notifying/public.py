"""What other packages may ask of notifying."""

from concerted.notifying.outbox import drop, shown, word
from concerted.notifying.queries import waiting
from concerted.notifying.telling import tell, watch

__all__ = ["drop", "shown", "tell", "waiting", "watch", "word"]
