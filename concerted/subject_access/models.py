"""Requests, what was done about them, and what was found and decided.

A request and its steps are for all who handle requests. What was found is for whoever drafted it
alone: it was collected with their eyes, and another handler may not see the same things.
"""

import hashlib
import json

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from concerted.access.models import Audience, KeyField, Restricted
from concerted.documents.models import Version
from concerted.jobs.models import Job
from concerted.kernel.clock import now
from concerted.people.models import Person
from concerted.subject_access.states import (
    AskedBy,
    Decided,
    ErasureGround,
    Exemption,
    Regime,
    RequestState,
    Right,
    Shown,
    StepKind,
    Unfit,
    Why,
)


class Handlers(models.Model):
    """The audience of every request: one row, and the posts that handle requests belong to it.

    A trigger on posts keeps its members, so that nobody has to think of it.
    """

    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "handlers"

    def __str__(self) -> str:
        return "who handles requests"


class AccessRequest(Restricted):
    """Somebody asks what is held of them, or to have it erased: a person on record, or a name and
    its spellings.

    `ground` and `wish` are of an erasure: why, and what exactly. `held_for` are the audiences of
    those who drafted: where texts lie that expire.
    """

    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    spellings = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    right = models.CharField(max_length=8, choices=Right, default=Right.ACCESS)
    asked_by = models.CharField(max_length=10, choices=AskedBy, default=AskedBy.SELF)
    ground = models.CharField(max_length=12, choices=ErasureGround, blank=True)
    wish = models.TextField(blank=True)
    regime = models.CharField(max_length=20, choices=Regime, default=Regime.GENERAL)
    asked_on = models.DateField()
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.RECEIVED)
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    held_for = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ["-asked_on", "-id"]

    def __str__(self) -> str:
        return f"request {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("subject_access:detail", args=[self.key])

    @property
    def law(self) -> str:
        """Under which law it is answered."""
        if self.right == Right.ACCESS:
            return str(self.get_regime_display())
        if self.regime == Regime.GENERAL:
            return "UK GDPR, Article 17"
        return "Data Protection Act 2018, section 47 (law enforcement)"


class Step(Restricted):
    """One thing done about a request, on a day, by somebody. The database lets none be altered."""

    never_altered = True
    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind)
    on = models.DateField()
    shown = models.CharField(max_length=12, choices=Shown, blank=True)
    unfit = models.CharField(max_length=12, choices=Unfit, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%d %B %Y}"


class Draft(Restricted):
    """One collection of what is held, as somebody sees it. A new one follows; none is replaced.

    `files_through` is the SHA-256 up to which files were looked into, in the order of these.
    """

    key = KeyField()
    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="drafts")
    names = ArrayField(models.CharField(max_length=160), default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=now)
    files_through = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"draft {self.key}"


class Finding(Restricted):
    """One record in which something is held.

    `source` and `source_id` name the row, or the table alone where rows have no number; `through`
    are the fields that led to it. `parts` are (label, words) in order; `others` are (name, what
    may stand instead) of other people on record who are named in them. Both are emptied when the
    request expires. `names_others` says that some are named anywhere in a file, if only beyond the
    parts.
    """

    key = KeyField()
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=60)
    source_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=8, choices=Why)
    through = ArrayField(models.CharField(max_length=60), default=list)
    kind = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    on = models.DateField(null=True)
    href = models.CharField(max_length=200, blank=True)
    parts = models.JSONField(default=list)
    others = models.JSONField(default=list)
    names_others = models.BooleanField(default=False)

    class Meta:
        ordering = ["draft", "position"]

    def __str__(self) -> str:
        return f"finding {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("subject_access:finding", args=[self.key])

    @property
    def same(self) -> str:
        """Alike for findings of the same words in the same fields of the same record."""
        parts = [list(part) for part in self.parts]
        others = [list(other) for other in self.others]
        found = [self.source, self.source_id, self.why, self.through, self.names_others]
        text = json.dumps([*found, parts, others])
        return hashlib.sha256(text.encode()).hexdigest()


class Ruling(Restricted):
    """What somebody decided of a finding; the newest counts, and none is altered.

    `redactions` are (part, start, end, instead): places, not words, so that nothing that was taken
    out is written down again. `carried_over` from an earlier draft that found the very same.
    """

    never_altered = True
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="rulings")
    decided = models.CharField(max_length=10, choices=Decided)
    exemption = models.CharField(max_length=20, choices=Exemption, blank=True)
    reason = models.TextField(blank=True)
    redactions = models.JSONField(default=list)
    carried_over = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_decided_display()}, {self.at:%d %B %Y}"


class Release(Restricted):
    """What went out: how many findings in which way, and the file until it expires."""

    key = KeyField()
    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="releases")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    disclosed = models.PositiveIntegerField()
    redacted = models.PositiveIntegerField()
    withheld = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    until = models.DateField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"release {self.key}"
