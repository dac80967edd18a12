"""Answering for a seat and setting a rule: each a new row, what stood before stays."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.attending import policies, queries
from concerted.attending.models import Agency, Reply, Rule
from concerted.attending.queries import Expected
from concerted.attending.states import Answer, Substitutes
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, visible_to
from concerted.people.public import (
    Body,
    Organisation,
    Person,
    bodies_visible_to,
    hold_body,
    renewed,
)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer. Of a substitute the name is needed; `substitute` where it is known who that is."""

    answer: str
    substitute: Person | None = None
    name: str = ""
    organisation: str = ""


@transaction.atomic
def reply(actor: Actor, *, meeting: Meeting, seat_key: str, said: Said) -> Reply:
    """Answer for a seat: one's own, or, for the office, on behalf of whoever fills it."""
    actor, meeting = _held(actor, meeting)
    line = next((one for one in queries.expected(actor, meeting) if one.seat.key == seat_key), None)
    if line is None:
        raise Http404
    own = line.filled_by(actor.person_id)
    policies.may_reply(actor, meeting, own=own, at=now()).enforce()
    what = "reply.given" if own else "reply.noted"
    return answered(actor, meeting, line, said, by_id=actor.person_id, what=what, noted=not own)


def answered(
    actor: Actor,
    meeting: Meeting,
    line: Expected,
    said: Said,
    *,
    by_id: int,
    what: str,
    noted: bool = False,
) -> Reply:
    """Write an answer down; `what` is for the trail. Whoever calls this has asked the policy."""
    instead = said.answer == Answer.SUBSTITUTE
    name = (said.substitute.name if said.substitute else said.name).strip() if instead else ""
    if instead and not name:
        raise NotAllowed("Say who comes instead.")
    found = Reply.objects.create(
        meeting=meeting,
        seat=line.seat,
        person_id=line.one_of(by_id),
        answer=said.answer,
        substitute=said.substitute if instead else None,
        substitute_name=name,
        substitute_organisation=(said.organisation.strip() or line.organisation)[:160]
        if instead
        else "",
        by_id=by_id,
        noted=noted,
        audience_id=meeting.audience_id,
    )
    trail.note(actor, what, found, verb=Verb.COLLECT)
    return found


@transaction.atomic
def set_rule(
    actor: Actor,
    *,
    body: Body,
    starts: datetime.date,
    members: int,
    agencies: Sequence[Sequence[Organisation]],
    substitutes: str = Substitutes.COUNT,
) -> Rule:
    """Put on record when a body is quorate, from a day on. Of each of `agencies` one is enough."""
    actor = hold_body(actor, body)
    held = bodies_visible_to(actor).filter(pk=body.pk).first()
    if held is None:
        raise Http404
    policies.may_set_rule(actor, held).enforce()
    rule = Rule.objects.create(
        body=held,
        starts=starts,
        members=members,
        substitutes=substitutes,
        set_by_id=actor.person_id,
        audience_id=held.papers_audience_id,
    )
    Agency.objects.bulk_create(
        Agency(rule=rule, number=number, organisation=one, audience_id=rule.audience_id)
        for number, group in enumerate((one for one in agencies if one), start=1)
        for one in group
    )
    trail.note(actor, "quorum.set", rule, verb=Verb.COLLECT)
    return rule


def _held(actor: Actor, meeting: Meeting) -> tuple[Actor, Meeting]:
    """The meeting, locked, and the actor as of then: it may have been closed while this waited."""
    Meeting.objects.select_for_update(of=["self"]).filter(pk=meeting.pk).first()
    actor = renewed(actor)
    held = visible_to(actor).filter(pk=meeting.pk).first()
    if held is None:
        raise Http404
    return actor, held
