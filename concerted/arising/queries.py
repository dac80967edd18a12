"""Reads of what arises at a meeting: minutes raised, what is open now, and what was fixed."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from concerted.access.actor import Actor
from concerted.actions.public import UNFINISHED, Action, ActionLine, Said
from concerted.actions.public import lines as action_lines
from concerted.actions.public import visible_to as actions_visible_to
from concerted.arising.changes import changed
from concerted.arising.models import Named, Raised, Row, RowOwner, Table
from concerted.arising.states import SLIPS_TO_NAME, Change, Kind
from concerted.kernel.clock import today
from concerted.meetings.public import (
    NOT_HELD,
    Business,
    Item,
    Meeting,
    MeetingState,
    items_visible_to,
)
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import Body, Post, posts_visible_to, predecessors_of
from concerted.reading.references import is_same, number_of
from concerted.reports_back.public import Question, open_questions
from concerted.ui.words import day

# So many earlier minutes are offered for what was typed.
OFFERED = 20


def raised_visible_to(actor: Actor) -> QuerySet[Raised]:
    """Minutes raised again, where the actor sees both the meeting and the earlier minute."""
    seen = actor.audience_ids
    return Raised.objects.filter(
        audience_id__in=seen,
        meeting__audience_id__in=seen,
        earlier__audience_id__in=seen,
        earlier__meeting__audience_id__in=seen,
    ).select_related("meeting__body", "earlier__meeting__body", "by")


def last_before(actor: Actor, meeting: Meeting) -> Meeting | None:
    """The meeting of the same body before this one, cancelled ones left out."""
    return (
        meetings_visible_to(actor)
        .filter(body=meeting.body, held_on__lt=meeting.held_on)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("-held_on", "-id")
        .first()
    )


def bodies_before(actor: Actor, body: Body) -> list[Body]:
    """A body and those that it follows after."""
    return [body, *predecessors_of(actor, body)]


def earlier_minutes(actor: Actor, meeting: Meeting, words: str) -> list[Item]:
    """Minutes of earlier meetings that somebody may mean by a number or by words of a title.

    The newest first, and only what the actor sees.
    """
    words = " ".join(words.split())
    if not words:
        return []
    items = (
        items_visible_to(actor)
        .filter(
            meeting__body__in=bodies_before(actor, meeting.body),
            meeting__held_on__lt=meeting.held_on,
        )
        .exclude(meeting__state__in=NOT_HELD)
        .order_by("-meeting__held_on", "-meeting_id", "position")
    )
    by_number: list[Item] = []
    if number := number_of(words):
        # The last part stands in every way to write the number, whatever parts it from the rest.
        numbered = items.filter(ref__icontains=number[-1])
        by_number = [one for one in numbered if is_same(words, one.ref)] or _lettered(items, number)
    by_title = items.filter(Q(title__icontains=words) | Q(ref__iexact=words))[:OFFERED]
    found = {one.pk: one for one in [*by_number, *by_title]}
    return list(found.values())[:OFFERED]


def _lettered(items: QuerySet[Item], number: tuple[str, ...]) -> list[Item]:
    """What "2(a)" means where (a) is a part of item 2: that item."""
    *whole, letter = number
    if not whole or not letter.isalpha():
        return []
    numbered = items.filter(ref__icontains=whole[-1])
    return [
        one
        for one in numbered
        if is_same("/".join(whole), one.ref)
        and letter in {str(part).lower() for part, _ in one.sub_items}
    ]


def matter_items(actor: Actor, ids: Collection[int]) -> list[Item]:
    """Those of these items that are for matters arising."""
    found = items_visible_to(actor).filter(pk__in=list(ids), kind=Business.MATTERS_ARISING)
    return list(found)


def has_matters(actor: Actor, meeting: Meeting) -> bool:
    """Whether an item of a meeting is for matters arising."""
    return items_visible_to(actor).filter(meeting=meeting, kind=Business.MATTERS_ARISING).exists()


@dataclass(frozen=True, slots=True)
class Owner:
    """An organisation or body that owns an action; `name` as it is on that day."""

    name: str
    organisation_id: int | None = None
    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table, now or as it was fixed; `audience_id` is that of what it speaks of.

    Owners are organisations and bodies: whoever of them has it, no person is counted.
    """

    kind: str
    reference: str
    text: str
    due: str
    change: str
    said: str
    slips: int
    standing: str
    audience_id: int
    owners: tuple[Owner, ...] = ()
    action: Action | None = None
    href: str = ""

    @property
    def change_words(self) -> str:
        return str(Change(self.change).label)

    @property
    def kind_words(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def owner_words(self) -> str:
        return ", ".join(one.name for one in self.owners)


@dataclass(frozen=True, slots=True)
class Matters:
    """What is open at a meeting, as one reader sees it. `table` is None for what is so now."""

    since: datetime.date | None
    as_of: datetime.date
    lines: list[Line] = field(default_factory=list)
    table: Table | None = None

    @property
    def slipping(self) -> int:
        """How many actions have slipped so often that they are put on the agenda by name."""
        return sum(one.slips >= SLIPS_TO_NAME for one in self.lines)


def open_now(actor: Actor, meeting: Meeting) -> Matters:
    """The actions of a body from before a meeting that are open, or ended since the last one, and
    open questions: as many queries however many there are."""
    last = last_before(actor, meeting)
    since = last.held_on if last else None
    lines = [*_of_actions(actor, meeting, since), *_of_questions(actor, meeting, since)]
    return Matters(since, today(), lines)


def _of_actions(actor: Actor, meeting: Meeting, since: datetime.date | None) -> list[Line]:
    rows = (
        actions_visible_to(actor)
        .filter(
            body__in=bodies_before(actor, meeting.body),
            agreed_on__lt=meeting.held_on,
        )
        .order_by("agreed_on", "id")
    )
    if since:
        ended = Q(
            updates__said__in=(Said.ACCEPTED, Said.WITHDRAWN),
            updates__at__date__gt=since,
            updates__taken_back_at=None,
            updates__audience_id__in=actor.audience_ids,
        )
        rows = rows.filter(Q(state__in=UNFINISHED) | ended).distinct()
    else:
        rows = rows.filter(state__in=UNFINISHED)
    shown = action_lines(actor, rows, by_whom=False)
    posts = _posts(actor, shown)
    return [_line(actor, one, posts, since) for one in shown]


def _posts(actor: Actor, lines: list[ActionLine]) -> dict[int, Post]:
    ids = {one.post_id for line in lines for one in line.owner_rows if one.post_id}
    found = posts_visible_to(actor).filter(pk__in=ids).select_related("organisation")
    return {one.pk: one for one in found}


def _line(
    actor: Actor, one: ActionLine, posts: dict[int, Post], since: datetime.date | None
) -> Line:
    change = changed(one.action.agreed_on, one.updates, since=since)
    return Line(
        kind=Kind.ACTION,
        reference=one.action.key,
        text=one.action.text,
        due=one.due,
        change=change.change,
        said=change.words,
        slips=one.slips,
        standing=one.standing.text,
        audience_id=one.action.audience_id,
        owners=_owners(actor, one, posts),
        action=one.action,
        href=one.action.get_absolute_url(),
    )


def _owners(actor: Actor, line: ActionLine, posts: dict[int, Post]) -> tuple[Owner, ...]:
    if line.action.all_seats:
        return (Owner("All seats"),)
    found: dict[Owner, None] = {}
    for one in line.owner_rows:
        post = posts.get(one.post_id or 0)
        if one.organisation_id and one.organisation_audience_id in actor.audience_ids:
            found[Owner(one.organisation_name or "", one.organisation_id)] = None
        elif post and post.organisation.audience_id in actor.audience_ids:
            found[Owner(post.organisation.name, post.organisation_id)] = None
        elif one.body_id and one.body_audience_id in actor.audience_ids:
            found[Owner(one.body_name or "", None, one.body_id)] = None
    return tuple(found)


def _of_questions(actor: Actor, meeting: Meeting, since: datetime.date | None) -> list[Line]:
    return [
        _question(one, meeting, since)
        for one in open_questions(actor, meeting.body)
        if one.made_on < meeting.held_on
    ]


def _question(one: Question, meeting: Meeting, since: datetime.date | None) -> Line:
    to_us = one.to_body.pk == meeting.body_id
    other = one.from_body if to_us else one.to_body
    new = since is None or one.made_on >= since
    return Line(
        kind=Kind.ASKED if to_us else Kind.SENT,
        reference=one.key,
        text=one.words,
        due=day(one.due) if one.due else "",
        change=Change.NEW if new else Change.NOTHING,
        said=f"Asked on {day(one.made_on)}" if new else "",
        slips=0,
        standing=one.standing,
        audience_id=one.audience_id,
        owners=(Owner(other.name, None, other.pk),),
        href=one.href,
    )


# As it was fixed


def tables_visible_to(actor: Actor) -> QuerySet[Table]:
    return Table.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    ).select_related("meeting__body", "by")


def rows_visible_to(actor: Actor) -> QuerySet[Row]:
    """Lines of tables: where the actor may see the action of a line as it is now."""
    return Row.objects.filter(
        Q(action=None) | Q(action__audience_id__in=actor.audience_ids),
        audience_id__in=actor.audience_ids,
        table__audience_id__in=actor.audience_ids,
    ).select_related("action")


def owners_visible_to(actor: Actor) -> QuerySet[RowOwner]:
    seen = actor.audience_ids
    return RowOwner.objects.filter(
        Q(organisation=None) | Q(organisation__audience_id__in=seen),
        Q(body=None) | Q(body__audience_id__in=seen),
        audience_id__in=seen,
    )


def fixed_of(actor: Actor, meeting: Meeting) -> list[Table]:
    """The tables of a meeting that were fixed, the newest first."""
    return list(tables_visible_to(actor).filter(meeting=meeting).order_by("-id"))


def as_fixed(actor: Actor, table: Table) -> Matters:
    """A table as it was fixed, with those of its lines that this reader may see."""
    rows = rows_visible_to(actor).filter(table=table).order_by("position", "id")
    shown = rows.prefetch_related(Prefetch("owners", owners_visible_to(actor)))
    return Matters(table.since, table.as_of, [_fixed(one) for one in shown], table)


def _fixed(row: Row) -> Line:
    return Line(
        kind=row.kind,
        reference=row.reference,
        text=row.text,
        due=row.due,
        change=row.change,
        said=row.said,
        slips=row.slips,
        standing=row.standing,
        audience_id=row.audience_id,
        owners=tuple(Owner(one.name) for one in row.owners.all()),
        action=row.action,
        href=row.action.get_absolute_url() if row.action else "",
    )


# Put on the agenda by name


def named_visible_to(actor: Actor) -> QuerySet[Named]:
    return Named.objects.filter(
        audience_id__in=actor.audience_ids,
        action__audience_id__in=actor.audience_ids,
        meeting__audience_id__in=actor.audience_ids,
    )


def named_at(actor: Actor, meeting: Meeting) -> dict[str, str]:
    """The keys of actions that an agenda names, by the keys of their items."""
    rows = named_visible_to(actor).filter(meeting=meeting)
    return dict(rows.values_list("item_key", "action__key"))


def slipping(actor: Actor, body: Body) -> list[Line]:
    """Open actions of a body of which so many due dates were not kept, that no agenda names yet.

    Each further slip puts it there again.
    """
    rows = actions_visible_to(actor).filter(body=body, state__in=UNFINISHED, due__isnull=False)
    shown = action_lines(actor, rows.order_by("due", "id"), by_whom=False)
    often = [one for one in shown if one.slips >= SLIPS_TO_NAME]
    named = slips_named(actor, [one.action.pk for one in often])
    posts = _posts(actor, often)
    return [
        _line(actor, one, posts, None) for one in often if one.slips > named.get(one.action.pk, 0)
    ]


def slips_named(actor: Actor, actions: Collection[int]) -> dict[int, int]:
    """With how many slips these actions were named on an agenda, where that still stands."""
    rows = list(named_visible_to(actor).filter(action__in=actions))
    items = items_visible_to(actor).filter(
        key__in=[one.item_key for one in rows], withdrawn_in=None
    )
    there = set(items.values_list("key", flat=True))
    found: dict[int, int] = {}
    for one in rows:
        if one.item_key in there:
            found[one.action_id] = max(found.get(one.action_id, 0), one.slips)
    return found
