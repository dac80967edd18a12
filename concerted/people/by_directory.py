"""How somebody comes to sign in through their organisation's directory, and no longer does."""

from django.db import transaction

from concerted.access.actor import SYSTEM, Actor
from concerted.access.directories import Verified, record_identity, remove_identity
from concerted.access.models import Account, Directory
from concerted.audit import trail
from concerted.kernel.verdict import NotAllowed
from concerted.notices.public import GONE
from concerted.people import policies
from concerted.people.accounts import taken_up, themselves
from concerted.people.models import Invitation, Person
from concerted.people.services import open_account

ANOTHER_DIRECTORY = (
    "You did not sign in at the directory that this invitation names, so nothing was changed. "
    "Open the link in your mail again, and sign in there."
)
SOMEBODY_ELSE = (
    "You signed in there as somebody else than this invitation is for, so nothing was changed. "
    "Sign out there and open the link in your mail again, or ask whoever invited you."
)


@transaction.atomic
def accept(*, token: str, verified: Verified) -> Account:
    """Use an invitation: whoever a directory says is there comes in as the person invited.

    Issuer and subject alone count, and are recorded once. Returns the account, to be signed in;
    raises NotAllowed, and then nothing was used.
    """
    invitation, person = taken_up(token)
    _is_meant(invitation, verified)
    account = person.account
    if account is None:
        account = open_account(SYSTEM, person=person, email=invitation.address, password=None)
    elif not account.is_active:
        raise NotAllowed(GONE)
    record_identity(account, verified, first=invitation.link.account_id is None)
    trail.note(themselves(account), "invitation.accepted", invitation)
    return account


def _is_meant(invitation: Invitation, verified: Verified) -> None:
    if invitation.directory_id != verified.directory_id:
        raise NotAllowed(ANOTHER_DIRECTORY)
    if invitation.subject and invitation.subject != verified.subject:
        raise NotAllowed(SOMEBODY_ELSE)


@transaction.atomic
def take_away(actor: Actor, *, person: Person, directory: Directory) -> None:
    """Let a person come in through a directory no more; all their sessions end. Raises NotAllowed.

    Their account stays, with its password if it has one.
    """
    policies.may_change_identity(actor, person).enforce()
    account = Account.objects.select_for_update().get(pk=person.account_id or 0)
    if not remove_identity(account, directory):
        raise NotAllowed(f"{person.name} does not come in through this directory any more.")
    trail.note(actor, "identity.taken_away", account)
