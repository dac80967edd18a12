"""Lines, the seals over them, and which seal covers which line. The database refuses any change."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from concerted.kernel.clock import now


class Verb(models.TextChoices):
    """What was done, in the words of the Data Protection Act 2018, s.62."""

    COLLECT = "collect"
    ALTER = "alter"
    CONSULT = "consult"
    DISCLOSE = "disclose"
    COMBINE = "combine"
    ERASE = "erase"
    REFUSE = "refuse"


class Line(models.Model):
    """One thing somebody did. Pseudonyms and references only: no names, no text."""

    at = models.DateTimeField(default=now)
    actor = models.CharField(max_length=16)
    verb = models.CharField(max_length=10, choices=Verb)
    what = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    reference = models.CharField(max_length=40, db_index=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_line_newest"),
            models.Index(fields=["actor", "-at", "-id"], name="audit_line_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.reference}"


class Seal(models.Model):
    """A batch of lines, chained to the seal before it. `digest` is SHA-256, 32 bytes."""

    at = models.DateTimeField(default=now)
    previous = models.BinaryField()
    digest = models.BinaryField()
    lines = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"seal {self.pk}"


class SealedLine(models.Model):
    """Which seal covers a line, and the line's own digest, so that a broken line can be named."""

    # Not a foreign key: the seals of a year outlive its lines.
    line_id = models.BigIntegerField(unique=True)
    line_at = models.DateTimeField()
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="sealed")
    digest = models.BinaryField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"line {self.line_id} under {self.seal_id}"


class Anchor(models.Model):
    """The head of the trail on one day: how many seals and lines there were, and the last digest.

    Kept here, and by two organisations out of reach of whoever runs the database.
    """

    day = models.DateField(unique=True)
    at = models.DateTimeField(default=now)
    seals = models.PositiveBigIntegerField()
    lines = models.PositiveBigIntegerField()
    digest = models.BinaryField()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"anchor of {self.day:%d %B %Y}"


class Keeper(models.Model):
    """A post whose role mailbox gets the anchors; each of another organisation.

    By their keys: posts and organisations lie above the trail.
    """

    post_key = models.CharField(max_length=16, unique=True)
    organisation_key = models.CharField(max_length=16, unique=True)
    since = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"keeper {self.post_key}"
