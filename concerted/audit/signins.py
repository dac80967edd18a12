"""Signing in, and what somebody signs in with, on the trail: access lies below and cannot write."""

from typing import Any

from django.dispatch import receiver

from concerted.access.actor import Actor
from concerted.access.happenings import happened
from concerted.access.models import Account
from concerted.audit import trail
from concerted.audit.models import Verb


@receiver(happened)
def write_down(account: Account, what: str, verb: str = Verb.ALTER, **_: Any) -> None:
    """One line: whose account, and what happened to it."""
    trail.note(Actor(pseudonym=account.key), what, account, verb=Verb(verb))
