"""A single paragraph of minutes that is closed or hidden: its words leave the text of its item.

So no list, register, export or public text that is made from the text of items can show them, and
whoever may read them reads them where they were. What the paragraph says of earlier minutes goes
along; decisions and actions of the item do not, even where they repeat its words.
"""

from collections.abc import Collection, Sequence

from django.utils.text import Truncator

from concerted.access.actor import Actor
from concerted.actions.public import for_sources
from concerted.kernel.verdict import YES, Verdict, no
from concerted.meetings import queries
from concerted.meetings.models import Item, Paragraph, Reference
from concerted.meetings.paragraphs import (
    REPEATED,
    is_numbered,
    leaves_no_trace,
    placed,
    put_back,
    repeats,
    taken_out,
)
from concerted.meetings.restricting import ItemKind, narrow_file
from concerted.people.public import bodies_visible_to
from concerted.restrictions.public import Move, Restrictable, Thing, moved


class ParagraphKind(Restrictable):
    name, label, noun = "paragraph", "meetings.paragraph", "paragraph"

    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        rows = Paragraph.objects.filter(
            key=key,
            audience_id__in=actor.audience_ids,
            item__in=queries.items_visible_to(actor),
            item__meeting__body__in=bodies_visible_to(actor),
        ).select_related("item__meeting__body")
        row = (rows.select_for_update(of=("self", "item")) if lock else rows).first()
        if row is None:
            return None
        item = row.item
        return Thing(
            row=row,
            kind=self.label,
            key=row.key,
            noun=self.noun,
            title=Truncator(_words(row).strip()).words(60),
            href=f"{item.meeting.get_absolute_url()}#i-{item.key}",
            body=item.meeting.body,
            audience_id=row.audience_id,
            home_id=item.audience_id,
            parent=(ItemKind.label, item.key),
            number=f"of item {item.ref}"[:40] if item.ref else "",
            position=row.place,
            day=item.meeting.held_on,
            may_hide=may_hide_paragraph(row, filed=queries.has_file(actor, item.meeting)),
        )

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        row, item = thing.row, thing.row.item
        said = Reference.objects.filter(item=item)
        if move.home and row.text:
            item.text, item.pieces = put_back(item.text, item.pieces, row.place, row.text)
            row.text = ""
        elif not move.home and not row.text:
            row.text, item.text, item.pieces = taken_out(item.text, item.pieces, row.place)
            alone = [one.pk for one in said if _stands_only_in(row.text, item.text, one.printed)]
            said = said.filter(pk__in=alone)
        item.save(update_fields=["text", "pieces"])
        moved(said, move)
        row.audience_id = move.to
        row.save(update_fields=["text", "audience"])
        narrow_file(item.meeting, thing, move)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        found = Paragraph.objects.filter(
            audience_id__in=actor.audience_ids,
            key__in=keys,
            item__in=queries.items_visible_to(actor),
        )
        return set(found.values_list("key", flat=True))

    def warnings(self, actor: Actor, thing: Thing) -> list[str]:
        return repeated_in(actor, thing.row.item, [_words(thing.row)])[0]


def _words(row: Paragraph) -> str:
    return row.text or dict(placed(row.item.text, row.item.pieces))[row.place]


def _stands_only_in(words: str, left: str, printed: str) -> bool:
    return printed in " ".join(words.split()) and printed not in " ".join(left.split())


def may_hide_paragraph(row: Paragraph, *, filed: bool) -> Verdict:
    """Asked while its words still stand in the item; hidden ones leave no trace there."""
    if filed:
        return no("The file of these minutes holds its words, so it cannot be hidden. Close it.")
    words = _words(row)
    if is_numbered(words):
        return no("It has a number among others, and hiding it would leave a gap. Close it.")
    if "[withheld" in words:
        return no("Words of it are withheld and numbered, so it cannot be hidden. Close it.")
    if not row.text and not leaves_no_trace(row.item.text, row.item.pieces, row.place):
        return no(
            "Without it the rest of this item would be parted into other paragraphs, which would "
            "show. Close it."
        )
    return YES


def repeated_in(actor: Actor, item: Item, paragraphs: Sequence[str]) -> list[list[str]]:
    """For each of these paragraphs, in sentences, what of the item repeats its words."""
    decisions = list(queries.decisions_visible_to(actor).filter(item=item))
    lines = for_sources(actor, ItemKind.label, [item.pk]).get(item.pk, [])
    said = [
        (
            "A decision",
            " ".join([one.text, *(limb.text for limb in one.limbs.all())]),
        )
        for one in decisions
    ] + [("An action", line.action.text) for line in lines]
    return [
        [
            f"{what} of this item repeats {REPEATED} or more words of this paragraph, and is not "
            f"restricted with it: “{Truncator(text).words(20)}” Restrict "
            f"{'the action' if what == 'An action' else 'the whole item'} too if others may not "
            "read them."
            for what, text in said
            if repeats(words, text)
        ]
        for words in paragraphs
    ]
