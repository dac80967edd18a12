"""What the leak check found in releases that are over, and errands that were carried: how long
they are kept, and how they go."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from concerted.editions.models import LeakHit, Outgoing
from concerted.editions.states import ReleaseState
from concerted.kernel.retention import Candidate, Expiring, Gone

SETTLED = frozenset({ReleaseState.REPLACED, ReleaseState.WITHDRAWN, ReleaseState.STOPPED})


def _settled() -> QuerySet[LeakHit]:
    rows = LeakHit.objects.filter(release__state__in=SETTLED, release__ended_at__isnull=False)
    return rows.select_related("release").order_by("release__ended_at", "pk")


def _expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    rows = _settled().filter(release__ended_at__lt=before)
    if keys is not None:
        rows = rows.filter(key__in=keys).select_for_update(of=("self",))
    return map(_candidate, rows)


def _candidate(hit: LeakHit) -> Candidate:
    since = hit.release.ended_at or hit.found_at
    mark = f"{hit.accepted_by_id} {since.isoformat()}"
    return Candidate(hit.key, since, mark, hit.audience_id, frozenset({hit.release.body_id}))


def _find(key: str) -> Candidate | None:
    hit = LeakHit.objects.filter(key=key).select_related("release").first()
    return _candidate(hit) if hit else None


def _let_go(keys: Collection[str]) -> Gone:
    hits = LeakHit.objects.filter(key__in=keys)
    gone = Gone([("editions.leakhit", key) for key in hits.values_list("key", flat=True)])
    hits.delete()
    return gone


def _expired_errands(
    before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    rows = Outgoing.objects.filter(ended_at__lt=before)
    if keys is not None:
        rows = rows.filter(pk__in=keys).select_for_update()
    return map(_errand, rows.order_by("ended_at", "pk"))


def _errand(row: Outgoing) -> Candidate:
    since = row.ended_at or row.made_at
    return Candidate(str(row.pk), since, since.isoformat())


def _find_errand(key: str) -> Candidate | None:
    row = Outgoing.objects.filter(pk=key).first() if key.isdecimal() else None
    return _errand(row) if row else None


def _let_errands_go(keys: Collection[str]) -> Gone:
    Outgoing.objects.filter(pk__in=keys).delete()
    return Gone([("editions.outgoing", key) for key in keys])


KINDS = (
    Expiring(
        name="leak-check-hits",
        label="editions.leakhit",
        title="What the leak check found in releases that are over",
        counts_from="the day the release was replaced, withdrawn or stopped",
        months=72,
        least=12,
        most=120,
        reason="Kept as long as somebody could complain or sue over a release: six years, "
        "Limitation Act 1980, section 2.",
        does="The words found are taken out; the release keeps how many there were.",
        has_audience=True,
        erases=frozenset({"editions.LeakHit"}),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
    Expiring(
        name="errands",
        label="editions.outgoing",
        title="Errands to the public edition that were carried",
        counts_from="the day it was carried",
        months=12,
        least=1,
        most=36,
        reason="Kept to find out why something went out late. Storage limitation, Article 5(1)(e) "
        "UK GDPR: the release itself says who approved it.",
        does="The row is taken out; the release and what stands in the public edition stay.",
        has_audience=False,
        erases=frozenset({"editions.Outgoing"}),
        expired=_expired_errands,
        find=_find_errand,
        let_go=_let_errands_go,
    ),
)
