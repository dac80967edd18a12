"""Who answers for a seat, who reads all answers, who sets a rule. Facts in, Verdict out."""

import datetime

from concerted.access.actor import Actor
from concerted.attending.times import begins
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Meeting, MeetingState, may_clear, may_record
from concerted.people.public import Body


def may_see_replies(actor: Actor, body: Body) -> Verdict:
    """Seat by seat: the office, and whoever chairs. Others read what comes of all of them."""
    if may_record(actor, body) or may_clear(actor, body):
        return YES
    return no("What was answered seat by seat is for this body’s secretary and chair.")


def may_reply(actor: Actor, meeting: Meeting, *, own: bool, at: datetime.datetime) -> Verdict:
    """`own`: the actor fills the seat on the day of the meeting."""
    if not own and not may_record(actor, meeting.body):
        return no(
            "Only whoever fills a seat of this body on that day, or its secretary, can answer."
        )
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting is cancelled, so no answer is needed.")
    if meeting.state != MeetingState.PLANNED or at >= begins(meeting.held_on, meeting.starts_at):
        return no("This meeting has begun. Who came stands in its minutes.")
    return YES


def may_set_rule(actor: Actor, body: Body) -> Verdict:
    if may_record(actor, body):
        return YES
    return no("Only this body’s secretary can put its quorum on record.")


def may_invite(actor: Actor, body: Body) -> Verdict:
    """What goes to a whole body is sent by its secretary, and by nobody else."""
    if may_record(actor, body):
        return YES
    return no("Only this body’s secretary can send its invitations.")
