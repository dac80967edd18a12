"""The decisions register: filtered, counted and paged within what the reader may see."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import QueryDict

from concerted.access.actor import Actor
from concerted.actions.public import ActionLine, for_sources, source_ids
from concerted.meetings.forms import DecisionFilter
from concerted.meetings.models import Decision, Item
from concerted.meetings.queries import decisions_visible_to
from concerted.meetings.states import Outcome
from concerted.restrictions.public import highest_tier

PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision with what came of it."""

    decision: Decision
    actions: list[ActionLine]


def filter_for(actor: Actor, data: Any) -> DecisionFilter:
    """The filter with its counts: of everything, so that a choice never hides the others."""
    seen = decisions_visible_to(actor).order_by()
    bodies = (
        seen.values_list("body__key", "body__name").annotate(n=Count("id")).order_by("body__name")
    )
    codes = dict(seen.values_list("code").annotate(n=Count("id")))
    return DecisionFilter(
        data,
        bodies=[(key, f"{name} ({n})") for key, name, n in bodies],
        codes=[
            (code, f"{label} ({codes[code]})") for code, label in Outcome.choices if code in codes
        ],
    )


def found(actor: Actor, wanted: dict[str, Any]) -> QuerySet[Decision]:
    """Decisions that fit the filter, newest first."""
    rows = decisions_visible_to(actor)
    for word in wanted.get("q", "").split():
        rows = rows.filter(text__icontains=word) | rows.filter(item__title__icontains=word)
    if wanted.get("body"):
        rows = rows.filter(body__key__in=wanted["body"])
    if wanted.get("code"):
        rows = rows.filter(code__in=wanted["code"])
    if wanted.get("since"):
        rows = rows.filter(decided_on__gte=wanted["since"])
    if wanted.get("until"):
        rows = rows.filter(decided_on__lte=wanted["until"])
    if came := wanted.get("came"):
        items = Item.objects.filter(pk__in=source_ids(actor, "meetings.item", came))
        rows = rows.exclude(item__in=items) if came == "nothing" else rows.filter(item__in=items)
    return rows


def marking_of(actor: Actor, rows: QuerySet[Decision]) -> str:
    """How a list of these decisions is marked: as the one of them that is marked highest."""
    keys = rows.order_by().values("item__key").distinct()
    return highest_tier(actor, "meetings.item", keys).label


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the filter in use, and the parameters without it."""

    text: str
    without: QueryDict


def in_use(form: DecisionFilter, params: QueryDict) -> list[Chip]:
    """The filter in use, piece by piece; each can be taken away alone."""
    chips = []
    for name in ("body", "code", "came", "q", "since", "until"):
        labels = dict(getattr(form.fields[name], "choices", []))
        for value in filter(None, params.getlist(name)):
            without = params.copy()
            without.setlist(name, [one for one in params.getlist(name) if one != value])
            without.pop("page", None)
            words = {"since": f"From {value}", "until": f"To {value}"}.get(name, value)
            chips.append(Chip(str(labels.get(value, words)), without))
    return chips


def page_of(
    actor: Actor, rows: QuerySet[Decision], number: str
) -> tuple[Page[Decision], list[Entry]]:
    page = Paginator(rows, PAGE).get_page(number)
    decisions = list(page.object_list)
    actions = for_sources(actor, "meetings.item", [one.item_id for one in decisions])
    return page, [Entry(one, actions.get(one.item_id, [])) for one in decisions]
