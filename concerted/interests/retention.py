"""Registers of those who left: how long they are kept, and how they go."""

import datetime
from collections.abc import Collection, Iterable

from concerted.interests.models import Register
from concerted.kernel.clock import BRITAIN, today
from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.people.public import also_open_to, last_days


def _of_those_who_left(registers: Iterable[Register]) -> list[Candidate]:
    rows = list(registers)
    ended = last_days([row.person_id for row in rows])
    found = []
    for row in rows:
        last = ended.get(row.person_id)
        if last is not None and last < today():
            since = datetime.datetime.combine(last, datetime.time(), BRITAIN)
            found.append(Candidate(row.key, since, since.isoformat(), row.audience_id))
    return found


def _expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    rows = Register.objects.order_by("pk")
    if keys is not None:
        rows = rows.filter(key__in=keys).select_for_update()
    return [one for one in _of_those_who_left(rows) if one.since < before]


def _find(key: str) -> Candidate | None:
    return next(iter(_of_those_who_left(Register.objects.filter(key=key))), None)


def _let_go(keys: Collection[str]) -> Gone:
    gone = Gone()
    for row in Register.objects.filter(key__in=keys).order_by("pk"):
        with also_open_to(row.audience_id, row.keepers_id):
            gone.records += [
                ("interests.entry", key) for key in row.entries.values_list("key", flat=True)
            ]
            row.delete()
        gone.records.append(("interests.register", row.key))
    return gone


KINDS = (
    Expiring(
        name="registers-of-interests",
        label="interests.register",
        title="Registers of interests of those who left",
        counts_from="the last day of the last seat or post",
        months=72,
        least=12,
        most=120,
        reason="Kept to answer for decisions that members took part in. Storage limitation, "
        "Article 5(1)(e) UK GDPR.",
        does="The register goes with its entries, its confirmations and what was asked about them. "
        "What was declared at meetings stays with the minutes.",
        has_audience=True,
        erases=frozenset(
            {
                "interests.Register",
                "interests.Entry",
                "interests.Sensitivity",
                "interests.Withheld",
                "interests.Remark",
                "interests.Confirmation",
                "interests.Dismissal",
                "interests.Gift",
            }
        ),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
)
