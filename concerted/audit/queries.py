"""Reading the trail: filtered, and page by page without counting it."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.audit.models import Line, Verb
from concerted.kernel.clock import BRITAIN
from concerted.kernel.verdict import YES, Verdict, no

PAGE = 50
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)


def may_read_trail(actor: Actor) -> Verdict:
    if actor.holds(Permission.TRAIL_VIEW):
        return YES
    return no("Only the partnership manager and the data protection officer can read the trail.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines are looked for; what is left empty is not asked about.

    Days are Britain's, both included. `actors` are pseudonyms: None asks for anybody, an empty
    sequence for somebody who is not there.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    verb: str = ""
    kind: str = ""
    actors: Sequence[str] | None = None
    reference: str = ""


def found(wanted: Wanted) -> QuerySet[Line]:
    """The lines that fit, newest first."""
    asked = Q()
    if wanted.since:
        asked &= Q(at__gte=_midnight(wanted.since))
    if wanted.until:
        asked &= Q(at__lt=_midnight(wanted.until + datetime.timedelta(days=1)))
    if wanted.actors is not None:
        asked &= Q(actor__in=wanted.actors)
    for name in ("verb", "kind", "reference"):
        if value := getattr(wanted, name):
            asked &= Q(**{name: value})
    return Line.objects.filter(asked).order_by("-at", "-id")


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), BRITAIN)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: at a moment, `skip` lines of that very moment left out.

    It holds no serial number, which would tell how much others do.
    """

    at: datetime.datetime
    skip: int

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """From an address; None where it is not one of ours."""
        moment, _, skip = text.partition("-")
        if not (moment.isascii() and moment.isdigit() and skip.isascii() and skip.isdigit()):
            return None
        try:
            return cls(EPOCH + int(moment) * MICROSECOND, min(int(skip), 1_000_000))
        except (OverflowError, ValueError):
            return None

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.skip}"


def page_of(lines: QuerySet[Line], cursor: Cursor | None = None) -> tuple[list[Line], str]:
    """One page of lines in one query, and the cursor of the next; empty where there is none."""
    skip = cursor.skip if cursor else 0
    if cursor:
        lines = lines.filter(at__lte=cursor.at)
    rows = list(lines[skip : skip + PAGE + 1])
    shown = rows[:PAGE]
    if len(rows) <= PAGE:
        return shown, ""
    last = shown[-1].at
    together = sum(line.at == last for line in shown)
    if cursor and cursor.at == last:
        together += skip
    return shown, str(Cursor(last, together))


@dataclass(frozen=True, slots=True)
class Read:
    """That somebody read a thing: first and last, and how often its files were taken."""

    actor: str
    first: datetime.datetime
    last: datetime.datetime
    taken: int


def reads_of(references: Collection[str]) -> list[Read]:
    """Who read what these references name, as far as reads are kept; the last reader first."""
    rows = (
        Line.objects.filter(
            reference__in=list(references), verb=Verb.CONSULT, what__endswith=".consulted"
        )
        .order_by()
        .values("actor")
        .annotate(
            first=Min("at"), last=Max("at"), taken=Count("id", filter=Q(what="document.consulted"))
        )
        .order_by("-last", "actor")
    )
    return [Read(**row) for row in rows]
