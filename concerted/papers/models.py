"""A paper and all that it says. Children carry the audience of their paper."""

from django.db import models

from concerted.access.addresses import address
from concerted.access.models import Audience, KeyField, Restricted
from concerted.documents.models import Version
from concerted.kernel.clock import now
from concerted.papers.labels import is_late, is_tabled
from concerted.papers.pieces import Piece, pieces_of
from concerted.papers.states import Tier
from concerted.people.models import Body, Organisation, Person, Post


class Paper(Restricted):
    """A report as it was put to a body; the people behind the posts are no part of it.

    Until it is published it is with those who work on it (`working`). A later version is a paper
    of its own, with the next number, and `follows` the one before it, which stays to be read.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=400)
    dated_on = models.DateField(null=True, blank=True)
    author_text = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact_post = models.CharField(max_length=200, blank=True)
    tier = models.CharField(max_length=10, choices=Tier, default=Tier.OFFICIAL)
    marking = models.CharField(max_length=120, blank=True)
    exempt_reason = models.CharField(max_length=400, blank=True)
    review_on = models.DateField(null=True, blank=True)
    purpose = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    # None where its file is hidden: the paper reads as if it had none (documents.KeptWith).
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    accepted_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True, blank=True)
    working = models.ForeignKey(Audience, models.PROTECT, null=True, blank=True, related_name="+")
    # By when it was asked for, and when it came: what is late follows from these two.
    due_on = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    class Meta:
        ordering = ["-dated_on", "-id"]
        indexes = [models.Index(fields=["-dated_on", "-id", "audience"], name="papers_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(tier=Tier.SENSITIVE) | models.Q(review_on__isnull=False),
                name="papers_paper_sensitive_without_review",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("papers:detail", self.key)

    @property
    def late(self) -> bool:
        return is_late(self.received_at, self.due_on)

    @property
    def home_id(self) -> int:
        """The audience that it has where nothing restricts it."""
        body = self.body
        if self.published_at or self.working_id is None:
            return body.papers_audience_id
        return self.working_id

    @property
    def restricted(self) -> bool:
        if self.published_at is None and self.audience_id == self.home_id:
            return self.tier == Tier.SENSITIVE
        return self.tier == Tier.SENSITIVE or self.body.restricts(self.audience_id)


class Recommendation(Restricted):
    """What the body is asked to do; `parts` are the (letter, text) below it, as printed."""

    key = KeyField()
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    parts = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "position"], name="papers_recommendation_placed_twice"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def words(self) -> str:
        """All of it, with its parts, as it is put to a meeting."""
        return "\n".join([self.text, *(f"{letter} {words}" for letter, words in self.parts)])


class Paragraph(Restricted):
    """A paragraph with its number, and the heading that it stands under."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=20, blank=True)
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "position"], name="papers_paragraph_placed_twice"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def pieces(self) -> list[Piece]:
        return pieces_of(self.text)


class Appendix(Restricted):
    """An appendix with its own marking; `here`: its text stands in the same file."""

    key = KeyField()
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="appendices")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=20)
    title = models.CharField(max_length=300, blank=True)
    marking = models.CharField(max_length=200, blank=True)
    here = models.BooleanField(default=False)

    class Meta:
        ordering = ["paper", "position"]

    def __str__(self) -> str:
        return f"Appendix {self.ref}"


class Presentation(Restricted):
    """A meeting that the paper is put to: the body as printed, and the one that it is.

    `meeting_key` names the meeting in addresses, once that meeting is on record: papers lie
    below meetings, so nothing here points up to one. `item_key` is the item under which it is
    minuted, whose number is often another than the paper’s, once somebody has said so.
    """

    key = KeyField()
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="presentations")
    position = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    body_name = models.CharField(max_length=160, blank=True)
    on = models.DateField(null=True, blank=True)
    item_ref = models.CharField(max_length=40, blank=True)
    meeting_key = models.CharField(max_length=16, blank=True)
    item_key = models.CharField(max_length=16, blank=True)
    # When its agenda was published and when the meeting was to begin, as the paper went out.
    issued_at = models.DateTimeField(null=True, blank=True)
    begins_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["paper", "position"]
        indexes = [models.Index(fields=["meeting_key", "audience"], name="papers_put_to_meeting")]

    def __str__(self) -> str:
        return f"presentation {self.key}"

    @property
    def tabled(self) -> bool:
        return is_tabled(self.paper.published_at, self.issued_at, self.begins_at)


class Put(Restricted):
    """A recommendation as it was put to one meeting; `of` is that of the paper, if it is one.

    Where its words are other than those of the paper, it was reworded for that meeting.
    """

    key = KeyField()
    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="puts")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    of = models.ForeignKey(Recommendation, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["presentation", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["presentation", "position"], name="papers_put_placed_twice"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Withdrawal(Restricted):
    """That a published paper was taken back, and why. What it said stays to be read."""

    key = KeyField()
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="withdrawal")
    because = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"withdrawal {self.key}"
