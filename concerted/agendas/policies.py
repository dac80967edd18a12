"""Who drafts, approves and publishes an agenda. Facts in, Verdict out."""

import datetime

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.agendas.models import Issue, StandingItem
from concerted.agendas.states import NEXT, IssueState
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Item, Meeting, MeetingState
from concerted.people.public import Body


def may_see_drafts(actor: Actor, body: Body) -> Verdict:
    """The office that drafts, and the chair who approves."""
    if _runs(actor, body) or _chairs(actor, body):
        return YES
    return no(
        "A draft agenda is seen by this body’s secretary and chair only. "
        "You can read the agenda once it is published."
    )


def may_keep_standing(actor: Actor, body: Body) -> Verdict:
    """What comes on every agenda is said by the office that drafts them."""
    if _runs(actor, body):
        return YES
    return no("Only this body’s secretary can change what comes on every agenda.")


def may_change_standing(actor: Actor, item: StandingItem, *, today: datetime.date) -> Verdict:
    """What has ended stays to be read."""
    verdict = may_keep_standing(actor, item.body)
    if verdict and item.ends is not None and item.ends <= today:
        return no("This no longer comes on the agendas. Add it again if it should.")
    return verdict


def may_draft(actor: Actor, meeting: Meeting) -> Verdict:
    """Agendas are made for meetings to come."""
    if not _runs(actor, meeting.body):
        return no("Only this body’s secretary can change its agenda.")
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled, so its agenda stays as it is.")
    if meeting.state != MeetingState.PLANNED:
        return no("This meeting has been held. Its minutes are the record now.")
    return YES


def may_change(actor: Actor, item: Item) -> Verdict:
    """What is published is not changed: an item is withdrawn and another one added."""
    verdict = may_draft(actor, item.meeting)
    if not verdict:
        return verdict
    if not item.is_draft:
        return no(
            "This item is published, so it stays as it is. "
            "Withdraw it and add another: the supplement says what changed."
        )
    return YES


def may_move(actor: Actor, item: Item) -> Verdict:
    """An item that is closed keeps the number that is said of it; a hidden one has no place."""
    verdict = may_change(actor, item)
    if verdict and item.audience_id != item.home_id:
        return no("This item is closed or hidden, so it keeps its place on the agenda.")
    return verdict


def may_remove(actor: Actor, item: Item) -> Verdict:
    """Taking a draft away. What is said of a closed one would be left without it."""
    verdict = may_change(actor, item)
    if verdict and item.audience_id != item.home_id:
        return no("This item is closed or hidden. Open it first, then take it away.")
    return verdict


def may_withdraw(actor: Actor, item: Item) -> Verdict:
    """Taking back what is published; it stays to be read, as withdrawn."""
    verdict = may_draft(actor, item.meeting)
    if not verdict:
        return verdict
    if item.is_draft:
        return no("This item is not published yet. Take it away instead.")
    if item.withdrawn_in is not None and item.withdrawn_in <= item.meeting.agenda_issue:
        return no("This item is withdrawn already.")
    return YES


def may_take_urgent(actor: Actor, meeting: Meeting) -> Verdict:
    """An item that the chair takes as urgent comes past the published agenda, without an issue."""
    if not may_see_drafts(actor, meeting.body):
        return no("Only the chair of this body takes urgent business, or its secretary for them.")
    if meeting.state != MeetingState.PLANNED:
        return no("This meeting is no longer to come, so nothing is added to its business.")
    if not meeting.agenda_issue:
        return no("The agenda is not published yet. Add the item to the draft instead.")
    if meeting.audience_id != meeting.body.papers_audience_id:
        return no("Not everybody who reads this body’s papers may see this meeting.")
    return YES


def may_approve(actor: Actor, issue: Issue, *, changes: int) -> Verdict:
    """The chair approves what the secretary drafted; `changes` counts what it would publish."""
    if not _chairs(actor, issue.meeting.body):
        return no("Only the chair or vice-chair of this body can approve its agenda.")
    if issue.meeting.state != MeetingState.PLANNED:
        return no("This meeting is no longer to come, so its agenda stays as it is.")
    if IssueState.APPROVED not in NEXT[issue.state]:
        return no("This agenda is approved already.")
    if not changes:
        return no("There is nothing to approve yet. The secretary adds the items first.")
    return YES


def may_publish(actor: Actor, issue: Issue) -> Verdict:
    """The secretary publishes what the chair approved."""
    verdict = may_draft(actor, issue.meeting)
    if not verdict:
        return verdict
    if issue.state == IssueState.PUBLISHED:
        return no("This agenda is published already.")
    if IssueState.PUBLISHED not in NEXT[issue.state]:
        return no("The chair has not approved this agenda yet. Ask the chair to look at it.")
    return YES


def _runs(actor: Actor, body: Body) -> bool:
    """Drafts are kept in the office of the body, so its own secretary is one who is in it."""
    in_office = body.office_audience_id in actor.audience_ids
    return in_office and actor.holds(Permission.MINUTES_IMPORT, body_id=body.pk)


def _chairs(actor: Actor, body: Body) -> bool:
    return actor.holds(Permission.AGENDA_APPROVE, body_id=body.pk)
