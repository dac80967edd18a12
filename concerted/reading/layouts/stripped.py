"""The council agenda system's form when its labels, references and titles are gone."""

import re
from collections.abc import Sequence

from concerted.reading.attendance import Roll
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts.egenda import COLUMNS, LABELS, PARTS
from concerted.reading.lines import Line, is_bullet, is_furniture
from concerted.reading.people import looks_like_people
from concerted.reading.refs import read_ref
from concerted.reading.title_text import is_sentence
from concerted.reading.titles import is_marker, is_title
from concerted.reading.venue import PLACES
from concerted.reading.vocabulary import is_standard

_ORDERS = {
    1: ("present",),
    2: ("present", "apologies"),
    3: ("present", "officers", "apologies"),
    4: ("present", "officers", "in_attendance", "apologies"),
}
_ENUMERATED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|that\b|and\b", re.IGNORECASE)


def evidence(lines: Sequence[Line]) -> bool:
    """The form's heading, none of its labels, and decisions without references."""
    head = [line.text.lower() for line in lines[:12]]
    if not any(text.endswith("minutes") for text in head[:5]):
        return False
    formal = any("subject to approval" in text or text == "attendance details" for text in head)
    low = {line.text.lower() for line in lines[:80]}
    if not formal or any(label in low for label in (*LABELS, *COLUMNS, "present:")):
        return False
    refs = sum((ref := read_ref(line)) is not None and ref.kind == "code" for line in lines[:400])
    return refs < 2 and any(is_marker(line) for line in lines)


def segment(lines: Sequence[Line]) -> Draft:
    """Only the values are left: lists of people and decisions are known by their order."""
    draft = Draft("egenda-stripped")
    last = max((at for at, line in enumerate(lines) if is_marker(line)), default=-1)
    part = "public"
    for at, line in enumerate(lines):
        named = PARTS.get(line.text.lower().strip(":"))
        if named and draft.items:
            part = named
            draft.furniture.append(line)
        elif is_marker(line) or draft.items or _tells_of_an_item(draft, line, at < last):
            _take(draft, lines, at, part, decides=at <= last)
        elif _is_list(draft, line, at):
            draft.rolls.append(Roll("present", None, [line.span]))
        else:
            draft.head.append(line)
    order = _ORDERS.get(len(draft.rolls), _ORDERS[4])
    for roll, section in zip(draft.rolls, order, strict=False):
        roll.section = section
    return draft


def _tells_of_an_item(draft: Draft, line: Line, before_last: bool) -> bool:
    """After the lists a sentence is what was decided, even without the verb, capitals a title."""
    if not (draft.rolls and before_last):
        return False
    titled = line.text.isupper() and is_title(line) and not looks_like_people(line.text)
    return titled or is_standard(line.text) or (line.gap > 0 and is_sentence(line.text))


def _is_list(draft: Draft, line: Line, at: int) -> bool:
    """A list has commas; only behind another list may it be one name."""
    if at < 2 or len(line.text) <= 12 or not looks_like_people(line.text):
        return False
    if PLACES.search(line.text.partition(",")[0]):
        return False
    return "," in line.text or bool(draft.rolls)


def _take(draft: Draft, lines: Sequence[Line], at: int, part: str, *, decides: bool) -> None:
    line = lines[at]
    last = draft.items[-1] if draft.items else None
    if is_furniture(line):
        draft.furniture.append(line)
    elif is_marker(line) and last and last.title and not last.decided:
        last.decided.append(line)
    elif is_marker(line):
        draft.items.append(DraftItem(decided=[line], part=part))
    elif line.text.isupper() and at + 1 < len(lines) and len(line.text) > 5:
        draft.items.append(DraftItem(title=line, part=part))
    elif last is None:
        draft.items.append(DraftItem(decided=[line], part=part))
    elif last.decided and not last.told and (not line.gap or _continues(last.decided[-1], line)):
        last.decided.append(line)
    elif decides:
        draft.items.append(DraftItem(decided=[line], part=part))
    else:
        # Behind the last decision stands what was said, in an order that nothing tells.
        last.told.append(line)


def _continues(before: Line, line: Line) -> bool:
    """A list that the line before opened, or a sentence that it did not end."""
    listed = is_bullet(line) or _ENUMERATED.match(line.text) is not None
    return listed or before.text[-1] in ":,;" or line.text[0].islower()
