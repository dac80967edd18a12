"""The chair’s rulings beside the items that were urgent, and with them to another audience."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Exists, OuterRef

from concerted.access.actor import Actor
from concerted.access.prepared import Among
from concerted.meetings.public import Beside, Line
from concerted.raising.models import Ruling
from concerted.raising.queries import rulings_visible_to
from concerted.restrictions.public import Move, moved


class Rulings(Beside):
    def there(self) -> Exists:
        return Exists(
            Ruling.objects.filter(Among("audience_id", "audiences"), item__meeting=OuterRef("pk"))
        )

    def lines(self, actor: Actor, items: Collection[int]) -> Mapping[int, Sequence[Line]]:
        found: dict[int, list[Line]] = {}
        for one in rulings_visible_to(actor).filter(item__in=items):
            line = Line(f"u-{one.key}", "Urgent business", sentence(one))
            found.setdefault(one.item_id, []).append(line)
        return found

    def hangs_on(self, items: Collection[int]) -> set[int]:
        there = Ruling.objects.filter(item__in=items)
        return set(there.values_list("item", flat=True))

    def move(self, items: Collection[int], move: Move) -> None:
        moved(Ruling.objects.filter(item__in=items), move)


def sentence(one: Ruling) -> str:
    """Who raised it and why it could not wait, and that the chair took it."""
    words = " ".join(_ended(said) for said in (one.why_urgent, one.because) if said)
    return f"Raised by {one.raised_by}. {words} {one.by.name}, in the chair, took it as urgent."


def _ended(words: str) -> str:
    words = " ".join(words.split())
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
