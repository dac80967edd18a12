"""What was answered before meetings: how long it is kept, and how it goes."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from concerted.attending.models import Invitation, Reply
from concerted.attending.times import begins
from concerted.kernel.clock import BRITAIN
from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.meetings.public import Meeting


def _answered() -> "QuerySet[Meeting]":
    answered = Q(pk__in=Reply.objects.values("meeting"))
    invited = Q(pk__in=Invitation.objects.values("meeting"))
    return Meeting.objects.filter(answered | invited).order_by("held_on", "pk")


def _candidate(meeting: Meeting) -> Candidate:
    since = begins(meeting.held_on, None)
    replies = Reply.objects.filter(meeting=meeting).count()
    invitations = Invitation.objects.filter(meeting=meeting).count()
    mark = f"{meeting.held_on} {replies} {invitations}"
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
    invitations = Invitation.objects.filter(meeting__key__in=keys)
    gone.records += [
        ("attending.invitation", key) for key in invitations.values_list("key", flat=True)
    ]
    invitations.delete()
    return gone


KINDS = (
    Expiring(
        name="replies",
        label="meetings.meeting",
        title="Invitations to a meeting, and what was answered",
        counts_from="the day of the meeting",
        months=24,
        least=3,
        most=72,
        reason="Kept to see who was expected while minutes may still be questioned. Storage "
        "limitation, Article 5(1)(e) UK GDPR.",
        does="All invitations and answers of a meeting go. The meeting and its minutes stay.",
        has_audience=True,
        erases=frozenset({"attending.Reply", "attending.Invitation", "attending.Invited"}),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
)
