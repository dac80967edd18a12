"""What is kept of a meeting or an item here goes with it when it is closed, hidden or opened."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from concerted.access.actor import Actor
from concerted.access.prepared import Among
from concerted.meetings.public import Beside, Item, Line, Meeting
from concerted.minuting.models import Attender, Correction, Draft, Minutes, Recorded, Step
from concerted.minuting.queries import corrections_visible_to
from concerted.restrictions.public import Move, moved


def follow(thing: Meeting | Item, move: Move) -> None:
    """Drafts of open items are the office's; of a restricted thing they are its readers'."""
    meeting = thing if isinstance(thing, Meeting) else thing.meeting
    body = meeting.body
    office = body.office_audience_id
    minutes = Minutes.objects.filter(meeting=meeting)
    drafts = Draft.objects.filter(minutes__in=minutes)
    if isinstance(thing, Item):
        drafts = drafts.filter(item=thing)
    rows: list[QuerySet[Any]] = [Recorded.objects.filter(draft__in=drafts), drafts]
    if isinstance(thing, Meeting):
        rows += [
            Attender.objects.filter(minutes__in=minutes),
            Step.objects.filter(minutes__in=minutes),
            minutes,
        ]
    to = office if move.to == body.papers_audience_id else move.to
    for one in rows:
        one.filter(audience_id__in=(move.before, office)).update(audience_id=to)


class Corrections(Beside):
    """What minutes should have said, beside the item that said it."""

    def there(self) -> Exists:
        return Exists(
            Correction.objects.filter(
                Among("audience_id", "audiences"), item__meeting=OuterRef("pk")
            )
        )

    def lines(self, actor: Actor, items: Collection[int]) -> Mapping[int, Sequence[Line]]:
        found: dict[int, list[Line]] = {}
        for one in corrections_visible_to(actor).filter(item__in=items).order_by("id"):
            line = Line(f"k-{one.key}", "Correction", sentence(one))
            found.setdefault(one.item_id, []).append(line)
        return found

    def hangs_on(self, items: Collection[int]) -> set[int]:
        corrected = Correction.objects.filter(item__in=items).values_list("item", flat=True)
        typed = Draft.objects.filter(item__in=items).exclude(text="").values_list("item", flat=True)
        return {*corrected, *typed}

    def move(self, items: Collection[int], move: Move) -> None:
        moved(Correction.objects.filter(item__in=items), move)


def sentence(one: Correction) -> str:
    """What should have been said instead of what, and who agreed it."""
    said = f"instead of “{one.before}” it should say “{one.after}”." if one.before else one.after
    if one.agreed_at is None:
        return f"{said} Recorded before the minutes were circulated."
    day = one.agreed_at.held_on
    return f"{said} Agreed at the meeting of {day.day} {day:%B %Y}."
