"""The family's name for minutes in plain text, told apart by who writes such minutes and how."""

import re
from collections.abc import Sequence

from concerted.reading.draft import Draft
from concerted.reading.lines import Line

_PARISH = re.compile(r"\b(?:parish (?:council|meeting)|parish clerk|town council)\b", re.IGNORECASE)
_SECONDED = re.compile(
    r"\bproposed by\b|\bseconded by\b|\bproposed\b.{0,60}\bseconded\b", re.IGNORECASE
)
_COMMUNITY = re.compile(r"\bcommunity councils?\b", re.IGNORECASE)
_RESIDENTS = re.compile(
    r"\bneighbourhood watch\b|\bnhw\b|\bresidents[’']? association\b|\bcommittee meeting\b|"
    r"\bwatch\b.{0,20}\bassociation\b",
    re.IGNORECASE,
)


def family_of(lines: Sequence[Line], draft: Draft) -> str:
    """One of parish, community-council, nhw-residents, html-page, pdf-text, word-text."""
    top = " ".join(line.text[:300] for line in lines[:15])
    if any(line.cut for line in lines):
        return "pdf-text"
    if re.search(r"\bmeeting of (?:the )?.{2,80} was held on\b", top, re.IGNORECASE):
        return "word-text"
    some = " ".join(line.text[:300] for line in lines[:200])
    if _PARISH.search(top) and (_SECONDED.search(some) or "cllr" in some.lower()):
        return "parish"
    if _COMMUNITY.search(top):
        return "community-council"
    worded = any(
        line.text.lower().startswith(("agenda item ", "no 1.", "item 1")) for line in lines
    )
    tables = sum("|" in line.text for line in lines[:60]) >= 2
    if worded or tables or (lines and lines[0].text.lower() in ("home", "skip to content", "menu")):
        return "html-page"
    if not any(item.ref for item in draft.items) and _RESIDENTS.search(top):
        return "nhw-residents"
    pages = sum(line.text.isdigit() or line.text.lower().startswith("page ") for line in lines)
    if pages >= 2 or "decision record" in some.lower():
        return "pdf-text"
    return "word-text"
