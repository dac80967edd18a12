"""Accounts, audiences, and the base of every row that can be restricted."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
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
    # Part of every link that lets choose a password: raised, it makes those sent before void.
    links_void = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    def __str__(self) -> str:
        return f"account {self.key}"


class Session(AbstractBaseSession):
    """A visit from one browser, and of whose account; `expire_date` is when it ends if idle.

    The first three columns are the framework's. The row has an account only from
    sign-in on; its key stands in addresses, the session's own key never does.
    """

    # Not unique: the same visit goes on under a new session key, and has two rows for a moment.
    key = models.CharField(max_length=16, db_index=True, null=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    began = models.DateTimeField(null=True)
    last_used = models.DateTimeField(default=now)
    device = models.CharField(max_length=60, default="")

    def __str__(self) -> str:
        return f"session {self.key or 'of nobody'}"


class RememberedDevice(models.Model):
    """A browser that need not be asked for the second factor until a day. The cookie is hashed."""

    key = KeyField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    token = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=60)
    remembered_at = models.DateTimeField(default=now)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"device {self.key}"


class Tries(models.Model):
    """How often something was tried since a moment. Whose tries they are is hashed."""

    what = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.count} tries"


class Directory(models.Model):
    """The directory of one organisation, through which its people sign in by OpenID Connect.

    The client's secret is not here: it comes from the environment, under `name`.
    """

    key = KeyField()
    name = models.SlugField(unique=True)
    label = models.CharField(max_length=120)
    issuer = models.URLField(unique=True)
    client_id = models.CharField(max_length=200)
    # Of people.Organisation, which lies above: a number, not a foreign key.
    organisation_id = models.BigIntegerField()
    # Whether its word counts as second factor: it says so itself each time, by `amr` or this `acr`.
    asks_second_factor = models.BooleanField(default=False)
    second_factor_acr = models.CharField(max_length=200, default="", blank=True)
    is_open = models.BooleanField(default=True)
    # What was offered before this moment leads nowhere: closing ends it for good.
    open_since = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "directories"

    def __str__(self) -> str:
        return self.name


class DirectoryIdentity(models.Model):
    """Who an account is in a directory: its `subject` there, as an invitation recorded it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="identities")
    directory = models.ForeignKey(Directory, models.PROTECT, related_name="identities")
    subject = models.CharField(max_length=255)
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "directory identities"
        constraints = [
            models.UniqueConstraint(fields=["directory", "subject"], name="access_identity_one"),
            models.UniqueConstraint(
                fields=["directory", "account"], name="access_identity_one_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"identity {self.pk}"


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
