"""Sessions that ended and devices no longer remembered: how long they are kept, and how they go."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import MD5, Left

from concerted.access.models import RememberedDevice, Session
from concerted.kernel.retention import Candidate, Expiring, Gone

REASON = (
    "Kept for a while so that a break-in can be looked into. Storage limitation, "
    "Article 5(1)(e) UK GDPR."
)


def _sessions() -> QuerySet[Any]:
    """Sessions by a name made of their key, which itself stands nowhere else: some have no other
    name, and one visit can have two rows."""
    return Session.objects.annotate(name=Left(MD5("session_key"), 20)).order_by("expire_date")


def _expired_sessions(
    before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    rows = _sessions().filter(expire_date__lt=before)
    if keys is not None:
        rows = rows.filter(name__in=keys).select_for_update()
    ended = rows.values_list("name", "expire_date")
    return [Candidate(name, at, at.isoformat()) for name, at in ended]


def _find_session(key: str) -> Candidate | None:
    row = _sessions().filter(name=key).values_list("expire_date", flat=True).first()
    return Candidate(key, row, row.isoformat()) if row else None


def _let_sessions_go(keys: Collection[str]) -> Gone:
    rows = _sessions().filter(name__in=keys)
    gone = Gone([("access.session", name) for name in rows.values_list("name", flat=True)])
    rows.delete()
    return gone


def _expired_devices(
    before: datetime.datetime, keys: Collection[str] | None
) -> Iterable[Candidate]:
    rows = RememberedDevice.objects.filter(until__lt=before)
    if keys is not None:
        rows = rows.filter(key__in=keys).select_for_update()
    return [_device(row) for row in rows.order_by("until")]


def _device(row: RememberedDevice) -> Candidate:
    return Candidate(row.key, row.until, row.until.isoformat())


def _find_device(key: str) -> Candidate | None:
    row = RememberedDevice.objects.filter(key=key).first()
    return _device(row) if row else None


def _let_devices_go(keys: Collection[str]) -> Gone:
    rows = RememberedDevice.objects.filter(key__in=keys)
    gone = Gone([("access.remembereddevice", key) for key in rows.values_list("key", flat=True)])
    rows.delete()
    return gone


KINDS = (
    Expiring(
        name="sessions",
        label="access.session",
        title="Visits that have ended",
        counts_from="the moment the visit ended",
        months=1,
        least=1,
        most=12,
        reason=REASON,
        does="The row is taken out.",
        has_audience=False,
        erases=frozenset({"access.Session"}),
        expired=_expired_sessions,
        find=_find_session,
        let_go=_let_sessions_go,
    ),
    Expiring(
        name="remembered-devices",
        label="access.remembereddevice",
        title="Devices that are no longer remembered",
        counts_from="the day the device was remembered until",
        months=1,
        least=1,
        most=12,
        reason=REASON,
        does="The row is taken out; many go sooner, when another device is remembered.",
        has_audience=False,
        erases=frozenset({"access.RememberedDevice"}),
        expired=_expired_devices,
        find=_find_device,
        let_go=_let_devices_go,
    ),
)
