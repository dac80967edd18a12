"""Who reads the chair’s brief, and who writes prompts. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.agendas.public import may_see_drafts
from concerted.briefs.models import Prompt
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Item, Meeting, MeetingState


def may_read(actor: Actor, meeting: Meeting) -> Verdict:
    """Whoever chairs the body and its office: it speaks of drafts, and of who does not come."""
    if not may_see_drafts(actor, meeting.body):
        return no(
            "The chair’s brief is for whoever chairs this body and for its secretary. "
            "The agenda is what every member reads."
        )
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled, so there is nothing to chair.")
    return YES


def may_write(actor: Actor, item: Item) -> Verdict:
    """Before the meeting, and while it is held: until its minutes are on record."""
    verdict = may_read(actor, item.meeting)
    if verdict and item.meeting.state != MeetingState.PLANNED:
        return no("This meeting has been held. Its prompts can still be read, not changed.")
    return verdict


def may_take_away(actor: Actor, prompt: Prompt) -> Verdict:
    """Either of them may: it is a note to work with and no record."""
    return may_write(actor, prompt.item)
