"""Prompts: how long they are kept, and how they go."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from concerted.briefs.models import Prompt
from concerted.kernel.clock import BRITAIN
from concerted.kernel.retention import Candidate, Expiring, Gone


def _prompts() -> "QuerySet[Prompt]":
    return Prompt.objects.select_related("item__meeting").order_by("item__meeting__held_on", "pk")


def _candidate(prompt: Prompt) -> Candidate:
    meeting = prompt.item.meeting
    since = datetime.datetime.combine(meeting.held_on, datetime.time.min, BRITAIN)
    bodies = frozenset({meeting.body_id})
    return Candidate(prompt.key, since, f"{meeting.held_on}", prompt.audience_id, bodies)


def _expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    rows = _prompts().filter(item__meeting__held_on__lt=before.astimezone(BRITAIN).date())
    if keys is not None:
        rows = rows.filter(key__in=keys).select_for_update(of=["self"])
    return [one for one in map(_candidate, rows) if one.since < before]


def _find(key: str) -> Candidate | None:
    prompt = _prompts().filter(key=key).first()
    return _candidate(prompt) if prompt else None


def _let_go(keys: Collection[str]) -> Gone:
    prompts = Prompt.objects.filter(key__in=keys)
    gone = Gone([("briefs.prompt", key) for key in prompts.values_list("key", flat=True)])
    prompts.delete()
    return gone


KINDS = (
    Expiring(
        name="prompts",
        label="briefs.prompt",
        title="Private prompts in the chair’s brief",
        counts_from="the day of the meeting",
        months=12,
        least=1,
        most=36,
        reason="Kept until the next meetings have gone by, for whoever chairs them. Storage "
        "limitation, Article 5(1)(e) UK GDPR.",
        does="The prompt goes. The item, its minutes and its papers stay.",
        has_audience=True,
        erases=frozenset({"briefs.Prompt"}),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
)
