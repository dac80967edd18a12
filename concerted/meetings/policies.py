"""Who may put meetings on record. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.models import Meeting
from concerted.meetings.states import NEXT, MeetingState
from concerted.people.public import Body


def may_record(actor: Actor, body: Body) -> Verdict:
    """The record of a meeting is made by the body's own secretary."""
    if actor.holds(Permission.MINUTES_IMPORT, body_id=body.pk):
        return YES
    return no("Only this body’s secretary can put its meetings on record.")


def may_fill(actor: Actor, meeting: Meeting) -> Verdict:
    """Minutes go onto a planned meeting; what is on record stays as it is."""
    verdict = may_record(actor, meeting.body)
    if not verdict:
        return verdict
    if meeting.state != MeetingState.PLANNED:
        return no(
            "This body has minutes of that day on record already. "
            "What is on record is not replaced: record a correction at a later meeting."
        )
    return YES


def may_confirm(actor: Actor, meeting: Meeting) -> Verdict:
    """Saying that minutes were agreed as a correct record."""
    if not may_record(actor, meeting.body):
        return no("Only this body’s secretary can record that minutes were agreed.")
    if MeetingState.CONFIRMED not in NEXT[meeting.state]:
        return no("These minutes cannot be agreed: there are none yet, or they are agreed already.")
    return YES
