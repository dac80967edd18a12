"""Mail that went or never will: how long its row is kept, and how it goes."""

import datetime
from collections.abc import Collection, Iterable

from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.notices.models import Mail
from concerted.notices.states import MailState

OVER = frozenset({MailState.SENT, MailState.CANCELLED, MailState.FAILED})


def _expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    mails = Mail.objects.filter(state__in=OVER, ended_at__lt=before)
    if keys is not None:
        mails = mails.filter(key__in=keys).select_for_update()
    return map(_candidate, mails.order_by("ended_at", "pk"))


def _candidate(mail: Mail) -> Candidate:
    since = mail.ended_at or mail.asked_at
    return Candidate(mail.key, since, f"{mail.state} {since.isoformat()}")


def _find(key: str) -> Candidate | None:
    mail = Mail.objects.filter(key=key).first()
    return _candidate(mail) if mail else None


def _let_go(keys: Collection[str]) -> Gone:
    mails = Mail.objects.filter(key__in=keys)
    gone = Gone([("notices.mail", key) for key in mails.values_list("key", flat=True)])
    mails.delete()
    return gone


KINDS = (
    Expiring(
        name="mail",
        label="notices.mail",
        title="Records of mail that was sent, cancelled or given up",
        counts_from="the day it went or was given up",
        months=12,
        least=6,
        most=36,
        reason="Kept to show that people were told, of what ended with a date among other things. "
        "Storage limitation, Article 5(1)(e) UK GDPR: it holds addresses.",
        does="The row is taken out.",
        has_audience=False,
        erases=frozenset({"notices.Mail"}),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
)
