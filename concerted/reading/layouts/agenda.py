"""An agenda without minutes: its head and the titles of its items, and nothing decided."""

from collections.abc import Sequence

from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts import moderngov, numbered
from concerted.reading.lines import Line


def segment(lines: Sequence[Line]) -> Draft:
    """Titles only; everything else of an item is its purpose."""
    draft = moderngov.segment(lines) if moderngov.evidence(lines) >= 3 else numbered.segment(lines)
    draft.family = "agenda-only"
    draft.rolls = []
    draft.items = [_title_only(item) for item in draft.items if item.title or item.ref]
    return draft


def _title_only(item: DraftItem) -> DraftItem:
    item.purpose = sorted(
        [*item.purpose, *item.decided, *item.told, *item.tasks], key=lambda line: line.start
    )
    item.decided, item.told, item.tasks = [], [], []
    return item
