"""A meeting or an item that is closed or hidden takes along what was decided and what came of it.

An item keeps its printed number when it is closed. Hiding one is possible where no number is
missed afterwards: it then has none, and those on its audience count it after the open items.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.db.models import Q

from concerted.access.actor import Actor
from concerted.actions.public import move_with_sources
from concerted.documents.public import Document, Held, Holder, needs, needs_no_more
from concerted.kernel.verdict import YES, NotAllowed, Verdict, no
from concerted.meetings import queries
from concerted.meetings.beside import move_beside
from concerted.meetings.models import (
    Attendance,
    Decision,
    Item,
    Limb,
    Meeting,
    Paragraph,
    Rearrangement,
    Reference,
)
from concerted.meetings.states import MeetingState
from concerted.people.public import Body, bodies_visible_to
from concerted.restrictions.public import (
    Closure,
    Level,
    Move,
    Restrictable,
    Thing,
    closures_in,
    moved,
)

Follows = Callable[[Meeting | Item, Move], None]
_FOLLOWING: list[Follows] = []


def follows(rows: Follows) -> None:
    """Make known what a package above keeps of meetings and items, and moves with them."""
    _FOLLOWING.append(rows)


class MeetingKind(Restrictable):
    name, label, noun = "meeting", "meetings.meeting", "meeting"

    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        rows = queries.visible_to(actor).filter(key=key, body__in=bodies_visible_to(actor))
        row = (rows.select_for_update(of=("self",)) if lock else rows).first()
        if row is None:
            return None
        return Thing(
            row=row,
            kind=self.label,
            key=row.key,
            noun=self.noun,
            title=str(row),
            href=row.get_absolute_url(),
            body=row.body,
            audience_id=row.audience_id,
            home_id=row.body.papers_audience_id,
            parent=("people.body", row.body.key),
            day=row.held_on,
            may_hide=may_hide_meeting(row),
        )

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        meeting = thing.row
        body = meeting.body
        items = Item.objects.filter(meeting=meeting)
        drafts = items.filter(
            issue__gt=meeting.agenda_issue,
            audience_id__in=(move.before, body.office_audience_id),
        )
        # Drafts are the office's, of a restricted meeting those of whoever sees it.
        drafts.update(audience_id=body.office_audience_id if move.home else move.to)
        own = of_minutes(meeting, move) if meeting.with_office else move
        for item in list(items.filter(issue__lte=meeting.agenda_issue, audience_id=own.before)):
            if own != move:
                _let_go_along(item, move)
            _move_item(item, own)
        for follow in _FOLLOWING:
            follow(meeting, move)
        moved(Attendance.objects.filter(meeting=meeting), own)
        moved(Rearrangement.objects.filter(meeting=meeting), move)
        move_with_sources({self.label: [meeting.pk]}, move)
        moved(Meeting.objects.filter(pk=meeting.pk), move)
        narrow_file(meeting, thing, move)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        found = queries.visible_to(actor).filter(key__in=keys)
        return set(found.values_list("key", flat=True))


class ItemKind(Restrictable):
    name, label, noun = "item", "meetings.item", "item"

    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        rows = Item.objects.filter(
            key=key,
            audience_id__in=actor.audience_ids,
            meeting__in=queries.visible_to(actor),
            meeting__body__in=bodies_visible_to(actor),
        ).select_related("meeting__body")
        row = (rows.select_for_update(of=("self",)) if lock else rows).first()
        if row is None:
            return None
        return Thing(
            row=row,
            kind=self.label,
            key=row.key,
            noun=self.noun,
            title=f"{row.ref + '. ' if row.ref else ''}{row.title or '(no title)'}",
            href=f"{row.meeting.get_absolute_url()}#i-{row.key}",
            body=row.meeting.body,
            audience_id=row.audience_id,
            home_id=row.home_id,
            parent=(MeetingKind.label, row.meeting.key),
            number=row.ref,
            position=row.position,
            day=row.meeting.held_on,
            may_hide=may_hide_item(
                row,
                queries.numbers_in(actor, row.meeting),
                filed=queries.has_file(actor, row.meeting),
            ),
        )

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        if thing.row.meeting.with_office and not move.home:
            # What members read of it already: the agenda, a declaration, an action.
            _let_go_along(thing.row, replace(move, before=thing.row.meeting.audience_id))
        _move_item(thing.row, move)
        narrow_file(thing.row.meeting, thing, move)
        if move.hidden:
            Item.objects.filter(pk=thing.row.pk).update(ref="")

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        found = Item.objects.filter(
            audience_id__in=actor.audience_ids,
            key__in=keys,
            meeting__audience_id__in=actor.audience_ids,
        )
        return set(found.values_list("key", flat=True))


def narrow_file(meeting: Meeting, thing: Thing, move: Move) -> None:
    """A file as received holds all words, so its readers must be on this audience too."""
    if move.to == move.before:
        return
    kind, key = MeetingKind.label, meeting.key
    # Where it was open, what it stands in may need the same audience on its own account.
    before = None if move.before == thing.home_id else move.before
    if not move.home:
        needs(kind, key, move.to, before=before)
    elif before is not None:
        needs_no_more(kind, key, before)


def _move_item(item: Item, move: Move) -> None:
    decisions = Decision.objects.filter(item=item)
    limbs = Limb.objects.filter(decision__in=list(decisions))
    children: list[Any] = [
        limbs,
        decisions,
        Reference.objects.filter(item=item),
        Paragraph.objects.filter(item=item),
        # What is said of its closed paragraphs is read by whoever reads the item.
        Closure.objects.filter(parent_kind=ItemKind.label, parent_key=item.key),
    ]
    for rows in children:
        moved(rows, move)
    _let_go_along(item, move)
    moved(Item.objects.filter(pk=item.pk), move)


def _let_go_along(item: Item, move: Move) -> None:
    move_with_sources({ItemKind.label: [item.pk]}, move)
    _let_follow(item, move)


def of_minutes(meeting: Meeting, move: Move) -> Move:
    """The move of minutes that are with the office, of a meeting that goes to other readers."""
    body = meeting.body
    office, papers = body.office_audience_id, body.papers_audience_id
    return replace(
        move,
        before=office if move.before == papers else move.before,
        to=office if move.to == papers else move.to,
    )


def _move_minutes(meeting: Meeting, move: Move) -> None:
    for item in list(Item.objects.filter(meeting=meeting, audience_id=move.before)):
        _move_item(item, move)
    moved(Attendance.objects.filter(meeting=meeting), move)


def keep_with_office(items: Collection[Item], meeting: Meeting) -> None:
    """Let what is minuted go to the office alone; the agenda stays with those who read it."""
    papers, office = meeting.body.papers_audience_id, meeting.body.office_audience_id
    for item in items:
        if item.audience_id == papers:
            Item.objects.filter(pk=item.pk).update(audience_id=office)
            item.audience_id = office


def show_to_members(meeting: Meeting) -> None:
    """Let minutes that were with the office go to all who see their meeting."""
    office, whole = meeting.minutes_audience_id, meeting.audience_id
    if office != whole:
        _move_minutes(
            meeting, Move(office, whole, home=True, hidden=False, tier="", review_on=None)
        )


def named_on_agenda(actor: Actor, meeting: Meeting, keys: Collection[str]) -> dict[str, Item]:
    """The items of a planned meeting by their keys, locked, closed and hidden ones as well.

    Raises NotAllowed where one of them is gone, or is not the actor's to see any more.
    """
    wanted = {one for one in keys if one}
    rows = Item.objects.select_for_update(of=["self"]).filter(
        meeting=meeting, audience_id__in=actor.audience_ids, key__in=wanted
    )
    named = {one.key: one for one in rows}
    for one in named.values():
        one.meeting = meeting
    if named.keys() != wanted:
        raise NotAllowed("The agenda of this meeting changed meanwhile. Look at it again.")
    return named


def kept_on_agenda(actor: Actor, meeting: Meeting, refs: Collection[str]) -> dict[str, Item]:
    """The items of a planned meeting that minutes must not open, by their numbers.

    Minutes of a closed item go onto it, where the actor is on its audience. Raises NotAllowed
    where they are not: of that item everybody sees the number, so this tells nothing more.
    """
    rows = Item.objects.select_for_update(of=["self"]).filter(
        meeting=meeting, audience_id__in=actor.audience_ids
    )
    kept = {one.ref: one for one in rows.exclude(audience_id=meeting.audience_id) if one.ref}
    for one in closures_in(actor, MeetingKind.label, [meeting.key]):
        if one.number and one.number in refs and one.number not in kept:
            raise NotAllowed(
                f"Item {one.number} of this meeting is closed, and you are not on its audience. "
                f"Ask {one.owner.name} before its minutes go on record."
            )
    return kept


def tell_of_closed(meeting: Meeting) -> None:
    """Say to the readers of a meeting which items were closed while its agenda was drafted."""
    Closure.objects.filter(
        parent_kind=MeetingKind.label,
        parent_key=meeting.key,
        kind=ItemKind.label,
        level=Level.CLOSED,
        audience_id=meeting.body.office_audience_id,
    ).update(audience_id=meeting.audience_id)


def closed_of_another_day(meeting: Meeting) -> None:
    """What is said of a moved meeting, and of closed things in it, says its new day."""
    said = Q(kind=MeetingKind.label, thing_key=meeting.key)
    said |= Q(parent_kind=MeetingKind.label, parent_key=meeting.key)
    Closure.objects.filter(said).update(day=meeting.held_on)


def hold_with_office(items: Collection[Item], body: Body) -> None:
    """Let items of an agenda go to the office alone, with what packages above keep of them."""
    to = body.office_audience_id
    move = Move(body.papers_audience_id, to, home=False, hidden=False, tier="", review_on=None)
    for item in items:
        _let_follow(item, move)
        moved(Item.objects.filter(pk=item.pk), move)
        item.audience_id = to


def _let_follow(item: Item, move: Move) -> None:
    move_beside([item.pk], move)
    for follow in _FOLLOWING:
        follow(item, move)


def may_hide_meeting(meeting: Meeting) -> Verdict:
    """A meeting that took place is spoken of in other records; one still planned is not."""
    if meeting.state == MeetingState.PLANNED:
        return YES
    return no(
        "This meeting took place and other records speak of it, so it cannot be hidden. Close it."
    )


def may_hide_item(item: Item, numbers: Collection[str], *, filed: bool) -> Verdict:
    """`numbers` are those of all items of the meeting. Only the last can go without a gap.

    `filed` says whether its minutes are kept as a file, as far as the actor may know.
    """
    if filed:
        return no("The file of these minutes holds its words, so it cannot be hidden. Close it.")
    if not item.ref:
        return YES
    others = [_parts(one) for one in numbers if one and one != item.ref]
    if all(one < _parts(item.ref) for one in others):
        return YES
    return no(
        f"Its number {item.ref} stands among others, and hiding it would leave a gap. Close it, "
        "or hide an item that has no number."
    )


def _parts(ref: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"\d+", ref))


class MeetingFiles(Holder):
    """The files that minutes and agendas came in."""

    label = MeetingKind.label

    def file_of(self, key: str) -> int | None:
        return Meeting.objects.filter(key=key).values_list("document_id", flat=True).first()

    def held(self, document: Document, keys: Collection[str], *, lock: bool) -> list[Held]:
        rows = Meeting.objects.filter(Q(document=document) | Q(key__in=keys))
        if lock:
            rows = rows.select_for_update(of=("self",))
        return [
            Held(
                kind=self.label,
                key=row.key,
                title=str(row),
                href=f"{row.get_absolute_url()}#files",
                body=row.body,
                audience_id=row.audience_id,
                day=row.held_on,
            )
            for row in rows.select_related("body").order_by("pk")
        ]

    def take_out(self, document: Document) -> list[str]:
        rows = Meeting.objects.filter(document=document)
        keys = list(rows.order_by("pk").values_list("key", flat=True))
        rows.update(document=None)
        return keys

    def put_back(self, document: Document, key: str) -> bool:
        return Meeting.objects.filter(key=key, document=None).update(document=document) > 0
