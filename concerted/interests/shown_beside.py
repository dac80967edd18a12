"""Declarations beside the items of a meeting's page, and with them to another audience."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Exists, OuterRef

from concerted.access.actor import Actor
from concerted.access.prepared import Among
from concerted.interests.models import Declaration
from concerted.interests.queries import declarations_visible_to
from concerted.meetings.public import Beside, Line
from concerted.restrictions.public import Move, moved


class Declarations(Beside):
    def there(self) -> Exists:
        return Exists(
            Declaration.objects.filter(
                Among("audience_id", "audiences"), item__meeting=OuterRef("pk")
            )
        )

    def lines(self, actor: Actor, items: Collection[int]) -> Mapping[int, Sequence[Line]]:
        """One query; of corrected ones the newest record alone."""
        found: dict[int, list[Line]] = {}
        rows = declarations_visible_to(actor).filter(item__in=items, corrected_by__isnull=True)
        for one in rows:
            line = Line(f"n-{one.key}", "Declared an interest", sentence(one))
            found.setdefault(one.item_id, []).append(line)
        return found

    def hangs_on(self, items: Collection[int]) -> set[int]:
        there = Declaration.objects.filter(item__in=items)
        return set(there.values_list("item", flat=True))

    def move(self, items: Collection[int], move: Move) -> None:
        moved(Declaration.objects.filter(item__in=items), move)


def sentence(one: Declaration) -> str:
    """Who declared what and what they did, as the record says it."""
    did = one.get_did_display().lower()
    by = f" ({one.dispensation})" if one.dispensation else ""
    again = " This corrects an earlier record." if one.corrects_id else ""
    return f"{one.person.name}: {one.kind.words}. {one.words} Then: {did}{by}.{again}"
