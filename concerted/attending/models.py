"""Rules of quorum, answers for seats and invitations: added to, never altered. And calendars."""

from django.db import models
from django.db.models import Q

from concerted.access.models import Account, KeyField, Restricted
from concerted.attending.states import Answer, Method, Substitutes
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
from concerted.notices.models import OneTimeLink
from concerted.people.models import Body, Organisation, Person, Seat


class Rule(Restricted):
    """When a body is quorate, from a day on; of two from one day the later one holds.

    Without members and agencies the body has no rule from that day.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    starts = models.DateField()
    members = models.PositiveSmallIntegerField(default=0)
    substitutes = models.CharField(max_length=10, choices=Substitutes, default=Substitutes.COUNT)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-starts", "-id"]

    def __str__(self) -> str:
        return f"rule of {self.body_id} from {self.starts}"


class Agency(Restricted):
    """An organisation that a rule names. Of those with one number, any one is enough."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="agencies")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["rule", "number", "id"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return f"{self.organisation_id} in rule {self.rule_id}"


class Reply(Restricted):
    """What was answered for a seat before a meeting; the last one holds.

    `person` fills the seat, `by` is who said it, `noted` where that was the office on their behalf.
    """

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="replies")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=12, choices=Answer)
    substitute = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    substitute_name = models.CharField(max_length=160, blank=True)
    substitute_organisation = models.CharField(max_length=160, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["meeting", "id"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.SUBSTITUTE) & ~Q(substitute_name="")
                | ~Q(answer=Answer.SUBSTITUTE)
                & Q(substitute=None, substitute_name="", substitute_organisation=""),
                name="attending_reply_substitute_of_nobody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.key}"


class Invitation(Restricted):
    """That a meeting was announced to those expected, with the day, time and place of then."""

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    method = models.CharField(max_length=10, choices=Method)
    sequence = models.PositiveIntegerField()
    standing = models.CharField(max_length=400)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["meeting", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sequence"], name="attending_invitation_numbered_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence} of {self.meeting_id}"


class Invited(Restricted):
    """Somebody whom an invitation went to. `link` takes the answer of who has no account too."""

    key = KeyField()
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="invited")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    link = models.ForeignKey(OneTimeLink, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["invitation", "id"]
        verbose_name_plural = "invited"
        constraints = [
            models.UniqueConstraint(fields=["invitation", "person"], name="attending_invited_twice")
        ]

    def __str__(self) -> str:
        return f"invited {self.key}"


class Feed(models.Model):
    """A calendar on one device of somebody's. The token in its address is hashed.

    Without a body it holds the meetings of all bodies that they sit on.
    """

    key = KeyField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    last_used = models.DateField(null=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"feed {self.key}"
