"""Records of any domain by their kind and key: the title and page of those one may see."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast, Left

from concerted.access.actor import Actor
from concerted.access.addresses import address
from concerted.actions import public as actions
from concerted.documents import public as documents
from concerted.meetings import public as meetings
from concerted.papers import public as papers
from concerted.people import public as people
from concerted.ui.words import day

TITLE = 120


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its word, who sees which, what it is titled by, and its page.

    `dated` is a field whose day belongs to the title; `within` the field that holds the key of
    its page, where that is another record's. A kind without a route has a title and no page.
    """

    words: str
    visible_to: Callable[[Actor], QuerySet[Any]]
    title: str
    route: str = ""
    dated: str = ""
    within: str = "key"


KINDS: dict[str, Kind] = {
    "actions.action": Kind("Action", actions.visible_to, "text", "actions:detail"),
    "people.body": Kind("Body", people.bodies_visible_to, "name", "people:body"),
    "meetings.decision": Kind(
        "Decision",
        meetings.decisions_visible_to,
        "text",
        "meetings:detail",
        "decided_on",
        "item__meeting__key",
    ),
    "documents.version": Kind("File", documents.versions_visible_to, "name", "documents:download"),
    "meetings.meeting": Kind(
        "Meeting", meetings.visible_to, "body__name", "meetings:detail", "held_on"
    ),
    "people.organisation": Kind(
        "Organisation", people.organisations_visible_to, "name", "people:organisation"
    ),
    "papers.paper": Kind("Paper", papers.visible_to, "title", "papers:detail", "dated_on"),
    "people.person": Kind("Person", people.people_visible_to, "name"),
    "people.post": Kind("Post", people.posts_visible_to, "title"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record that the reader may see."""

    words: str
    title: str
    href: str


def records(actor: Actor, references: Collection[str]) -> dict[tuple[str, str], Record]:
    """By kind and key, those of these references that the actor may see: one query."""
    if not references:
        return {}
    first, *rest = (_arm(actor, name, kind, references) for name, kind in KINDS.items())
    found = {}
    for name, key, title, within, on in first.union(*rest, all=True):
        kind = KINDS[name]
        found[name, key] = Record(
            words=kind.words,
            title=f"{title}, {day(on)}" if on else title,
            href=address(kind.route, within) if kind.route else "",
        )
    return found


def _arm(actor: Actor, name: str, kind: Kind, references: Collection[str]) -> QuerySet[Any, Any]:
    visible: QuerySet[Any, Any] = kind.visible_to(actor)
    arm: QuerySet[Any, Any] = (
        visible.select_related(None)
        .prefetch_related(None)
        .filter(key__in=list(references))
        .order_by()
        .annotate(
            arm_kind=Value(name, CharField()),
            arm_title=Left(Cast(F(kind.title), CharField()), TITLE),
            arm_on=F(kind.dated) if kind.dated else Cast(Value(None), DateField()),
        )
        .values_list("arm_kind", "key", "arm_title", kind.within, "arm_on")
    )
    return arm
