"""Invitations, requests to be let in again, and accounts that open nothing any more: how long they
are kept, and how they go."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from concerted.access.ending import FORGOTTEN, forget
from concerted.access.models import Account
from concerted.kernel.clock import BRITAIN, today
from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.notices.public import Mail, OneTimeLink
from concerted.people.models import Appointment, Invitation, Recovery

LINK_ENDED = Coalesce("link__used_at", "link__withdrawn_at", "link__expires_at")
REASON = "Kept to show who let whom in. Storage limitation, Article 5(1)(e) UK GDPR."
DOES = "The row is taken out with its link, used or not; the trail still says that it was made."


def _mail_waits() -> Exists:
    return Exists(Mail.objects.filter(link=OuterRef("link"), ended_at=None))


def _invitations() -> QuerySet[Any]:
    rows = Invitation.objects.filter(~_mail_waits()).annotate(over=LINK_ENDED)
    return rows.select_related("link").order_by("sent_at", "pk")


def _expired_invitations(
    before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    rows = _invitations().filter(over__lt=before)
    if keys is not None:
        rows = rows.filter(key__in=keys).select_for_update(of=("self", "link"))
    return map(_invitation, rows)


def _invitation(row: Invitation) -> Candidate:
    since = row.link.used_at or row.link.withdrawn_at or row.link.expires_at
    return Candidate(row.key, since, since.isoformat(), row.audience_id)


def _find_invitation(key: str) -> Candidate | None:
    row = _invitations().filter(key=key).first()
    return _invitation(row) if row else None


def _let_invitations_go(keys: Collection[str]) -> Gone:
    rows = list(Invitation.objects.filter(key__in=keys))
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).delete()
    gone = Gone([("people.invitation", row.key) for row in rows])
    return _let_links_go(gone, [row.link_id for row in rows])


def _let_links_go(gone: Gone, ids: Collection[int]) -> Gone:
    """Take links out; mail that brought one stays, by its own period, and leads nowhere."""
    Mail.objects.filter(link__in=ids).update(link=None)
    links = OneTimeLink.objects.filter(pk__in=ids)
    gone.records += [("notices.onetimelink", key) for key in links.values_list("key", flat=True)]
    links.delete()
    return gone


def _recoveries() -> QuerySet[Recovery]:
    return Recovery.objects.filter(~_mail_waits()).select_related("link").order_by("asked_at", "pk")


def _expired_recoveries(
    before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    rows = _recoveries().filter(asked_at__lt=before)
    rows = rows.annotate(over=LINK_ENDED).filter(Q(link=None) | Q(over__lt=before))
    if keys is not None:
        rows = rows.filter(key__in=keys).select_for_update(of=("self",))
    return map(_recovery, rows)


def _recovery(row: Recovery) -> Candidate:
    link = row.link
    over = link and (link.used_at or link.withdrawn_at or link.expires_at)
    who = f"{row.first_by_id} {row.second_by_id} {row.refused_by_id}"
    return Candidate(row.key, over or row.asked_at, who)


def _find_recovery(key: str) -> Candidate | None:
    row = _recoveries().filter(key=key).first()
    return _recovery(row) if row else None


def _let_recoveries_go(keys: Collection[str]) -> Gone:
    rows = list(Recovery.objects.filter(key__in=keys))
    Recovery.objects.filter(pk__in=[row.pk for row in rows]).delete()
    gone = Gone([("people.recovery", row.key) for row in rows])
    return _let_links_go(gone, [row.link_id for row in rows if row.link_id])


def _accounts() -> QuerySet[Any]:
    """Accounts of people who hold no post and no seat, today or later."""
    held = Appointment.objects.filter(person__account=OuterRef("pk"))
    still = held.filter(Q(ends=None) | Q(ends__gte=today()))
    rows = Account.objects.filter(~Exists(still)).exclude(email__endswith=FORGOTTEN)
    return rows.annotate(
        last_day=Max("person__appointments__ends"),
        used=Greatest("created_at", Coalesce("last_login", "created_at")),
    ).order_by("pk")


def _expired_accounts(
    before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    rows = _accounts().filter(used__lt=before)
    rows = rows.filter(Q(last_day=None) | Q(last_day__lt=before.astimezone(BRITAIN).date()))
    if keys is not None:
        # Locked first: rows that are counted over cannot be.
        locked = Account.objects.select_for_update().filter(key__in=keys).order_by("pk")
        rows = rows.filter(pk__in=[one.pk for one in locked])
    return map(_account, rows)


def _account(row: Any) -> Candidate:
    ended = row.last_day and datetime.datetime.combine(row.last_day, datetime.time(), BRITAIN)
    since = max(row.used, ended) if ended else row.used
    return Candidate(row.key, since, f"{since.isoformat()} {row.is_active}")


def _find_account(key: str) -> Candidate | None:
    row = _accounts().filter(key=key).first()
    return _account(row) if row else None


def _let_accounts_go(keys: Collection[str]) -> Gone:
    for account in Account.objects.filter(key__in=keys):
        forget(account)
    return Gone([("access.account", key) for key in keys])


KINDS = (
    Expiring(
        name="invitations",
        label="people.invitation",
        title="Invitations whose link was used, withdrawn or ran out",
        counts_from="the day the link was used, withdrawn or ran out",
        months=12,
        least=3,
        most=36,
        reason=REASON,
        does=DOES,
        has_audience=True,
        erases=frozenset({"people.Invitation", "notices.OneTimeLink"}),
        expired=_expired_invitations,
        find=_find_invitation,
        let_go=_let_invitations_go,
    ),
    Expiring(
        name="requests-to-be-let-in",
        label="people.recovery",
        title="Requests to be let in again",
        counts_from="the day the link was used or ran out, or of the request where there was none",
        months=12,
        least=3,
        most=36,
        reason=REASON,
        does=DOES,
        has_audience=False,
        erases=frozenset({"people.Recovery", "notices.OneTimeLink"}),
        expired=_expired_recoveries,
        find=_find_recovery,
        let_go=_let_recoveries_go,
    ),
    Expiring(
        name="accounts",
        label="access.account",
        title="Accounts of people who hold no post and no seat",
        counts_from="the day the last post or seat ended, or of the last visit if that was later",
        months=12,
        least=3,
        most=72,
        reason="Kept for a while because people come back to another post. Storage limitation, "
        "Article 5(1)(e) UK GDPR: an account that opens nothing is not needed.",
        does="Its address, its password and all that it signs in with are taken out. Its row stays "
        "as the pseudonym that the trail knows; whoever comes back is invited again.",
        has_audience=False,
        erases=frozenset(
            {
                "access.Account",
                "access.DirectoryIdentity",
                "account.EmailAddress",
                "account.EmailConfirmation",
                "mfa.Authenticator",
            }
        ),
        expired=_expired_accounts,
        find=_find_account,
        let_go=_let_accounts_go,
    ),
)
