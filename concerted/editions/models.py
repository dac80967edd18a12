"""Public texts, their release, what the leak check found, and what went out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from concerted.access.addresses import address
from concerted.access.models import KeyField, Restricted
from concerted.editions.states import Errand, ReleaseState, SourceKind
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
from concerted.papers.models import Paper
from concerted.people.models import Body, Organisation, Partnership, Person


class PublicText(Restricted):
    """The public text of a meeting or a paper, one version of it, for the body's office.

    `content` is what `editions.content` describes. Once it is approved the database refuses any
    change. `source_digest` is the fingerprint of what it was made from (`editions.sources`);
    `kept` are words that look like a personal detail and that a person said may stay.
    """

    key = KeyField()
    kind = models.CharField(max_length=10, choices=SourceKind)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    kept = models.JSONField(default=list, blank=True)
    source_digest = models.CharField(max_length=64)
    saves = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=now)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) ^ Q(paper__isnull=True),
                name="editions_publictext_not_of_exactly_one",
            )
        ]

    def __str__(self) -> str:
        return f"public text {self.key}"


class Release(Restricted):
    """The way of one public text to the public edition.

    A draft is for the body's office; from being asked for on it is for those who see the source.
    `frozen` is the exact content (`editions.freezing`), `sha256` the fingerprint of it: what was
    approved is byte for byte what goes. `tables` are its figures, with the counts that they hide.
    `restricted`: something in the source was restricted, as far as whoever asked saw it.
    `source_key` is the key of the meeting or paper.
    """

    key = KeyField()
    text = models.OneToOneField(PublicText, models.PROTECT, related_name="release")
    kind = models.CharField(max_length=10, choices=SourceKind)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    source_key = models.CharField(max_length=16, db_index=True)
    title = models.CharField(max_length=400)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.DRAFT)
    source_digest = models.CharField(max_length=64)
    frozen = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    tables = models.JSONField(default=list)
    restricted = models.BooleanField(default=False)
    originator = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_for = ArrayField(models.BigIntegerField(), default=list, blank=True)
    asked_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    hits = models.PositiveIntegerField(default=0)
    hits_accepted = models.PositiveIntegerField(default=0)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    pushed_at = models.DateTimeField(null=True)
    look_again = models.BooleanField(default=False)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("editions:release", self.key)

    @property
    def hits_open(self) -> int:
        """Hits that nobody on their audience has called a coincidence."""
        return self.hits - self.hits_accepted


class LeakHit(Restricted):
    """Words of a restricted thing found in what would go out: for that thing's audience alone.

    `reference` is the key of the thing, `digest` the fingerprint of the words as compared,
    `paths` the pages they stand on, `around` the words about them on the first.
    """

    key = KeyField()
    release = models.ForeignKey(Release, models.CASCADE, related_name="found")
    kind = models.CharField(max_length=60)
    reference = models.CharField(max_length=16, blank=True)
    words = models.CharField(max_length=400)
    digest = models.CharField(max_length=64)
    paths = models.JSONField(default=list)
    around = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField(default=now)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-found_at", "id"]

    def __str__(self) -> str:
        return f"hit {self.key}"


class Outgoing(models.Model):
    """What waits to be carried to the public edition, in order; the content stays elsewhere."""

    errand = models.CharField(max_length=10, choices=Errand)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    made_at = models.DateTimeField(default=now)
    tries = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], name="editions_waiting", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.errand} of release {self.release_id}"


class Published(models.Model):
    """One thing of the public edition as it stands there: public, so for everybody here too.

    `frozen` is its content; of what was withdrawn only the tombstone is left.
    """

    key = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=10)
    frozen = models.TextField()
    pushed_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class EditionSettings(Restricted):
    """How this partnership publishes. `contact` is the role mailbox that the public sees."""

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="+")
    contact = models.EmailField(blank=True)
    alone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "settings of the public edition"


class NamedPublicly(Restricted):
    """A person whom public texts may name, as the holder of a public office, until it ends."""

    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.CharField(max_length=160)
    since = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"named publicly {self.key}"
