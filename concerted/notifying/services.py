"""Choosing what mail one gets, signed in or by the link in a mail."""

from django.db import transaction

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Account
from concerted.audit import trail
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.notifying import policies
from concerted.notifying.composing import key_in
from concerted.notifying.models import Preference
from concerted.notifying.states import Wanted


@transaction.atomic
def choose(actor: Actor, *, wanted: str) -> Preference:
    """Choose what mail one gets oneself."""
    policies.may_choose(actor).enforce()
    preference = _set(actor.account_id, wanted)
    trail.note(actor, "preference.chosen", preference, fields=["wanted"])
    return preference


@transaction.atomic
def stop(token: str) -> Preference:
    """Stop the mail of an account by the link in one of them. Raises NotAllowed for no such link.

    It needs no account and can be repeated; what the law needs still goes.
    """
    account = Account.objects.filter(key=key_in(token) or "").first()
    if account is None:
        raise NotAllowed("This link does not work. Copy it whole from the mail, or sign in.")
    preference = _set(account.pk, Wanted.NONE)
    trail.note(SYSTEM, "preference.stopped", preference, fields=["wanted"])
    return preference


def _set(account_id: int, wanted: str) -> Preference:
    preference, _ = Preference.objects.update_or_create(
        account_id=account_id, defaults={"wanted": wanted, "chosen_at": now()}
    )
    return preference
