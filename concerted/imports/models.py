"""Files handed over, what was read in them, and what a person answered: not records yet."""

from django.db import models
from django.urls import reverse

from concerted.access.models import KeyField, Restricted
from concerted.documents.models import Version
from concerted.imports.states import FileState, LineState, ReadAs
from concerted.jobs.models import Job
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
from concerted.people.models import Body, Person


class Handover(Restricted):
    """Files handed over together by one person; for that person alone until accepted.

    `asked_for`: an office asked for them, so it sees them at once, and each is read as a paper.
    """

    key = KeyField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    job = models.OneToOneField(Job, models.PROTECT, related_name="+")
    asked_for = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"handover {self.key}"


class File(Restricted):
    """One file: as received, as read, and what was answered on the review page so far.

    `markup` is what is marked in a Word file; `chosen_at` is when somebody said which of its two
    texts counts, and `again` the work of reading that one. `marking` is what its pages print at
    their head or foot, or in a field.
    """

    key = KeyField()
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="files")
    within = models.ForeignKey("self", models.PROTECT, null=True, related_name="members")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    sentence = models.CharField(max_length=400, blank=True)
    marking = models.CharField(max_length=120, blank=True)
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


class ReadMeeting(Restricted):
    """One meeting of a file that waits to be checked, in short: what was read and what it asks.

    A report in a file stands as its only meeting: `report` says so, `held_on` is its own date.
    Written when the file is read and whenever somebody may have come onto the record since; gone
    when it is settled. `asks` counts its questions by what they are about, `certain` what was read
    and sure, `mark` stands for exactly this reading and these answers. `same_as` is the one that
    it is another copy of, by a person's word; `apart` says that it is another meeting of that day.
    """

    file = models.ForeignKey(File, models.CASCADE, related_name="read_meetings")
    number = models.PositiveSmallIntegerField()
    agenda = models.BooleanField(default=False)
    report = models.BooleanField(default=False)
    body = models.ForeignKey(Body, models.CASCADE, null=True, related_name="+")
    body_name = models.CharField(max_length=160, blank=True)
    held_on = models.DateField(null=True)
    starts_at = models.TimeField(null=True)
    status = models.CharField(max_length=80, blank=True)
    asks = models.JSONField(default=dict)
    questions = models.PositiveIntegerField(default=0)
    certain = models.PositiveIntegerField(default=0)
    personal = models.PositiveIntegerField(default=0)
    mark = models.CharField(max_length=64)
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies")
    apart = models.BooleanField(default=False)

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="imports_readmeeting_twice")
        ]
        indexes = [models.Index(fields=["body", "held_on"], name="imports_readmeeting_day")]

    def __str__(self) -> str:
        return f"meeting {self.number} in file {self.file_id}"

    def get_absolute_url(self) -> str:
        return reverse("imports:review_of", args=[self.file.key, self.number])


class MadeMeeting(Restricted):
    """Which meeting came of which meeting in the text of a file.

    `kept` where nothing was made: the meeting was on record, and the file is another version of
    its minutes.
    """

    file = models.ForeignKey(File, models.PROTECT, related_name="made")
    number = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    kept = models.BooleanField(default=False)

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
    that the name was left out; `held_on` is the day of the meeting it was answered for, `at` when.
    """

    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=20)
    held_on = models.DateField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "name", "organisation"], name="imports_nameanswer_twice"
            )
        ]

    def __str__(self) -> str:
        return f"answer about {self.name}"


class Batch(Restricted):
    """Meetings that one person accepted together, after looking at a sample of them."""

    key = KeyField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    job = models.OneToOneField(Job, models.PROTECT, related_name="+")
    personal = models.CharField(max_length=10)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"batch {self.key}"


class BatchLine(Restricted):
    """One meeting of a batch: made into records, or left for a person with a sentence."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.WAITING)
    sentence = models.CharField(max_length=400, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="imports_batchline_twice")
        ]

    def __str__(self) -> str:
        return f"line {self.position} of batch {self.batch_id}"
