"""Which body, which day, which item: what one line says of a meeting."""

import datetime
import re

from concerted.reading.dates import FoundDate, date_field, find_dates, find_times
from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Field, Span
from concerted.reading.reports.model import Presentation

REF = (
    r"(?:[A-Z]{0,2}\d{1,3}(?:\.\d{1,2})?(?: ?\([a-z0-9]{1,3}\)|[a-z](?![a-z]))?|[A-Z]\d{0,2}(?!\w))"
)
ITEM = re.compile(rf"(?:agenda )?item(?: no\.?| number)?[ :.]{{1,4}}(?P<ref>{REF})", re.IGNORECASE)
JOINTS = " \t,;:–—-|."


def value_of(line: Line) -> Field:
    words = line.text.rstrip(" ,;:–—-|")
    return Field(squeeze(words), Span(line.start, line.start + len(words)))


def moved(found: FoundDate, by: int) -> FoundDate:
    return FoundDate(
        found.day,
        found.month,
        found.year,
        found.weekday,
        found.start + by,
        found.end + by,
        found.text,
    )


def named(line: Line) -> Field | None:
    lead = re.match(r"(?:meeting of )?(?:the )?", line.text, re.IGNORECASE)
    value = value_of(line.part(lead.end() if lead else 0))
    return value if value.value else None


def split(line: Line) -> tuple[Line | None, Field | None, Field | None]:
    """(name of a body, day, item) of ``Safer Board, 3 May 2020, item 4``."""
    found = [one for one in find_dates(line.text) if one.year is not None]
    item = ITEM.search(line.text)
    day = date_field(moved(found[0], line.start)) if found else None
    ref = None
    if item:
        start = line.start + item.start("ref")
        ref = Field(item["ref"], Span(start, line.start + item.end("ref")))
    taken = [(one.start, one.end) for one in found]
    taken += [(one.start, one.end) for one in find_times(line.text) if one.marked]
    taken += [(item.start(), item.end())] if item else []
    best: Line | None = None
    at = 0
    for start, end in [*sorted(taken), (len(line.text), len(line.text))]:
        piece = line.part(at, max(start, at))
        words = re.sub(r"\b(?:on|held on|at|as|meeting of)$", "", piece.text.rstrip(JOINTS))
        words = words.rstrip(JOINTS + "(")
        lead = len(words) - len(words.lstrip(JOINTS + ")"))
        if len(words) - lead > 2 and (best is None or len(words) > len(best.text)):
            best = piece.part(lead, len(words))
        at = max(at, end)
    return best, day, ref


def presentation(
    body: Field | None, day: Field | None, item: Field | None, span: Span
) -> Presentation:
    value = day.value if day else None
    why = " ".join(one.why for one in (body, day, item) if one and one.why)
    return Presentation(
        str(body.value) if body else None,
        value if isinstance(value, datetime.date) else None,
        str(item.value) if item else None,
        span,
        not why,
        why,
    )
