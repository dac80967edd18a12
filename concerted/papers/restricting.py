"""A paper that is closed or hidden takes all that it says along, and its file; or an appendix."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q

from concerted.access.actor import Actor
from concerted.documents.public import Document, Held, Holder, Version, needs, needs_no_more
from concerted.kernel.verdict import YES, Verdict, no
from concerted.papers import queries
from concerted.papers.models import (
    Appendix,
    Paper,
    Paragraph,
    Presentation,
    Put,
    Recommendation,
    Withdrawal,
)
from concerted.people.public import bodies_visible_to
from concerted.restrictions.public import Move, Restrictable, Thing, moved

Follows = Callable[[Paper, Move], None]
_FOLLOWING: list[Follows] = []


def follows(rows: Follows) -> None:
    """Make known what a package above keeps of papers, and moves with them."""
    _FOLLOWING.append(rows)


class PaperKind(Restrictable):
    name, label, noun = "paper", "papers.paper", "paper"

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
            title=row.title,
            href=row.get_absolute_url(),
            body=row.body,
            audience_id=row.audience_id,
            home_id=row.home_id,
            parent=("people.body", row.body.key),
            organisation=row.organisation,
            day=row.dated_on,
        )

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        paper = thing.row
        children: list[Any] = [
            Recommendation.objects,
            Paragraph.objects,
            Appendix.objects,
            Presentation.objects,
            Withdrawal.objects,
        ]
        for rows in children:
            moved(rows.filter(paper=paper), move)
        moved(Put.objects.filter(presentation__paper=paper), move)
        for follow in _FOLLOWING:
            follow(paper, move)
        Paper.objects.filter(pk=paper.pk).update(
            audience_id=move.to, tier=move.tier, review_on=move.review_on or paper.review_on
        )
        if move.home:
            needs_no_more(self.label, thing.key, move.before)
        else:
            needs(self.label, thing.key, move.to, before=move.before)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        found = queries.visible_to(actor).filter(key__in=keys)
        return set(found.values_list("key", flat=True))


class AppendixKind(Restrictable):
    name, label, noun = "appendix", "papers.appendix", "appendix"

    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        rows = Appendix.objects.filter(
            key=key,
            audience_id__in=actor.audience_ids,
            paper__in=queries.visible_to(actor),
            paper__body__in=bodies_visible_to(actor),
        ).select_related("paper__body", "paper__organisation")
        row = (rows.select_for_update(of=("self",)) if lock else rows).first()
        if row is None:
            return None
        return Thing(
            row=row,
            kind=self.label,
            key=row.key,
            noun=self.noun,
            title=f"{row}{': ' if row.title else ''}{row.title}",
            href=f"{row.paper.get_absolute_url()}#appendices",
            body=row.paper.body,
            audience_id=row.audience_id,
            home_id=row.paper.audience_id,
            parent=(PaperKind.label, row.paper.key),
            organisation=row.paper.organisation,
            number=row.ref,
            position=row.position,
            day=row.paper.dated_on,
            may_hide=may_hide_appendix(row),
        )

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        moved(Appendix.objects.filter(pk=thing.row.pk), move)
        if not thing.row.here:
            return
        kind, key = thing.parent
        before = None if move.before == thing.home_id else move.before
        if not move.home:
            needs(kind, key, move.to, before=before)
        elif before is not None:
            needs_no_more(kind, key, before)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        found = Appendix.objects.filter(audience_id__in=actor.audience_ids, key__in=keys)
        return set(found.values_list("key", flat=True))


def may_hide_appendix(row: Appendix) -> Verdict:
    if row.ref:
        return no("The appendices are lettered, and hiding this one would leave a gap. Close it.")
    if row.here and row.paper.version_id is not None:
        return no("The file of this paper holds its words, so it cannot be hidden. Close it.")
    return YES


class PaperFiles(Holder):
    """The files that papers came in."""

    label = PaperKind.label

    def file_of(self, key: str) -> int | None:
        return Version.objects.filter(papers__key=key).values_list("document_id", flat=True).first()

    def held(self, document: Document, keys: Collection[str], *, lock: bool) -> list[Held]:
        versions = list(document.versions.all())
        rows = Paper.objects.filter(Q(version__in=versions) | Q(key__in=keys))
        if lock:
            rows = rows.select_for_update(of=("self",))
        return [
            Held(
                kind=self.label,
                key=row.key,
                title=f"the paper “{row.title}”",
                href=f"{row.get_absolute_url()}#file",
                body=row.body,
                audience_id=row.audience_id,
                day=row.dated_on,
                organisation=row.organisation,
            )
            for row in rows.select_related("body", "organisation").order_by("pk")
        ]

    def take_out(self, document: Document) -> list[str]:
        rows = Paper.objects.filter(version__in=list(document.versions.all()))
        keys = list(rows.values_list("key", flat=True))
        rows.update(version=None)
        return keys

    def put_back(self, document: Document, key: str) -> bool:
        first = document.versions.order_by("number").first()
        return Paper.objects.filter(key=key, version=None).update(version=first) > 0
