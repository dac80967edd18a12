"""Links by which bodies report to each other, what was returned, and questions between them."""

from django.db import models
from django.db.models import F, Q

from concerted.access.addresses import address
from concerted.access.models import KeyField, Restricted
from concerted.kernel.clock import now
from concerted.meetings.models import Decision, Item, Meeting
from concerted.people.models import Body, Organisation, Person, Post, Seat
from concerted.reports_back.states import Frequency, ReturnKind


class Link(Restricted):
    """That one body reports to another, through whom, how often, and from when to when.

    Who reads the papers of the receiving body sees it, if they know of both. A link is ended,
    never changed: what is different begins as another.
    """

    key = KeyField()
    reporting = models.ForeignKey(Body, models.PROTECT, related_name="+")
    receiving = models.ForeignKey(Body, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.EVERY)
    every_meetings = models.PositiveSmallIntegerField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, post=None, organisation=None)
                | Q(seat=None, post__isnull=False, organisation=None)
                | Q(seat=None, post=None, organisation__isnull=False),
                name="reports_back_link_not_exactly_one_represents",
            ),
            models.CheckConstraint(
                condition=~Q(reporting=F("receiving")), name="reports_back_link_to_itself"
            ),
            models.CheckConstraint(
                condition=~Q(frequency=Frequency.MEETINGS) | Q(every_meetings__gt=0),
                name="reports_back_link_every_no_meeting",
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="reports_back_link_ends_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reporting} to {self.receiving}"

    @property
    def often(self) -> str:
        if self.frequency == Frequency.MEETINGS and self.every_meetings != 1:
            return f"Every {self.every_meetings} meetings"
        return str(Frequency(self.frequency).label)


class Sharing(Restricted):
    """That the office of a body lets another attach the minutes of one of its meetings.

    It is the office's own record; what the other reads is `SharedMinutes`.
    """

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    with_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"sharing {self.key}"


class SharedMinutes(Restricted):
    """Those words of another body's minutes that were shared, for the readers of the receiving one.

    It opens nothing else of that body: it is a copy, of what all its own readers read.
    """

    key = KeyField()
    sharing = models.ForeignKey(Sharing, models.PROTECT, related_name="+")
    receiving = models.ForeignKey(Body, models.PROTECT, related_name="+")
    of_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    held_on = models.DateField()
    text = models.TextField()
    shared_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-held_on", "id"]
        verbose_name_plural = "shared minutes"

    def __str__(self) -> str:
        return f"minutes of {self.of_body}, {self.held_on:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return address("reports_back:attached", self.key)


class Return(Restricted):
    """What was said at a meeting, or before it, of the body at the other end of a link.

    It stays as it was said; who means it otherwise gives another, which `replaces` it.
    """

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, related_name="returns")
    kind = models.CharField(max_length=12, choices=ReturnKind)
    summary = models.TextField(blank=True)
    for_decision = models.TextField(blank=True)
    attached = models.ForeignKey(SharedMinutes, models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReturnKind.ATTACHED, attached__isnull=False)
                | ~Q(kind=ReturnKind.ATTACHED) & Q(attached=None),
                name="reports_back_return_attached_without_minutes",
            )
        ]

    def __str__(self) -> str:
        return f"return {self.key}"


class Referral(Restricted):
    """A question that came of a decision and went to another body, as its askers see it.

    It has the audience of the decision. Those asked read their own copy, `Asked`, and nothing of
    where it came from.
    """

    key = KeyField()
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    from_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    to_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    question = models.TextField()
    due_on = models.DateField(null=True)
    due_at = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=False, due_at=None)
                | Q(due_on=None, due_at__isnull=False),
                name="reports_back_referral_not_exactly_one_due",
            )
        ]

    def __str__(self) -> str:
        return self.question[:80]

    def get_absolute_url(self) -> str:
        return address("reports_back:referral", self.key)


class Asked(Restricted):
    """The same question as the body has it that is asked: no word of the decision behind it.

    Its key is that of the referral. `item_key` names the item of an agenda that it was put on.
    """

    key = KeyField()
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="+")
    from_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    to_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    question = models.TextField()
    due_on = models.DateField(null=True)
    due_at = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()
    item_key = models.CharField(max_length=16, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "asked"

    def __str__(self) -> str:
        return self.question[:80]

    def get_absolute_url(self) -> str:
        return address("reports_back:referral", self.key)
