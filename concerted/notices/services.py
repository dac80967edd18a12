"""How mail is queued, sent and cancelled; how links are made, used and withdrawn."""

import datetime
import logging
import secrets
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from procrastinate.contrib.django import app

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Account
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.notices import composing
from concerted.notices.composing import Composed
from concerted.notices.models import Event, Mail, OneTimeLink
from concerted.notices.queries import hash_of
from concerted.notices.states import NEXT, MailState

log = logging.getLogger(__name__)

NOW = datetime.timedelta()
# Where the address of the link stands in the text of a mail.
LINK = "{link}"
GONE = (
    "This link no longer works. Ask whoever invited you, or the partnership manager, for another."
)
TRIES = 6
UNDELIVERED = frozenset({MailState.WAITING, MailState.SENDING})


def make_link(
    *,
    purpose: str,
    reference: str,
    lasts: datetime.timedelta,
    account: Account | None = None,
    opens: int | None = None,
) -> OneTimeLink:
    """A link to the address named `purpose`, which takes its token. It works once its mail goes.

    `opens` is the id of the audience that its holder may see while looking at it and using it.
    """
    return OneTimeLink.objects.create(
        purpose=purpose,
        reference=reference,
        account=account,
        opens_id=opens,
        made_at=now(),
        expires_at=now() + lasts,
    )


@transaction.atomic
def use(token: str, *, purpose: str) -> OneTimeLink:
    """Use a link up, in one step: of many at once, one succeeds. Raises NotAllowed for the rest.

    What the caller does with it belongs into the same transaction: if that fails, it was not used.
    """
    there = OneTimeLink.objects.filter(
        token_hash=hash_of(token),
        purpose=purpose,
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=now(),
    )
    if not there.update(used_at=now()):
        raise NotAllowed(GONE)
    link = OneTimeLink.objects.select_related("account").get(token_hash=hash_of(token))
    trail.note(SYSTEM, "link.used", link)
    return link


@transaction.atomic
def withdraw(link: OneTimeLink, *, why: str) -> bool:
    """End a link that was not used, and the mail that would bring it; says whether it still was."""
    _cancel(Mail.objects.filter(link=link), why=why)
    return bool(_unused().filter(pk=link.pk).update(withdrawn_at=now()))


def _unused() -> QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(used_at=None, withdrawn_at=None)


def happened(actor: Actor, kind: str, *, reference: str) -> None:
    """Keep for whoever tells people that something happened to a thing, named by its key.

    Part of the transaction of the change. What is told, to whom and when, is decided above.
    """
    Event.objects.create(kind=kind, reference=reference, by_id=actor.account_id or None)


@transaction.atomic
def queue_mail(
    *,
    kind: str,
    subject: str = "",
    text: str = "",
    about: str = "",
    account: Account | None = None,
    address: str = "",
    link: OneTimeLink | None = None,
    once: str | None = None,
) -> Mail | None:
    """Queue a mail: it goes when this transaction is committed, and not at all if it is not.

    Says None where one with the same `once` was queued before.
    """
    mail = Mail(
        kind=kind,
        about=about,
        subject=subject,
        text=text,
        account=account,
        address=address,
        link=link,
        once=once,
    )
    made = Mail.objects.bulk_create([mail], ignore_conflicts=once is not None)
    if once is not None and not Mail.objects.filter(key=made[0].key).exists():
        return None
    _deliver_later(mail.key)
    return mail


def _deliver_later(key: str, *, wait: datetime.timedelta = NOW) -> None:
    schedule = {"seconds": int(wait.total_seconds())} if wait else None
    app.configure_task("notices.deliver", schedule_in=schedule).defer(mail_key=key)


def deliver(mail_key: str) -> None:
    """Send a mail that waits. Safe to run again: what is marked as sent is not sent twice.

    The token of its link is made now, so that it stands in the mail alone; a mail that has to be
    tried again brings a new one. After several tries it is given up. Each try has the same
    Message-ID: where a server took one and the line broke before it said so, programs that read
    mail know the second for the first.
    """
    ready = _take(mail_key)
    if ready is None:
        return
    mail, message = ready
    try:
        message.send()
    except (OSError, SMTPException):
        log.warning("Mail %s did not go, try %s of %s", mail.key, mail.tries, TRIES)
        if mail.tries < TRIES:
            _deliver_later(mail.key, wait=datetime.timedelta(minutes=4**mail.tries))
        else:
            _end(mail_key, MailState.FAILED, note="The mail server did not take it.")
    else:
        _end(mail_key, MailState.SENT)


@transaction.atomic
def _take(mail_key: str) -> tuple[Mail, EmailMessage] | None:
    """Mark a mail as being sent, unless it may not go any more; and make its message."""
    mail = (
        Mail.objects.select_for_update(of=("self",))
        .select_related("account", "link")
        .get(key=mail_key)
    )
    if mail.state not in UNDELIVERED:
        return None
    if mail.account and not mail.account.is_active:
        _cancel(Mail.objects.filter(pk=mail.pk), why="The account is closed.")
        return None
    composed = Composed(mail.subject, mail.text)
    if made := composing.of_kind(mail.kind):
        found = made(mail)
        if found is None:
            _cancel(Mail.objects.filter(pk=mail.pk), why="There was nothing left to tell.")
            return None
        composed = found
    text, address = composed.text, ""
    if mail.link:
        token = secrets.token_urlsafe(32)
        if not _unused().filter(pk=mail.link.pk).update(token_hash=hash_of(token)):
            _cancel(Mail.objects.filter(pk=mail.pk), why="Its link was withdrawn.")
            return None
        address = settings.ADDRESS + reverse(mail.link.purpose, args=[token])
        text = text.replace(LINK, address)
    mail.state = MailState.SENDING
    mail.tries += 1
    mail.save(update_fields=["state", "tries"])
    answers = composed.reply_to or composing.office_mailbox()
    message = EmailMultiAlternatives(
        composed.subject,
        text,
        to=[mail.account.email if mail.account else mail.address],
        reply_to=[answers] if answers else None,
        headers=_headers(mail, composed),
    )
    if composed.calendar:
        made_for = composed.calendar(address)
        kind = f"text/calendar; method={made_for.method}"
        message.attach_alternative(made_for.data.decode(), kind)
    return mail, message


def _headers(mail: Mail, composed: Composed) -> dict[str, str]:
    host = urlsplit(settings.ADDRESS).hostname
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<{mail.key}@{host}>"}
    if composed.stop:
        # RFC 8058: one click in the program that reads the mail, without a page.
        headers["List-Unsubscribe"] = f"<{composed.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


@transaction.atomic
def _end(mail_key: str, state: MailState, *, note: str = "") -> None:
    mail = Mail.objects.select_for_update().get(key=mail_key)
    if state not in NEXT[mail.state]:
        return  # cancelled while it was being sent
    mail.state, mail.note, mail.ended_at = state, note, now()
    mail.save(update_fields=["state", "note", "ended_at"])
    trail.note(SYSTEM, f"mail.{MailState(state).value}", mail, verb=Verb.DISCLOSE)


def _cancel(mails: QuerySet[Mail], *, why: str) -> int:
    return mails.filter(state__in=UNDELIVERED).update(
        state=MailState.CANCELLED, note=why, ended_at=now()
    )


@transaction.atomic
def end_all_of(account: Account, *, why: str) -> int:
    """Withdraw every link of an account and cancel every mail to it; returns how many."""
    mails = _cancel(Mail.objects.filter(account=account), why=why)
    return mails + _unused().filter(account=account).update(withdrawn_at=now())
