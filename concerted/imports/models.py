"""Files handed over, what was read in them, and what a person answered: not records yet."""

from django.db import models
from django.urls import reverse

from concerted.access.models import KeyField, Restricted
from concerted.documents.models import Version
from concerted.imports.states import FileState, ReadAs
from concerted.jobs.models import Job
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
from concerted.people.models import Person


class Handover(Restricted):
    """Files handed over together by one person; for that person alone until accepted."""

    key = KeyField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    job = models.OneToOneField(Job, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"handover {self.key}"


class File(Restricted):
    """One file: as received, as read, and what was answered on the review page so far.

    `markup` is what is marked in a Word file; `chosen_at` is when somebody said which of its two
    texts counts, and `again` the work of reading that one.
    """

    key = KeyField()
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    sentence = models.CharField(max_length=400, blank=True)
    reading = models.JSONField(null=True)
    notes = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    markup = models.JSONField(null=True)
    read_as = models.CharField(max_length=10, choices=ReadAs, default=ReadAs.ACCEPTED)
    chosen_at = models.DateTimeField(null=True)
    again = models.OneToOneField(Job, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["handover", "position"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("imports:review", args=[self.key])

    @property
    def holds_changes(self) -> bool:
        return bool(self.markup and self.markup["changes"])

    @property
    def is_undecided(self) -> bool:
        """Whether nobody has said yet what counts: the text with its tracked changes or before."""
        return self.holds_changes and self.chosen_at is None


class MadeMeeting(Restricted):
    """Which meeting came of which meeting in the text of a file."""

    file = models.ForeignKey(File, models.PROTECT, related_name="made")
    number = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="imports_mademeeting_twice")
        ]

    def __str__(self) -> str:
        return f"meeting {self.number} of file {self.file_id}"


class NameAnswer(Restricted):
    """What somebody last answered about a printed name; it stands ready for them alone.

    `name` and `organisation` are as `matching.plain` makes them; `who` is the key of a person, or
    that the name was left out; `held_on` is the day of the meeting it was answered for.
    """

    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=20)
    held_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "name", "organisation"], name="imports_nameanswer_twice"
            )
        ]

    def __str__(self) -> str:
        return f"answer about {self.name}"
