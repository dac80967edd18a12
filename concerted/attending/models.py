"""Rules of quorum and answers for seats. Both are added to, never altered."""

from django.db import models
from django.db.models import Q

from concerted.access.models import KeyField, Restricted
from concerted.attending.states import Answer, Substitutes
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
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
