"""One agenda item as it went through several meetings: "Meeting: dd/mm/yyyy - Body (Item N)"."""

import re
from collections.abc import Sequence

from concerted.reading.dates import find_dates, find_times
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.lines import Line, is_furniture
from concerted.reading.refs import read_ref
from concerted.reading.titles import clean, has_file_mark, is_purpose, is_title

_MEETING = re.compile(
    r"Meeting:[ ]{0,3}(?P<date>\d{1,2}/\d{1,2}/\d{2,4})[ ]{0,3}[-–][ ]{0,3}(?P<body>.{2,160}?)"
    r"(?:[ ]{0,3}\((?:Item|Agenda item|Minute)[ ]{0,2}(?P<item>[\w/.-]{1,20})\))?$",
    re.IGNORECASE,
)
_SWITCHES = {"minutes:": "told", "decision:": "decided", "decisions:": "decided"}


def evidence(lines: Sequence[Line]) -> int:
    """The number of meetings the page names."""
    return sum(_MEETING.match(line.text) is not None for line in lines if len(line.text) < 260)


def segment(lines: Sequence[Line]) -> list[Draft]:
    """One draft a meeting; the page's own title is the item's where none stands nearer."""
    opens = [
        i for i, line in enumerate(lines) if len(line.text) < 260 and _MEETING.match(line.text)
    ]
    page_title = next(
        (
            line
            for line in lines[: opens[0]]
            if is_title(line) and not line.text.lower().startswith(("issue", "agenda item", "home"))
        ),
        None,
    )
    drafts: list[Draft] = []
    for number, at in enumerate(opens):
        stop = opens[number + 1] if number + 1 < len(opens) else len(lines)
        drafts.append(_one(lines[at], lines[at + 1 : stop], page_title))
    if drafts:
        told = [line for line in lines[: opens[0]] if _tells_time(line)][:1]
        drafts[0].head += [line.part(find_dates(line.text)[0].start) for line in told]
        aside = [line for line in lines[: opens[0]] if line is not page_title]
        drafts[0].furniture += [line for line in aside if line not in told]
    return drafts


def _tells_time(line: Line) -> bool:
    """ "Meeting of the Panel, Thursday, 12th March, 2020 11.00 am" above the history."""
    if "meeting of" not in line.text.lower() or len(line.text) > 200:
        return False
    return bool(find_dates(line.text)) and bool(find_times(line.text))


def _one(opening: Line, lines: Sequence[Line], page_title: Line | None) -> Draft:
    draft = Draft("moderngov-issue")
    match = _MEETING.match(opening.text)
    if match is None:
        return draft
    date, body = opening.part(*match.span("date")), opening.part(*match.span("body"))
    # Two lines that any head is read from: the date, and the body's name.
    draft.head = [Line(body.start, body.end, body.text), Line(date.start, date.end, date.text)]
    item = DraftItem(
        match["item"], opening.part(*match.span("item")).span if match["item"] else None
    )
    place = "purpose"
    for line in lines:
        switch = _SWITCHES.get(line.text.lower())
        if switch:
            place = switch
            draft.furniture.append(line)
        elif is_furniture(line):
            draft.furniture.append(line)
        elif item.title is None and place == "purpose" and (has_file_mark(line) or is_title(line)):
            _title(item, line)
        else:
            getattr(item, place).append(line)
    if place == "purpose":
        item.told += [line for line in item.purpose if not is_purpose(line)]
        item.purpose = [line for line in item.purpose if is_purpose(line)]
    if item.title is None and page_title is not None:
        item.title = page_title
    draft.items.append(item)
    return draft


def _title(item: DraftItem, line: Line) -> None:
    ref = read_ref(line)
    if ref and ref.rest is None:
        item.ref, item.ref_at = ref.ref, ref.at.span
    elif ref and ref.rest is not None and ref.kind in ("number", "code"):
        item.ref = item.ref or ref.ref
        item.ref_at = item.ref_at or ref.at.span
        item.title = clean(ref.rest)
    else:
        item.title = clean(line)
