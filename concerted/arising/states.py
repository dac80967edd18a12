"""What can have happened to an open matter since the last meeting, and when a table is fixed."""

from django.db import models


class Change(models.TextChoices):
    NEW = "new", "New"
    MOVED = "moved", "Due date moved"
    SAID = "said", "Update"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOTHING = "nothing", "Nothing said"


class Kind(models.TextChoices):
    ACTION = "action", "Action"
    ASKED = "asked", "Question to this body"
    SENT = "sent", "Question to another body"


class Occasion(models.TextChoices):
    PUBLISHED = "published", "When the agenda was published"
    CONFIRMED = "confirmed", "When the minutes were agreed"


# So many due dates not kept put an action on the next agenda by name.
SLIPS_TO_NAME = 3
