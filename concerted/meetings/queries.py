"""Reads of meetings, items and decisions; each starts from what the actor may see."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from concerted.access.actor import Actor
from concerted.meetings.models import Attendance, Decision, Item, Limb, Meeting, Passage
from concerted.meetings.states import Attended, MeetingState
from concerted.people.public import Organisation


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    return Meeting.objects.filter(audience_id__in=actor.audience_ids).select_related("body")


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    limbs = Limb.objects.filter(audience_id__in=actor.audience_ids)
    return (
        Decision.objects.filter(audience_id__in=actor.audience_ids)
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


@dataclass(frozen=True, slots=True)
class DecisionLine:
    decision: Decision
    limbs: list[Limb]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item as the meeting page shows it, with what this reader may see below it."""

    item: Item
    decisions: list[DecisionLine]
    passages: list[Passage]

    @property
    def paragraphs(self) -> list[str]:
        """The text in paragraphs: what blank lines part, or single lines where there are none."""
        text = self.item.text.strip()
        parted = "\n\n" if "\n\n" in text else "\n"
        return [part.strip() for part in text.split(parted) if part.strip()]


def items_of(actor: Actor, meeting: Meeting) -> list[ItemLine]:
    """The items of a meeting: two queries for any number, three where words are withheld."""
    items = list(
        Item.objects.filter(audience_id__in=actor.audience_ids, meeting=meeting).order_by(
            "position"
        )
    )
    decided: dict[int, dict[int, DecisionLine]] = defaultdict(dict)
    limbs = (
        Limb.objects.filter(
            audience_id__in=actor.audience_ids,
            decision__audience_id__in=actor.audience_ids,
            decision__item__in=[item.pk for item in items],
        )
        .select_related("decision")
        .order_by("decision__position", "position")
    )
    for limb in limbs:
        lines = decided[limb.decision.item_id]
        lines.setdefault(limb.decision_id, DecisionLine(limb.decision, [])).limbs.append(limb)
    withheld: dict[int, list[Passage]] = defaultdict(list)
    if any("[withheld" in item.text for item in items):
        passages = Passage.objects.filter(audience_id__in=actor.audience_ids, item__in=items)
        for passage in passages.order_by("number"):
            withheld[passage.item_id].append(passage)
    return [ItemLine(item, list(decided[item.pk].values()), withheld[item.pk]) for item in items]


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """Who was there: the table by organisation, and the lists beside it."""

    present: list[Attendance]
    others: dict[str, list[Attendance]]

    @property
    def counts(self) -> str:
        apologies = len(self.others.get(Attended.APOLOGIES, []))
        return f"{len(self.present)} present, {apologies} with apologies."


def attendance_of(actor: Actor, meeting: Meeting) -> AttendanceTable:
    rows = list(
        Attendance.objects.filter(audience_id__in=actor.audience_ids, meeting=meeting).order_by(
            "position"
        )
    )
    others: dict[str, list[Attendance]] = defaultdict(list)
    for row in rows:
        if row.attended != Attended.PRESENT:
            others[row.attended].append(row)
    return AttendanceTable([row for row in rows if row.attended == Attended.PRESENT], dict(others))


def next_planned(actor: Actor, *, after: object) -> QuerySet[Meeting]:
    return (
        visible_to(actor)
        .filter(state=MeetingState.PLANNED, held_on__gte=after)
        .order_by("held_on", "starts_at", "id")
    )


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
