"""The issues of an agenda, each fixed once published; and what comes on every agenda of a body."""

from django.db import models

from concerted.access.models import KeyField, Restricted
from concerted.agendas.states import Change, IssueState
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
from concerted.meetings.states import Business, Part
from concerted.people.models import Body, Person, Post


class Issue(Restricted):
    """The agenda of a meeting (number 1), or a supplement to it.

    `version` counts its changes, so that of two who change it at once one is told. A draft is
    seen by the office of the body and, through `queries.as_chair`, by whoever chairs it.
    """

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_issues")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=IssueState, default=IssueState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=now)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agendas_issue_twice")
        ]

    def __str__(self) -> str:
        return f"issue {self.number} of the agenda of meeting {self.meeting_id}"


class Line(Restricted):
    """What a published issue said of one item; it stays when minutes say something else.

    `item_key` names the item; it may have gone since, if the minutes do not speak of it.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item_key = models.CharField(max_length=16)
    change = models.CharField(max_length=10, choices=Change)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=20, choices=Business, blank=True)
    part = models.CharField(max_length=12, choices=Part)
    presenter = models.CharField(max_length=200, blank=True)
    minutes_allowed = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["issue", "position", "id"]
        indexes = [models.Index(fields=["item_key"], name="agendas_line_item")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class StandingItem(Restricted):
    """What comes on every agenda of a body from a day on; its next agendas begin with these.

    It ended the day before `ends`. Who reads the body’s papers sees the list.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=20, choices=Business, default=Business.INFORMATION)
    part = models.CharField(max_length=12, choices=Part, default=Part.PUBLIC)
    under = models.BooleanField(default=False)
    minutes_allowed = models.PositiveSmallIntegerField(null=True)
    presenter = models.CharField(max_length=200, blank=True)
    presenter_post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    presenter_person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        ordering = ["body", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("starts")),
                name="agendas_standing_ends_before_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title
