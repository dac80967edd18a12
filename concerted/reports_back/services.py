"""Links, reports, shared minutes, questions and answers: each step whole or not at all."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.agendas.public import Entry as AgendaEntry
from concerted.agendas.public import Overtaken, draft_of
from concerted.agendas.public import add as add_item
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import (
    Business,
    Decision,
    Item,
    Meeting,
    decisions_visible_to,
    visible_to,
)
from concerted.notices.public import happened
from concerted.people.public import (
    Body,
    Organisation,
    Post,
    Seat,
    also_open_to,
    everything_open,
    hold_body,
)
from concerted.reports_back import policies, queries
from concerted.reports_back.models import Asked, Link, Referral, Return, SharedMinutes, Sharing
from concerted.reports_back.states import Frequency, ReturnKind


@dataclass(frozen=True, slots=True)
class NewLink:
    """Who reports, through exactly one of seat, post or organisation, how often, and since when."""

    reporting: Body
    starts: datetime.date
    seat: Seat | None = None
    post: Post | None = None
    organisation: Organisation | None = None
    frequency: str = Frequency.EVERY
    every_meetings: int | None = None


@transaction.atomic
def add_link(actor: Actor, *, body: Body, new: NewLink) -> Link:
    """Say that another body reports to this one."""
    actor = hold_body(actor, body)
    policies.may_keep(actor, body).enforce()
    if new.reporting.pk == body.pk:
        raise NotAllowed("A body does not report back to itself. Choose another one.")
    hidden = new.reporting.hidden
    link = Link.objects.create(
        receiving=body,
        added_by_id=actor.person_id,
        audience_id=new.reporting.audience_id if hidden else body.papers_audience_id,
        **{name: getattr(new, name) for name in NewLink.__slots__},
    )
    trail.note(actor, "report_link.added", link, verb=Verb.COLLECT)
    return link


@transaction.atomic
def end_link(actor: Actor, *, link: Link, on: datetime.date) -> Link:
    """`on` is the last day of the link."""
    actor = hold_body(actor, link.receiving)
    held = queries.links_visible_to(actor).filter(pk=link.pk).first()
    if held is None:
        raise Http404
    policies.may_end(actor, held, on).enforce()
    held.ends = on
    held.save(update_fields=["ends"])
    trail.note(actor, "report_link.ended", held, fields=["ends"])
    return held


@transaction.atomic
def give(
    actor: Actor,
    *,
    meeting: Meeting,
    link: Link,
    token: str,
    kind: str,
    summary: str = "",
    for_decision: str = "",
    attached: SharedMinutes | None = None,
) -> Return:
    """Say what a body reports to a meeting; what was said before stays, and is replaced.

    `token` is the key of that, or empty. Raises Overtaken where somebody said something since.
    """
    actor = hold_body(actor, link.receiving)
    held = visible_to(actor).filter(pk=meeting.pk).first()
    own = queries.links_visible_to(actor).filter(pk=link.pk).first()
    if held is None or own is None:
        raise Http404
    if attached:
        attached = queries.to_attach(actor, own).filter(pk=attached.pk).first()
    policies.may_return(
        actor,
        own,
        held,
        kind,
        represents=queries.represents(actor, own),
        today=today(),
        attached=attached,
    ).enforce()
    before = queries.standing_returns(actor).filter(meeting=held, link=own).first()
    if (before.key if before else "") != token:
        raise Overtaken
    restricted = held.audience_id != held.body.papers_audience_id
    made = Return.objects.create(
        meeting=held,
        link=own,
        kind=kind,
        summary=summary,
        for_decision=for_decision,
        attached=attached if kind == ReturnKind.ATTACHED else None,
        replaces=before,
        by_id=actor.person_id,
        audience_id=held.audience_id if restricted else own.audience_id,
    )
    trail.note(actor, "return.given", made, verb=Verb.COLLECT)
    if kind == ReturnKind.NOT_RECEIVED:
        happened(actor, "return.not_received", reference=made.key)
    return made


@transaction.atomic
def share(actor: Actor, *, meeting: Meeting, body: Body) -> Sharing:
    """Let another body attach these minutes, in the words that their own readers have now."""
    actor = hold_body(actor, meeting.body)
    held = visible_to(actor).filter(pk=meeting.pk).first()
    if held is None:
        raise Http404
    policies.may_share(actor, held, body).enforce()
    shared = queries.sharings_visible_to(actor).filter(
        meeting=held, with_body=body, revoked_at=None
    )
    if shared.exists():
        raise NotAllowed("These minutes are shared with that body already.")
    text = queries.text_of(actor, held)
    if not text:
        raise NotAllowed("Nothing in these minutes is open to all who read this body’s papers.")
    sharing = Sharing.objects.create(
        meeting=held,
        with_body=body,
        by_id=actor.person_id,
        audience_id=held.body.office_audience_id,
    )
    # The copy stands behind the other body's wall, where whoever shares may not read.
    with also_open_to(body.papers_audience_id):
        SharedMinutes.objects.create(
            sharing=sharing,
            receiving=body,
            of_body=held.body,
            held_on=held.held_on,
            text=text,
            audience_id=body.papers_audience_id,
        )
    trail.note(actor, "minutes.shared", sharing, verb=Verb.DISCLOSE)
    return sharing


@transaction.atomic
def revoke(actor: Actor, *, sharing: Sharing) -> Sharing:
    """Take it back: it is attached no more, and read only where it was issued before."""
    actor = hold_body(actor, sharing.meeting.body)
    held = queries.sharings_visible_to(actor).filter(pk=sharing.pk).first()
    if held is None:
        raise Http404
    policies.may_revoke(actor, held).enforce()
    held.revoked_by_id = actor.person_id
    held.revoked_at = now()
    held.save(update_fields=["revoked_by", "revoked_at"])
    with also_open_to(held.with_body.papers_audience_id):
        SharedMinutes.objects.filter(sharing=held).update(revoked_at=held.revoked_at)
    trail.note(actor, "minutes.taken_back", held, fields=["revoked_at"])
    return held


@transaction.atomic
def refer(
    actor: Actor,
    *,
    decision: Decision,
    body: Body,
    question: str,
    due_on: datetime.date | None = None,
    due_at: Meeting | None = None,
) -> Referral:
    """Ask another body a question that came of a decision; exactly one of the two says by when."""
    actor = hold_body(actor, decision.body)
    held = decisions_visible_to(actor).filter(pk=decision.pk).first()
    if held is None:
        raise Http404
    policies.may_refer(actor, held.body, body).enforce()
    if due_at and due_at.body_id != body.pk:
        raise NotAllowed("Choose a meeting of the body that is asked, or give a day.")
    referral = Referral.objects.create(
        decision=held,
        from_body=held.body,
        to_body=body,
        question=question,
        due_on=due_on,
        due_at=due_at,
        made_by_id=actor.person_id,
        audience_id=held.audience_id,
    )
    # The copy of those who are asked stands behind their wall, where whoever asks may not read.
    with also_open_to(body.papers_audience_id):
        Asked.objects.create(
            key=referral.key,
            referral=referral,
            from_body=held.body,
            to_body=body,
            question=question,
            due_on=due_on,
            due_at=due_at,
            made_on=today(),
            audience_id=body.papers_audience_id,
        )
    trail.note(actor, "referral.made", referral, verb=Verb.DISCLOSE)
    happened(actor, "question.asked", reference=referral.key)
    return referral


@transaction.atomic
def answer(actor: Actor, *, asked: Asked, item: Item, words: str) -> Asked:
    """Record at which item of its meeting the body answered; both sides read the words."""
    actor, held = _asked(actor, asked)
    policies.may_answer(actor, held).enforce()
    at = queries.items_that_answer(actor, held).filter(pk=item.pk).first()
    if at is None:
        raise NotAllowed("Choose an item of a meeting of this body since it was asked.")
    held.item = at
    held.answer = words
    held.answered_by_id = actor.person_id
    held.answered_on = today()
    held.save(update_fields=["item", "answer", "answered_by", "answered_on"])
    # Those who asked may be on an audience that whoever answers is not on.
    with everything_open():
        Referral.objects.filter(pk=held.referral_id).update(
            answer=words, answered_on=held.answered_on
        )
    trail.note(actor, "referral.answered", held, verb=Verb.DISCLOSE, fields=["answer"])
    happened(actor, "question.answered", reference=held.key)
    return held


@transaction.atomic
def put_on_agenda(actor: Actor, *, asked: Asked, meeting: Meeting, agenda_token: str) -> Item:
    """Make a question an item of the agenda that is drafted for a meeting. Raises Overtaken."""
    actor, held = _asked(actor, asked)
    seen = visible_to(actor).filter(pk=meeting.pk).first()
    if seen is None:
        raise Http404
    issue = draft_of(actor, seen)
    there = bool(queries.on_agendas(actor, [held.item_key]))
    policies.may_put(actor, held, seen, issue, on_agenda=there).enforce()
    assert issue  # noqa: S101 - the policy has asked
    item = add_item(
        actor,
        issue=issue,
        token=agenda_token,
        entry=AgendaEntry(
            title=f"Question from {held.from_body.name}: {held.question}"[:400],
            kind=Business.DECISION,
        ),
    )
    held.item_key = item.key
    held.save(update_fields=["item_key"])
    trail.note(actor, "referral.listed", held, fields=["item_key"])
    return item


def _asked(actor: Actor, asked: Asked) -> tuple[Actor, Asked]:
    actor = hold_body(actor, asked.to_body)
    held = queries.asked_visible_to(actor).filter(pk=asked.pk).first()
    if held is None:
        raise Http404
    return actor, held
