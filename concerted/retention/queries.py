"""Reads of periods, holds and runs."""

from django.db.models import Count, Q, QuerySet

from concerted.access.actor import Actor
from concerted.kernel.retention import Expiring
from concerted.retention.models import Hold, Period, Run, RunLine


def periods() -> dict[str, Period]:
    """The period of each kind for which the partnership set one, by the name of the kind."""
    newest = Period.objects.order_by("kind", "-set_at", "-id").distinct("kind")
    return {one.kind: one for one in newest.select_related("set_by")}


def months_of(kind: Expiring) -> int:
    newest = Period.objects.filter(kind=kind.name).first()
    return newest.months if newest else kind.months


def history_of(kind: Expiring) -> QuerySet[Period]:
    """All periods that were set for a kind, the newest first."""
    return Period.objects.filter(kind=kind.name).select_related("set_by")


def standing() -> QuerySet[Hold]:
    """The holds that stand, as far as the wall shows them."""
    return Hold.objects.filter(lift=None)


def holds_visible_to(actor: Actor) -> QuerySet[Hold]:
    mine = list(actor.audience_ids)
    return Hold.objects.filter(
        Q(body=None) | Q(body__audience_id__in=mine), audience_id__in=mine
    ).select_related("body", "put_by", "lift__lifted_by")


def runs_visible_to(actor: Actor) -> QuerySet[Run]:
    return Run.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "decided_by", "job"
    )


def lines_visible_to(actor: Actor) -> QuerySet[RunLine]:
    """Lines of runs about records that the actor could see."""
    return RunLine.objects.filter(audience_id__in=actor.audience_ids)


def counted(lines: QuerySet[RunLine]) -> dict[tuple[str, str], int]:
    """How many lines there are of each kind in each state."""
    rows = lines.order_by().values_list("kind", "state").annotate(n=Count("pk"))
    return {(kind, state): n for kind, state, n in rows}
