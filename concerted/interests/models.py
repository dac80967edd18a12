"""The rule on interests, members' registers, and declarations bound to minutes."""

from django.db import models
from django.db.models import Q

from concerted.access.models import Audience, KeyField, Restricted
from concerted.interests.states import Did, Direction, Said, Whose
from concerted.kernel.clock import now
from concerted.meetings.models import Item
from concerted.people.models import ENDS_LATER, Dated, Organisation, Person


class Kind(Dated):
    """A kind of interest that the partnership registers, while it does. Its words never change."""

    never_altered = True
    key = KeyField()
    words = models.CharField(max_length=120)
    covers = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [ENDS_LATER]

    def __str__(self) -> str:
        return self.words


class Rule(models.Model):
    """The partnership's periods from a day on, until a later rule: in days and months.

    Gifts and hospitality worth `gift_pounds` or more are registered within `gift_days`.
    """

    never_altered = True
    key = KeyField()
    starts = models.DateField()
    days_after_appointment = models.PositiveSmallIntegerField()
    days_after_change = models.PositiveSmallIntegerField()
    confirm_months = models.PositiveSmallIntegerField()
    remind_days = models.PositiveSmallIntegerField()
    gift_pounds = models.DecimalField(max_digits=7, decimal_places=2)
    gift_days = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirm_months__gt=0, remind_days__gt=0),
                name="interests_rule_period_of_nothing",
            )
        ]

    def __str__(self) -> str:
        return f"rule from {self.starts}"


class Register(Restricted):
    """One member's interests. Its audience is whoever sits with them, and who keeps it.

    `keepers` are the member and who keeps the register alone: they read what is withheld.
    """

    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    keepers = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"register {self.key}"


class Entry(Restricted):
    """An interest, or that there is none (`nothing`), as registered. A change is a new record.

    `follows` is the record that this one stands instead of. Of a withheld one the audience is
    that of the register's keepers, and others read a `Withheld`.
    """

    key = KeyField()
    register = models.ForeignKey(Register, models.CASCADE, related_name="entries")
    nothing = models.BooleanField(default=False)
    kind = models.ForeignKey(Kind, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    organisation_name = models.CharField(max_length=200, blank=True)
    what = models.TextField(blank=True)
    whose = models.CharField(max_length=10, choices=Whose, default=Whose.OWN)
    starts = models.DateField()
    ends = models.DateField(null=True)
    follows = models.ForeignKey("self", models.CASCADE, null=True, related_name="followed_by")
    registered_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            ENDS_LATER,
            models.CheckConstraint(
                condition=Q(nothing=True, kind=None, what="")
                | Q(nothing=False, kind__isnull=False),
                name="interests_entry_of_no_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.key}"


class Sensitivity(Restricted):
    """A member asks that the details of an entry are withheld; who keeps the register decides."""

    key = KeyField()
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sensitivities")
    reason = models.TextField()
    asked_at = models.DateTimeField(default=now)
    agreed = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "sensitivities"
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed=None, decided_by=None, decided_at=None)
                | Q(agreed__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="interests_sensitivity_half_decided",
            )
        ]

    def __str__(self) -> str:
        return f"sensitivity {self.key}"


class Withheld(Restricted):
    """That there is an entry whose details are withheld, and nothing else of it.

    One row while it is, made anew for the entry that follows after it.
    """

    register = models.ForeignKey(Register, models.CASCADE, related_name="withheld")
    entry_key = models.CharField(max_length=16)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "withheld"

    def __str__(self) -> str:
        return "an entry with details withheld"


class Remark(Restricted):
    """That the keeper has seen an entry, a question about it, or the member's answer."""

    key = KeyField()
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="remarks")
    said = models.CharField(max_length=10, choices=Said)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"remark {self.key}"


class Confirmation(Restricted):
    """A member says that the register is complete."""

    key = KeyField()
    register = models.ForeignKey(Register, models.CASCADE, related_name="confirmations")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"confirmation {self.key}"


class Gift(Restricted):
    """A gift or hospitality as its member registered it; a correction is a new record."""

    key = KeyField()
    register = models.ForeignKey(Register, models.CASCADE, related_name="gifts")
    direction = models.CharField(max_length=10, choices=Direction)
    on = models.DateField()
    what = models.TextField()
    pounds = models.DecimalField(max_digits=9, decimal_places=2)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    other_side = models.CharField(max_length=200, blank=True)
    accepted = models.BooleanField()
    corrects = models.ForeignKey("self", models.CASCADE, null=True, related_name="corrected_by")
    registered_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(pounds__gte=0), name="interests_gift_below_nothing")
        ]

    def __str__(self) -> str:
        return f"gift {self.key}"


class Declaration(Restricted):
    """What somebody declared at an item, and what they did. Who may read the item reads it.

    A correction is a new record that names the one it `corrects`.
    """

    never_altered = True
    key = KeyField()
    item = models.ForeignKey(Item, models.CASCADE, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")
    words = models.TextField()
    did = models.CharField(max_length=12, choices=Did)
    dispensation = models.CharField(max_length=200, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(did=Did.DISPENSATION) | ~Q(dispensation=""),
                name="interests_declaration_dispensation_unnamed",
            )
        ]

    def __str__(self) -> str:
        return f"declaration {self.key}"


class Dismissal(Restricted):
    """Somebody looked at what may meet at an item and put it aside, with a reason.

    For the member and who keeps the register alone. The item is named by its key: that of a
    planned meeting gives way to its minutes.
    """

    key = KeyField()
    item_key = models.CharField(max_length=16)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="dismissals")
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"dismissal {self.key}"
