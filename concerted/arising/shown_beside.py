"""What is raised, beside the item of a meeting that is for matters arising."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.access.prepared import Among
from concerted.arising.models import Raised
from concerted.arising.queries import matter_items, raised_visible_to
from concerted.meetings.public import Beside, Business, Item, Line
from concerted.restrictions.public import Move
from concerted.ui.words import day


class MattersArising(Beside):
    def there(self) -> Exists:
        return Exists(
            Item.objects.filter(
                Among("audience_id", "audiences"),
                meeting=OuterRef("pk"),
                kind=Business.MATTERS_ARISING,
            )
        )

    def lines(self, actor: Actor, items: Collection[int]) -> Mapping[int, Sequence[Line]]:
        """One query where none of the items is for matters arising, two otherwise."""
        found = matter_items(actor, items)
        if not found:
            return {}
        raised: dict[int, list[Line]] = defaultdict(list)
        meetings = {item.meeting_id for item in found}
        for one in raised_visible_to(actor).filter(meeting__in=meetings).order_by("id"):
            raised[one.meeting_id].append(_line(one))
        return {item.pk: [*raised[item.meeting_id], _table(item)] for item in found}

    def hangs_on(self, items: Collection[int]) -> set[int]:
        there = Raised.objects.filter(earlier__in=list(items))
        return set(there.values_list("earlier", flat=True))

    def move(self, items: Collection[int], move: Move) -> None:
        """`restricting.follow` moves what was raised."""


def _line(one: Raised) -> Line:
    earlier = one.earlier
    note = f" {' '.join(one.note.split())}" if one.note else ""
    return Line(f"a-{one.key}", "Raised", f"{sentence(earlier)}.{note}", place_of(earlier))


def sentence(earlier: Item) -> str:
    """An earlier minute by its number, title and day."""
    number = f"minute {earlier.ref}" if earlier.ref else "the minute"
    title = f", {earlier.title}" if earlier.title else ""
    return f"{number} of {day(earlier.meeting.held_on)}{title}"


def place_of(earlier: Item) -> str:
    return f"{earlier.meeting.get_absolute_url()}#i-{earlier.key}"


def _table(item: Item) -> Line:
    page = reverse("arising:meeting", args=[item.meeting.key])
    words = "What earlier meetings left open, and what changed since the last one"
    return Line(f"m-{item.key}", "Open actions and questions", words, page)
