"""A crime report for a body: its figures as they were computed, what was written, what was done."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from concerted.access.addresses import address
from concerted.access.models import KeyField, Restricted
from concerted.crime_reports.states import OUT, UNDER_WAY, Form, ReportState, Step
from concerted.kernel.clock import now
from concerted.papers.models import Paper
from concerted.people.models import Body, Organisation, Person


class Report(Restricted):
    """Recorded crime and disorder of an area in a period, as it is put to a body.

    Until it is issued it is for those who work on it: the body's office, whoever prepared it, and
    the organisation that owns the figures and clears them. From then on whoever reads the body's
    papers reads it. `area`, `first`, `last` and `years` are what was asked of the figures.
    `follows` is the issued report whose place it takes.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    area = models.CharField(max_length=20)
    area_name = models.CharField(max_length=120)
    first = models.DateField()
    last = models.DateField()
    years = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.WRITING)
    number = models.PositiveSmallIntegerField(default=1)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=now)
    issued_on = models.DateField(null=True)

    class Meta:
        ordering = ["-prepared_at", "-id"]
        indexes = [models.Index(fields=["body", "-prepared_at"], name="crime_reports_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("crime_reports:report", self.key)

    @property
    def out(self) -> bool:
        return self.state in OUT

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY


class Figures(Restricted):
    """The figures of a report as they were computed once: never altered, computed anew beside.

    `held` is what `crime.frozen` wrote, `drafted` the words that follow from them: a list of
    [code, heading, text]. `snapshots` are what they rest on.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    number = models.PositiveSmallIntegerField()
    held = models.JSONField()
    drafted = models.JSONField()
    snapshots = ArrayField(models.PositiveIntegerField())
    computed_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["report", "-number"]
        verbose_name_plural = "figures"
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="crime_reports_figures_twice")
        ]

    def __str__(self) -> str:
        return f"figures {self.number} of {self.report}"


class Section(Restricted):
    """What the analyst says under one heading; without words it is left out.

    `drafted` are the words that the figures gave it. `rests_on` says what shows it, where the words
    name a cause or call something the most or the least.
    """

    key = KeyField()
    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    drafted = models.TextField(blank=True)
    text = models.TextField(blank=True)
    rests_on = models.CharField(max_length=400, blank=True)
    saves = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["report", "position"]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return address("crime_reports:section", self.key)

    @property
    def edited(self) -> bool:
        return self.text != self.drafted


class Done(Restricted):
    """One step in the life of a report, by whom and when; it is never altered."""

    key = KeyField()
    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=Step)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "done"

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.key}"


class Shown(Restricted):
    """Which counts a public version shows and hides; it is never altered, and never goes.

    `cells` are those of `crime.released`. Everybody here may see it, as the public may.
    """

    key = KeyField()
    report = models.ForeignKey(Report, models.PROTECT, related_name="shown")
    release_key = models.CharField(max_length=16)
    cells = models.JSONField()
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "shown"

    def __str__(self) -> str:
        return f"shown by {self.release_key}"


class Print(Restricted):
    """A report as a file, made when it was cleared: what is issued is what was cleared."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="prints")
    form = models.CharField(max_length=4, choices=Form)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["report", "form"]

    def __str__(self) -> str:
        return f"{self.get_form_display()} of {self.report}"
