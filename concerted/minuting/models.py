"""Minutes before they are on record, the steps taken with them, and corrections afterwards."""

from django.db import models

from concerted.access.addresses import address
from concerted.access.models import KeyField, Restricted
from concerted.kernel.clock import now
from concerted.meetings.models import Item, Meeting
from concerted.minuting.states import Came, MinutesState, Taken
from concerted.people.models import Person, Seat


class Minutes(Restricted):
    """The minutes of one meeting, from the first word typed until they are circulated.

    They are the office's; the chair reads them through `queries.as_chair`. `version` counts
    changes of the attendance. `others` are people in attendance, one a line.
    """

    key = KeyField()
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="written")
    state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.WRITING)
    version = models.PositiveIntegerField(default=1)
    others = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"minutes of meeting {self.meeting_id}"

    def get_absolute_url(self) -> str:
        return address("minuting:detail", self.meeting.key)


class Attender(Restricted):
    """A seat of the body on the day, who fills it, and whether they came."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="attenders")
    position = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=160, blank=True)
    organisation_name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    came = models.CharField(max_length=12, choices=Came, blank=True, default=Came.NOT_SAID)
    substitute = models.CharField(max_length=160, blank=True)
    # As the clock on the wall showed it; empty where somebody was there from the beginning on.
    arrived_at = models.TimeField(null=True)
    left_at = models.TimeField(null=True)

    class Meta:
        ordering = ["minutes", "position"]

    def __str__(self) -> str:
        return self.name or self.organisation_name


class Draft(Restricted):
    """What is typed under an item; gone once the minutes are on record.

    `version` counts its changes, so that of two who type at once neither overwrites the other.
    `page` names the open page that saved last: it may send again what it got no answer to.
    """

    key = KeyField()
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="drafts")
    item = models.OneToOneField(Item, models.CASCADE, related_name="draft")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    page = models.CharField(max_length=16, blank=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["minutes", "item__position", "item_id"]

    def __str__(self) -> str:
        return f"draft {self.key}"


class Recorded(Restricted):
    """Words of a draft that are an action on record already."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="recorded")
    words = models.TextField()
    action_key = models.CharField(max_length=16)

    class Meta:
        ordering = ["draft", "id"]

    def __str__(self) -> str:
        return f"action {self.action_key}"


class Step(Restricted):
    """Who did what with minutes, when, and in which words; never altered."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="steps")
    taken = models.CharField(max_length=10, choices=Taken)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["minutes", "id"]

    def __str__(self) -> str:
        return str(self.get_taken_display())


class Correction(Restricted):
    """What minutes should have said of an item; the minutes stay as they are.

    `agreed_at` is the meeting that agreed it; none where it was made before the members had the
    minutes. Without `before`, `after` is a note.
    """

    key = KeyField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="corrections")
    before = models.TextField(blank=True)
    after = models.TextField()
    agreed_at = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["item", "id"]

    def __str__(self) -> str:
        return f"correction {self.key}"
