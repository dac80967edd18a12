"""A document and its versions. The bytes lie under their hash, which no address shows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from concerted.access.models import KeyField, Restricted
from concerted.kernel.clock import now
from concerted.people.models import Person


class Document(Restricted):
    """A file with its versions.

    `needs` are audiences that a reader must be on as well: those of closed or hidden things whose
    words stand in the file.
    """

    key = KeyField()
    title = models.CharField(max_length=200)
    needs = ArrayField(models.BigIntegerField(), default=list)

    def __str__(self) -> str:
        return self.title


class KeptWith(Restricted):
    """A file that is kept with a record whose own row does not say so: a hidden or a further one.

    `kind` and `thing_key` name the record, a row of a package above. Who sees the file sees this.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="kept_with")
    kind = models.CharField(max_length=40)
    thing_key = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["kind", "thing_key"], name="documents_kept_with")]

    def __str__(self) -> str:
        return f"{self.document} with {self.kind} {self.thing_key}"


class Version(Restricted):
    """The bytes of a document as they were received once. Never changed: a new version follows.

    `bytes_gone_at` is when they were destroyed, though the version and its hash stayed.
    """

    key = KeyField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    received_at = models.DateTimeField(default=now)
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    bytes_gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="documents_version_numbered_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("documents:download", args=[self.key])
