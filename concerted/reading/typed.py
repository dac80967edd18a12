"""Minutes as they are typed, item by item: which line belongs where is known, so no layout is read.

The recognisers are those of minutes that come as a file.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.draft import Draft, DraftItem, Head
from concerted.reading.evened import evened
from concerted.reading.lines import Line, normalise, plain, split
from concerted.reading.model import Field, Meeting, Name, Reading, Span
from concerted.reading.personal import read_personal
from concerted.reading.reader import read_items

# Of one item: far more than is typed in a meeting, and read in a few hundredths of a second.
MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class TypedItem:
    """An item of the agenda, and what was typed under it."""

    ref: str
    title: str
    text: str
    part: str = "public"


@dataclass(frozen=True, slots=True)
class TypedName:
    """Somebody in an attendance list; `section` as in `model.Name`."""

    section: str
    name: str
    organisation: str = ""
    role: str = ""


def read_typed(
    items: Sequence[TypedItem],
    *,
    body: str,
    held_on: datetime.date,
    following: datetime.date | None = None,
    names: Sequence[TypedName] = (),
) -> Reading:
    """Read what was typed. The meeting holds these items, one for one and in this order.

    `following` is the day of the body's next meeting: what is due by then. No text raises an error.
    """
    text, spans = _written(body, names, items)
    read = evened(plain(text))
    lines = split(read)
    listed = spans[1 : 1 + len(names)]
    drafts = [
        _draft(one, span, lines) for one, span in zip(items, spans[1 + len(names) :], strict=True)
    ]
    draft = Draft("typed", items=drafts)
    head = Head(body=Field(body, spans[0]), date=Field(held_on, spans[0]))
    made, actions, implied = read_items(read, draft, head, held_on, following, agenda=False)
    lists: dict[str, list[Name]] = {}
    for one, span in zip(names, listed, strict=True):
        name = Name(one.name, one.organisation or None, one.role or None, one.section, span)
        lists.setdefault(one.section, []).append(name)
    told = [line.span for one in drafts for line in one.told]
    meeting = Meeting(
        draft.family,
        head.body,
        head.date,
        None,
        None,
        None,
        None,
        tuple(lists.get("present", ())),
        tuple(lists.get("officers", ())) + tuple(lists.get("in_attendance", ())),
        tuple(lists.get("apologies", ())),
        tuple(lists.get("late", ())),
        made,
        actions,
        implied,
        tuple(read_personal(read, told, [one.name for one in names])),
        (),
        False,
        Span(0, len(text)),
    )
    return Reading(text, "minutes", "These minutes were typed here.", (meeting,))


def _written(
    body: str, names: Sequence[TypedName], items: Sequence[TypedItem]
) -> tuple[str, list[Span]]:
    """All of it as one text, and where the body, each name and each item stand in it."""
    parts = [_one_line(body)]
    parts += [
        _one_line(f"{one.name} ({one.organisation})" if one.organisation else one.name)
        for one in names
    ]
    parts += [f"{_headed(one)}\n{normalise(one.text)}" for one in items]
    spans: list[Span] = []
    at = 0
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part) + 1
    return "\n".join(parts), spans


def _headed(one: TypedItem) -> str:
    return _one_line(f"{one.ref} {one.title}")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _draft(one: TypedItem, span: Span, lines: Sequence[Line]) -> DraftItem:
    title = _one_line(one.title)
    begins = span.start + len(_headed(one)) - len(title)
    headed = begins + len(title)
    return DraftItem(
        ref=_one_line(one.ref) or None,
        ref_at=Span(span.start, max(span.start, begins - 1)),
        title=Line(begins, headed, title) if title else None,
        told=[line for line in lines if headed < line.start and line.end <= span.end],
        part=one.part,
    )
