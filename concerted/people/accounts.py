"""How somebody gets an account, loses it, and is let in again: policy, change, trail."""

import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from concerted.access.actor import SYSTEM, Actor
from concerted.access.directories import identities_of, open_ones
from concerted.access.ending import end_sessions
from concerted.access.factors import remove_factors
from concerted.access.models import Account, Directory
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.notices.public import GONE, make_link, queue_mail, use, withdraw, working
from concerted.people import account_queries, letters, policies, queries
from concerted.people.ending import end_access, keeping_a_manager, one_at_a_time, own_audience_of
from concerted.people.letters import Letter
from concerted.people.models import Invitation, Person, Recovery
from concerted.people.services import open_account
from concerted.people.standing import open_to

INVITED = "people:welcome"
RECOVERED = "people:again"
INVITATION_LASTS = datetime.timedelta(days=7)
RECOVERY_LASTS = datetime.timedelta(hours=24)
NOT_THERE = "This person cannot be invited any more. Look at the list again."


@transaction.atomic
def invite(
    actor: Actor,
    *,
    person: Person,
    address: str,
    directory: Directory | None = None,
    subject: str = "",
) -> Invitation:
    """Offer a person an account by a link to an address, which works once for 7 days.

    With a `directory` of an organisation of theirs, they come in through that; with a `subject`,
    only as whom it knows by that. What is done and answered is the same whether the address signs
    in already: then only the mail that goes there is another, without a link.
    """
    policies.may_keep_accounts(actor).enforce()
    person = _locked(actor, person)
    policies.may_invite(actor, person, holds=queries.holds_anything(person)).enforce()
    _refuse_another(actor, person)
    return _send(actor, person, address, "invitation.sent", directory, subject)


@transaction.atomic
def invite_through(
    actor: Actor, *, person: Person, directory: Directory, subject: str = ""
) -> Invitation:
    """Offer somebody who has an account to come in through a directory of their organisation.

    The link goes to the account's own address and ends with the account's access.
    """
    policies.may_change_identity(actor, person).enforce()
    person = _locked(actor, person)
    account = Account.objects.select_for_update().get(pk=person.account_id or 0)
    if not account.is_active:
        raise NotAllowed("This account is closed. Open it again first.")
    if identities_of([account.pk]).filter(directory=directory).exists():
        raise NotAllowed(f"{person.name} comes in through this directory already.")
    _refuse_another(actor, person)
    what = "invitation.sent"
    return _send(actor, person, account.email, what, directory, subject, account)


def _refuse_another(actor: Actor, person: Person, *, but: int = 0) -> None:
    for one in account_queries.invitations_visible_to(actor).filter(person=person).exclude(pk=but):
        if one.link.works(at=now()):
            raise NotAllowed(
                f"{person.name} is invited already. Withdraw that invitation, or send it anew."
            )


@transaction.atomic
def send_anew(actor: Actor, *, invitation: Invitation) -> Invitation:
    """Withdraw an invitation and send another to the same address."""
    policies.may_keep_accounts(actor).enforce()
    person = _locked(actor, invitation.person)
    policies.may_invite(actor, person, holds=queries.holds_anything(person)).enforce()
    _refuse_another(actor, person, but=invitation.pk)
    withdraw(invitation.link, why="Another was sent.")
    directory, subject = invitation.directory, invitation.subject
    return _send(actor, person, invitation.address, "invitation.sent_anew", directory, subject)


@transaction.atomic
def withdraw_invitation(actor: Actor, *, invitation: Invitation) -> None:
    """End an invitation that was not used; its link stops working at once."""
    policies.may_keep_accounts(actor).enforce()
    if not withdraw(invitation.link, why="The invitation was withdrawn."):
        raise NotAllowed("This invitation was used or withdrawn already.")
    trail.note(actor, "invitation.withdrawn", invitation)


def _locked(actor: Actor, person: Person) -> Person:
    found = queries.people_visible_to(actor).select_for_update(of=("self",)).filter(pk=person.pk)
    for one in found:
        return one
    raise NotAllowed(NOT_THERE)


def _send(
    actor: Actor,
    person: Person,
    address: str,
    what: str,
    directory: Directory | None,
    subject: str,
    account: Account | None = None,
) -> Invitation:
    if directory:
        organisations = account_queries.organisations_held_through(actor, person)
        policies.may_come_in_through(person, directory, organisations=organisations).enforce()
    invitation = Invitation(
        person=person,
        address=address.strip().lower(),
        directory=directory,
        subject=subject.strip() if directory else "",
        sent_by_id=actor.account_id,
        audience_id=person.audience_id,
    )
    invitation.link = make_link(
        purpose=INVITED,
        reference=invitation.key,
        lasts=INVITATION_LASTS,
        account=account,
        opens=person.audience_id,
    )
    invitation.save()
    _post_invitation(invitation, account)
    trail.note(actor, what, invitation, verb=Verb.COLLECT)
    return invitation


def _post_invitation(invitation: Invitation, account: Account | None) -> None:
    link, address = invitation.link, invitation.address
    if account:
        _post(letters.DIRECTORY_OFFERED, account=account, link=link)
    elif Account.objects.filter(email=address).exists():
        _post(letters.INVITED_AGAIN, address=address)
    elif invitation.directory:
        _post(letters.INVITATION_BY_DIRECTORY, address=address, link=link)
    else:
        _post(letters.INVITATION, address=address, link=link)


def _post(letter: Letter, **to: object) -> None:
    queue_mail(kind=letter.kind, subject=letter.subject, text=letter.text, **to)  # type: ignore[arg-type]


def invited(token: str) -> Invitation | None:
    """The invitation of a link that still works; the wall is open to it alone afterwards.

    One through a directory ends with the directory: closed once, it leads nowhere for good.
    """
    link = working(token, purpose=INVITED)
    if link is None or link.opens_id is None:
        return None
    open_to((link.opens_id,))
    found = Invitation.objects.select_related("person", "directory", "link")
    invitation = found.get(key=link.reference)
    return invitation if still_holds(invitation, invitation.person) else None


def still_holds(invitation: Invitation, person: Person) -> bool:
    """Whether what an invitation offers can still be taken up, its link apart."""
    if person.same_as_id or person.account_id != invitation.link.account_id:
        return False
    directory = invitation.directory
    if directory is None:
        return True
    return invitation.sent_at >= directory.open_since and (
        open_ones().filter(pk=directory.pk).exists()
    )


@transaction.atomic
def accept(*, token: str, password: str) -> Account:
    """Use an invitation: the account is made, with this password. Returns it, to be signed in.

    Raises ValidationError for a weak password, NotAllowed where the link works no longer; then
    nothing was used.
    """
    invitation, person = taken_up(token)
    if invitation.directory_id:
        raise NotAllowed("This invitation leads through a directory. Open its link again.")
    validate_password(password, Account(email=invitation.address))
    account = open_account(SYSTEM, person=person, email=invitation.address, password=password)
    trail.note(themselves(account), "invitation.accepted", invitation)
    return account


def taken_up(token: str) -> tuple[Invitation, Person]:
    """Use the link of an invitation up; it, and the person whom it is for, locked.

    Raises NotAllowed where it works no longer. An address that signs in meanwhile ends it, unless
    it is for the account of that address.
    """
    link = use(token, purpose=INVITED)
    open_to((link.opens_id or 0,))
    invitation = Invitation.objects.select_related("directory", "link").get(key=link.reference)
    person = Person.objects.select_for_update(of=("self",)).get(pk=invitation.person_id)
    one_at_a_time()
    taken = link.account_id is None and Account.objects.filter(email=invitation.address).exists()
    if taken or not still_holds(invitation, person):
        raise NotAllowed(GONE)
    return invitation, person


def themselves(account: Account) -> Actor:
    """Whoever follows a link of their own account, for the trail."""
    return Actor(account_id=account.pk, pseudonym=account.key)


@transaction.atomic
def close_account(actor: Actor, *, person: Person) -> None:
    """Let an account sign in no more. Everything that hangs on its access ends at once."""
    account = _account_of(actor, person)
    with keeping_a_manager():
        account.is_active = False
        account.save(update_fields=["is_active"])
    end_access(actor, account, own_audience_id=own_audience_of(person))
    trail.note(actor, "account.closed", account, fields=["is_active"])


@transaction.atomic
def open_account_again(actor: Actor, *, person: Person) -> None:
    """Let a closed account sign in again, with what its appointments give today."""
    account = _account_of(actor, person, open_now=False)
    account.is_active = True
    account.save(update_fields=["is_active"])
    trail.note(actor, "account.opened_again", account, fields=["is_active"])


def _account_of(actor: Actor, person: Person, *, open_now: bool = True) -> Account:
    policies.may_close_account(actor, person).enforce()
    account = Account.objects.select_for_update().get(pk=person.account_id or 0)
    if account.is_active != open_now:
        raise NotAllowed(
            "This account is closed already." if open_now else "This account is open already."
        )
    return account


@transaction.atomic
def ask_for_recovery(*, email: str) -> None:
    """Somebody who lost password and second factor asks to be let in again.

    Says nothing of whether the address signs in. One request stands at a time; one that nobody
    settled in time makes room for the next.
    """
    account = account_queries.account_of(email)
    if account is None:
        return
    Account.objects.select_for_update().get(pk=account.pk)
    open_ones = Recovery.objects.filter(account=account, second_by=None, refused_by=None)
    open_ones.filter(asked_at__lte=now() - account_queries.RECOVERY_LASTS).delete()
    if open_ones.exists():
        return
    recovery = Recovery.objects.create(account=account)
    _post(letters.RECOVERY_ASKED, account=account)
    trail.note(themselves(account), "recovery.asked", recovery, verb=Verb.COLLECT)


@transaction.atomic
def vouch(actor: Actor, *, recovery: Recovery) -> bool:
    """Say that one knows by other means who asks. The second who says so has the link sent.

    Returns whether that was the second.
    """
    recovery = Recovery.objects.select_for_update(of=("self",)).get(pk=recovery.pk)
    policies.may_vouch(actor, recovery).enforce()
    if recovery.first_by_id is None:
        recovery.first_by_id = actor.account_id
        recovery.save(update_fields=["first_by"])
        trail.note(actor, "recovery.vouched", recovery, fields=["first_by"])
        return False
    recovery.second_by_id = actor.account_id
    recovery.link = make_link(
        purpose=RECOVERED,
        reference=recovery.key,
        lasts=RECOVERY_LASTS,
        account=recovery.account,
    )
    recovery.save(update_fields=["second_by", "link"])
    _post(letters.RECOVERY, account=recovery.account, link=recovery.link)
    trail.note(actor, "recovery.vouched", recovery, fields=["second_by"])
    return True


@transaction.atomic
def refuse_recovery(actor: Actor, *, recovery: Recovery) -> None:
    """Say that this is not the person, or that nobody could reach them. Nothing is sent."""
    recovery = Recovery.objects.select_for_update(of=("self",)).get(pk=recovery.pk)
    if recovery.first_by_id != actor.account_id or recovery.second_by_id or recovery.refused_by_id:
        policies.may_vouch(actor, recovery).enforce()
    else:
        policies.may_keep_accounts(actor).enforce()
    recovery.refused_by_id = actor.account_id
    recovery.save(update_fields=["refused_by"])
    trail.note(actor, "recovery.refused", recovery, fields=["refused_by"])


def recovering(token: str) -> Account | None:
    """Whose account a link that still works sets up anew."""
    link = working(token, purpose=RECOVERED)
    return link.account if link and link.account and link.account.is_active else None


@transaction.atomic
def recover(*, token: str, password: str) -> Account:
    """Use the link that two people had sent: a new password, no second factor, no session.

    Only now does the old second factor end. Returns the account, to be signed in, which then asks
    for a new one. Raises ValidationError for a weak password, NotAllowed for a link used up.
    """
    link = use(token, purpose=RECOVERED)
    account = Account.objects.select_for_update().get(pk=link.account_id or 0)
    if not account.is_active:
        raise NotAllowed(GONE)
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    remove_factors(account)
    end_sessions(account)
    recovery = Recovery.objects.get(key=link.reference)
    trail.note(themselves(account), "recovery.used", recovery, fields=["password"])
    return account
