"""What was answered before meetings: how long it is kept, and how it goes."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import Count, QuerySet

from concerted.attending.models import Reply
from concerted.attending.times import begins
from concerted.kernel.clock import BRITAIN
from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.meetings.public import Meeting


def _answered() -> "QuerySet[Meeting]":
    return Meeting.objects.filter(pk__in=Reply.objects.values("meeting")).order_by("held_on", "pk")


def _candidate(meeting: Meeting) -> Candidate:
    since = begins(meeting.held_on, None)
    count = Reply.objects.filter(meeting=meeting).aggregate(n=Count("pk"))["n"]
    mark = f"{meeting.held_on} {count}"
    bodies = frozenset({meeting.body_id})
    return Candidate(meeting.key, since, mark, meeting.audience_id, bodies)


def _expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    rows = _answered().filter(held_on__lt=before.astimezone(BRITAIN).date())
    if keys is not None:
        rows = rows.filter(key__in=keys).select_for_update(of=["self"])
    return [one for one in map(_candidate, rows) if one.since < before]


def _find(key: str) -> Candidate | None:
    meeting = _answered().filter(key=key).first()
    return _candidate(meeting) if meeting else None


def _let_go(keys: Collection[str]) -> Gone:
    replies = Reply.objects.filter(meeting__key__in=keys)
    gone = Gone([("attending.reply", key) for key in replies.values_list("key", flat=True)])
    replies.delete()
    return gone


KINDS = (
    Expiring(
        name="replies",
        label="meetings.meeting",
        title="What was answered before a meeting",
        counts_from="the day of the meeting",
        months=24,
        least=3,
        most=72,
        reason="Kept to see who was expected while minutes may still be questioned. Storage "
        "limitation, Article 5(1)(e) UK GDPR.",
        does="All answers of a meeting go together. The meeting and its minutes stay.",
        has_audience=True,
        erases=frozenset({"attending.Reply"}),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
)
