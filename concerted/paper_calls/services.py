"""Asking for papers and comments, and what becomes of them: each step whole or not at all."""

import datetime
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.agendas.public import Issue
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import hand_to
from concerted.imports.public import hand_in
from concerted.jobs.public import Job
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Item, Meeting, held_in_turn
from concerted.notices.public import happened
from concerted.paper_calls import policies, queries
from concerted.paper_calls.models import Call, Comment, CommentCall, Delivery
from concerted.paper_calls.states import DeliveryState, Source
from concerted.papers.public import (
    NewPresentation,
    NewPut,
    Paper,
    Presentation,
    begins_at,
    minuted_as,
    succeed,
)
from concerted.papers.public import publish as publish_paper
from concerted.papers.public import put as put_paper
from concerted.papers.public import visible_to as papers_visible_to
from concerted.people.public import (
    Body,
    Organisation,
    Person,
    Post,
    acting_as,
    audience_with_office,
    renewed,
)
from concerted.reading.files.containers import is_container

KEEP = "paper_calls.keep"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of exactly one organisation, post or person, by the end of a day."""

    title: str
    due_on: datetime.date
    organisation: Organisation | None = None
    post: Post | None = None
    person: Person | None = None
    item: Item | None = None
    wanted: str = ""


@transaction.atomic
def call(actor: Actor, *, meeting: Meeting, wanted: Wanted) -> Call:
    """Ask for a paper. Where its item is restricted, the call is for whoever sees that."""
    actor, meeting = held_in_turn(actor, meeting)
    policies.may_call(actor, meeting).enforce()
    home = audience_with_office(
        actor,
        meeting.body,
        organisation=wanted.organisation,
        post=wanted.post,
        person=wanted.person,
    )
    actor = renewed(actor)
    item = wanted.item
    restricted = item is not None and item.audience_id != item.home_id
    made = Call.objects.create(
        body=meeting.body,
        meeting=meeting,
        item_key=item.key if item else "",
        title=wanted.title,
        wanted=wanted.wanted,
        organisation=wanted.organisation,
        post=wanted.post,
        person=wanted.person,
        due_on=wanted.due_on,
        home_id=home,
        called_by_id=actor.person_id,
        audience_id=item.audience_id if item and restricted else home,
    )
    trail.note(actor, "paper_call.made", made, verb=Verb.COLLECT)
    happened(actor, "paper_call.made", reference=made.key)
    return made


@transaction.atomic
def chase(actor: Actor, *, calls: list[Call]) -> int:
    """Remind whoever is asked of what is outstanding; says of how many papers.

    A post or a person reads it in their mail of the day. A chase to an organisation reaches
    several, so it waits in the outbox.
    """
    chased = 0
    for one in calls:
        actor, held = _held(actor, one)
        waits = queries.line_of(actor, held).waits
        if len(calls) > 1 and not waits:
            continue
        policies.may_chase(actor, held, waits=waits).enforce()
        held.chased_at = now()
        held.save(update_fields=["chased_at"])
        trail.note(actor, "paper_call.chased", held, fields=["chased_at"])
        if held.organisation_id:
            happened(actor, "paper_call.chased_organisation", reference=held.key)
        else:
            happened(actor, "paper_call.chased", reference=held.key)
        chased += 1
    return chased


@transaction.atomic
def deliver(
    actor: Actor, *, call: Call, name: str, data: bytes, note: str = ""
) -> tuple[Delivery, Job]:
    """Keep a file that came for a call, to be read as every file is: marked, closed off, checked.

    Returns the work of reading it, to be begun once this is committed.
    """
    actor, held = _held(actor, call)
    policies.may_deliver(actor, held).enforce()
    policies.may_be_a_paper(container=is_container(data)).enforce()
    # Whoever joined the office since is to see it.
    _brought_up_to_date(actor, held)
    file, job = hand_in(
        actor,
        name=name,
        data=data,
        audience_id=held.audience_id,
        leads_to=f"paper_calls:call {held.key}",
    )
    delivery = Delivery.objects.create(
        call=held,
        number=held.deliveries.count() + 1,
        name=file.name,
        file=file,
        note=note,
        received_by_id=actor.person_id,
        audience_id=held.audience_id,
    )
    trail.note(actor, "delivery.received", delivery, verb=Verb.COLLECT)
    return delivery, job


@transaction.atomic
def send_back(actor: Actor, *, delivery: Delivery, remark: str) -> Delivery:
    """Send a paper back to its author, with what is to be changed."""
    actor, held = _delivery(actor, delivery)
    policies.may_send_back(actor, held).enforce()
    held = _decided(actor, held, DeliveryState.SENT_BACK, remark)
    trail.note(actor, "delivery.sent_back", held, fields=["state"])
    happened(actor, "delivery.sent_back", reference=held.key)
    return held


@transaction.atomic
def approve(actor: Actor, *, delivery: Delivery, remark: str = "") -> Delivery:
    """Let a paper go to its meeting; what was published of it before becomes its last version."""
    actor, held = _delivery(actor, delivery)
    came = queries.came_of(actor, held)
    policies.may_approve(
        actor, held, came.paper, file_state=came.file.state if came.file else ""
    ).enforce()
    held.paper = came.paper
    held = _decided(actor, held, DeliveryState.APPROVED, remark)
    trail.note(actor, "delivery.approved", held, fields=["paper", "state"])
    return held


def _decided(actor: Actor, held: Delivery, state: DeliveryState, remark: str) -> Delivery:
    held.state, held.remark = state, remark
    held.decided_by_id, held.decided_at = actor.person_id, now()
    held.save(update_fields=["state", "remark", "decided_by", "decided_at", "paper"])
    return held


@transaction.atomic
def publish(actor: Actor, *, delivery: Delivery) -> Delivery:
    """Show an approved paper to its readers now."""
    actor, held = _delivery(actor, delivery)
    line = queries.line_of(actor, held.call)
    came = next(one for one in line.came if one.delivery.pk == held.pk)
    shut = is_shut(line.item, came.paper)
    policies.may_publish(actor, held, item_shut=shut).enforce()
    return _published(actor, held, line, now())


def publish_with(actor: Actor, issue: Issue) -> None:
    """Publish with an issue of an agenda what was approved for its items, or for no item yet.

    What is for a closed item stays until somebody says who is to have the paper.
    """
    calls = queries.visible_to(actor).filter(meeting=issue.meeting, withdrawn_at=None)
    for line in queries.lines(actor, calls):
        last = line.last
        if last is None or last.delivery.state != DeliveryState.APPROVED:
            continue
        there = not line.call.item_key or (line.item and line.item.issue <= issue.number)
        shut = is_shut(line.item, last.paper)
        if there and policies.may_publish(actor, last.delivery, item_shut=shut):
            _published(actor, last.delivery, line, issue.published_at or now())


def is_shut(item: Item | None, paper: Paper | None) -> bool:
    closed = item is not None and item.audience_id != item.home_id
    return closed and (paper is None or paper.audience_id == paper.home_id)


def _published(
    actor: Actor, held: Delivery, line: queries.Line, moment: datetime.datetime
) -> Delivery:
    paper = papers_visible_to(actor).filter(pk=held.paper_id or 0).first()
    if paper is None:
        raise NotAllowed("The paper of this delivery is no longer open to you.")
    before = [one for one in line.published if one.paper is not None]
    if before and before[-1].paper:
        paper = succeed(actor, paper=paper, follows=before[-1].paper)
    paper = publish_paper(
        actor,
        paper=paper,
        at=moment,
        due_on=line.call.due_on,
        received_at=line.first_received_at,
    )
    meeting, item = line.call.meeting, line.item
    put_paper(
        actor,
        paper=paper,
        to=NewPresentation(
            body_name=meeting.body.name,
            body=meeting.body,
            on=meeting.held_on,
            item_ref=item.ref if item else "",
            meeting_key=meeting.key,
            issued_at=line.issued_at or moment,
            begins_at=begins_at(meeting.held_on, meeting.starts_at),
        ),
        puts=[
            NewPut(one.words, one.ref, one)
            for one in paper.recommendations.filter(audience_id=paper.audience_id)
        ],
        item_key=line.call.item_key,
    )
    if paper.version and paper.version.audience_id == line.call.audience_id:
        # From here on the file is kept as those of all papers are.
        hand_to(actor, version=paper.version, audience_id=meeting.body.office_audience_id)
    held.state = DeliveryState.PUBLISHED
    held.published_by_id, held.published_at = actor.person_id, moment
    held.save(update_fields=["state", "published_by", "published_at"])
    trail.note(actor, "delivery.published", held, fields=["state"])
    return held


@transaction.atomic
def withdraw(actor: Actor, *, call: Call, because: str) -> Call:
    """Take back what was asked, with a reason; it stays to be read, as withdrawn."""
    actor, held = _held(actor, call)
    published = held.deliveries.filter(state=DeliveryState.PUBLISHED).exists()
    policies.may_withdraw(actor, held, published=published).enforce()
    held.withdrawn_by_id, held.withdrawn_at = actor.person_id, now()
    held.because = because
    held.save(update_fields=["withdrawn_by", "withdrawn_at", "because"])
    trail.note(actor, "paper_call.withdrawn", held, fields=["withdrawn_at", "because"])
    return held


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is asked for comments: exactly one of these."""

    body: Body | None = None
    organisation: Organisation | None = None
    post: Post | None = None
    mailbox: str = ""


@transaction.atomic
def call_for_comments(
    actor: Actor,
    *,
    paper: Paper,
    of: list[Addressee],
    until: datetime.date | None = None,
    wanted: str = "",
) -> list[CommentCall]:
    """Ask each of these for comments on a paper, by a day or without one."""
    paper = _paper(actor, paper)
    policies.may_call_for_comments(actor, paper).enforce()
    made = [
        CommentCall.objects.create(
            paper=paper,
            to_body=one.body,
            organisation=one.organisation,
            post=one.post,
            mailbox=one.mailbox or None,
            until=until,
            wanted=wanted,
            called_by_id=actor.person_id,
            audience_id=paper.audience_id,
        )
        for one in of
    ]
    for call_ in made:
        trail.note(actor, "comments.called", call_, verb=Verb.COLLECT)
        if call_.to_body_id:
            happened(actor, "comments.called_widely", reference=call_.key)
        elif call_.mailbox is None:
            happened(actor, "comments.called", reference=call_.key)
    return made


@dataclass(frozen=True, slots=True)
class Said:
    """A comment; `whose` and `source` where it did not come by its writer’s own hand."""

    text: str
    whose: str = ""
    source: str = Source.HERE
    came_on: datetime.date | None = None


@transaction.atomic
def comment(actor: Actor, *, call: CommentCall, said: Said) -> Comment:
    """Keep what somebody says of a paper, or what the office was told."""
    held = (
        queries.comment_calls_visible_to(actor)
        .select_for_update(of=["self"])
        .filter(pk=call.pk)
        .first()
    )
    if held is None:
        raise Http404
    policies.may_comment(actor, held, today=today()).enforce()
    if own := said.source == Source.HERE:
        whose, came_on = "", today()
    else:
        policies.may_enter(actor, held).enforce()
        whose, came_on = said.whose, said.came_on or today()
    made = Comment.objects.create(
        call=held,
        text=said.text,
        by_id=actor.person_id if own else None,
        whose=whose,
        source=said.source,
        came_on=came_on,
        entered_by_id=actor.person_id,
        audience_id=held.audience_id,
    )
    trail.note(actor, "comment.received", made, verb=Verb.COLLECT)
    return made


@transaction.atomic
def answer(actor: Actor, *, comment: Comment, text: str) -> Comment:
    """Say what the author answers. Once."""
    rows = queries.comments_visible_to(actor).select_for_update(of=["self"])
    held = rows.filter(pk=comment.pk).first()
    if held is None:
        raise Http404
    policies.may_answer(actor, held).enforce()
    held.answer, held.answered_by_id, held.answered_at = text, actor.person_id, now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    trail.note(actor, "comment.answered", held, fields=["answer"])
    return held


@transaction.atomic
def put(
    actor: Actor,
    *,
    paper: Paper,
    meeting: Meeting,
    item: Item | None,
    puts: list[NewPut],
) -> Presentation:
    """Put a paper to one more meeting, with what that meeting is asked."""
    paper = _paper(actor, paper)
    policies.may_put(actor, paper).enforce()
    return put_paper(
        actor,
        paper=paper,
        to=NewPresentation(
            body_name=meeting.body.name,
            body=meeting.body,
            on=meeting.held_on,
            item_ref=item.ref if item else "",
            meeting_key=meeting.key,
        ),
        puts=puts,
        item_key=item.key if item else "",
    )


@transaction.atomic
def minuted(actor: Actor, *, presentation: Presentation, item: Item) -> None:
    """Say under which item of its meeting a paper is minuted."""
    policies.may_put(actor, presentation.paper).enforce()
    minuted_as(actor, presentation=presentation, item_key=item.key)


def bring_up_soon() -> None:
    """A body has another chair: who sees its calls is brought up to date in the background."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(KEEP, queueing_lock=KEEP).defer(timestamp=0)


def bring_up_to_date() -> None:
    """Let whoever is in an office or chairs a body as of today see its calls, and nobody else."""
    for account in Account.objects.filter(is_active=True).order_by("pk"):
        with acting_as(account) as actor:
            for one in queries.visible_to(actor).filter(
                withdrawn_at=None, meeting__held_on__gte=today()
            ):
                if policies.may_withdraw(actor, one, published=False):
                    _brought_up_to_date(actor, one)


def _brought_up_to_date(actor: Actor, held: Call) -> None:
    audience_with_office(
        actor,
        held.body,
        organisation=held.organisation,
        post=held.post,
        person=held.person,
        audience_id=held.home_id,
    )


def _held(actor: Actor, call: Call) -> tuple[Actor, Call]:
    actor, _ = held_in_turn(actor, call.meeting)
    held = queries.visible_to(actor).select_for_update(of=["self"]).filter(pk=call.pk).first()
    if held is None:
        raise Http404
    return actor, held


def _delivery(actor: Actor, delivery: Delivery) -> tuple[Actor, Delivery]:
    actor, _ = _held(actor, delivery.call)
    rows = queries.deliveries_visible_to(actor).select_for_update(of=["self"])
    held = rows.filter(pk=delivery.pk).first()
    if held is None:
        raise Http404
    return actor, held


def _paper(actor: Actor, paper: Paper) -> Paper:
    """The paper, held, so that what is added has the audience that it has now."""
    rows = papers_visible_to(actor).select_for_update(of=["self"])
    held = rows.filter(pk=paper.pk).first()
    if held is None:
        raise Http404
    return held
