"""Mail that went or never will, and links that are over: how long their rows are kept."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.notices.models import Mail, OneTimeLink
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


def _links() -> "QuerySet[OneTimeLink]":
    """Links on which no other record rests, and no mail: those go first, if ever."""
    links = OneTimeLink.objects.filter(mails__isnull=True)
    for relation in OneTimeLink._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.on_delete is models.PROTECT:
            rows: Any = relation.related_model
            links = links.exclude(pk__in=rows._base_manager.values(relation.field.name))
    return links


def _expired_links(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    over = Q(expires_at__lt=before) | Q(used_at__lt=before) | Q(withdrawn_at__lt=before)
    links = _links().filter(over)
    if keys is not None:
        links = links.filter(key__in=keys).select_for_update(of=["self"])
    return map(_candidate_link, links.order_by("expires_at", "pk"))


def _candidate_link(link: OneTimeLink) -> Candidate:
    over = min(filter(None, (link.expires_at, link.used_at, link.withdrawn_at)))
    return Candidate(link.key, over, over.isoformat())


def _find_link(key: str) -> Candidate | None:
    link = _links().filter(key=key).first()
    return _candidate_link(link) if link else None


def _let_go_links(keys: Collection[str]) -> Gone:
    links = OneTimeLink.objects.filter(key__in=keys)
    gone = Gone([("notices.onetimelink", key) for key in links.values_list("key", flat=True)])
    links.delete()
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
    Expiring(
        name="links",
        label="notices.onetimelink",
        title="Links that worked once, kept as hashes",
        counts_from="the day a link was used, withdrawn or ran out",
        months=12,
        least=1,
        most=36,
        reason="Kept to show that a link was used once and by when. Storage limitation, "
        "Article 5(1)(e) UK GDPR.",
        does="The row is taken out. A link on which a record rests stays with that record, and one "
        "whose mail is still on record goes after it.",
        has_audience=False,
        erases=frozenset({"notices.OneTimeLink"}),
        expired=_expired_links,
        find=_find_link,
        let_go=_let_go_links,
    ),
)
