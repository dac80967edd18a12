"""Ending everything that an account is signed in with, at once."""

from django.db import transaction
from django.db.models import F

from concerted.access.happenings import happened
from concerted.access.models import Account, RememberedDevice, Session


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
