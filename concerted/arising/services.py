"""Raising minutes, fixing tables, naming actions on agendas: each step whole or not at all."""

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.actions.public import Action
from concerted.actions.public import lines as action_lines
from concerted.actions.public import visible_to as actions_visible_to
from concerted.agendas.public import Entry as AgendaEntry
from concerted.agendas.public import Issue, draft_of
from concerted.agendas.public import add as add_item
from concerted.arising import policies, queries
from concerted.arising.models import Named, Raised, Row, RowOwner, Table
from concerted.arising.states import Occasion
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import today
from concerted.meetings.public import (
    Business,
    Item,
    Meeting,
    held_in_turn,
    items_visible_to,
)


@transaction.atomic
def raise_minute(actor: Actor, *, meeting: Meeting, item: Item, note: str = "") -> Raised:
    """Raise a minute of an earlier meeting, by whoever keeps the office of the body."""
    actor, held = held_in_turn(actor, meeting)
    earlier = items_visible_to(actor).filter(pk=item.pk).first()
    if earlier is None:
        raise Http404
    there = queries.raised_visible_to(actor).filter(meeting=held, earlier=earlier)
    bodies = queries.bodies_before(actor, held.body)
    policies.may_raise_this(
        actor,
        held,
        earlier,
        of_body=earlier.meeting.body_id in {one.pk for one in bodies},
        raised=there.exists(),
    ).enforce()
    raised = Raised.objects.create(
        meeting=held,
        earlier=earlier,
        note=note,
        by_id=actor.person_id,
        audience_id=_audience_of(held, earlier),
    )
    trail.note(actor, "minute.raised", raised, verb=Verb.COLLECT)
    return raised


def _audience_of(meeting: Meeting, earlier: Item) -> int:
    """That of a restricted minute or meeting; else the office's until the agenda is published."""
    if earlier.audience_id != earlier.meeting.body.papers_audience_id:
        return earlier.audience_id
    body = meeting.body
    if meeting.audience_id != body.papers_audience_id:
        return meeting.audience_id
    return body.office_audience_id if policies.is_draft(meeting) else body.papers_audience_id


@transaction.atomic
def take_back(actor: Actor, *, raised: Raised) -> None:
    """Take away what was raised, while nobody but the office has read it."""
    actor, meeting = held_in_turn(actor, raised.meeting)
    held = queries.raised_visible_to(actor).filter(pk=raised.pk).first()
    if held is None:
        raise Http404
    held.meeting = meeting
    policies.may_take_back(actor, held).enforce()
    trail.note(actor, "minute.taken_back", held)
    held.delete()


@transaction.atomic
def name_on_agenda(actor: Actor, *, action: Action, meeting: Meeting, agenda_token: str) -> Item:
    """Put an action that slips again and again on the agenda, by its words. Raises Overtaken."""
    actor, held = held_in_turn(actor, meeting)
    seen = actions_visible_to(actor).filter(pk=action.pk).first()
    if seen is None:
        raise Http404
    [line] = action_lines(actor, [seen], by_whom=False)
    issue = draft_of(actor, held)
    named = queries.slips_named(actor, [seen.pk]).get(seen.pk, 0)
    policies.may_name(
        actor, seen, held, issue, slips=line.slips, named=bool(named) and named >= line.slips
    ).enforce()
    assert issue  # noqa: S101 - the policy has asked
    item = add_item(
        actor,
        issue=issue,
        token=agenda_token,
        entry=AgendaEntry(title=f"Action: {seen.text}"[:400], kind=Business.DECISION),
    )
    made = Named.objects.create(
        action=seen,
        meeting=held,
        item_key=item.key,
        slips=line.slips,
        by_id=actor.person_id,
        audience_id=seen.audience_id,
    )
    trail.note(actor, "action.named", made, verb=Verb.COLLECT)
    return item


def fix_when_published(actor: Actor, issue: Issue) -> None:
    """With an issue of an agenda goes what is open on that day; what was raised is read now."""
    meeting = issue.meeting
    _show_what_was_raised(meeting)
    if queries.has_matters(actor, meeting):
        _fix(actor, meeting, Occasion.PUBLISHED, issue.number)


def fix_when_confirmed(actor: Actor, meeting: Meeting) -> None:
    """With minutes goes the same, as of that day: also where no agenda was ever published."""
    _show_what_was_raised(meeting)
    if queries.has_matters(actor, meeting):
        _fix(actor, meeting, Occasion.CONFIRMED, None)


def _show_what_was_raised(meeting: Meeting) -> None:
    """A minute that the office alone has stays with it, and goes with it later."""
    papers, office = meeting.body.papers_audience_id, meeting.body.office_audience_id
    if meeting.audience_id == papers:
        drafts = Raised.objects.filter(meeting=meeting, audience_id=office)
        drafts.filter(earlier__audience_id=papers).update(audience_id=papers)


def _fix(actor: Actor, meeting: Meeting, occasion: Occasion, issue: int | None) -> Table:
    """Keep the table as whoever fixes it sees it, each line for those who see what it is of."""
    matters = queries.open_now(actor, meeting)
    table = Table.objects.create(
        meeting=meeting,
        occasion=occasion,
        issue=issue,
        since=matters.since,
        as_of=today(),
        by_id=actor.person_id,
        audience_id=meeting.audience_id,
    )
    rows = Row.objects.bulk_create(
        Row(
            table=table,
            position=position,
            kind=line.kind,
            reference=line.reference,
            action=line.action,
            text=line.text,
            due=line.due,
            change=line.change,
            said=line.said,
            slips=line.slips,
            standing=line.standing,
            audience_id=line.audience_id,
        )
        for position, line in enumerate(matters.lines)
    )
    RowOwner.objects.bulk_create(
        RowOwner(
            row=row,
            organisation_id=owner.organisation_id,
            body_id=owner.body_id,
            name=owner.name,
            audience_id=row.audience_id,
        )
        for row, line in zip(rows, matters.lines, strict=True)
        for owner in line.owners
    )
    trail.note(actor, "table.fixed", table, verb=Verb.COLLECT)
    return table
