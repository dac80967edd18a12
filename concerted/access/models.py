"""Accounts, audiences, and the base of every row that can be restricted."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from concerted.kernel.clock import now
from concerted.kernel.keys import new_key


class KeyField(models.CharField):  # type: ignore[type-arg]
    """The random name of a row in addresses, forms, feeds and file names."""

    def __init__(self, **kwargs: Any) -> None:
        fixed: dict[str, Any] = {
            "max_length": 16,
            "unique": True,
            "default": new_key,
            "editable": False,
        }
        super().__init__(**fixed | kwargs)


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None) -> "Account":
        account = self.model(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """What somebody signs in with. A person may have none; nobody shares one."""

    key = KeyField()
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    def __str__(self) -> str:
        return f"account {self.key}"


class AudienceKind(models.TextChoices):
    EVERYONE = "everyone", "everyone with an appointment"
    BODY = "body", "a body"
    PERSONAL = "personal", "one person alone"
    LISTED = "listed", "listed bodies, organisations and posts"


class Audience(models.Model):
    """A set of bodies, organisations and posts: who may see the rows that carry it.

    Its members are `people.AudienceMember`; nothing here says who they are.
    """

    kind = models.CharField(max_length=10, choices=AudienceKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind="everyone"),
                name="access_audience_one_everyone",
            )
        ]

    def __str__(self) -> str:
        return f"audience {self.pk}"


class Restricted(models.Model):
    """The base of every row that can be restricted: one column decides who sees it.

    The same column serves `visible_to(actor)` and the row-level policy of the table
    (see `access.protection`).
    """

    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
