"""Where a delivery of a paper can stand, how a call for papers does, and whence a comment came."""

from django.db import models


class DeliveryState(models.TextChoices):
    RECEIVED = "received", "Received"
    SENT_BACK = "sent_back", "Sent back"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


NEXT: dict[str, frozenset[str]] = {
    DeliveryState.RECEIVED: frozenset({DeliveryState.SENT_BACK, DeliveryState.APPROVED}),
    DeliveryState.SENT_BACK: frozenset(),
    # Approved too early: it goes back as long as nobody outside has seen it.
    DeliveryState.APPROVED: frozenset({DeliveryState.SENT_BACK, DeliveryState.PUBLISHED}),
    DeliveryState.PUBLISHED: frozenset(),
}


class Standing(models.TextChoices):
    """How a call stands: that of its last delivery, or due where there is none to look at."""

    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"
    RECEIVED = "received", "Received"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Source(models.TextChoices):
    """How a comment came."""

    HERE = "here", "Written here"
    MAIL = "mail", "By e-mail"
    SPOKEN = "spoken", "By word of mouth"
