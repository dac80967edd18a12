"""Who raises minutes and puts actions on agendas by name. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.actions.public import UNFINISHED, Action
from concerted.agendas.public import Issue, may_draft
from concerted.arising.models import Raised
from concerted.arising.states import SLIPS_TO_NAME
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Item, Meeting, MeetingState, may_record


def may_raise(actor: Actor, meeting: Meeting) -> Verdict:
    """Until the minutes of a meeting are agreed."""
    if not may_record(actor, meeting.body):
        return no("Only this body’s secretary can raise an earlier minute at its meetings.")
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled, so nothing is raised at it.")
    if meeting.state == MeetingState.CONFIRMED:
        return no("The minutes of this meeting are agreed, so what was raised stays as it is.")
    return YES


def may_raise_this(
    actor: Actor, meeting: Meeting, item: Item, *, of_body: bool, raised: bool
) -> Verdict:
    """`of_body`: it is a minute of the same body, or of one that it follows after."""
    verdict = may_raise(actor, meeting)
    if not verdict:
        return verdict
    if not of_body or item.meeting.held_on >= meeting.held_on:
        return no("Choose a minute of an earlier meeting of this body.")
    if raised:
        return no("This minute is raised at this meeting already.")
    return YES


def may_take_back(actor: Actor, raised: Raised) -> Verdict:
    """What the members have read stays."""
    verdict = may_raise(actor, raised.meeting)
    if verdict and not is_draft(raised.meeting):
        return no("The agenda of this meeting is published, so what was raised stays on it.")
    return verdict


def is_draft(meeting: Meeting) -> bool:
    """Whether what is raised at a meeting is still the office's alone."""
    return meeting.state == MeetingState.PLANNED and not meeting.agenda_issue


def may_name(
    actor: Actor,
    action: Action,
    meeting: Meeting,
    issue: Issue | None,
    *,
    slips: int,
    named: bool,
) -> Verdict:
    """Put an action on the agenda that is drafted; `named`: it was, after as many slips."""
    if not may_record(actor, meeting.body):
        return no("Only this body’s secretary can put an action on its agenda.")
    if action.body_id != meeting.body_id:
        return no("Choose a meeting of the body that gave this action.")
    if not (drafts := may_draft(actor, meeting)):
        return drafts
    if action.state not in UNFINISHED or slips < SLIPS_TO_NAME:
        return no(
            "An action is put on the agenda by name while it is open and at least three of its "
            "due dates were not kept."
        )
    if action.audience_id != action.body.papers_audience_id:
        return no(
            "This action is not open to all who read this body’s papers, so it is not taken over "
            "by itself. Add an item to the draft, and say there who may see it."
        )
    if named:
        return no("This action is on an agenda already.")
    if issue is None:
        return no("No agenda is begun for this meeting. Begin it, then put the action on it.")
    return YES
