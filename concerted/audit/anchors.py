"""Anchors: the head of the trail, written down each day where nobody here can reach it.

The chain of seals shows whatever was changed inside it, but not that its newest links were taken
away. An anchor says how many there were. It holds counts and a digest, no business of anybody.
"""

import datetime
import re
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Sum

from concerted.audit import sealing
from concerted.audit.models import Anchor, Seal
from concerted.kernel.clock import now, today

PARTS = {
    "day": r"\d{4}-\d\d-\d\d",
    "seals": r"\d{1,18}",
    "lines": r"\d{1,18}",
    "digest": r"[0-9a-f]{64}|none",
}


class NotAnAnchor(Exception):
    """The text holds no anchor; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an anchor says. `digest` is that of the last seal; empty where there was none."""

    day: datetime.date
    seals: int
    lines: int
    digest: bytes

    @classmethod
    def of(cls, anchor: Anchor) -> "Head":
        return cls(anchor.day, anchor.seals, anchor.lines, bytes(anchor.digest))

    def __str__(self) -> str:
        """The text that is mailed and kept: one part a line."""
        return (
            f"day: {self.day.isoformat()}\nseals: {self.seals}\nlines: {self.lines}\n"
            f"digest: {self.digest.hex() or 'none'}\n"
        )


def read(text: str) -> Head:
    """The anchor in a text, such as a kept mail. Raises NotAnAnchor."""
    found = {}
    for name, shape in PARTS.items():
        match = re.search(rf"(?im)^[> \t]*{name}:[ \t]*({shape})[ \t]*\r?$", text)
        if not match:
            raise NotAnAnchor(
                f"This holds no whole anchor: the line “{name}: …” is missing or was changed. "
                "Give the four lines that begin with day, seals, lines and digest."
            )
        found[name] = match[1].lower()
    try:
        day = datetime.date.fromisoformat(found["day"])
    except ValueError:
        raise NotAnAnchor(f"There is no such day as {found['day']}.") from None
    digest = b"" if found["digest"] == "none" else bytes.fromhex(found["digest"])
    return Head(day, int(found["seals"]), int(found["lines"]), digest)


@transaction.atomic
def make() -> Anchor:
    """Today's anchor, made once: everything that is committed is sealed first."""
    while sealing.seal():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.LOCK])
    there = Anchor.objects.filter(day=today()).first()
    if there:
        return there
    last = Seal.objects.order_by("-id").first()
    return Anchor.objects.create(
        day=today(),
        at=now(),
        seals=Seal.objects.count(),
        lines=_lines_under(Seal.objects.count()),
        digest=last.digest if last else b"",
    )


def fault_of(head: Head) -> str:
    """What is missing from the trail since an anchor was written, in words; empty if nothing."""
    seals = Seal.objects.count()
    if seals < head.seals:
        return (
            f"The tail is cut: on {head.day:%d %B %Y} there were {head.lines} lines under "
            f"{head.seals} seals; now there are {_lines_under(seals)} under {seals}. "
            f"The newest {head.seals - seals} of those seals are missing, with "
            f"{max(0, head.lines - _lines_under(seals))} lines."
        )
    digest = bytes(Seal.objects.order_by("id")[head.seals - 1].digest) if head.seals else b""
    if digest != head.digest or _lines_under(head.seals) != head.lines:
        return (
            f"Seal {head.seals} is not the one that was the head on {head.day:%d %B %Y}: "
            f"lines sealed by then were taken away or replaced ({head.lines} then, "
            f"{_lines_under(head.seals)} now)."
        )
    return ""


def fault_of_kept() -> str:
    """The first fault against the anchors kept here, the oldest first; empty if there is none."""
    for anchor in Anchor.objects.order_by("day").iterator():
        if fault := fault_of(Head.of(anchor)):
            return fault
    return ""


def _lines_under(seals: int) -> int:
    """How many lines the first so many seals cover; expiry changes nothing in that."""
    if not seals:
        return 0
    return Seal.objects.order_by("id")[:seals].aggregate(lines=Sum("lines"))["lines"] or 0
