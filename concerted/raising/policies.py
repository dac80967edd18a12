"""Who puts business forward, and who answers. Facts in, Verdict out."""

import datetime
from collections.abc import Collection

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.agendas.public import Issue, may_draft
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings.public import Meeting, MeetingState, may_record
from concerted.people.public import Body
from concerted.raising.models import ItemRequest
from concerted.raising.states import NEXT, RequestState

ANSWERED = {
    RequestState.TAKEN: "This was taken onto an agenda already.",
    RequestState.NEXT: "This was put to the next agenda already.",
    RequestState.REFUSED: "This was refused already. It can be put forward again.",
    RequestState.WITHDRAWN: "Whoever put this forward has withdrawn it.",
}


def may_raise(actor: Actor, body: Body, *, seated: Collection[int]) -> Verdict:
    """Putting an item forward; `seated` are the organisations with a seat on the body, by id."""
    if body.pk in actor.seated_body_ids or set(seated) & set(actor.organisation_ids):
        return YES
    if runs(actor, body):
        return YES
    return no(
        "Items are put forward by those who sit on this body, and by organisations with a seat "
        "on it. Ask one of them, or its secretary."
    )


def may_raise_urgent(
    actor: Actor, meeting: Meeting, *, seated: Collection[int], today: datetime.date
) -> Verdict:
    """Urgent business is what came up after the agenda was published, until the meeting is over."""
    verdict = may_raise(actor, meeting.body, seated=seated)
    if not verdict:
        return verdict
    if meeting.state == MeetingState.CANCELLED:
        return no("This meeting was cancelled. Put the item forward for the next agenda.")
    if meeting.state != MeetingState.PLANNED or meeting.held_on < today:
        return no("This meeting has been held. Put the item forward for the next agenda.")
    if not meeting.agenda_issue:
        return no(
            "The agenda of this meeting is not published yet, so nothing has to be urgent. "
            "Put the item forward for it."
        )
    if meeting.audience_id != meeting.body.papers_audience_id:
        return no(
            "Not everybody who reads this body’s papers may see this meeting, so nothing is put "
            "forward here. Speak to its secretary."
        )
    return YES


def may_see_all(actor: Actor, body: Body) -> Verdict:
    """The office that keeps the agendas, and the chair who approves and rules."""
    if runs(actor, body) or _chairs(actor, body):
        return YES
    return no("You can see here what you put forward yourself.")


def may_take(
    actor: Actor, request: ItemRequest, meeting: Meeting, issue: Issue | None, *, came_off: bool
) -> Verdict:
    """Onto the draft `issue` of the agenda of `meeting`; `came_off`: it was on one, and is not."""
    verdict = may_draft(actor, meeting)
    if not verdict:
        return verdict
    if meeting.body_id != request.body_id:
        return no("Choose a meeting of this body that is still to come.")
    if request.urgent:
        return no("This was raised as urgent business: the chair rules on it.")
    if not (answered := _may_answer(request, RequestState.TAKEN, came_off=came_off)):
        return answered
    if issue is None:
        return no("No agenda is begun for this meeting. Begin it, then take the item over.")
    return YES


def may_refuse(actor: Actor, request: ItemRequest, *, came_off: bool) -> Verdict:
    """The secretary or the chair answers what was put forward for an agenda to come."""
    if not may_see_all(actor, request.body):
        return no("Only this body’s secretary or chair can answer what was put forward.")
    if request.urgent:
        return no("This was raised as urgent business: the chair rules on it.")
    return _may_answer(request, RequestState.REFUSED, came_off=came_off)


def may_rule(actor: Actor, request: ItemRequest) -> Verdict:
    """The chair rules on urgent business; the secretary may note the ruling, and whose it was."""
    if not may_see_all(actor, request.body):
        return no("Only the chair of this body rules on urgent business.")
    if not request.urgent:
        return no("This was put forward for an agenda to come, so there is nothing to rule on.")
    return _may_answer(request, RequestState.REFUSED)


def may_withdraw(actor: Actor, request: ItemRequest) -> Verdict:
    """Whoever asked may take it back while nobody has answered."""
    if request.by_id != actor.person_id:
        return no("Only whoever put this forward can withdraw it.")
    return _may_answer(request, RequestState.WITHDRAWN)


def _may_answer(request: ItemRequest, answer: RequestState, *, came_off: bool = False) -> Verdict:
    waits = request.state == RequestState.WAITING or came_off
    if waits and answer in NEXT[request.state]:
        return YES
    return no(ANSWERED[RequestState(request.state)])


def runs(actor: Actor, body: Body) -> bool:
    """Whether the actor is in the office of the body, where its drafts are kept."""
    return body.office_audience_id in actor.audience_ids and bool(may_record(actor, body))


def _chairs(actor: Actor, body: Body) -> bool:
    return actor.holds(Permission.AGENDA_APPROVE, body_id=body.pk)
