"""The words of the register of interests and of declarations at meetings."""

from django.db import models


class Whose(models.TextChoices):
    """Whose interest it is. The name of a partner is never asked for."""

    OWN = "own", "My own"
    PARTNER = "partner", "My spouse’s or partner’s"


class Direction(models.TextChoices):
    """Whether a gift or hospitality came to the member or from them."""

    RECEIVED = "received", "Offered to me"
    GIVEN = "given", "Offered by me"


class Said(models.TextChoices):
    """What passes between a member and the keeper about an entry."""

    SEEN = "seen", "Seen"
    QUESTION = "question", "Question"
    ANSWER = "answer", "Answer"


class Did(models.TextChoices):
    """What somebody did at an item in which they declared an interest."""

    LEFT = "left", "Left the meeting"
    APART = "apart", "Stayed and did not take part"
    STAYED = "stayed", "Stayed and took part"
    DISPENSATION = "dispensation", "Took part by dispensation"
