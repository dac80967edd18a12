"""Restrictions as records: each change is a new row, and none is altered or deleted."""

from django.db import models
from django.db.models import Q

from concerted.access.models import Audience, KeyField, Restricted
from concerted.kernel.clock import now
from concerted.people.models import ENDS_LATER, Body, Dated, Organisation, Person
from concerted.restrictions.states import Level, Tier


class Ground(Dated):
    """A reason for keeping something back, while it holds: the law's list and the partnership's.

    Everybody may read the list. A reason that ends stays, for what was kept back under it: the
    database lets nothing but its end be set, and that once. With a public-interest test, whoever
    gives it says why keeping something back serves the public more than showing it.
    """

    never_altered = True
    key = KeyField()
    source = models.CharField(max_length=160)
    words = models.CharField(max_length=200)
    public_interest_test = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [ENDS_LATER]

    def __str__(self) -> str:
        return self.words


class Restriction(Restricted):
    """Who may see a thing from a moment on, why, and who said so.

    `kind` and `thing_key` name the thing (a row of a package above). `seen_by` is the audience
    that the thing got. The database lets only `audience` change: who reads this record follows
    the thing. It asks for the public interest where the ground has a test of it.
    """

    never_altered = True
    key = KeyField()
    kind = models.CharField(max_length=40)
    thing_key = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    level = models.CharField(max_length=10, choices=Level)
    tier = models.CharField(max_length=10, choices=Tier)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.ForeignKey(Ground, models.PROTECT, null=True, related_name="+")
    public_interest = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    whom_to_ask = models.CharField(max_length=200, blank=True)
    seen_by = models.ForeignKey(Audience, models.PROTECT, related_name="+")
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["kind", "thing_key", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing_key", "number"], name="restrictions_restriction_twice"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.OPEN) | Q(ground__isnull=False, review_on__isnull=False),
                name="restrictions_restriction_without_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"restriction {self.key}"


class Closure(Restricted):
    """What is said of a restricted thing where it stands: never its title, words or counts.

    Of a closed thing whoever sees its `parent` reads this; of a hidden one only its own audience.
    One row while the restriction lasts, made anew with each. Of a body that is closed itself it
    names no `body`.
    """

    kind = models.CharField(max_length=40)
    thing_key = models.CharField(max_length=16)
    parent_kind = models.CharField(max_length=40)
    parent_key = models.CharField(max_length=16)
    number = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    level = models.CharField(max_length=10, choices=Level)
    tier = models.CharField(max_length=10, choices=Tier)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    day = models.DateField(null=True)
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    review_on = models.DateField()
    whom_to_ask = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(
                fields=["parent_kind", "parent_key", "audience"], name="restrictions_where"
            ),
            models.Index(fields=["kind", "thing_key"], name="restrictions_thing"),
        ]

    def __str__(self) -> str:
        return f"closure of {self.kind} {self.thing_key}"
