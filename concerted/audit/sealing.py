"""Sealing the trail, and finding the first line that was tampered with.

A line's digest is SHA-256 over its values; a seal's is SHA-256 over the seal before it and, in
order, its lines' times and digests. Lines are added without a lock; sealing, which is one task,
takes one.
"""

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, Min, OuterRef, QuerySet

from concerted.audit.models import Line, Seal, SealedLine
from concerted.kernel.clock import now

LOCK = 7_135_001  # any number, so long as nothing else uses it
EXPIRED = "trail.expired"  # its reference is the year that was dropped
LATE = datetime.timedelta(days=1)  # no transaction stays open longer


def digest_of(line: Line) -> bytes:
    values = [
        line.pk,
        line.at.astimezone(datetime.UTC).isoformat(),
        line.actor,
        line.verb,
        line.what,
        line.kind,
        line.reference,
        line.fields,
    ]
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).digest()


def digest_over(previous: bytes, covered: Sequence[SealedLine]) -> bytes:
    """A seal's digest. The times are in it: they decide whether a missing line may be missing."""
    whole = hashlib.sha256(previous)
    for one in covered:
        whole.update(one.line_at.astimezone(datetime.UTC).isoformat().encode())
        whole.update(bytes(one.digest))
    return whole.digest()


def unsealed() -> QuerySet[Line]:
    """Lines that no seal covers yet, oldest first."""
    covered = SealedLine.objects.filter(line_id=OuterRef("pk"))
    return Line.objects.filter(~Exists(covered)).order_by("id")


def _lately(lines: QuerySet[Line]) -> QuerySet[Line]:
    """Those that may have come since the last seal, so that sealing need not look at them all.

    Counted from the oldest line under that seal: a backlog is sealed in several goes. The first
    sealing of each day does look at them all, for a line whose clock was wrong.
    """
    last = Seal.objects.order_by("-id").first()
    if last is None or last.at.date() != now().date():
        return lines
    began = last.sealed.aggregate(began=Min("line_at"))["began"]
    return lines.filter(at__gte=began - LATE)


@transaction.atomic
def seal(*, limit: int = 50_000) -> int:
    """Seal what is committed and unsealed, at most `limit` lines; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    lines = list(_lately(unsealed())[:limit])
    if not lines:
        return 0
    last = Seal.objects.order_by("-id").first()
    previous = bytes(last.digest) if last else b""
    covered = [
        SealedLine(line_id=line.pk, line_at=line.at, digest=digest_of(line)) for line in lines
    ]
    made = Seal.objects.create(
        at=now(), previous=previous, digest=digest_over(previous, covered), lines=len(lines)
    )
    for one in covered:
        one.seal = made
    SealedLine.objects.bulk_create(covered)
    return len(lines)


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found: lines checked, lines not sealed yet, and the first fault in words."""

    checked: int
    unsealed: int
    fault: str = ""


def verify() -> Verification:
    """Check the chain and each sealed line, in order; stop at the first fault.

    Only the lines of a year whose expiry stands on the trail may be missing; their seals stay.
    """
    checked = 0
    previous = b""
    expired = set(Line.objects.filter(what=EXPIRED).values_list("reference", flat=True))
    for made in Seal.objects.order_by("id").iterator():
        covered = list(made.sealed.order_by("id"))
        lines = Line.objects.in_bulk([one.line_id for one in covered])
        for one in covered:
            line = lines.get(one.line_id)
            if line is None:
                if str(one.line_at.year) in expired:
                    continue
                return Verification(checked, 0, f"Line {one.line_id} is missing.")
            if digest_of(line) != bytes(one.digest):
                return Verification(checked, 0, f"Line {one.line_id} was changed.")
            checked += 1
        whole = digest_over(previous, covered)
        if bytes(made.previous) != previous or bytes(made.digest) != whole:
            return Verification(checked, 0, f"Seal {made.pk} does not fit the one before it.")
        previous = bytes(made.digest)
    return Verification(checked, unsealed().count())
