"""Prompts: what the chair wants to remember at an item, and nobody else is given."""

from django.db import models

from concerted.access.models import KeyField, Restricted
from concerted.kernel.clock import now
from concerted.meetings.models import Item
from concerted.people.models import Person

LONGEST = 2000


class Prompt(Restricted):
    """A private note at an item, for whoever chairs and for the office.

    It is the office’s, of a restricted item it has that item’s audience; `queries.prompts_of` is
    how it is read. A draft of an item that is taken away takes its prompts along.
    """

    key = KeyField()
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    text = models.TextField(max_length=LONGEST)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["item", "id"]

    def __str__(self) -> str:
        return f"prompt {self.key}"
