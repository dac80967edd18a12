"""What members kept for themselves: how long, and how it goes."""

import datetime
from collections.abc import Callable, Collection, Iterable

from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.packs.models import Look, Note

Own = type[Note] | type[Look]


def _candidate(row: Note | Look) -> Candidate:
    return Candidate(row.key, row.at, row.at.isoformat(), row.audience_id)


def _expiring(model: Own) -> Callable[..., Iterable[Candidate]]:
    def expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
        rows = model.objects.filter(at__lt=before)
        if keys is not None:
            rows = rows.filter(key__in=keys).select_for_update(of=["self"])
        return map(_candidate, rows.order_by("at", "pk"))

    return expired


def _finding(model: Own) -> Callable[[str], Candidate | None]:
    def find(key: str) -> Candidate | None:
        row = model.objects.filter(key=key).first()
        return _candidate(row) if row else None

    return find


def _letting_go(model: Own) -> Callable[[Collection[str]], Gone]:
    def let_go(keys: Collection[str]) -> Gone:
        rows = model.objects.filter(key__in=keys)
        label = model._meta.label_lower
        gone = Gone([(label, key) for key in rows.values_list("key", flat=True)])
        rows.delete()
        return gone

    return let_go


KINDS = (
    Expiring(
        name="own-notes",
        label="packs.note",
        title="What members wrote for themselves on papers",
        counts_from="the day it was written",
        months=24,
        least=3,
        most=72,
        reason="Kept while a member may come back to the paper. Storage limitation, Article "
        "5(1)(e) UK GDPR.",
        does="The note goes. The paper stays.",
        has_audience=True,
        erases=frozenset({"packs.Note"}),
        expired=_expiring(Note),
        find=_finding(Note),
        let_go=_letting_go(Note),
    ),
    Expiring(
        name="pack-looks",
        label="packs.look",
        title="What members said they have seen of a pack",
        counts_from="the day they said so",
        months=24,
        least=1,
        most=72,
        reason="Kept to show what is new to each. Storage limitation, Article 5(1)(e) UK GDPR.",
        does="The line goes: all of that pack is new to the member again.",
        has_audience=True,
        erases=frozenset({"packs.Look"}),
        expired=_expiring(Look),
        find=_finding(Look),
        let_go=_letting_go(Look),
    ),
)
