"""Who builds packs, and who keeps notes. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Meeting, MeetingState, may_record
from concerted.papers.public import Paper


def may_build(actor: Actor, meeting: Meeting) -> Verdict:
    """From the day that an agenda is published until the meeting is held."""
    if not may_record(actor, meeting.body):
        return no("Only this body’s secretary can build the packs of its meetings.")
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled, so no pack is built for it.")
    if meeting.state != MeetingState.PLANNED:
        return no("This meeting has been held. Its pack stays as it was built.")
    if not meeting.agenda_issue:
        return no("No agenda is published yet. Publish it, then build the pack.")
    return YES


def is_there_anything(*, fresh: int, stale: bool) -> Verdict:
    """`fresh` sections are in no file yet; `stale`: a file says what is no longer so."""
    if fresh or stale:
        return YES
    return no("Nothing was published since the pack was built, so it stays as it is.")


def may_note(actor: Actor, paper: Paper) -> Verdict:
    """Whoever reads a published paper keeps notes on it, for nobody else."""
    if not actor.own_audience_id:
        return no("Sign in as yourself to keep notes.")
    if paper.published_at is None:
        return no("This paper is not published yet. Write a comment to those who work on it.")
    return YES
