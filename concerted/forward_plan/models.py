"""Entries of forward plans: what is to come to a body, and what became of it."""

from django.db import models
from django.db.models import Q

from concerted.access.addresses import address
from concerted.access.models import KeyField, Restricted
from concerted.forward_plan.states import Asked, Cycle, EntryState
from concerted.kernel.clock import now
from concerted.meetings.models import Decision, Meeting
from concerted.people.models import Body, Organisation, Person, Post


class Entry(Restricted):
    """Something that is to come to a body, at a meeting or in a month (`due_month`, its first day).

    Who reads the body’s papers sees it; what came of a restricted decision has the audience of
    that. `item_key` names the item of an agenda that it was taken into, `follows` the entry
    before it in its cycle. Once it is no longer to come it stays as it is.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=400)
    asked = models.CharField(max_length=20, choices=Asked, default=Asked.DECISION)
    owner_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+"
    )
    owner_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    driver = models.CharField(max_length=200, blank=True)
    comes_from = models.CharField(max_length=200, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    cycle = models.CharField(max_length=12, choices=Cycle, default=Cycle.ONCE)
    every_meetings = models.PositiveSmallIntegerField(null=True)
    due_month = models.DateField(null=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    item_key = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.OPEN)
    because = models.TextField(blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["due_month", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EntryState.OPEN, ended_by=None, ended_at=None)
                | ~Q(state=EntryState.OPEN) & Q(ended_by__isnull=False, ended_at__isnull=False),
                name="forward_plan_entry_half_ended",
            ),
            models.CheckConstraint(
                condition=~Q(cycle=Cycle.MEETINGS) | Q(every_meetings__gt=0),
                name="forward_plan_entry_every_no_meeting",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return address("forward_plan:entry", self.key)

    @property
    def home_id(self) -> int:
        """The audience that it has where nothing restricts it."""
        return self.body.papers_audience_id
