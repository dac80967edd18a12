"""A report or not: told by what stands in the text, with the reason said."""

import re
from collections.abc import Sequence

from concerted.reading.lines import Line
from concerted.reading.reports.headings import IMPLICATIONS, known_heading
from concerted.reading.reports.recommendations import asks
from concerted.reading.roll_labels import read_label

_REPORT_OF = re.compile(
    r"(?:joint |annual |progress )?report (?:to|of|by|from)\b|reporting officer\b|"
    r"[\w ]{2,30}[’']s report to\b|report (?:title|author|by)\b|title of report\b|"
    r"presented (?:to|by)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:agenda )?item(?: (?:no|number))?\b|portfolio holder\b|(?:lead )?cabinet member\b|"
    r"wards?\b.{0,20}[:|]|(?:executive )?sponsor\b|subject\b.{0,2}[:|]|author\b.{0,2}[:|]|"
    r"title\b.{0,2}[:|]|classification\b|key decision\b|for\b.{0,2}[:|]",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"(?:RESOLVED|AGREED|ORDERED)\b|(?:decision|minutes|resolved|action)\s*:|decision details\b|"
    r"decision (?:maker|status)\b|minutes of\b|apologies (?:for absence )?(?:were|was)\b"
)
_PRESENT = re.compile(
    r"(?:members |also )?present\b|(?:in )?attendance\b|attendees\b|apologies\b", re.IGNORECASE
)
_ANNOUNCED = re.compile(r"\W*(?:public |draft )?(?:agenda|minutes|notice of meeting)\W*$", re.I)


def kind_of(lines: Sequence[Line]) -> tuple[str, str]:
    """(kind, why): kind is report or unknown."""
    if not lines:
        return "unknown", "There is no text to read."
    top = lines[:40]
    headings = [found.kind for line in lines[:600] if (found := known_heading(line))]
    record = sum(
        _RECORD.match(line.text) is not None or _RECORD.match(line.text.lower()) is not None
        for line in lines[:600]
    )
    attended = any(
        _PRESENT.match(line.text) is not None and read_label(line) is not None
        for line in lines[:60]
    )
    if attended or record >= 2 or any(_ANNOUNCED.match(line.text) for line in lines[:12]):
        return "unknown", "This reads as the record of a meeting or its agenda, not as a report."
    opened = sum(_REPORT_OF.match(line.text) is not None for line in top)
    labelled = sum(_HEAD.match(line.text) is not None for line in top)
    asked = "recommendations" in headings or any(asks(line.text) for line in lines[:600])
    told = len({"purpose", "summary"} & set(headings))
    weighed = len(IMPLICATIONS & set(headings)) + ("implications" in headings)
    beside = len({"background_papers", "appendices", "contact", "background"} & set(headings))
    score = (
        2 * min(opened, 2) + min(labelled, 2) + 3 * asked + told + min(weighed, 2) + min(beside, 2)
    )
    if score >= 5 and (asked or opened):
        return "report", _why(opened, weighed, asked=asked, told=told)
    return "unknown", "Neither who reports nor what is recommended was found."


def _why(opened: int, weighed: int, *, asked: bool, told: int) -> str:
    found = []
    if opened:
        found.append("who reports")
    if told:
        found.append("what it is for")
    if asked:
        found.append("recommendations")
    if weighed:
        found.append("implications")
    return "The text says " + (", ".join(found) or "what reports say") + "."
