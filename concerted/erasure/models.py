"""What was decided of each finding, what was put to a second person, and what became of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from concerted.access.models import KeyField, Restricted
from concerted.erasure.states import Chosen, ErasureState, KeepGround, LineState
from concerted.jobs.models import Job
from concerted.kernel.clock import now
from concerted.people.models import Person
from concerted.subject_access.models import AccessRequest, Draft, Finding


class Choice(Restricted):
    """What somebody decided of a finding, for them alone; the newest counts, none is altered."""

    never_altered = True
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="choices")
    chosen = models.CharField(max_length=6, choices=Chosen)
    ground = models.CharField(max_length=12, choices=KeepGround, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_chosen_display()}, {self.at:%d %B %Y}"


class Erasure(Restricted):
    """All that was decided about one request, as it is put to a second person."""

    key = KeyField()
    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="erasures")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ErasureState, default=ErasureState.PROPOSED)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"erasure {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("erasure:detail", args=[self.request.key])


class Line(Restricted):
    """One record of an erasure, for that record's own audience, by its table and number alone.

    `reference` is its key where it has one; `mark` stands for its state when it was put to a
    second person. `fingerprint` is the SHA-256 of the bytes that went with it, destroyed at
    `bytes_gone_at` unless another record has the very same.
    """

    erasure = models.ForeignKey(Erasure, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    reference = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=80)
    href = models.CharField(max_length=200, blank=True)
    chosen = models.CharField(max_length=6, choices=Chosen)
    ground = models.CharField(max_length=12, choices=KeepGround, blank=True)
    reason = models.TextField(blank=True)
    mark = models.CharField(max_length=64, blank=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    state = models.CharField(max_length=8, choices=LineState, default=LineState.LISTED)
    settled_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    bytes_gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["erasure", "position"]

    def __str__(self) -> str:
        return f"{self.label} {self.reference or self.source_id}"


class Entry(models.Model):
    """A line of the ledger of erasures that this database has carried out: number and digest.

    After a restore some are missing here that stand in the ledger: they are carried out again.
    """

    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["number", "id"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"entry {self.number}"
