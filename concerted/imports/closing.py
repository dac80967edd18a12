"""Actions of earlier meetings that minutes say are done: found to be asked, never decided.

An earlier action is offered where minutes tell of the same owner in nearly the same words, or
name the minute that it came of.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from concerted.imports.matching import initials, plain
from concerted.reading.model import Item, Meeting, Reading, Span
from concerted.reading.references import is_same
from concerted.reading.sentences import sentences

SAME_WORK = 88  # of 100, with the same owner: some small words differ, or the tense of one
SAME_WORK_NAMED = 60  # where the minute that the action came of is named as well
IS_DONE = re.compile(
    r"\b(?:completed?|done|discharged|closed|actioned|carried out|fulfilled)\b", re.IGNORECASE
)
NOT_YET = re.compile(
    r"\b(?:not|never|yet|to be|be|until|once|when|if|partly|partially|nearly|almost|"
    r"ongoing|outstanding|remains?|open)\b|n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An unfinished action on record; `ref` is the number of the minute that it came of."""

    key: str
    text: str
    owners: tuple[str, ...]
    words: str
    agreed_on: datetime.date
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """An earlier action, where minutes say that it is done.

    `item` and `said` are indexes into the meeting's items and marked actions; `said` is None
    where a sentence says so.
    """

    action: Earlier
    span: Span
    item: int | None
    said: int | None
    why: str


@dataclass(frozen=True, slots=True)
class _Saying:
    """Words that say that something is done, and who is named in them."""

    words: str
    owner: str | None
    span: Span
    item: int | None
    said: int | None


def closings(reading: Reading, meeting: Meeting, earlier: Sequence[Earlier]) -> list[Closing]:
    """What of the earlier actions these minutes say is done, each once, in their order."""
    day = meeting.date.value if meeting.date else None
    if isinstance(day, datetime.date):
        earlier = [one for one in earlier if one.agreed_on < day]
    found: dict[str, Closing] = {}
    for saying in _sayings(reading, meeting):
        item = meeting.items[saying.item] if saying.item is not None else None
        fitting = [one for one in _fitting(saying, item, earlier) if one.action.key not in found]
        # Two that fit as well are no answer: the person closes them on their own pages.
        if len(fitting) == 1:
            found[fitting[0].action.key] = fitting[0]
    return list(found.values())


def _sayings(reading: Reading, meeting: Meeting) -> Iterator[_Saying]:
    marked = [(n, one) for n, one in enumerate(meeting.actions) if one.status == "completed"]
    for number, action in marked:
        yield _Saying(action.text, action.owner, action.span, action.item, number)
    taken = [action.span for action in meeting.actions]
    for place, item in enumerate(meeting.items):
        for span in sentences(reading.text, item.span):
            words = reading.text[span.start : span.end]
            if not IS_DONE.search(words) or NOT_YET.search(words):
                continue
            if not any(one.start < span.end and span.start < one.end for one in taken):
                yield _Saying(words, None, span, place, None)


def _fitting(saying: _Saying, item: Item | None, earlier: Sequence[Earlier]) -> list[Closing]:
    """The best of the actions that the words may mean: one, or several that fit as well."""
    best: list[tuple[float, Closing]] = []
    for action in earlier:
        near = fuzz.token_set_ratio(plain(action.text), plain(saying.words))
        named = item is not None and _is_named(saying, item, action)
        owned = _is_owner(saying, action)
        if named and near >= SAME_WORK_NAMED:
            why = f"Minute {action.ref} is named here, and the words are near."
        elif owned and near >= SAME_WORK:
            why = "The same owner, and nearly the same words."
        else:
            continue
        closing = Closing(action, saying.span, saying.item, saying.said, why)
        best.append((near + 100 * named, closing))
    top = max((score for score, _ in best), default=0)
    return [closing for score, closing in best if score == top]


def _is_named(saying: _Saying, item: Item, action: Earlier) -> bool:
    """Whether the minute that the action came of is referred to where this is said."""
    return any(
        is_same(one.ref, action.ref) and one.date in (None, action.agreed_on)
        for one in item.references
        if saying.said is not None
        or _together(one.span, saying.span)
        or _together(one.span, item.title_span)
    )


def _together(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_owner(saying: _Saying, action: Earlier) -> bool:
    """Whether one of the owners is named: as the owner printed, or in the sentence."""
    if saying.owner is None:
        said = f" {plain(saying.words)} "
        return saying.said is None and any(
            f" {plain(name)} " in said for name in action.owners if plain(name)
        )
    printed = plain(saying.owner)
    return any(
        plain(name) == printed
        or (saying.owner.isupper() and initials(name) == saying.owner)
        or fuzz.token_sort_ratio(plain(name), printed) >= SAME_WORK
        for name in action.owners
    )
