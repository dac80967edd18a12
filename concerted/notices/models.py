"""Links that work once, mail that waits to go, and what happened that people are to hear of."""

import datetime

from django.db import models
from django.db.models import Q

from concerted.access.models import Account, Audience, KeyField
from concerted.kernel.clock import now
from concerted.notices.states import MailState


class OneTimeLink(models.Model):
    """Leave to do one thing once, for whoever holds the token.

    `purpose` is the name of the address that it leads to, `reference` the key of the thing that
    it is about. The token itself is made when its mail goes and is never stored. `opens` is the
    one audience that the wall is open to while the link is looked at or used.
    """

    key = KeyField()
    purpose = models.CharField(max_length=60)
    reference = models.CharField(max_length=16)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    opens = models.ForeignKey(Audience, models.CASCADE, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="notices_onetimelink_used_and_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return f"link {self.key}"

    def works(self, *, at: datetime.datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at


class Mail(models.Model):
    """A mail that waits, or went. Its text is made of constant words: it holds nothing restricted.

    It goes to an account, at the address that this has by then, or to an `address`. Where it has
    a link, the text says where that is to stand. Of two with the same `once` the second is not
    queued. Where its kind is composed (`notices.composing`) its words are made when it goes, from
    the thing whose key is `about`, and are never kept.
    """

    key = KeyField()
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=16, blank=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    link = models.ForeignKey(OneTimeLink, models.CASCADE, null=True, related_name="mails")
    once = models.CharField(max_length=80, null=True, unique=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) ^ ~Q(address=""),
                name="notices_mail_not_to_exactly_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Event(models.Model):
    """Something happened to the thing with the key `reference`; it goes once people are told.

    What it is called and who is to hear of it is known above, by `kind`. `by` hears nothing.
    """

    key = KeyField()
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=16)
    by = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
