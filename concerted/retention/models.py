"""Periods, holds and runs: who decided how long something is kept, and what went when."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from concerted.access.models import KeyField, Restricted
from concerted.jobs.models import Job
from concerted.kernel.clock import now
from concerted.people.models import Body, Person
from concerted.retention.states import Ground, LineState, Reach, RunState


class Period(Restricted):
    """How long a kind is kept from a moment on, and who said so. A change is a new row."""

    never_altered = True

    key = KeyField()
    kind = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-set_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(months__gt=0), name="retention_period_of_nothing")
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.months} months"


class Hold(Restricted):
    """What is under it does not go while it stands, however old: it stands until a `Lift`.

    `kind` and `reference` name one record by key; `kind` alone all of a kind; `body` all that is
    about a body. Its audience is that of the record or body.
    """

    never_altered = True

    key = KeyField()
    reach = models.CharField(max_length=10, choices=Reach)
    kind = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=20, choices=Ground)
    reason = models.TextField()
    review_on = models.DateField()
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["review_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reach=Reach.KIND, body=None, reference="") & ~Q(kind="")
                | Q(reach=Reach.BODY, body__isnull=False, kind="", reference="")
                | Q(reach=Reach.THING, body=None) & ~Q(kind="") & ~Q(reference=""),
                name="retention_hold_on_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("retention:hold", args=[self.key])


class Lift(Restricted):
    """That a hold stands no longer, who said so and why."""

    never_altered = True

    key = KeyField()
    hold = models.OneToOneField(Hold, models.PROTECT, related_name="lift")
    reason = models.TextField()
    lifted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"lift of hold {self.hold_id}"


class Run(Restricted):
    """Records whose time is past, as the program lists them; they go when a person has said so."""

    key = KeyField()
    state = models.CharField(max_length=10, choices=RunState, default=RunState.PROPOSED)
    proposed_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=RunState.PROPOSED),
                name="retention_run_one_proposal",
            )
        ]

    def __str__(self) -> str:
        return f"run {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("retention:run", args=[self.key])


class RunLine(Restricted):
    """One record of a run, for that record's own audience, by its kind and key alone.

    `mark` stands for its state when it was listed. `fingerprint` is the SHA-256 of the bytes that
    it named, destroyed at `bytes_gone_at` unless another record has the very same.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=40)
    since = models.DateTimeField()
    mark = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.LISTED)
    settled_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    bytes_gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "reference"], name="retention_runline_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
