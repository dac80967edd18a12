"""What other packages may ask of notifying."""

from concerted.notifying.outbox import shown, word
from concerted.notifying.queries import waiting
from concerted.notifying.telling import tell, watch

__all__ = ["shown", "tell", "waiting", "watch", "word"]
