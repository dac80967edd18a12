"""Who keeps links, reports, shares minutes, asks and answers. Facts in, Verdict out."""

import datetime
from collections.abc import Iterable

from concerted.access.actor import Actor
from concerted.agendas.public import Issue, may_draft
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import NOT_HELD, Meeting, MeetingState, may_record
from concerted.people.public import Body
from concerted.reports_back.models import Asked, Link, SharedMinutes, Sharing
from concerted.reports_back.states import ReturnKind


def may_keep(actor: Actor, body: Body) -> Verdict:
    """`body` is the one that receives the reports."""
    if may_record(actor, body):
        return YES
    return no("Only this body’s secretary can say which bodies report to it.")


def may_end(actor: Actor, link: Link, on: datetime.date) -> Verdict:
    verdict = may_keep(actor, link.receiving)
    if not verdict:
        return verdict
    if link.ends is not None:
        return no("This link has ended already. Add another one if they report again.")
    if on < link.starts:
        return no("A link cannot end before it began.")
    return YES


def may_report(actor: Actor, link: Link, meeting: Meeting, *, represents: bool) -> Verdict:
    """`represents`: the actor holds the seat or post of the link, or sits for its organisation."""
    if meeting.body_id != link.receiving_id:
        return no("This body does not report to that meeting.")
    if not (represents or may_record(actor, meeting.body)):
        return no(
            "Only whoever represents that body here, or the secretary, can enter what it reports."
        )
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled, so nothing is reported to it.")
    if meeting.state == MeetingState.CONFIRMED:
        return no(
            "The minutes of this meeting are agreed, so what was reported to it stays as it is."
        )
    if link.starts > meeting.held_on or (link.ends and link.ends < meeting.held_on):
        return no("On the day of this meeting that body did not report here.")
    return YES


def may_say_not_received(actor: Actor, meeting: Meeting, *, today: datetime.date) -> Verdict:
    """That nothing came is said by the secretary, once the meeting has been called."""
    if not may_record(actor, meeting.body):
        return no("Only this body’s secretary can record that no report was received.")
    if meeting.held_on > today:
        return no("The meeting is still to come, so a report may still be received.")
    return YES


def may_return(
    actor: Actor,
    link: Link,
    meeting: Meeting,
    kind: str,
    *,
    represents: bool,
    today: datetime.date,
    attached: SharedMinutes | None,
) -> Verdict:
    verdict = may_report(actor, link, meeting, represents=represents)
    if not verdict:
        return verdict
    if kind == ReturnKind.NOT_RECEIVED:
        return may_say_not_received(actor, meeting, today=today)
    if kind == ReturnKind.ATTACHED and (
        attached is None
        or attached.revoked_at is not None
        or attached.receiving_id != link.receiving_id
        or attached.of_body_id != link.reporting_id
    ):
        return no("Minutes are attached only if the office of that body has shared them with this.")
    return YES


def may_share(actor: Actor, meeting: Meeting, body: Body | None = None) -> Verdict:
    """Letting another body attach these minutes; `body` is that one, once it is chosen."""
    if not may_record(actor, meeting.body):
        return no("Only the secretary of the body that met can share its minutes.")
    if meeting.body.hidden:
        return no("This body is hidden from others, so its minutes are not shared with another.")
    if meeting.state in NOT_HELD or meeting.with_office:
        return no("There are no minutes of this meeting yet that its own members have.")
    if meeting.audience_id != meeting.body.papers_audience_id:
        return no("This meeting is closed or hidden, so its minutes are not shared.")
    if body is not None and body.pk == meeting.body_id:
        return no("Choose another body: this one has its minutes already.")
    return YES


def may_revoke(actor: Actor, sharing: Sharing) -> Verdict:
    if not may_record(actor, sharing.meeting.body):
        return no("Only the secretary of the body that met can take this back.")
    if sharing.revoked_at is not None:
        return no("This was taken back already.")
    return YES


def may_read_attached(
    revoked_at: datetime.datetime | None,
    issued: Iterable[tuple[datetime.datetime, datetime.datetime]],
) -> Verdict:
    """Whether shared minutes can still be read.

    `issued`: of each return that attached them, when it was given and when an agenda of its meeting
    was published. What was issued before it was taken back stays with whoever has it.
    """
    if revoked_at is None or any(given <= out < revoked_at for given, out in issued):
        return YES
    return no("The body that met has taken these minutes back before they were issued.")


def may_refer(actor: Actor, from_body: Body, to_body: Body | None = None) -> Verdict:
    """Asking another body; `to_body` is that one, once it is chosen."""
    if not may_record(actor, from_body):
        return no("Only this body’s secretary can refer a question to another body.")
    if from_body.hidden:
        return no("This body is hidden from others, so it cannot ask another by name.")
    if to_body is not None and to_body.pk == from_body.pk:
        return no("Choose another body: this one asks.")
    return YES


def may_answer(actor: Actor, asked: Asked) -> Verdict:
    if not may_record(actor, asked.to_body):
        return no("Only the secretary of the body that was asked can record its answer.")
    if asked.answered_on is not None:
        return no("This question is answered already, and the answer stays as it is.")
    return YES


def may_put(
    actor: Actor, asked: Asked, meeting: Meeting, issue: Issue | None, *, on_agenda: bool
) -> Verdict:
    """Onto the agenda that is drafted, as `issue`, for a meeting of the body that is asked."""
    verdict = may_answer(actor, asked)
    if not verdict:
        return verdict
    if meeting.body_id != asked.to_body_id:
        return no("Choose a meeting of the body that was asked.")
    if not (drafts := may_draft(actor, meeting)):
        return drafts
    if on_agenda:
        return no("This question is on an agenda already.")
    if issue is None:
        return no("No agenda is begun for this meeting. Begin it, then put the question on it.")
    return YES
