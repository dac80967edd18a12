"""Putting business forward and answering it: each step whole or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.agendas.public import Entry, Overtaken, draft_of, take_urgent
from concerted.agendas.public import add as add_item
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Item, Meeting, held_in_turn, seen_now
from concerted.notices.public import happened
from concerted.people.public import Body, Person, as_office, hold_body, renewed
from concerted.raising import policies, queries
from concerted.raising.models import ItemRequest, Ruling
from concerted.raising.states import Asked, RequestState


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody puts forward. `raised_by` is as minutes would say it."""

    title: str
    why: str
    kind: str = Asked.DECISION
    minutes_wanted: int | None = None
    why_urgent: str = ""
    raised_by: str = ""


SAID = tuple(Wanted.__slots__)


@transaction.atomic
def ask(actor: Actor, *, body: Body, wanted: Wanted, meeting: Meeting | None = None) -> ItemRequest:
    """Put an item forward for an agenda to come: that of `meeting`, or the next."""
    actor = renewed(actor)
    policies.may_raise(actor, body, seated=queries.seated_ids(actor, body)).enforce()
    if meeting and not queries.meetings_to_choose(actor, body).filter(pk=meeting.pk).exists():
        raise NotAllowed(
            "The agenda of this meeting is published by now, or the meeting is over. "
            "Choose another meeting, or the next agenda."
        )
    return _asked(actor, ItemRequest(body=body, meeting=meeting), wanted)


@transaction.atomic
def raise_urgent(actor: Actor, *, meeting: Meeting, wanted: Wanted) -> ItemRequest:
    """Put forward what came up since the agenda of a meeting was published."""
    actor, meeting = held_in_turn(actor, meeting)
    seated = queries.seated_ids(actor, meeting.body)
    policies.may_raise_urgent(actor, meeting, seated=seated, today=today()).enforce()
    return _asked(actor, ItemRequest(body=meeting.body, meeting=meeting, urgent=True), wanted)


def _asked(actor: Actor, request: ItemRequest, wanted: Wanted) -> ItemRequest:
    for name in SAID:
        setattr(request, name, getattr(wanted, name))
    request.by_id = actor.person_id
    if not (wanted.raised_by and policies.runs(actor, request.body)):
        # Only the secretary says of somebody else that they raised it.
        request.raised_by = queries.as_said(actor, request.body)
    with as_office(actor, request.body):
        request.audience_id = request.body.office_audience_id
        request.save()
        trail.note(actor, "item_request.made", request, verb=Verb.COLLECT)
        happened(actor, "request.made", reference=request.key)
    return request


@transaction.atomic
def take(
    actor: Actor, *, request: ItemRequest, token: str, meeting: Meeting, agenda_token: str
) -> Item:
    """Make it an item of the agenda that is drafted for a meeting. Raises Overtaken."""
    actor, request = _held(actor, request, token)
    meeting = seen_now(actor, meeting)
    issue = draft_of(actor, meeting)
    [line] = queries.lines(actor, [request])
    policies.may_take(actor, request, meeting, issue, came_off=line.came_off).enforce()
    assert issue  # noqa: S101 - the policy has asked
    item = add_item(
        actor,
        issue=issue,
        token=agenda_token,
        entry=Entry(
            title=request.title,
            kind=request.kind,
            minutes_allowed=request.minutes_wanted,
            presenter=request.raised_by,
        ),
    )
    request.meeting, request.item_key = meeting, item.key
    _answered(actor, request, RequestState.TAKEN, "")
    return item


@transaction.atomic
def refuse(actor: Actor, *, request: ItemRequest, token: str, because: str) -> ItemRequest:
    """Say no to what was put forward for an agenda to come, with the reason."""
    actor, request = _held(actor, request, token)
    with as_office(actor, request.body) as reader:
        [line] = queries.lines(reader, [request])
        policies.may_refuse(actor, request, came_off=line.came_off).enforce()
        return _answered(actor, request, RequestState.REFUSED, because)


@transaction.atomic
def withdraw(actor: Actor, *, request: ItemRequest, token: str) -> ItemRequest:
    """Take back what one put forward, while nobody has answered."""
    actor, request = _held(actor, request, token)
    with as_office(actor, request.body):
        policies.may_withdraw(actor, request).enforce()
        return _answered(actor, request, RequestState.WITHDRAWN, "")


@transaction.atomic
def rule(
    actor: Actor,
    *,
    request: ItemRequest,
    token: str,
    ruling: str,
    because: str,
    ruled_by: Person | None = None,
) -> ItemRequest:
    """The chair’s ruling on urgent business, or, with `ruled_by`, the secretary’s note of it.

    What is taken becomes an item of the meeting at once, below its item for urgent business; what
    is put to the next agenda waits there as a request of its own.
    """
    actor, request = _held(actor, request, token)
    policies.may_rule(actor, request).enforce()
    chairs = queries.may_have_ruled(actor, request.body)
    chair = ruled_by or next((one for one in chairs if one.pk == actor.person_id), None)
    if chair is None or chair not in chairs:
        raise NotAllowed("Say who ruled: the chair of this body, or whoever stands in.")
    if ruling == RequestState.TAKEN:
        _take_urgent(actor, request, chair, because)
    with as_office(actor, request.body):
        if ruling == RequestState.NEXT:
            _put_off(request)
        return _answered(actor, request, RequestState(ruling), because, chair)


def _take_urgent(actor: Actor, request: ItemRequest, chair: Person, because: str) -> None:
    if request.meeting is None:
        raise Http404
    item = take_urgent(
        actor,
        meeting=seen_now(actor, request.meeting),
        entry=Entry(
            title=request.title,
            kind=request.kind,
            minutes_allowed=request.minutes_wanted,
            presenter=request.raised_by,
        ),
    )
    request.item_key = item.key
    ruling = Ruling.objects.create(
        item=item,
        request=request,
        raised_by=request.raised_by,
        why_urgent=request.why_urgent,
        because=because,
        by=chair,
        audience_id=item.audience_id,
    )
    trail.note(actor, "urgent_item.taken", ruling)


def _put_off(request: ItemRequest) -> None:
    """What waits for the next agenda is said by the same person in the same words."""
    same = {name: getattr(request, name) for name in SAID if name != "why_urgent"}
    ItemRequest.objects.create(
        **same,
        body=request.body,
        by_id=request.by_id,
        follows=request,
        audience_id=request.audience_id,
    )


def _answered(
    actor: Actor,
    request: ItemRequest,
    state: RequestState,
    because: str,
    chair: Person | None = None,
) -> ItemRequest:
    request.state = state
    request.because = because
    request.answered_by_id = chair.pk if chair else actor.person_id
    request.noted_by_id = actor.person_id if chair and chair.pk != actor.person_id else None
    request.answered_at = now()
    request.version += 1
    request.save(force_update=True)
    trail.note(actor, "item_request.answered", request, fields=["state"])
    happened(actor, "request.answered", reference=request.key)
    return request


def _held(actor: Actor, request: ItemRequest, token: str) -> tuple[Actor, ItemRequest]:
    """The request, locked after its body as all who write of agendas do. Raises Overtaken."""
    actor = hold_body(actor, request.body)
    with queries.opened(actor, request.body) as (_, rows):
        held = rows.select_for_update(of=["self"]).filter(pk=request.pk).first()
    if held is None:
        raise Http404
    if str(held.version) != token:
        raise Overtaken
    return actor, held
