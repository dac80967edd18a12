"""Dropping the lines of whole years that are long past. Their seals stay, and so does the chain.

Done as the owner of the tables: the role that serves pages cannot.
"""

import datetime

from django.db import connections, transaction

from concerted.access.actor import SYSTEM
from concerted.audit import sealing, trail
from concerted.audit.models import Line, SealedLine, Verb
from concerted.kernel.clock import today

KEEP_YEARS = 6


class CannotExpire(Exception):
    """Nothing was dropped; the message says why."""


def expire(year: int, *, keep_years: int = KEEP_YEARS) -> int:
    """Drop the lines of one year; returns how many. Raises CannotExpire.

    Order: the year is past and sealed, the whole trail is as it was sealed, a line says which year
    is dropped, then its lines go; all in one transaction, while nothing is sealed.
    """
    if year >= today().year - keep_years:
        raise CannotExpire(
            f"Lines are kept for {keep_years} whole years: {year} is not past that. "
            "Say another number with --keep-years."
        )
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.LOCK])
        lines = Line.objects.using("owner").filter(at__gte=_first(year), at__lt=_first(year + 1))
        sealed = SealedLine.objects.using("owner").values("line_id")
        _refuse_unfit(year, lines.count(), lines.exclude(pk__in=sealed).count())
        said = trail.line(
            SYSTEM, sealing.EXPIRED, kind="audit.line", reference=str(year), verb=Verb.ERASE
        )
        said.save(using="owner")
        cursor.execute("ALTER TABLE audit_line DISABLE TRIGGER add_only")
        dropped = lines.delete()[0]
        cursor.execute("ALTER TABLE audit_line ENABLE TRIGGER add_only")
    return dropped


def _first(year: int) -> datetime.datetime:
    return datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)


def _refuse_unfit(year: int, lines: int, unsealed: int) -> None:
    if not lines:
        raise CannotExpire(f"The trail holds no lines of {year}.")
    if unsealed:
        raise CannotExpire(f"{unsealed} lines of {year} are not sealed yet. Seal them first.")
    if fault := sealing.verify().fault:
        raise CannotExpire(f"The trail is broken, so nothing is dropped. {fault}")
