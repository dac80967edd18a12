"""How a mail can stand, and what may follow what."""

from django.db import models


class MailState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Not sent"


NEXT: dict[str, frozenset[str]] = {
    MailState.WAITING: frozenset({MailState.SENDING, MailState.CANCELLED}),
    # A mail whose worker died while sending is tried again, and may be cancelled meanwhile.
    MailState.SENDING: frozenset({MailState.SENT, MailState.FAILED, MailState.CANCELLED}),
    MailState.SENT: frozenset(),
    MailState.CANCELLED: frozenset(),
    MailState.FAILED: frozenset(),
}
