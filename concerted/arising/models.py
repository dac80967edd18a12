"""Minutes raised again, the tables of what was open as they were fixed, and actions put by name."""

from django.db import models

from concerted.access.models import KeyField, Restricted
from concerted.actions.models import Action
from concerted.arising.states import Change, Kind, Occasion
from concerted.kernel.clock import now
from concerted.meetings.models import Item, Meeting
from concerted.people.models import Body, Organisation, Person


class Raised(Restricted):
    """That an earlier minute is raised at a meeting, whether an action came of it or not.

    It is the office's until the agenda is published; of a restricted minute it has the audience.
    """

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Item, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "raised"

    def __str__(self) -> str:
        return f"raised {self.key}"


class Table(Restricted):
    """What was open at a meeting, fixed when an issue of its agenda was published, or its minutes
    were agreed. `since` is the day of the meeting before."""

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=10, choices=Occasion)
    issue = models.PositiveSmallIntegerField(null=True)
    since = models.DateField(null=True)
    as_of = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"table {self.key}"


class Row(Restricted):
    """One line of a table, as it was; it has the audience of what it speaks of, and follows it.

    `reference` is the key of that. Due dates that were not kept are counted of the action.
    """

    table = models.ForeignKey(Table, models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    reference = models.CharField(max_length=16)
    action = models.ForeignKey(Action, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    due = models.CharField(max_length=200, blank=True)
    change = models.CharField(max_length=10, choices=Change)
    said = models.TextField(blank=True)
    slips = models.PositiveSmallIntegerField(default=0)
    standing = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["table", "position", "id"]
        indexes = [models.Index(fields=["reference"], name="arising_row_reference")]

    def __str__(self) -> str:
        return self.text[:80]


class RowOwner(Restricted):
    """An organisation or body that owned the action of a line, by its name of that day."""

    row = models.ForeignKey(Row, models.PROTECT, related_name="owners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["row", "id"]

    def __str__(self) -> str:
        return self.name


class Named(Restricted):
    """That an action was put on an agenda by name, after so many due dates that were not kept."""

    key = KeyField()
    action = models.ForeignKey(Action, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    item_key = models.CharField(max_length=16)
    slips = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "named"

    def __str__(self) -> str:
        return f"named {self.key}"
