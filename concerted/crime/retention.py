"""Rows of hospitals' returns: how long they are kept, and how they go. Their counts stay."""

import datetime
from collections.abc import Collection, Iterable
from pathlib import Path

from django.conf import settings

from concerted.crime.lake.mappings import MAPPED
from concerted.crime.lake.snapshots import Lake, Snapshot
from concerted.kernel.retention import Candidate, Expiring, Gone

LABEL = "crime.snapshot"  # a folder of the lake, and no table


def _lake() -> Lake:
    return Lake(Path(settings.LAKE))


def _rows_of_hospitals() -> Iterable[Snapshot]:
    source = MAPPED["hospital"].source
    return (one for one in _lake().snapshots() if one.manifest.source == source and not one.expired)


def _candidate(snapshot: Snapshot) -> Candidate:
    since = datetime.datetime.fromisoformat(snapshot.manifest.imported_at)
    return Candidate(str(snapshot.number), since, snapshot.manifest.sha256)


def _expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    found = map(_candidate, _rows_of_hospitals())
    return [one for one in found if one.since < before and (keys is None or one.key in keys)]


def _find(key: str) -> Candidate | None:
    return next((one for one in map(_candidate, _rows_of_hospitals()) if one.key == key), None)


def _let_go(keys: Collection[str]) -> Gone:
    """Destroy rows for good. After a crash they are listed no more, and nothing is left to do."""
    gone = Gone()
    for key in keys:
        _lake().expire(int(key), by="retention")
        gone.records.append((LABEL, key))
    return gone


KINDS = (
    Expiring(
        name="rows-of-hospitals",
        label=LABEL,
        title="Rows of hospitals’ returns",
        counts_from="the day they were brought in",
        months=24,
        least=1,
        most=36,
        reason="Kept to count injuries by place and hour. Storage limitation, Article 5(1)(e) UK "
        "GDPR: they are about injured people, though they name nobody.",
        does="The rows are destroyed. Their counts by month and area stay, with the fingerprint of "
        "what was brought in.",
        has_audience=False,
        erases=frozenset(),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
)
