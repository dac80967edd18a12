"""What is answered for a seat, and how substitutes count towards a quorum."""

from django.db import models


class Answer(models.TextChoices):
    COMING = "coming", "Coming"
    SUBSTITUTE = "substitute", "Sending a substitute"
    APOLOGIES = "apologies", "Apologies"


class Method(models.TextChoices):
    """As what a mail reaches a calendar (RFC 5546)."""

    REQUEST = "request", "Invitation"
    CANCEL = "cancel", "Cancelled"


class Gets(models.TextChoices):
    """How an invitation reaches one of those expected."""

    ACCOUNT = "account", "By mail"
    MAILBOX = "mailbox", "By mail to the mailbox of their post"
    NO_ADDRESS = "no_address", "Not reached: no account and no mailbox of a post"
    UNSEEN = "unseen", "May not see the meeting"


class Substitutes(models.TextChoices):
    """What a substitute is worth, by the body's own rule."""

    COUNT = "count", "They count as the member they stand in for"
    AGENCY = "agency", "They count for a named agency, not towards the number of members"
    NOT = "not", "They do not count"


class Outlook(models.TextChoices):
    """What a rule says of who is there, or of what was answered."""

    NO_RULE = "no_rule", "No rule on record"
    QUORATE = "quorate", "Quorate"
    INQUORATE = "inquorate", "Inquorate"
    OPEN = "open", "Not yet known"
