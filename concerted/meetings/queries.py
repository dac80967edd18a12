"""Reads of meetings, items and decisions; each starts from what the actor may see."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.http import Http404

from concerted.access.actor import Actor
from concerted.access.prepared import Among, Given, Prepared, instances
from concerted.documents.public import Version, versions_with
from concerted.meetings.beside import anything
from concerted.meetings.models import (
    Attendance,
    Decision,
    Item,
    Limb,
    Meeting,
    Paragraph,
    Passage,
    Rearrangement,
    Reference,
)
from concerted.meetings.paragraphs import placed
from concerted.meetings.states import NOT_HELD, Attended, MeetingState, Outcome
from concerted.people.public import Organisation
from concerted.restrictions.public import Closure, Level, Tier, closures_in


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    return Meeting.objects.filter(audience_id__in=actor.audience_ids).select_related("body")


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    limbs = Limb.objects.filter(audience_id__in=actor.audience_ids)
    return (
        Decision.objects.filter(
            audience_id__in=actor.audience_ids,
            item__audience_id__in=actor.audience_ids,
            item__meeting__audience_id__in=actor.audience_ids,
        )
        .select_related("item__meeting", "body")
        .prefetch_related(Prefetch("limbs", limbs))
        .order_by("-decided_on", "item__meeting_id", "item__position", "position")
    )


def newest_first(actor: Actor) -> QuerySet[Meeting]:
    """Meetings for the list, each with its decisions counted as this reader may see them.

    Counted in a subquery, so that only the meetings of one page are counted for.
    """
    counted = (
        Decision.objects.filter(audience_id__in=actor.audience_ids, item__meeting=OuterRef("pk"))
        .order_by()
        .values("item__meeting")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return visible_to(actor).annotate(decided=Coalesce(Subquery(counted), 0))


def one_or_404(actor: Actor, meeting_key: str) -> Meeting:
    """A meeting with its body, for its page."""
    return MEETINGS.one_or_404(audiences=actor.audience_ids, key=meeting_key)


def references_visible_to(actor: Actor) -> QuerySet[Reference]:
    """What items say of earlier minutes, where the actor may see the item."""
    return Reference.objects.filter(
        audience_id__in=actor.audience_ids, item__audience_id__in=actor.audience_ids
    ).select_related("item__meeting")


def items_visible_to(actor: Actor) -> QuerySet[Item]:
    return Item.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    ).select_related("meeting__body")


def items_with_minutes(actor: Actor) -> QuerySet[Item]:
    """Items of meetings that took place: those of an agenda are not minutes."""
    return items_visible_to(actor).exclude(
        meeting__state__in=[MeetingState.PLANNED, MeetingState.CANCELLED]
    )


def rearrangements_visible_to(actor: Actor) -> QuerySet[Rearrangement]:
    """That meetings were moved or cancelled, in the order in which it was done."""
    return Rearrangement.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    ).select_related("meeting__body", "by")


def numbers_in(actor: Actor, meeting: Meeting) -> list[str]:
    """The numbers of a meeting's items as the actor sees them, those of closed ones too."""
    items = Item.objects.filter(audience_id__in=actor.audience_ids, meeting=meeting)
    closed = closures_in(actor, Meeting._meta.label_lower, [meeting.key])
    return [*items.values_list("ref", flat=True), *(one.number for one in closed)]


def refs_of(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """The numbers of items, by their ids, as far as the actor may see them."""
    items = Item.objects.filter(audience_id__in=actor.audience_ids, pk__in=ids)
    return dict(items.values_list("pk", "ref"))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An item of another meeting, as a link to it."""

    ref: str
    title: str
    held_on: datetime.date
    key: str
    item_key: str
    position: int

    @property
    def anchor(self) -> str:
        return f"i-{self.item_key}"


def _elsewhere(rows: list[Mapping[str, Any]]) -> list[Elsewhere]:
    """The oldest first."""
    found = [
        Elsewhere(**{**row, "held_on": datetime.date.fromisoformat(row["held_on"])}) for row in rows
    ]
    return sorted(found, key=lambda one: (one.held_on, one.key, one.position))


class ItemRow(NamedTuple):
    """An item as the meeting page shows it, with the items of other meetings linked to it.

    What is withheld and what is linked come as arrays with the item: they cost the page no query
    of their own. So do the restricted paragraphs that this reader may read (`kept`), and what is
    said of restricted ones (`said`).
    """

    id: int
    key: str
    position: int
    ref: str
    title: str
    part: str
    sub_items: list[tuple[str, str]]
    kind: str
    minutes_allowed: int | None
    presenter: str
    issue: int
    withdrawn_in: int | None
    text: str
    pieces: list[list[int]]
    kept: list[Mapping[str, Any]]
    said: list[Mapping[str, Any]]
    withheld: list[Mapping[str, Any]]
    earlier_rows: list[Mapping[str, Any]]
    later_rows: list[Mapping[str, Any]]


class LimbRow(NamedTuple):
    """A limb with the decision that it is part of; one row for each limb."""

    item_id: int
    key: str
    code: str
    text: str
    doubt: str
    limb_letter: str
    limb_code: str
    limb_text: str

    @property
    def outcome(self) -> str:
        """What the decision does, in words."""
        return OUTCOMES[self.code]

    @property
    def limb_outcome(self) -> str:
        return OUTCOMES[self.limb_code]


class NameRow(NamedTuple):
    """A name in a list of the minutes, as printed."""

    attended: str
    name: str
    organisation_name: str
    role: str


# Once the meeting has been held, all its items are those of its minutes.
LAST_ISSUE = 32767
OUTCOMES = {str(one.value): str(one.label) for one in Outcome}


def _linked(here: str, there: str) -> ArraySubquery:
    """The items that references lead to from an item, as far as the reader sees both ends.

    The other item is asked for one by one, inside: joined, a database of few meetings would go
    through all items of all of them for each item of the page.
    """
    found = Item.objects.filter(
        Among("audience_id", "audiences"),
        Among("meeting__audience_id", "audiences"),
        pk=OuterRef(there),
    ).values(
        found=JSONObject(
            ref="ref",
            title="title",
            held_on="meeting__held_on",
            key="meeting__key",
            item_key="key",
            position="position",
        )
    )
    references = (
        Reference.objects.filter(Among("audience_id", "audiences"), **{here: OuterRef("pk")})
        .order_by()
        .annotate(found=Subquery(found))
        .filter(found__isnull=False)
        .values("found")
    )
    return ArraySubquery(references)


def _meeting(row: Sequence[Any]) -> Meeting:
    """A meeting with its body; in `says_closed`, whether something in it is said to be closed.

    `has_beside` says whether packages above keep something beside its items, `was_rearranged`
    whether it was moved or cancelled. What is annotated stands between the columns of the two.
    """
    own = len(Meeting._meta.concrete_fields)
    meeting = _MEETING(tuple(row[:own]) + tuple(row[own + 3 :]))
    meeting.says_closed, meeting.has_beside, meeting.was_rearranged = row[own : own + 3]
    return meeting


_MEETING = instances(Meeting, "body")
MEETINGS = Prepared(
    _meeting,
    lambda: (
        Meeting.objects.filter(Among("audience_id", "audiences"), key=Given("key"))
        .annotate(
            closed=Exists(
                Closure.objects.filter(
                    Among("audience_id", "audiences"),
                    parent_kind=Meeting._meta.label_lower,
                    parent_key=OuterRef("key"),
                )
            ),
            beside=anything(),
            rearranged=Exists(
                Rearrangement.objects.filter(
                    Among("audience_id", "audiences"), meeting=OuterRef("pk")
                )
            ),
        )
        .select_related("body")
    ),
)
ITEMS = Prepared(
    ItemRow._make,
    lambda: (
        Item.objects.filter(
            Among("audience_id", "audiences"),
            meeting_id=Given("meeting"),
            issue__lte=Given("issue"),
        )
        .annotate(
            kept=ArraySubquery(
                Paragraph.objects.filter(Among("audience_id", "audiences"), item=OuterRef("pk"))
                .exclude(text="")
                .order_by("place")
                .values(found=JSONObject(key="key", place="place", text="text"))
            ),
            said=ArraySubquery(
                Closure.objects.filter(
                    Among("audience_id", "audiences"),
                    kind=Paragraph._meta.label_lower,
                    parent_kind=Item._meta.label_lower,
                    parent_key=OuterRef("key"),
                )
                .order_by("position")
                .values(
                    found=JSONObject(
                        key="thing_key",
                        place="position",
                        level="level",
                        tier="tier",
                        why="ground__words",
                        owner="owner__name",
                        review_on="review_on",
                        whom_to_ask="whom_to_ask",
                    )
                )
            ),
            # In the same question: what is withheld from an item, for those who may see it.
            withheld=ArraySubquery(
                Passage.objects.filter(Among("audience_id", "audiences"), item=OuterRef("pk"))
                .order_by("number")
                .values(said=JSONObject(number="number", text="text"))
            ),
            earlier_rows=_linked("item", "to"),
            later_rows=_linked("to", "item"),
        )
        .order_by("position", "id")
        .values_list(*ItemRow._fields)
    ),
)
LIMBS = Prepared(
    LimbRow._make,
    lambda: (
        Limb.objects.filter(
            Among("audience_id", "audiences"),
            Among("decision__audience_id", "audiences"),
            Among("decision__item_id", "items"),
        )
        .order_by("decision__position", "position")
        .values_list(
            "decision__item_id",
            "decision__key",
            "decision__code",
            "decision__text",
            "decision__doubt",
            "letter",
            "code",
            "text",
        )
    ),
)
NAMES = Prepared(
    NameRow._make,
    lambda: (
        Attendance.objects.filter(Among("audience_id", "audiences"), meeting_id=Given("meeting"))
        .order_by("position")
        .values_list(*NameRow._fields)
    ),
)


@dataclass(frozen=True, slots=True)
class Shut:
    """What is said of a restricted paragraph."""

    level: str
    tier: str
    why: str
    owner: str
    review_on: datetime.date
    whom_to_ask: str


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """A paragraph as this reader sees it: `words`, or none where it is closed to them.

    `number` counts the open ones, `key` and `shut` are those of a restricted one.
    """

    words: str = ""
    number: int | None = None
    key: str = ""
    shut: Shut | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with what this reader may see below it: decisions by their limbs."""

    item: ItemRow
    decisions: list[list[LimbRow]]
    closure: Closure | None = None
    number: str = ""

    @property
    def earlier(self) -> list[Elsewhere]:
        """The minutes that it refers to."""
        return _elsewhere(self.item.earlier_rows)

    @property
    def later(self) -> list[Elsewhere]:
        """The minutes that take it up again."""
        return _elsewhere(self.item.later_rows)

    @property
    def paragraphs(self) -> list[ParagraphLine]:
        """The text in paragraphs, with those restricted ones in their places that may be shown."""
        text = [
            (place, words.strip())
            for place, words in placed(self.item.text, self.item.pieces)
            if words.strip()
        ]
        lines = {place: ParagraphLine(words, number) for number, (place, words) in enumerate(text)}
        shut = {one["key"]: one for one in self.item.said}
        kept = {one["key"]: one for one in self.item.kept}
        for key, one in (shut | kept).items():
            lines[one["place"]] = ParagraphLine(
                words=kept[key]["text"].strip() if key in kept else "",
                key=key,
                shut=_shut(shut[key]) if key in shut else None,
            )
        return [lines[place] for place in sorted(lines)]

    @property
    def withheld(self) -> list[Mapping[str, Any]]:
        """What was withheld from those words of the text that this reader sees."""
        seen = " ".join([self.item.text, *(one["text"] for one in self.item.kept)])
        return [one for one in self.item.withheld if f"[withheld {one['number']}]" in seen]


def _shut(said: Mapping[str, Any]) -> Shut:
    return Shut(
        level=str(Level(said["level"]).label),
        tier=str(Tier(said["tier"]).label),
        why=said["why"],
        owner=said["owner"],
        review_on=datetime.date.fromisoformat(said["review_on"]),
        whom_to_ask=said["whom_to_ask"],
    )


def items_of(actor: Actor, meeting: Meeting, *, drafts: bool = False) -> list[ItemLine]:
    """The items of a meeting, with `drafts` those to be published too: always two queries."""
    issue = meeting.agenda_issue + drafts if meeting.state in NOT_HELD else LAST_ISSUE
    items = ITEMS.ask(audiences=actor.audience_ids, meeting=meeting.pk, issue=issue)
    ids = [item.id for item in items]
    decided: dict[int, dict[str, list[LimbRow]]] = defaultdict(dict)
    for limb in LIMBS.ask(audiences=actor.audience_ids, items=ids):
        decided[limb.item_id].setdefault(limb.key, []).append(limb)
    return [ItemLine(item, list(decided[item.id].values())) for item in items]


def files_of(actor: Actor, meeting: Meeting) -> QuerySet[Version]:
    """The versions of the files that are kept with a meeting, as received."""
    label = Meeting._meta.label_lower
    return versions_with(actor, label, meeting.key, document_id=meeting.document_id)


def has_file(actor: Actor, meeting: Meeting) -> bool:
    """Whether a file is kept with a meeting, as far as the actor may know."""
    return meeting.document_id is not None or files_of(actor, meeting).exists()


def closures_of(actor: Actor, meeting: Meeting) -> list[Closure]:
    """What is said of the restricted items and files of a meeting: no query where nothing is."""
    if not meeting.says_closed:
        return []
    return closures_in(actor, Meeting._meta.label_lower, [meeting.key])


def agenda_of(
    actor: Actor, meeting: Meeting, said: Sequence[Closure], *, drafts: bool = False
) -> list[ItemLine | Closure]:
    """The items as the page lists them: a closed one stands in its place, as its line or itself.

    Hidden ones come after the open ones, counted C1, C2 … among those that this reader sees:
    a number that is the same for all would tell who sees the second that there is a first.
    `said` is what is said of restricted ones (`closures_of`).
    """
    closures = {one.thing_key: one for one in said if one.kind == Item._meta.label_lower}
    lines = [
        replace(line, closure=closures.get(line.item.key), number=line.item.ref)
        for line in items_of(actor, meeting, drafts=drafts)
    ]
    seen = {line.item.key for line in lines}
    hidden = [one for one in lines if one.closure and one.closure.level == Level.HIDDEN]
    placed: list[tuple[int, ItemLine | Closure]] = [
        (one.item.position, one) for one in lines if one not in hidden
    ]
    placed += [(one.position, one) for key, one in closures.items() if key not in seen]
    placed.sort(key=itemgetter(0))
    return [one for _, one in placed] + [
        replace(one, number=f"C{count}") for count, one in enumerate(hidden, start=1)
    ]


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """Who was there: the table by organisation, and the lists beside it."""

    present: list[NameRow]
    others: dict[str, list[NameRow]]

    @property
    def counts(self) -> str:
        apologies = len(self.others.get(Attended.APOLOGIES, []))
        return f"{len(self.present)} present, {apologies} with apologies."


def attendance_of(actor: Actor, meeting: Meeting) -> AttendanceTable:
    lists: dict[str, list[NameRow]] = defaultdict(list)
    for row in NAMES.ask(audiences=actor.audience_ids, meeting=meeting.pk):
        lists[row.attended].append(row)
    return AttendanceTable(lists.pop(Attended.PRESENT, []), dict(lists))


def names_visible_to(actor: Actor) -> QuerySet[Attendance]:
    """The names in the lists of minutes, in their order, where the actor may see the meeting."""
    return Attendance.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    ).order_by("meeting_id", "position")


def seen_now(actor: Actor, meeting: Meeting) -> Meeting:
    """A meeting in hand as it is now. Raises Http404 where it is no longer the actor’s to see."""
    found = visible_to(actor).filter(pk=meeting.pk).first()
    if found is None:
        raise Http404
    return found


def next_planned(actor: Actor, *, after: object) -> QuerySet[Meeting]:
    return (
        visible_to(actor)
        .filter(state=MeetingState.PLANNED, held_on__gte=after)
        .order_by("held_on", "starts_at", "id")
    )


def waiting_to_be_agreed(actor: Actor, meeting: Meeting) -> list[Meeting]:
    """Minutes of the same body, subject to approval, that a meeting to come can agree."""
    if meeting.state != MeetingState.PLANNED:
        return []
    earlier = visible_to(actor).filter(body=meeting.body, held_on__lt=meeting.held_on)
    return list(earlier.filter(state=MeetingState.SUBJECT).order_by("held_on", "id"))


def organisations_by_person(actor: Actor) -> dict[int, list[Organisation]]:
    """The organisations that people came to meetings for, as far as the actor may see."""
    rows = (
        Attendance.objects.filter(
            audience_id__in=actor.audience_ids,
            person__isnull=False,
            organisation__audience_id__in=actor.audience_ids,
        )
        .select_related("organisation")
        .order_by("person_id", "organisation_id")
        .distinct("person_id", "organisation_id")
    )
    found: dict[int, list[Organisation]] = defaultdict(list)
    for row in rows:
        if row.person_id and row.organisation:
            found[row.person_id].append(row.organisation)
    return found
