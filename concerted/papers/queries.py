"""Reads of papers; each starts from what the actor may see."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from concerted.access.actor import Actor
from concerted.access.prepared import Among, Given, Prepared
from concerted.documents.public import Version, versions_visible_to, versions_with
from concerted.papers import deciding
from concerted.papers.deciding import NOT_KNOWN, Asked, Decided
from concerted.papers.labels import is_late, is_tabled
from concerted.papers.models import (
    Appendix,
    Paper,
    Paragraph,
    Presentation,
    Put,
    Recommendation,
    Withdrawal,
)
from concerted.restrictions.public import Closure, by_label, closures_in


def visible_to(actor: Actor) -> QuerySet[Paper]:
    return Paper.objects.filter(audience_id__in=actor.audience_ids).select_related(
        "body", "author", "organisation"
    )


def newest_first(actor: Actor) -> QuerySet[Paper]:
    """Papers for the list, each with its recommendations counted."""
    counted = (
        Recommendation.objects.filter(audience_id__in=actor.audience_ids, paper=OuterRef("pk"))
        .order_by()
        .values("paper")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        visible_to(actor)
        .annotate(recommended=Coalesce(Subquery(counted), 0))
        .order_by(F("dated_on").desc(nulls_last=True), "-id")
    )


def recommendations_of(actor: Actor, paper: Paper) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(audience_id__in=actor.audience_ids, paper=paper)


def appendices_of(actor: Actor, paper: Paper) -> QuerySet[Appendix]:
    return Appendix.objects.filter(audience_id__in=actor.audience_ids, paper=paper)


def files_of(actor: Actor, paper: Paper) -> QuerySet[Version]:
    """The versions of the files that are kept with a paper, as received."""
    label = Paper._meta.label_lower
    return versions_with(actor, label, paper.key, version_id=paper.version_id)


def closures_of(actor: Actor, paper: Paper) -> list[Closure]:
    """What is said of the restricted appendices and files of a paper."""
    return closures_in(actor, Paper._meta.label_lower, [paper.key])


def appendix_lines(actor: Actor, paper: Paper, said: Sequence[Closure]) -> list[Appendix | Closure]:
    """The appendices in order; of one that is closed to the actor, what is said of it."""
    return _with_closed(list(appendices_of(actor, paper)), said)


def _with_closed(seen: list[Appendix], said: Sequence[Closure]) -> list[Appendix | Closure]:
    keys = {one.key for one in seen}
    closed = [
        one for one in said if one.kind == Appendix._meta.label_lower and one.thing_key not in keys
    ]
    return sorted([*seen, *closed], key=lambda one: one.position)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs under one heading, in order."""

    heading: str
    paragraphs: list[Paragraph]


def stretches_of(actor: Actor, paper: Paper) -> list[Stretch]:
    """The text of a paper, heading by heading."""
    return _stretched(Paragraph.objects.filter(audience_id__in=actor.audience_ids, paper=paper))


def _stretched(paragraphs: Iterable[Paragraph]) -> list[Stretch]:
    made: list[Stretch] = []
    for one in paragraphs:
        if not made or made[-1].heading != one.heading:
            made.append(Stretch(one.heading, []))
        made[-1].paragraphs.append(one)
    return made


@dataclass(frozen=True, slots=True)
class PutTo:
    """A presentation, and the key of its meeting where this reader may see that meeting.

    `puts` is what that meeting was asked, where it was recorded; `decided` what it answered.
    """

    presentation: Presentation
    meeting_key: str
    puts: list[Put] = field(default_factory=list)
    decided: Decided = NOT_KNOWN


def presentations_of(actor: Actor, paper: Paper) -> list[PutTo]:
    """Where a paper goes; a meeting that is closed or hidden to the actor leads nowhere."""
    rows = Presentation.objects.filter(audience_id__in=actor.audience_ids, paper=paper)
    found = list(rows.select_related("paper", "body"))
    seen = by_label("meetings.meeting").visible_keys(actor, [one.meeting_key for one in found])
    puts: dict[int, list[Put]] = defaultdict(list)
    for put in Put.objects.filter(
        audience_id__in=actor.audience_ids, presentation__in=found
    ).select_related("of"):
        puts[put.presentation_id].append(put)
    asked = [
        Asked(one.key, one.meeting_key, one.item_key, paper.title)
        for one in found
        if one.meeting_key in seen
    ]
    decided = deciding.decided(actor, asked) if asked else {}
    return [
        PutTo(
            one,
            one.meeting_key if one.meeting_key in seen else "",
            puts[one.pk],
            decided.get(one.key, NOT_KNOWN),
        )
        for one in found
    ]


def presentations_visible_to(actor: Actor) -> QuerySet[Presentation]:
    return Presentation.objects.filter(
        audience_id__in=actor.audience_ids, paper__audience_id__in=actor.audience_ids
    ).select_related("paper__body", "body")


@dataclass(frozen=True, slots=True)
class Versions:
    """The other versions of a paper that this reader sees: the newest first, without this one."""

    newer: Paper | None
    others: list[Paper]


def versions_of(actor: Actor, paper: Paper) -> Versions:
    """Its versions before and after it, each published; where one is hidden, as if it were not.

    A chain is walked both ways at most as often as there are versions.
    """
    found: list[Paper] = []
    behind, ahead = paper.follows_id, [paper.pk]
    seen = visible_to(actor).filter(published_at__isnull=False)
    while behind and (one := seen.filter(pk=behind).first()):
        found.append(one)
        behind = one.follows_id
    newer = None
    while later := list(seen.filter(follows__in=ahead).order_by("number")):
        found += later
        newer, ahead = later[-1], [one.pk for one in later]
    return Versions(newer, sorted(found, key=lambda one: -one.number))


def withdrawal_of(actor: Actor, paper: Paper) -> Withdrawal | None:
    rows = Withdrawal.objects.filter(audience_id__in=actor.audience_ids, paper=paper)
    return rows.select_related("by").first()


class PaperRow(NamedTuple):
    """A paper as the page of a meeting names it."""

    item_ref: str
    key: str
    title: str
    author_text: str
    tier: str
    number: int = 1
    published_at: datetime.datetime | None = None
    follows_key: str | None = None
    because: str | None = None
    due_on: datetime.date | None = None
    received_at: datetime.datetime | None = None
    issued_at: datetime.datetime | None = None
    begins_at: datetime.datetime | None = None

    @property
    def late(self) -> bool:
        return is_late(self.received_at, self.due_on)

    @property
    def tabled(self) -> bool:
        return is_tabled(self.published_at, self.issued_at, self.begins_at)


PUT_TO = Prepared(
    PaperRow._make,
    lambda: (
        Presentation.objects.filter(
            Among("audience_id", "audiences"),
            Among("paper__audience_id", "audiences"),
            paper__published_at__isnull=False,
            meeting_key=Given("meeting_key"),
        )
        .order_by("id")
        .values_list(
            "item_ref",
            "paper__key",
            "paper__title",
            "paper__author_text",
            "paper__tier",
            "paper__number",
            "paper__published_at",
            "paper__follows__key",
            "paper__withdrawal__because",
            "paper__due_on",
            "paper__received_at",
            "issued_at",
            "begins_at",
        )
    ),
)


def put_to(actor: Actor, meeting_key: str) -> Sequence[PaperRow]:
    """The papers put to a meeting, of each its newest version that the actor sees: one query."""
    rows = PUT_TO.ask(audiences=actor.audience_ids, meeting_key=meeting_key)
    older = {one.follows_key for one in rows}
    return [one for one in rows if one.key not in older]


def recommended_at(actor: Actor, meeting_key: str) -> dict[str, list[str]]:
    """What papers ask of a meeting, by their keys: as it was put to this one, else as printed."""
    put = Presentation.objects.filter(
        audience_id__in=actor.audience_ids,
        paper__audience_id__in=actor.audience_ids,
        meeting_key=meeting_key,
    ).select_related("paper")
    keys = {one.pk: one.paper.key for one in put}
    papers = {one.paper_id: one.paper.key for one in put}
    found: dict[str, list[str]] = defaultdict(list)
    for row in Put.objects.filter(audience_id__in=actor.audience_ids, presentation__in=keys):
        found[keys[row.presentation_id]].append(row.text)
    reworded = set(found)
    for one in Recommendation.objects.filter(audience_id__in=actor.audience_ids, paper__in=papers):
        if papers[one.paper_id] not in reworded:
            found[papers[one.paper_id]].append(one.words)
    return found


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paper put to a meeting with all its words that this reader sees, and whose it is."""

    item_ref: str
    key: str
    title: str
    organisation_id: int | None
    text: str


def texts_put_to(actor: Actor, meeting_key: str) -> list[PaperText]:
    """The papers put to a meeting with their words: as many queries for 1 paper as for 30."""
    put = Presentation.objects.filter(
        audience_id__in=actor.audience_ids,
        paper__audience_id__in=actor.audience_ids,
        meeting_key=meeting_key,
    ).select_related("paper")
    found = [(one.item_ref, one.paper) for one in put.order_by("id")]
    words: dict[int, list[str]] = defaultdict(list)
    for model in (Recommendation, Paragraph):
        rows = model._base_manager.filter(
            audience_id__in=actor.audience_ids, paper__in=[paper for _, paper in found]
        )
        for paper_id, text in rows.values_list("paper_id", "text"):
            words[paper_id].append(text)
    return [
        PaperText(
            item_ref,
            one.key,
            one.title,
            one.organisation_id,
            "\n".join([one.title, one.purpose, one.summary, *words[one.pk]]),
        )
        for item_ref, one in found
    ]


@dataclass(frozen=True, slots=True)
class Whole:
    """A paper put to a meeting with all that it says to this reader, as a pack shows it.

    `puts` is what this meeting is asked, where that was recorded; else the recommendations are.
    """

    item_ref: str
    paper: Paper
    recommendations: list[Recommendation]
    puts: list[Put]
    stretches: list[Stretch]
    appendices: list[Appendix | Closure]
    files: list[Version]
    withdrawal: Withdrawal | None
    late: bool
    tabled: bool
    follows_key: str


def wholes_put_to(actor: Actor, meeting_key: str) -> list[Whole]:
    """The published papers put to a meeting, of each its newest version, as `put_to` names them:
    as many queries for 1 paper as for 40."""
    rows = put_to(actor, meeting_key)
    papers = {one.key: one for one in visible_to(actor).filter(key__in=[row.key for row in rows])}
    ids = [one.pk for one in papers.values()]
    asked: dict[int, list[Put]] = defaultdict(list)
    puts = Put.objects.filter(
        audience_id__in=actor.audience_ids,
        presentation__audience_id__in=actor.audience_ids,
        presentation__meeting_key=meeting_key,
        presentation__paper__in=ids,
    )
    for one in puts.select_related("presentation"):
        asked[one.presentation.paper_id].append(one)
    points = _by_paper(Recommendation.objects, actor, ids)
    paragraphs = _by_paper(Paragraph.objects, actor, ids)
    appendices = _by_paper(Appendix.objects, actor, ids)
    withdrawals = _by_paper(Withdrawal.objects, actor, ids)
    said: dict[str, list[Closure]] = defaultdict(list)
    for closed in closures_in(actor, Paper._meta.label_lower, list(papers)):
        said[closed.parent_key].append(closed)
    versions = {
        one.pk: one
        for one in versions_visible_to(actor).filter(
            pk__in=[paper.version_id for paper in papers.values()]
        )
    }
    return [
        Whole(
            item_ref=row.item_ref,
            paper=paper,
            recommendations=points[paper.pk],
            puts=asked[paper.pk],
            stretches=_stretched(paragraphs[paper.pk]),
            appendices=_with_closed(appendices[paper.pk], said[paper.key]),
            files=[versions[paper.version_id]] if paper.version_id in versions else [],
            withdrawal=next(iter(withdrawals[paper.pk]), None),
            late=row.late,
            tabled=row.tabled,
            follows_key=row.follows_key or "",
        )
        for row in rows
        if (paper := papers.get(row.key))
    ]


def _by_paper(rows: Any, actor: Actor, papers: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows.filter(audience_id__in=actor.audience_ids, paper__in=papers):
        found[one.paper_id].append(one)
    return found
