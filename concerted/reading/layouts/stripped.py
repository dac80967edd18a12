"""The council agenda system's form when its labels, references and titles are gone."""

import re
from collections.abc import Sequence

from concerted.reading.attendance import Roll
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts.egenda import COLUMNS, LABELS, PARTS
from concerted.reading.lines import Line, is_bullet, is_furniture
from concerted.reading.model import Span
from concerted.reading.people import looks_like_people
from concerted.reading.places import PLACES
from concerted.reading.refs import read_ref
from concerted.reading.roll_labels import read_label
from concerted.reading.title_text import is_sentence
from concerted.reading.titles import is_marker, is_title
from concerted.reading.vocabulary import is_standard
from concerted.reading.wraps import breaks_within, column, ends_open, is_full

_ORDERS = {
    1: ("present",),
    2: ("present", "apologies"),
    3: ("present", "officers", "apologies"),
    4: ("present", "officers", "in_attendance", "apologies"),
}
_CHAIR = re.compile(
    r"\((?:in the )?(?:chair|chairman|chairwoman|chairperson|convener)\)", re.IGNORECASE
)
_ENUMERATED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|that\b|and\b", re.IGNORECASE)


def evidence(lines: Sequence[Line]) -> bool:
    """The form's heading, none of its labels, and decisions without references."""
    head = [line.text.lower() for line in lines[:12]]
    if not any(text.endswith("minutes") for text in head[:5]):
        return False
    formal = any("subject to approval" in text or text == "attendance details" for text in head)
    low = {line.text.lower() for line in lines[:80]}
    if not formal or any(label in low for label in (*LABELS, "present:", "apologies for absence:")):
        return False
    if any(label in low for label in COLUMNS) and not without_labels(lines):
        return False
    refs = sum((ref := read_ref(line)) is not None and ref.kind == "code" for line in lines[:400])
    return refs < 2 and any(is_marker(line) for line in lines)


def without_labels(lines: Sequence[Line]) -> bool:
    """People stand at once under "Attendance Details", and no label of a list behind them."""
    low = [line.text.lower() for line in lines[:60]]
    at = low.index("attendance details") + 1 if "attendance details" in low else len(lines)
    if at >= len(lines) or not _is_people(lines[at].text):
        return False
    return not any(read_label(line) for line in lines[at : at + 12])


def segment(lines: Sequence[Line]) -> Draft:
    """Only the values are left: lists of people and decisions are known by their order."""
    draft = Draft("egenda-stripped")
    last = max((at for at, line in enumerate(lines) if is_marker(line)), default=-1)
    part = "public"
    width = column([line.text for line in lines])
    for at, line in enumerate(lines):
        named = PARTS.get(line.text.lower().strip(":"))
        if named and draft.items:
            part = named
            draft.furniture.append(line)
        elif _goes_on(draft, lines, at, width):
            draft.rolls[-1].runs = [Span(draft.rolls[-1].runs[0].start, line.end)]
        elif not draft.items and line.text.lower() in (*COLUMNS, *PARTS):
            draft.furniture.append(line)
        elif is_marker(line) or draft.items or _tells_of_an_item(draft, line, at < last):
            _take(draft, lines, at, part, decides=at <= last)
        elif _is_list(draft, line, at):
            draft.rolls.append(Roll("present", None, [line.span]))
        else:
            draft.head.append(line)
    lists = draft.rolls[1:] if _is_of_the_chair(lines, draft.rolls) else draft.rolls
    order = _ORDERS.get(len(lists), _ORDERS[4])
    for roll, section in zip(lists, order, strict=False):
        roll.section = section
    return draft


def _is_people(text: str) -> bool:
    return looks_like_people(text) and not PLACES.search(text.partition(",")[0])


def _goes_on(draft: Draft, lines: Sequence[Line], at: int, width: int) -> bool:
    """A list broken at the page's column: its next line follows without a gap."""
    if not draft.rolls or draft.items or lines[at].gap or is_marker(lines[at]):
        return False
    before = lines[at - 1]
    if draft.rolls[-1].runs[-1].end != before.end or not _is_broken(
        before.text, lines[at].text, width
    ):
        return False
    return looks_like_people(f"{before.text[-150:]}\n{lines[at].text}")


def _is_broken(row: str, following: str, width: int) -> bool:
    if ends_open(row):
        return True
    return is_full(row, following, width) and breaks_within(row, following)


def _is_of_the_chair(lines: Sequence[Line], rolls: Sequence[Roll]) -> bool:
    """The first of several lists is one person, and she is in the chair."""
    if len(rolls) < 3:
        return False
    first = next(line.text for line in lines if line.start == rolls[0].runs[0].start)
    return "," not in first and _CHAIR.search(first) is not None


def _tells_of_an_item(draft: Draft, line: Line, before_last: bool) -> bool:
    """After the lists a sentence is what was decided, even without the verb, capitals a title."""
    if not (draft.rolls and before_last):
        return False
    titled = line.text.isupper() and is_title(line) and not looks_like_people(line.text)
    return titled or is_standard(line.text) or (line.gap > 0 and is_sentence(line.text))


def _is_list(draft: Draft, line: Line, at: int) -> bool:
    """A list has commas; only behind another list may it be one name."""
    if at < 2 or not _is_people(line.text) or is_standard(line.text):
        return False
    announced = any(head.text.lower() == "attendance details" for head in draft.head)
    if announced:
        return True
    return len(line.text) > 12 and ("," in line.text or bool(draft.rolls))


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
