"""Who asks for papers, delivers, approves and comments. Facts in, Verdict out."""

import datetime

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.imports.public import FileState
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Meeting, MeetingState
from concerted.paper_calls.models import Call, Comment, CommentCall, Delivery
from concerted.paper_calls.states import NEXT, DeliveryState
from concerted.papers.public import Paper
from concerted.people.public import Body


def may_call(actor: Actor, meeting: Meeting) -> Verdict:
    if not _keeps(actor, meeting.body):
        return no("Only this body’s secretary can ask for papers.")
    if meeting.state != MeetingState.PLANNED:
        return no("This meeting is no longer to come, so no paper is asked for.")
    return YES


def works_for(actor: Actor, call: Call) -> bool:
    """Whether somebody is asked by this call, themselves or for their organisation."""
    return (
        call.person_id == actor.person_id
        or call.post_id in actor.post_ids
        or call.organisation_id in actor.organisation_ids
    )


def may_deliver(actor: Actor, call: Call) -> Verdict:
    """Whoever is asked, or the office where the paper came to it."""
    if not works_for(actor, call) and not _keeps(actor, call.body):
        return no("Only whoever is asked for this paper, or the secretary, can deliver it.")
    if call.withdrawn_at:
        return no("This call was withdrawn, so no paper is asked for any more.")
    if call.meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled. Ask the secretary what becomes of the paper.")
    return YES


def may_be_a_paper(*, container: bool) -> Verdict:
    """What kind of file a paper is: not one that holds others."""
    if container:
        return no(
            "This is an archive or an e-mail with files in it. Take the paper out of it, "
            "and deliver that."
        )
    return YES


def may_send_back(actor: Actor, delivery: Delivery) -> Verdict:
    if not _decides(actor, delivery.call.body):
        return no("Only the secretary or the chair of this body can send a paper back.")
    return _next(delivery, DeliveryState.SENT_BACK)


def may_approve(
    actor: Actor, delivery: Delivery, paper: Paper | None, *, file_state: str
) -> Verdict:
    """`paper` is what was put on record of it; `file_state` how far it was read."""
    call = delivery.call
    if not _decides(actor, call.body):
        return no("Only the secretary or the chair of this body can approve a paper.")
    if not (verdict := _next(delivery, DeliveryState.APPROVED)):
        return verdict
    if _wrote(actor, delivery):
        return no("You wrote or delivered this paper, so somebody else approves it.")
    if file_state == FileState.WAITING:
        return no("This paper has not been read yet. Look again in a moment.")
    if file_state == FileState.REFUSED:
        return no("This paper could not be read, so it is delivered again.")
    if paper is None:
        return no("First check what was read in this paper and put it on record.")
    if paper.body_id != call.body_id:
        return no("What was put on record of it is a paper of another body. Send it back.")
    return YES


def may_look_at(actor: Actor, delivery: Delivery) -> bool:
    """Whether it waits for this reader, as one of those who could approve it."""
    return _decides(actor, delivery.call.body) and not _wrote(actor, delivery)


def may_publish(actor: Actor, delivery: Delivery, *, item_shut: bool) -> Verdict:
    """Before its agenda, or after it: then it is tabled. With the agenda it goes by itself.

    `item_shut`: the item is closed or hidden, and the paper is open.
    """
    if not _keeps(actor, delivery.call.body):
        return no("Only this body’s secretary can publish a paper.")
    if not (verdict := _next(delivery, DeliveryState.PUBLISHED)):
        return verdict
    if item_shut:
        return no(
            "The item that this paper is for is closed or hidden. Say under “Who may see this "
            "paper” who is to have it, then publish it."
        )
    return YES


def may_chase(actor: Actor, call: Call, *, waits: bool) -> Verdict:
    """`waits`: nothing has been delivered yet that could be looked at."""
    if not _keeps(actor, call.body):
        return no("Only this body’s secretary can chase a paper.")
    if call.withdrawn_at or not waits:
        return no("Nothing is outstanding here, so there is nobody to chase.")
    return YES


def may_withdraw(actor: Actor, call: Call, *, published: bool) -> Verdict:
    """Taking back what was asked, before anything was published of it."""
    if not _keeps(actor, call.body):
        return no("Only this body’s secretary can withdraw a call for a paper.")
    if call.withdrawn_at:
        return no("This call is withdrawn already.")
    if published:
        return no("Its paper is published. Withdraw the paper on its own page.")
    return YES


def may_call_for_comments(actor: Actor, paper: Paper) -> Verdict:
    if not _keeps(actor, paper.body):
        return no("Only this body’s secretary can call for comments on its papers.")
    return YES


def is_asked(actor: Actor, call: CommentCall) -> bool:
    return (
        call.to_body_id in actor.seated_body_ids
        or call.post_id in actor.post_ids
        or call.organisation_id in actor.organisation_ids
    )


def may_comment(actor: Actor, call: CommentCall, *, today: datetime.date) -> Verdict:
    """Whoever is asked, until the last day; what came otherwise the office puts down."""
    if _keeps(actor, call.paper.body):
        return YES
    if not is_asked(actor, call):
        return no("Others are asked for comments here. Tell the secretary if you have one.")
    if call.until and today > call.until:
        return no("The last day for comments has passed. The secretary can still put yours down.")
    return YES


def may_enter(actor: Actor, call: CommentCall) -> Verdict:
    """Putting down a comment that came by e-mail or by word of mouth."""
    if _keeps(actor, call.paper.body):
        return YES
    return no("Only this body’s secretary can put down what others said.")


def may_answer(actor: Actor, comment: Comment) -> Verdict:
    """The author of the paper, by post or organisation; the office puts an answer down."""
    paper = comment.call.paper
    author = paper.author_id in actor.post_ids or paper.organisation_id in actor.organisation_ids
    if not author and not _keeps(actor, paper.body):
        return no("Only the author of this paper, or the secretary, can answer comments on it.")
    if comment.answered_at:
        return no("This comment is answered already, and the answer stays.")
    return YES


def may_put(actor: Actor, paper: Paper) -> Verdict:
    """Recording what a meeting is asked, or where a paper is minuted."""
    if _keeps(actor, paper.body):
        return YES
    return no("Only this body’s secretary can put its papers to meetings.")


def _next(delivery: Delivery, state: DeliveryState) -> Verdict:
    if delivery.call.withdrawn_at:
        return no("This call was withdrawn, so its paper goes no further.")
    if state in NEXT[delivery.state]:
        return YES
    match delivery.state:
        case DeliveryState.SENT_BACK:
            return no("This delivery was sent back. The next one is looked at instead.")
        case DeliveryState.PUBLISHED:
            return no("This paper is published, so it stays. A new version can be delivered.")
        case DeliveryState.APPROVED:
            return no("This paper is approved already.")
        case _:
            return no("This paper is not approved yet.")


def _wrote(actor: Actor, delivery: Delivery) -> bool:
    call = delivery.call
    own = actor.person_id in (delivery.received_by_id, call.person_id)
    return own or call.post_id in actor.post_ids


def _keeps(actor: Actor, body: Body) -> bool:
    in_office = body.office_audience_id in actor.audience_ids
    return in_office and actor.holds(Permission.MINUTES_IMPORT, body_id=body.pk)


def _decides(actor: Actor, body: Body) -> bool:
    return _keeps(actor, body) or actor.holds(Permission.AGENDA_APPROVE, body_id=body.pk)
