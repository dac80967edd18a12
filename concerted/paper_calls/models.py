"""Calls for papers with what was delivered, and calls for comments with what was said."""

from django.db import models
from django.db.models import Q

from concerted.access.addresses import address
from concerted.access.models import Audience, KeyField, Restricted
from concerted.imports.models import File
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
from concerted.paper_calls.states import DeliveryState, Source
from concerted.papers.models import Paper
from concerted.people.models import Body, Organisation, Person, Post


def exactly_one(*names: str) -> Q:
    """Exactly one of these columns is filled."""
    condition = Q()
    for one in names:
        condition |= Q(**{f"{name}__isnull": name != one for name in names})
    return condition


class Call(Restricted):
    """The office asks somebody for a paper for a meeting, by a day.

    `home` is the audience of the office, the chair and whoever is asked; the call has it unless
    the item is restricted, and then that of the item. `item_key` names the item of the agenda,
    if there is one yet.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="paper_calls")
    item_key = models.CharField(max_length=16, blank=True)
    title = models.CharField(max_length=400)
    wanted = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    home = models.ForeignKey(Audience, models.PROTECT, related_name="+")
    called_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    called_at = models.DateTimeField(default=now)
    chased_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("organisation", "post", "person"),
                name="paper_calls_call_not_exactly_one",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="paper_calls_call_half_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("paper_calls:call", self.key)

    @property
    def asked(self) -> str:
        """Whom it asks, in words."""
        if self.post:
            return f"{self.post.title}, {self.post.organisation.name}"
        return str(self.person.name if self.person else self.organisation)


class Delivery(Restricted):
    """A file that came for a call, and what was said of it; the next one has the next number.

    It is read like every file that is handed over (`file`). `remark` is what the author is told;
    `paper` is what was approved.
    """

    key = KeyField()
    call = models.ForeignKey(Call, models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    # None once what came was put aside and its time was up.
    file = models.OneToOneField(File, models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.RECEIVED)
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="paper_calls_delivery_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, delivery {self.number}"


class CommentCall(Restricted):
    """One of those who are asked for comments on a paper, by a day or without one.

    Either those who sit on a body, an organisation or a post; or somebody who is asked by e-mail,
    by the words in `mailbox`. It has the audience of the paper.
    """

    key = KeyField()
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="comment_calls")
    to_body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    mailbox = models.CharField(max_length=200, null=True)
    until = models.DateField(null=True)
    wanted = models.TextField(blank=True)
    called_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    called_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["paper", "id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("to_body", "organisation", "post", "mailbox"),
                name="paper_calls_commentcall_not_exactly_one",
            )
        ]

    def __str__(self) -> str:
        return f"call for comments {self.key}"

    @property
    def asked(self) -> str:
        """Whom it asks, in words."""
        if self.to_body:
            return f"Everybody who sits on {self.to_body.name}"
        if self.post:
            return f"{self.post.title}, {self.post.organisation.name}"
        return self.organisation.name if self.organisation else f"{self.mailbox}, by e-mail"


class Comment(Restricted):
    """What somebody said of a paper. `by` wrote it here; else `whose` says it, and `source` how
    it came, as `entered_by` put it down. `answer` is the author’s."""

    key = KeyField()
    call = models.ForeignKey(CommentCall, models.PROTECT, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    whose = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.HERE)
    came_on = models.DateField()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=now)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["call", "id"]

    def __str__(self) -> str:
        return self.text[:80]
