"""The files of packs as they were built, what somebody has seen of a pack, and their own notes."""

from django.db import models

from concerted.access.models import KeyField, Restricted
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
from concerted.papers.models import Paper
from concerted.people.models import Person


class Pack(Restricted):
    """A part of the pack of a meeting, for those on its audience, as it was built.

    Part 1 is the agenda with its papers, later ones supplement it. It keeps no words: `marks` are
    those of its sections, `pages` says on which page each mark stands, `stands` names all things
    that its files speak of. `standing` is when and where the meeting was to be.
    """

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    marks = models.JSONField(default=list)
    pages = models.JSONField(default=dict)
    stands = models.JSONField(default=list)
    standing = models.CharField(max_length=340)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["meeting", "number", "id"]

    def __str__(self) -> str:
        return f"pack {self.key}"

    @property
    def name(self) -> str:
        return "Agenda and papers" if self.number == 1 else f"Supplement {self.number - 1}"


class Print(Restricted):
    """The PDF of a part, in ordinary or large print. It can be made again, so it is no file as
    received: it lies behind the same wall as its part, and goes with it."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="prints")
    large = models.BooleanField()
    pdf = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["pack", "large"]

    def __str__(self) -> str:
        return f"print of {self.pack}"


class Look(Restricted):
    """What one member has seen of the pack of a meeting, as they said; for nobody but them."""

    key = KeyField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seen = models.JSONField(default=list)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"look {self.key}"


class Note(Restricted):
    """What somebody wrote for themselves on a paper; for nobody but them. It stays with the
    version that it was written on, and is shown with each later one."""

    key = KeyField()
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"note {self.key}"
