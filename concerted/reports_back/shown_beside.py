"""What is reported, beside the item of a meeting that is for it."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.access.prepared import Among
from concerted.meetings.public import Beside, Business, Item, Line, items_visible_to
from concerted.reports_back.models import Link
from concerted.reports_back.queries import ReportLine, reports_at
from concerted.restrictions.public import Move


class ReportsBack(Beside):
    def there(self) -> Exists:
        return Exists(
            Link.objects.filter(Among("audience_id", "audiences"), receiving=OuterRef("body"))
        )

    def lines(self, actor: Actor, items: Collection[int]) -> Mapping[int, Sequence[Line]]:
        """One query where none of the items is for reports, a few more otherwise."""
        return {item.pk: _lines(actor, item) for item in items_for_reports(actor, items)}

    def hangs_on(self, items: Collection[int]) -> set[int]:
        return set()

    def move(self, items: Collection[int], move: Move) -> None:
        """`restricting.follow` moves returns: they are of the meeting."""


def items_for_reports(actor: Actor, items: Collection[int]) -> list[Item]:
    found = items_visible_to(actor).filter(pk__in=list(items), kind=Business.REPORTS_BACK)
    return list(found)


def _lines(actor: Actor, item: Item) -> list[Line]:
    meeting = item.meeting
    page = reverse("reports_back:meeting", args=[meeting.key])
    lines = [
        Line(f"r-{item.key}-{one.link.key}", str(one.link.reporting), sentence(one), page)
        for one in reports_at(actor, meeting)
        if one.expected or one.given
    ]
    return lines or [Line(f"r-{item.key}", "Reports back", "No report is expected.", page)]


def sentence(line: ReportLine) -> str:
    """What was said, in one line; silence as silence."""
    if line.given is None:
        through = f" from {line.through}" if line.through else ""
        return f"Expected{through}. Nothing said yet."
    words = [f"{line.standing}.", " ".join(line.given.summary.split())[:200]]
    if line.given.for_decision:
        words.append("There is a matter for decision.")
    return " ".join(filter(None, words))
