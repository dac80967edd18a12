"""Requests for items, and the chair’s rulings on what was urgent."""

from django.db import models
from django.db.models import Q

from concerted.access.addresses import address
from concerted.access.models import KeyField, Restricted
from concerted.kernel.clock import now
from concerted.meetings.models import Item, Meeting
from concerted.people.models import Body, Person
from concerted.raising.states import Asked, RequestState


class ItemRequest(Restricted):
    """Business that somebody wants on an agenda of a body; `urgent` after it was published.

    It is the office’s; whoever asked and the chair read it through `queries.opened`. `raised_by`
    is as it is said in the minutes. `follows` is the urgent one that was put to the next agenda.
    Once it is answered it stays as it is.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    urgent = models.BooleanField(default=False)
    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=20, choices=Asked, default=Asked.DECISION)
    minutes_wanted = models.PositiveSmallIntegerField(null=True)
    why = models.TextField()
    why_urgent = models.TextField(blank=True)
    raised_by = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    because = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    item_key = models.CharField(max_length=16, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(urgent=False) | Q(meeting__isnull=False) & ~Q(why_urgent=""),
                name="raising_urgent_without_why",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING, answered_by=None, answered_at=None)
                | ~Q(state=RequestState.WAITING)
                & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="raising_request_half_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("raising:detail", self.key)


class Ruling(Restricted):
    """That the chair took an item as urgent business, and why; it has the audience of the item."""

    key = KeyField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="rulings")
    request = models.ForeignKey(ItemRequest, models.PROTECT, related_name="rulings")
    raised_by = models.CharField(max_length=200)
    why_urgent = models.TextField()
    because = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["item", "id"]

    def __str__(self) -> str:
        return f"ruling {self.key}"
