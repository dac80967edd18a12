"""A meeting and all that its minutes hold. Children carry the audience of their parent."""

from django.db import models

from concerted.access.addresses import address
from concerted.access.models import KeyField, Restricted
from concerted.documents.models import Document
from concerted.kernel.clock import now
from concerted.meetings.states import (
    NOT_HELD,
    Attended,
    Business,
    MeetingState,
    Outcome,
    Part,
    Rearranged,
)
from concerted.people.models import Body, Organisation, Person, Post


class Meeting(Restricted):
    # Set by the query of its page: nothing is asked of closed things where there are none.
    says_closed = True
    # And nothing of packages above beside its items, where they keep nothing there.
    has_beside = True
    # And nothing of where it was moved from, where it was not.
    was_rearranged = True
    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=MeetingState, default=MeetingState.PLANNED)
    status_as_printed = models.CharField(max_length=80, blank=True)
    next_meeting_on = models.DateField(null=True, blank=True)
    length_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # The last issue of its agenda that was published; what came with a later one is a draft.
    agenda_issue = models.PositiveSmallIntegerField(default=0)
    # Its minutes are with the body's office until they are circulated; the meeting itself is not.
    with_office = models.BooleanField(default=False)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [
            models.Index(fields=["-held_on", "-id", "audience"], name="meetings_meeting_newest")
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return address("meetings:detail", self.key)

    @property
    def restricted(self) -> bool:
        return self.body.restricts(self.audience_id)

    @property
    def minutes_audience_id(self) -> int:
        """Who sees what its minutes say, where nothing in them is restricted."""
        shared = self.audience_id == self.body.papers_audience_id
        return self.body.office_audience_id if self.with_office and shared else self.audience_id

    @property
    def standing(self) -> str:
        """When and where it is to be, so that of two who move it the second is told."""
        return f"{self.held_on} {self.starts_at or '-'} {self.venue}".strip()


class Rearrangement(Restricted):
    """That a planned meeting was moved or cancelled, why, and when and where it was to be."""

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="rearrangements")
    did = models.CharField(max_length=10, choices=Rearranged)
    was_on = models.DateField()
    was_at = models.TimeField(null=True)
    was_venue = models.CharField(max_length=300, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.did} from {self.was_on}"


class Item(Restricted):
    """One item of business, in the order of the minutes; before them, of the agenda.

    `issue` is that of the agenda that it came with, `withdrawn_in` the one that took it back.
    `under` sets it below the item before it: 2(a).
    """

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=400, blank=True)
    part = models.CharField(max_length=12, choices=Part, default=Part.PUBLIC)
    sub_items = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=20, choices=Business, blank=True)
    under = models.BooleanField(default=False)
    minutes_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    presenter = models.CharField(max_length=200, blank=True)
    presenter_post = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    presenter_person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    issue = models.PositiveSmallIntegerField(default=0)
    withdrawn_in = models.PositiveSmallIntegerField(null=True, blank=True)
    # Of paragraphs with an audience of their own the text holds nothing: they are `Paragraph`s.
    text = models.TextField(blank=True)
    pieces = models.JSONField(default=list, blank=True)

    class Meta:
        # No two need to differ: an answer "this place is taken" would tell of a hidden item.
        ordering = ["meeting", "position", "id"]

    def __str__(self) -> str:
        return self.title or f"Item {self.ref or self.position}"

    @property
    def is_draft(self) -> bool:
        """Whether the meeting has not been held, and no published issue of its agenda holds it."""
        return self.meeting.state in NOT_HELD and self.issue > self.meeting.agenda_issue

    @property
    def home_id(self) -> int:
        """The audience that it has while nothing restricts it: of a draft, the body's office."""
        body, whole = self.meeting.body, self.meeting.audience_id
        if self.is_draft and whole == body.papers_audience_id:
            return body.office_audience_id
        return self.meeting.minutes_audience_id


class Reference(Restricted):
    """What an item says of an earlier minute: its number, its day if said, and which one it is."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="references")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=40)
    held_on = models.DateField(null=True, blank=True)
    printed = models.CharField(max_length=200)
    to = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="taken_up_again"
    )

    class Meta:
        ordering = ["item", "position"]

    def __str__(self) -> str:
        return self.printed


class Passage(Restricted):
    """Words withheld from an item's text; where they stood the text says `[withheld 1]`."""

    key = KeyField()
    item = models.ForeignKey(Item, models.CASCADE, related_name="passages")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["item", "number"]

    def __str__(self) -> str:
        return f"passage {self.number} of item {self.item_id}"


class Paragraph(Restricted):
    """A paragraph of an item's text that somebody chose to restrict, by its place in the text.

    While it is restricted its words stand here and not in the text of the item; once it is open
    again they stand there, byte for byte where they were, and here is nothing.
    """

    key = KeyField()
    item = models.ForeignKey(Item, models.CASCADE, related_name="kept_paragraphs")
    place = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["item", "place"]

    def __str__(self) -> str:
        return f"paragraph {self.key}"


class Attendance(Restricted):
    """One name in a list of the minutes, as printed, and whom it was matched to."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    position = models.PositiveSmallIntegerField()
    attended = models.CharField(max_length=16, choices=Attended)
    name = models.CharField(max_length=160)
    organisation_name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    representing = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["meeting", "position"]

    def __str__(self) -> str:
        return self.name


class Decision(Restricted):
    """What a body settled under an item, in the words it will be held to."""

    key = KeyField()
    item = models.ForeignKey(Item, models.CASCADE, related_name="decisions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    decided_on = models.DateField()
    code = models.CharField(max_length=30, choices=Outcome)
    text = models.TextField()
    doubt = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["item", "position"]
        indexes = [
            models.Index(fields=["-decided_on", "audience"], name="meetings_decision_newest")
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return f"{self.item.meeting.get_absolute_url()}#d-{self.key}"


class Limb(Restricted):
    """One part of a decision, with an outcome of its own."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="limbs")
    position = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=4, blank=True)
    code = models.CharField(max_length=30, choices=Outcome)
    text = models.TextField()

    class Meta:
        ordering = ["decision", "position"]

    def __str__(self) -> str:
        return self.text[:80]
