"""Who may put meetings on record. Facts in, Verdict out."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.models import Meeting
from concerted.meetings.states import NEXT, MeetingState
from concerted.people.public import Body


@dataclass(frozen=True, slots=True)
class When:
    """When and where a meeting is to be; the time is as clocks in Britain show it."""

    held_on: datetime.date
    starts_at: datetime.time | None = None
    venue: str = ""


def may_record(actor: Actor, body: Body) -> Verdict:
    """The record of a meeting is made by the body's own secretary."""
    if actor.holds(Permission.MINUTES_IMPORT, body_id=body.pk):
        return YES
    return no("Only this body’s secretary can put its meetings on record.")


def may_plan(actor: Actor, body: Body, *, that_day: Sequence[Meeting]) -> Verdict:
    """A body meets once a day; `that_day` are its meetings of the day, without cancelled ones."""
    verdict = may_record(actor, body)
    if verdict and that_day:
        return no(
            "This body has a meeting of that day on record already. "
            "Look at it on the Meetings page."
        )
    return verdict


def may_rearrange(actor: Actor, meeting: Meeting) -> Verdict:
    """Only what is still to come is moved or cancelled."""
    if not may_record(actor, meeting.body):
        return no("Only this body’s secretary can move or cancel its meetings.")
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled already. Plan another one instead.")
    if meeting.state != MeetingState.PLANNED:
        return no("This meeting has been held, so its day stays as it is.")
    return YES


def may_move(
    actor: Actor,
    meeting: Meeting,
    when: When,
    *,
    today: datetime.date,
    that_day: Sequence[Meeting],
) -> Verdict:
    """`that_day` are the other meetings of the body on the new day, without cancelled ones."""
    verdict = may_rearrange(actor, meeting)
    if not verdict:
        return verdict
    if when == When(meeting.held_on, meeting.starts_at, meeting.venue):
        return no("This is when and where the meeting is already. Change something, or go back.")
    if when.held_on < today:
        return no("Choose today or a day still to come.")
    return may_plan(actor, meeting.body, that_day=that_day)


def may_fill(actor: Actor, meeting: Meeting) -> Verdict:
    """Minutes go onto a planned meeting; what is on record stays as it is."""
    verdict = may_record(actor, meeting.body)
    if not verdict:
        return verdict
    if MeetingState.RECEIVED not in NEXT[meeting.state]:
        return no(
            "This body has minutes of that day on record already. "
            "What is on record is not replaced: record a correction at a later meeting."
        )
    return YES


def may_choose_paragraph(actor: Actor, meeting: Meeting) -> Verdict:
    """Single out a paragraph of minutes, to say then who may see it."""
    if not may_record(actor, meeting.body):
        return no("Only this body’s secretary can restrict a paragraph of its minutes.")
    if meeting.state in (MeetingState.PLANNED, MeetingState.CANCELLED):
        return no("There are no minutes of this meeting. Restrict the item, or wait for them.")
    return YES


def may_clear(actor: Actor, body: Body) -> Verdict:
    """Draft minutes are cleared by whoever chairs the body."""
    if actor.holds(Permission.MINUTES_CLEAR, body_id=body.pk):
        return YES
    return no("Only the chair or vice-chair of this body can clear its minutes.")


def may_circulate(actor: Actor, meeting: Meeting) -> Verdict:
    """Showing the members minutes that were drafted here."""
    verdict = may_record(actor, meeting.body)
    if not verdict:
        return verdict
    if meeting.with_office and MeetingState.SUBJECT in NEXT[meeting.state]:
        return YES
    return no("There are no draft minutes of this meeting that wait to be circulated.")


def may_confirm(actor: Actor, meeting: Meeting) -> Verdict:
    """Saying that minutes were agreed as a correct record."""
    if not may_record(actor, meeting.body):
        return no("Only this body’s secretary can record that minutes were agreed.")
    if meeting.with_office:
        return no("These minutes are not circulated yet. Members agree to what they have read.")
    if MeetingState.CONFIRMED in NEXT[meeting.state]:
        return YES
    if meeting.state == MeetingState.CONFIRMED:
        return no("These minutes are on record as agreed already.")
    return no("There are no minutes of this meeting yet that could be agreed.")
