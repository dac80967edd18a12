"""Who writes minutes, clears, circulates and corrects them. Facts in, Verdict out."""

import datetime

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import NOT_HELD, Meeting, MeetingState
from concerted.meetings.public import may_clear as may_clear_of
from concerted.minuting.models import Minutes
from concerted.minuting.states import NEXT, MinutesState
from concerted.people.public import Body

OVER = {
    MinutesState.WRITING: "These minutes are still being written. They go on record first.",
    MinutesState.RECORDED: "The chair has not cleared these minutes.",
    MinutesState.CLEARED: "The chair has cleared these minutes already.",
    MinutesState.CIRCULATED: "The members have these minutes already.",
}


def may_see_drafts(actor: Actor, body: Body) -> Verdict:
    """The office that writes, and the chair who clears."""
    if _runs(actor, body) or _chairs(actor, body):
        return YES
    return no(
        "Minutes that are not circulated yet are seen by this body’s secretary and chair only. "
        "You can read them once they are circulated."
    )


def may_write(actor: Actor, meeting: Meeting) -> Verdict:
    """Minutes are typed of a meeting that has none yet."""
    if not _runs(actor, meeting.body):
        return no("Only this body’s secretary can write its minutes.")
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled, so there is nothing to minute.")
    if meeting.state != MeetingState.PLANNED:
        return no("The minutes of this meeting are on record, so nothing is typed here any more.")
    return YES


def may_put_on_record(actor: Actor, meeting: Meeting, *, today: datetime.date) -> Verdict:
    verdict = may_write(actor, meeting)
    if verdict and meeting.held_on > today:
        return no("This meeting is still to come. Put its minutes on record once it was held.")
    return verdict


def may_clear(actor: Actor, minutes: Minutes) -> Verdict:
    """The chair clears what is on record as a draft, or sends it back."""
    verdict = may_clear_of(actor, minutes.meeting.body)
    if not verdict:
        return verdict
    if MinutesState.CLEARED not in NEXT[minutes.state]:
        return no(OVER[MinutesState(minutes.state)])
    return YES


def may_unlock(actor: Actor, minutes: Minutes) -> Verdict:
    """Taking a clearance back, while the members have not read the minutes."""
    verdict = may_see_drafts(actor, minutes.meeting.body)
    if verdict and MinutesState.RECORDED not in NEXT[minutes.state]:
        return no("No clearance of these minutes stands.")
    if verdict and minutes.state == MinutesState.WRITING:
        return no(OVER[MinutesState.WRITING])
    return verdict


def may_circulate(actor: Actor, minutes: Minutes) -> Verdict:
    """The secretary circulates what the chair cleared."""
    if not _runs(actor, minutes.meeting.body):
        return no("Only this body’s secretary can circulate its minutes.")
    if MinutesState.CIRCULATED not in NEXT[minutes.state]:
        return no(OVER[MinutesState(minutes.state)])
    return YES


def may_correct(actor: Actor, meeting: Meeting) -> Verdict:
    """Recording beside minutes what they should have said."""
    if not _runs(actor, meeting.body):
        return no("Only this body’s secretary can record a correction of its minutes.")
    if meeting.state in NOT_HELD:
        return no("There are no minutes of this meeting on record. Change the draft instead.")
    return YES


def _runs(actor: Actor, body: Body) -> bool:
    """Drafts are kept in the office of the body, so its own secretary is one who is in it."""
    in_office = body.office_audience_id in actor.audience_ids
    return in_office and actor.holds(Permission.MINUTES_IMPORT, body_id=body.pk)


def _chairs(actor: Actor, body: Body) -> bool:
    return bool(may_clear_of(actor, body))
