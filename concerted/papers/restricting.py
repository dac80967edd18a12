"""A paper that is closed or hidden takes all that it says along, and its file; or an appendix."""

from collections.abc import Collection
from typing import Any

from concerted.access.actor import Actor
from concerted.documents.public import Version, needs, needs_no_more
from concerted.kernel.verdict import YES, no
from concerted.papers import queries
from concerted.papers.models import Appendix, Paper, Paragraph, Presentation, Recommendation
from concerted.people.public import bodies_visible_to
from concerted.restrictions.public import Move, Restrictable, Thing, moved


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
            home_id=row.body.papers_audience_id,
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
        ]
        for rows in children:
            moved(rows.filter(paper=paper), move)
        Paper.objects.filter(pk=paper.pk).update(
            audience_id=move.to, tier=move.tier, review_on=move.review_on or paper.review_on
        )
        document = Version.objects.values_list("document_id", flat=True).get(pk=paper.version_id)
        if move.home:
            needs_no_more(document, move.before)
        else:
            needs(document, move.to, before=move.before)

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
            may_hide=no(
                "The appendices are lettered, and hiding this one would leave a gap. Close it."
            )
            if row.ref
            else YES,
        )

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        moved(Appendix.objects.filter(pk=thing.row.pk), move)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        found = Appendix.objects.filter(audience_id__in=actor.audience_ids, key__in=keys)
        return set(found.values_list("key", flat=True))
