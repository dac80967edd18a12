"""What somebody is to hear of, how they want it, and the letters that wait for a secretary."""

from django.db import models
from django.db.models import Q

from concerted.access.addresses import address
from concerted.access.models import Account, KeyField, Restricted
from concerted.kernel.clock import now
from concerted.notices.models import Mail
from concerted.notifying.states import LetterState, Wanted
from concerted.people.models import Body, Organisation, Person


class Preference(models.Model):
    """What mail an account wants. Without a row it is one mail a day."""

    key = KeyField()
    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    wanted = models.CharField(max_length=10, choices=Wanted)
    chosen_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"preference {self.key}"


class Notice(models.Model):
    """Somebody is to hear of a thing; what it says is asked as them when the mail is made.

    `about` tells apart what is said of one thing more than once, such as each due date. `mail` is
    the one that brings it; where that was given up, another does.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=16)
    about = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField(default=now)
    mail = models.ForeignKey(Mail, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "reference", "about"], name="notifying_notice_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Letter(Restricted):
    """A mail to a whole body, or to those who lead an organisation: it goes when it is sent.

    News of one body gather in the one that waits. Seen by the office of the body; what is news of
    restricted things has their audience, and is `constant`: its mail says nothing of them.
    """

    key = KeyField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    # Whose lead it goes to; without one it goes to all who sit on the body.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    constant = models.BooleanField(default=False)
    opening = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.WAITING)
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "organisation", "audience", "constant"],
                condition=Q(state=LetterState.WAITING),
                nulls_distinct=False,
                name="notifying_letter_two_waiting",
            ),
            models.CheckConstraint(
                condition=Q(constant=False) | Q(opening=""),
                name="notifying_letter_constant_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.key}"

    def get_absolute_url(self) -> str:
        return address("notifying:letter", self.key)


class News(Restricted):
    """One thing that a letter tells of; what it says is asked when it is shown or sent."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="news")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=16)
    about = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "news"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "kind", "reference", "about"], name="notifying_news_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
