"""Actions, who owns them, and what was said of them. Past updates are never changed."""

from django.db import models
from django.db.models import Q

from concerted.access.addresses import address
from concerted.access.models import KeyField, Restricted
from concerted.actions.states import ActionState, How, Said
from concerted.kernel.clock import now
from concerted.notices.models import OneTimeLink
from concerted.people.models import Body, Organisation, Person, Post


class Action(Restricted):
    """Something to be done. Where it came from is a kind, a key and a label: no key upwards."""

    key = KeyField()
    text = models.TextField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="actions")
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True)
    source_label = models.CharField(max_length=200, blank=True)
    source_route = models.CharField(max_length=60, blank=True)
    source_key = models.CharField(max_length=16, blank=True)
    how = models.CharField(max_length=10, choices=How, default=How.ADDED)
    agreed_on = models.DateField()
    due_text = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    owner_text = models.CharField(max_length=200, blank=True)
    all_seats = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index(fields=["source_kind", "source_id"], name="actions_action_source"),
            models.Index(fields=["audience", "state", "due"], name="actions_action_open"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return address("actions:detail", self.key)

    @property
    def restricted(self) -> bool:
        return self.body.restricts(self.audience_id)


class Owner(Restricted):
    """One of those who own an action: an organisation, a post, a person or a body."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="owners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, post=None, person=None, body=None)
                | Q(organisation=None, post__isnull=False, person=None, body=None)
                | Q(organisation=None, post=None, person__isnull=False, body=None)
                | Q(organisation=None, post=None, person=None, body__isnull=False),
                name="actions_owner_not_exactly_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.post or self.person or self.body)


class Update(Restricted):
    """One thing said about an action. It stays as it was said; `taken_back_at` only marks it.

    `source_label` names what it was said in, if that has a page: its route and key.
    """

    key = KeyField()
    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    said = models.CharField(max_length=12, choices=Said)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)
    due_before = models.DateField(null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)
    source_label = models.CharField(max_length=200, blank=True)
    source_route = models.CharField(max_length=60, blank=True)
    source_key = models.CharField(max_length=16, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_said_display()}, {self.at:%d %B %Y}"


class Proposal(Restricted):
    """What is said of an action without an account, by a link sent to the mailbox of a post.

    `person` is named in the link, and held `post` then: the owner, or a colleague to whom an owner
    with an account, `asked_by`, had it sent. Empty until they answer, and no part of the action
    until it is taken up, as `update`; else `reason` says why it was not.
    """

    key = KeyField()
    action = models.ForeignKey(Action, models.CASCADE, related_name="proposals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    link = models.OneToOneField(OneTimeLink, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    said = models.CharField(max_length=12, choices=Said, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    update = models.OneToOneField(Update, models.PROTECT, null=True, related_name="proposal")
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(at__isnull=False) | Q(said="", note="", decided_at=None),
                name="actions_proposal_decided_before_it_was_made",
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.key}"
