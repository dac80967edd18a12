"""Drafting an agenda, approving it, publishing it: each step whole or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from concerted.access.actor import Actor
from concerted.agendas import issuing, policies, queries
from concerted.agendas.models import Issue, Line
from concerted.agendas.numbering import Place, numbers
from concerted.agendas.states import Change, IssueState
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import (
    Business,
    Item,
    Meeting,
    Part,
    items_visible_to,
    tell_of_closed,
)
from concerted.notices.public import happened
from concerted.people.public import Body, Person, Post, renewed
from concerted.restrictions.public import Closure, closures_in


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody puts on an agenda. `presenter` is as printed, of post or person at most one."""

    title: str
    kind: str = Business.INFORMATION
    part: str = Part.PUBLIC
    under: bool = False
    minutes_allowed: int | None = None
    presenter: str = ""
    presenter_post: Post | None = None
    presenter_person: Person | None = None


FIELDS = tuple(Entry.__slots__)
ITEM = Item._meta.label_lower


class Overtaken(Exception):
    """Somebody changed the agenda in between; nothing was changed by this."""


@transaction.atomic
def begin(actor: Actor, *, meeting: Meeting, from_last: bool) -> Issue:
    """Begin an agenda, or a supplement to the one that is published.

    With `from_last` it starts with the standing items of the last published agenda of this body,
    or with the usual ones where there is none.
    """
    actor, meeting = _held(actor, meeting)
    policies.may_draft(actor, meeting).enforce()
    if there := queries.draft_of(actor, meeting):
        return there
    restricted = meeting.audience_id != meeting.body.papers_audience_id
    issue = Issue.objects.create(
        meeting=meeting,
        number=meeting.agenda_issue + 1,
        audience_id=meeting.audience_id if restricted else meeting.body.office_audience_id,
    )
    trail.note(actor, "agenda.begun", issue, verb=Verb.COLLECT)
    if from_last:
        for entry in _standing(actor, meeting):
            _add(actor, issue, entry)
        _number(actor, issue)
    return issue


def _standing(actor: Actor, meeting: Meeting) -> list[Entry]:
    last = queries.last_with_agenda(actor, meeting)
    if last is None:
        return [Entry(title=str(kind.label), kind=kind) for kind in queries.STANDING]
    return [
        Entry(
            title=one.title,
            kind=one.kind,
            part=one.part,
            minutes_allowed=one.minutes_allowed,
            presenter=one.presenter,
        )
        for one in queries.standing_lines(actor, last)
    ]


@transaction.atomic
def set_length(actor: Actor, *, issue: Issue, token: str, length_minutes: int | None) -> None:
    """Say how long the meeting is to last, in minutes."""
    actor, issue = _turn(actor, issue, token)
    policies.may_draft(actor, issue.meeting).enforce()
    Meeting.objects.filter(pk=issue.meeting_id).update(length_minutes=length_minutes)
    trail.note(actor, "meeting.timed", issue.meeting, fields=["length_minutes"])
    _changed(actor, issue)


@transaction.atomic
def add(actor: Actor, *, issue: Issue, token: str, entry: Entry) -> Item:
    """Put an item at the end of the draft."""
    actor, issue = _turn(actor, issue, token)
    policies.may_draft(actor, issue.meeting).enforce()
    item = _add(actor, issue, entry)
    _number(actor, issue)
    _changed(actor, issue)
    return item


def _add(actor: Actor, issue: Issue, entry: Entry) -> Item:
    positions = [one.position for one in _fixed_and_seen(actor, issue.meeting)]
    item = Item(
        meeting=issue.meeting,
        position=max(positions, default=-1) + 1,
        issue=issue.number,
        **{name: getattr(entry, name) for name in FIELDS},
    )
    item.audience_id = item.home_id
    item.save()
    trail.note(actor, "item.added", item, verb=Verb.COLLECT)
    return item


@transaction.atomic
def change(actor: Actor, *, issue: Issue, key: str, token: str, entry: Entry) -> Item:
    """Change what a drafted item says."""
    actor, issue = _turn(actor, issue, token)
    item = _item(actor, issue, key)
    policies.may_change(actor, item).enforce()
    changed = [name for name in FIELDS if getattr(item, name) != getattr(entry, name)]
    if not changed:
        return item
    for name in changed:
        setattr(item, name, getattr(entry, name))
    item.save(update_fields=changed)
    trail.note(actor, "item.changed", item, fields=changed)
    _number(actor, issue)
    _changed(actor, issue)
    return item


@transaction.atomic
def move(actor: Actor, *, issue: Issue, key: str, token: str, place: int) -> None:
    """Give a drafted item the place, counted from 1, among those that can change places."""
    actor, issue = _turn(actor, issue, token)
    moving = _item(actor, issue, key)
    policies.may_move(actor, moving).enforce()
    items = [one for one in _drafts(actor, issue) if one.audience_id == one.home_id]
    # They change places among each other: what stands between them stays where it is.
    places = [one.position for one in items]
    items.remove(moving)
    items.insert(max(1, min(place, len(places))) - 1, moving)
    for item, position in zip(items, places, strict=True):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])
    trail.note(actor, "item.moved", moving, fields=["position"])
    _number(actor, issue)
    _changed(actor, issue)


@transaction.atomic
def remove(actor: Actor, *, issue: Issue, key: str, token: str) -> None:
    """Take a drafted item away."""
    actor, issue = _turn(actor, issue, token)
    item = _item(actor, issue, key)
    policies.may_remove(actor, item).enforce()
    trail.note(actor, "item.removed", item)
    item.delete()
    _number(actor, issue)
    _changed(actor, issue)


@transaction.atomic
def withdraw(actor: Actor, *, issue: Issue, key: str, token: str, kept: bool = False) -> None:
    """Take a published item off with this supplement, or, with `kept`, leave it on after all."""
    actor, issue = _turn(actor, issue, token)
    item = _item(actor, issue, key)
    policies.may_withdraw(actor, item).enforce()
    item.withdrawn_in = None if kept else issue.number
    item.save(update_fields=["withdrawn_in"])
    trail.note(actor, "item.kept" if kept else "item.withdrawn", item, fields=["withdrawn_in"])
    _changed(actor, issue)


@transaction.atomic
def approve(actor: Actor, *, meeting: Meeting, token: str) -> Issue:
    """The chair approves the draft as it stands: `token` is the version that they looked at."""
    actor, meeting = _held(actor, meeting)
    with queries.as_chair(actor, meeting.body) as reader:
        draft = queries.draft_of(reader, meeting)
        if draft is None:
            raise NotAllowed("There is no draft to approve. Look at the agenda again.")
        issue = _as_of(draft, meeting, token)
        changes = queries.timetable(reader, meeting, drafts=True).changes
        policies.may_approve(actor, issue, changes=changes).enforce()
        issue.state = IssueState.APPROVED
        issue.approved_by_id = actor.person_id
        issue.approved_at = now()
        issue.save(update_fields=["state", "approved_by", "approved_at"])
        trail.note(actor, "agenda.approved", issue, fields=["state"])
    return issue


@transaction.atomic
def publish(actor: Actor, *, issue: Issue, token: str) -> Issue:
    """Show the members what the chair approved, and fix what it said."""
    actor, issue = _turn(actor, issue, token)
    policies.may_publish(actor, issue).enforce()
    meeting = issue.meeting
    drafts = _drafts(actor, issue)
    withdrawn = list(_seen(actor, meeting).filter(withdrawn_in=issue.number))
    whole = meeting.audience_id
    for item in drafts:
        if item.audience_id == item.home_id:
            item.audience_id = whole
            item.save(update_fields=["audience"])
    tell_of_closed(meeting)
    Line.objects.bulk_create(
        Line(
            issue=issue,
            position=position,
            item_key=item.key,
            change=said,
            number=item.ref,
            title=item.title,
            kind=item.kind,
            part=item.part,
            presenter=item.presenter,
            minutes_allowed=item.minutes_allowed,
            audience_id=item.audience_id,
        )
        for position, (said, item) in enumerate(
            [
                *((Change.WITHDRAWN, item) for item in withdrawn),
                *((Change.ADDED, item) for item in drafts),
            ]
        )
    )
    issue.state = IssueState.PUBLISHED
    issue.published_by_id = actor.person_id
    issue.published_at = now()
    issue.audience_id = whole
    issue.save()
    Meeting.objects.filter(pk=meeting.pk).update(agenda_issue=issue.number)
    trail.note(actor, "agenda.published", issue, fields=["state", "audience"])
    happened(actor, "agenda.published", reference=issue.key)
    trail.note_each(
        actor,
        "item.published",
        kind=ITEM,
        references=[item.key for item in drafts],
        verb=Verb.DISCLOSE,
    )
    issuing.go_out(actor, issue)
    return issue


def _held(actor: Actor, meeting: Meeting) -> tuple[Actor, Meeting]:
    """The meeting, locked after its body as all who write of its meetings lock them."""
    Body.objects.select_for_update(of=["self"], no_key=True).get(pk=meeting.body_id)
    actor = renewed(actor)
    held = (
        Meeting.objects.select_for_update(of=["self"])
        .select_related("body")
        .filter(pk=meeting.pk)
        .first()
    )
    if held is None:
        raise Http404
    return actor, held


def _turn(actor: Actor, issue: Issue, token: str) -> tuple[Actor, Issue]:
    """The issue, locked with its meeting, and the actor as of then. Raises Overtaken."""
    actor, meeting = _held(actor, issue.meeting)
    return actor, _as_of(issue, meeting, token)


def _as_of(issue: Issue, meeting: Meeting, token: str) -> Issue:
    """The issue of a held meeting, locked. Raises Overtaken where it is not as `token` says."""
    held = Issue.objects.select_for_update(of=["self"]).filter(pk=issue.pk).first()
    if held is None:
        raise Http404
    if held.state == IssueState.PUBLISHED or str(held.version) != token:
        raise Overtaken
    held.meeting = meeting
    return held


def _changed(actor: Actor, issue: Issue) -> None:
    """Count the change. What the chair approved was another draft than this."""
    issue.version += 1
    if issue.state == IssueState.APPROVED:
        issue.state = IssueState.DRAFT
        issue.approved_by = None
        issue.approved_at = None
        trail.note(actor, "agenda.reopened", issue, fields=["state"])
    issue.save(update_fields=["version", "state", "approved_by", "approved_at"])


def _item(actor: Actor, issue: Issue, key: str) -> Item:
    item = _seen(actor, issue.meeting).filter(key=key).first()
    if item is None:
        raise Http404
    return item


def _seen(actor: Actor, meeting: Meeting) -> QuerySet[Item]:
    return items_visible_to(actor).filter(meeting=meeting).order_by("position", "id")


def _drafts(actor: Actor, issue: Issue) -> list[Item]:
    return list(_seen(actor, issue.meeting).filter(issue=issue.number))


Standing = Item | Closure


def _fixed_and_seen(actor: Actor, meeting: Meeting) -> list[Standing]:
    """Items that the actor sees, and what is said of closed ones that they do not, in order."""
    items = list(_seen(actor, meeting))
    keys = {one.key for one in items}
    closed = closures_in(actor, Meeting._meta.label_lower, [meeting.key])
    unseen = [one for one in closed if one.kind == ITEM and one.thing_key not in keys]
    return sorted([*items, *unseen], key=lambda one: one.position)


def _number(actor: Actor, issue: Issue) -> None:
    """Number the open drafts afresh; what is published or closed keeps its number."""
    standing = [
        one
        for one in _fixed_and_seen(actor, issue.meeting)
        # A hidden one has no number: whoever sees it counts it after the others.
        if isinstance(one, Closure) or one.ref or one.audience_id == one.home_id
    ]
    given = numbers([_place(one) for one in standing])
    for one, number in zip(standing, given, strict=True):
        if isinstance(one, Item) and one.ref != number:
            one.ref = number
            one.save(update_fields=["ref"])


def _place(one: Standing) -> Place:
    if isinstance(one, Closure):
        return Place(fixed=one.number)
    free = one.is_draft and one.audience_id == one.home_id
    return Place(under=one.under) if free else Place(fixed=one.ref)
