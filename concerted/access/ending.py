"""Ending everything that an account is signed in with, at once; and forgetting whose it was."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from concerted.access.happenings import happened
from concerted.access.models import Account, DirectoryIdentity, RememberedDevice, Session


@transaction.atomic
def end_sessions(account: Account) -> int:
    """End all sessions, remembered devices and links for a new password. How many sessions."""
    count, _ = Session.objects.filter(account=account).delete()
    devices, _ = RememberedDevice.objects.filter(account=account).delete()
    Account.objects.filter(pk=account.pk).update(links_void=F("links_void") + 1)
    if count or devices:
        happened.send(Account, account=account, what="sessions.ended")
    return count


def end_session(account: Account, key: str) -> bool:
    """End one session of an account. Whether there was one of that name."""
    count, _ = Session.objects.filter(account=account, key=key).delete()
    if count:
        happened.send(Account, account=account, what="session.ended")
    return bool(count)


def end_other_sessions(account: Account, *, but: str) -> int:
    """End all sessions of an account but the one of this name. How many."""
    count, _ = Session.objects.filter(account=account).exclude(key=but).delete()
    if count:
        happened.send(Account, account=account, what="sessions.ended")
    return count


def forget_device(account: Account, key: str) -> bool:
    """Ask a remembered device for the second factor again. Whether there was one of that name."""
    count, _ = RememberedDevice.objects.filter(account=account, key=key).delete()
    if count:
        happened.send(Account, account=account, what="device.forgotten")
    return bool(count)


FORGOTTEN = "@removed.invalid"  # a name that no mail server has


@transaction.atomic
def forget(account: Account) -> tuple[str, ...]:
    """Take out all that an account signs in with, and its address; its row and key stay.

    Returns the names of the fields that were replaced. Safe to run again.
    """
    end_sessions(account)
    DirectoryIdentity.objects.filter(account=account).delete()
    Authenticator.objects.filter(user=account).delete()
    EmailAddress.objects.filter(user=account).delete()
    account.refresh_from_db()
    account.email = f"{account.key}{FORGOTTEN}"
    account.set_unusable_password()
    account.last_login = None
    account.is_active = False
    fields = ("email", "is_active", "last_login", "password")
    account.save(update_fields=fields)
    return fields
