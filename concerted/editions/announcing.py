"""Mails about a release: to whoever may approve it, that it waits; to whoever asked, its outcome.

Their words are constant, so that no mail can hold what is restricted.
"""

from collections.abc import Iterator

from django.db import transaction
from procrastinate.contrib.django import app

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.editions import queries
from concerted.editions.models import Release
from concerted.editions.states import ReleaseState
from concerted.notices.public import queue_mail
from concerted.people.public import accounts_today, acting_as

TELL = "editions.tell"
FOOT = "\n\nThis mail was sent by Concerted. Nobody will ask you for your password.\n"
WAITS = "Something waits for your approval"
WAITS_TEXT = (
    "You are one of those who may approve something before it is made public, and it waits for "
    "that now. One approval is enough.\n\n"
    "Sign in, and choose The public edition." + FOOT
)
DECIDED = "What you asked to make public was decided"
DECIDED_TEXT = (
    "Something that you asked to make public was approved or stopped by somebody else.\n\n"
    "Sign in, and choose The public edition: it says which." + FOOT
)


def tell_soon(release: Release) -> None:
    """Have a worker tell, once this transaction is committed."""
    app.configure_task(TELL).defer(release_key=release.key)


@transaction.atomic
def tell(release_key: str) -> int:
    """Queue the mails that a release asks for as it stands; safe to run again. Returns how many.

    Each is asked as the person whom it would go to, so nobody hears of what they may not see.
    """
    return sum(_tell(actor, account, release_key) for actor, account in _everybody())


def _everybody() -> Iterator[tuple[Actor, Account]]:
    appointed = [one.account_id for one in accounts_today() if one.appointed]
    for account in Account.objects.filter(pk__in=appointed, is_active=True).order_by("pk"):
        with acting_as(account) as actor:
            yield actor, account


def _tell(actor: Actor, account: Account, release_key: str) -> bool:
    release = queries.visible_to(actor).filter(key=release_key).first()
    if release is None:
        return False
    if release.state == ReleaseState.ASKED:
        waits = any(one.pk == release.pk for one in queries.to_approve(actor))
        once = f"editions.waits {release.key} {account.key}"
        return waits and _mail("editions.waits", WAITS, WAITS_TEXT, account, once)
    if release.asked_by_id != actor.person_id or _decided_by(release) in (None, actor.person_id):
        return False
    return _mail("editions.decided", DECIDED, DECIDED_TEXT, account, f"decided {release.key}")


def _decided_by(release: Release) -> int | None:
    if release.state == ReleaseState.STOPPED:
        return release.ended_by_id
    return release.approved_by_id


def _mail(kind: str, subject: str, text: str, account: Account, once: str) -> bool:
    sent = queue_mail(kind=kind, subject=subject, text=text, account=account, once=once)
    return sent is not None
