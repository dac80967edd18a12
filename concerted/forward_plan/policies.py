"""Who keeps a forward plan, and what becomes of its entries. Facts in, Verdict out."""

import datetime

from concerted.access.actor import Actor
from concerted.agendas.public import Issue, may_draft
from concerted.forward_plan.models import Entry
from concerted.forward_plan.states import NEXT, EntryState
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Meeting, MeetingState, may_record
from concerted.people.public import Body


def may_keep(actor: Actor, body: Body) -> Verdict:
    if may_record(actor, body):
        return YES
    return no("Only this body’s secretary can change its forward plan.")


def may_change(actor: Actor, entry: Entry) -> Verdict:
    verdict = may_keep(actor, entry.body)
    if verdict and entry.state != EntryState.OPEN:
        return no("This entry is no longer to come, so it stays as it is. Add a new one.")
    return verdict


def may_schedule(
    actor: Actor, entry: Entry, meeting: Meeting | None, *, on_agenda: bool
) -> Verdict:
    """`on_agenda`: it is an item of an agenda to come already."""
    verdict = may_change(actor, entry)
    if not verdict or entry.meeting_id == (meeting and meeting.pk):
        return verdict
    if on_agenda:
        return no("This entry is on an agenda. Take that item away first.")
    if meeting is None:
        return YES
    if meeting.body_id != entry.body_id or meeting.state != MeetingState.PLANNED:
        return no("Choose a meeting of this body that is still to come.")
    return YES


def may_take(
    actor: Actor, entry: Entry, meeting: Meeting, issue: Issue | None, *, on_agenda: bool
) -> Verdict:
    """Into the draft `issue` of the agenda of `meeting`."""
    verdict = may_change(actor, entry)
    if not verdict:
        return verdict
    if meeting.body_id != entry.body_id:
        return no("Choose a meeting of this body that is still to come.")
    if not (drafts := may_draft(actor, meeting)):
        return drafts
    if on_agenda:
        return no("This entry is on an agenda already.")
    if entry.audience_id != entry.home_id:
        return no(
            "This entry is not open to all who read this body’s papers, so it is not taken over "
            "by itself. Add an item to the draft, and say there who may see it."
        )
    if issue is None:
        return no("No agenda is begun for this meeting. Begin it, then take the entry over.")
    return YES


def may_end(actor: Actor, entry: Entry, state: EntryState) -> Verdict:
    """Saying that it was dealt with, or taking it off the plan."""
    verdict = may_keep(actor, entry.body)
    if verdict and state not in NEXT[entry.state]:
        return no("What became of this entry is on record already, and stays.")
    return verdict


def is_over(meeting: Meeting, today: datetime.date) -> bool:
    """Whether nothing more can be put to a meeting."""
    return meeting.state != MeetingState.PLANNED or meeting.held_on < today
