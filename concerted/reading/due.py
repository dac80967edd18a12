"""By when: a date, or the words that stand for one."""

import datetime
import re
from dataclasses import dataclass

from concerted.reading.dates import find_dates, with_year_after
from concerted.reading.lines import squeeze

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_WORDS = re.compile(
    r"\b(?:(?P<lead>by|before|at|to|for|until|no later than|tell|"
    r"in)[ \n]{1,2})?(?:the[ \n]{1,2}|a[ \n]{1,2})?"
    r"(?P<when>next (?:board(?: meeting)?|meeting|(?:partnership|private|public|full|quarterly|"
    r"ordinary|group|forum|committee|council) meeting|[A-Z]{2,5} meeting|month|"
    r"week|year|quarter|report|newsletter)"
    rf"|{_MONTH} (?:(?:board )?meeting|board|forum|committee|panel)\b"
    r"|future meeting|end of (?:the )?(?:week|month|year|financial year|[A-Z][a-z]{2,8})"
    r"|(?:spring|summer|autumn|winter)\b(?! (?:newsletter|edition|issue|magazine|fair|fete|event|"
    r"leaflet|bulletin|campaign|programme|show|social|statement))|new year|as soon as possible|"
    r"asap|immediately|ongoing)",
    re.IGNORECASE,
)
# The day before which something is wanted is not that day: "before" stays with the words.
_BEFORE = re.compile(
    r"\bbefore[ \n]{1,2}(?:the[ \n]{1,2})?(?:next meeting|meeting|Easter|Christmas|half[ -]term|"
    r"(?:(?:end of|summer|winter|spring|autumn|Easter|Christmas)[ ])?(?:term|holidays?|break)|"
    r"Whitsun|New Year|Bonfire Night|Halloween|Remembrance Sunday)\b",
    re.IGNORECASE,
)
_BY_MONTH = re.compile(
    rf"\b(?:by|before)[ ]{{1,2}}(?P<when>(?:early |mid |late |mid-)?{_MONTH}(?:[ ]\d{{4}})?)\b"
)
# "by Easter", "by Friday", "within two weeks".
_BY_NAMED = re.compile(
    r"\b(?:(?:by|before)[ ](?:the )?(?P<when>Easter|Christmas|Whitsun|half[ -]term|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
    r"|(?P<within>within (?:the next )?(?:an?|one|two|three|four|five|six|ten|\d{1,2}) "
    r"(?:working )?(?:day|week|month)s?)\b)",
    re.IGNORECASE,
)
# "report back, January": the day or the month alone behind the task.
_LAST = re.compile(
    rf"(?:[,(–-][ ]?|[ ](?:in|for)[ ])(?P<when>(?:early |mid |late |mid-)?{_MONTH}(?:[ ]\d{{4}})?)"
    r"[ ).]{0,3}$"
)
# "by 29/6": a day and a month without the year.
_BY_FIGURES = re.compile(r"\b(?:by|before)[ ](?P<when>[0-3]?\d[/.](?:1[0-2]|0?[1-9]))(?![/.]?\d)")
_LAST_LEAD = re.compile(r"[,(–—-][ ]?$")
_BEFORE_DATE = re.compile(
    r"(?:\bby|before|no later than|deadline(?: of| is|:)?|until|due(?: on| by|:)?|on|to|"
    r"meeting(?: on| of)?|for|at)"
    r"(?:[ ]{1,2}(?:the|noon on|close of play on))?[ \n]{0,3}[:(]?[ ]{0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    text: str
    day: datetime.date | None
    start: int = 0
    end: int = 0


def read_due(
    words: str, meeting: datetime.date | None, next_day: datetime.date | None
) -> Due | None:
    """By when the words ask for something; ``next_day`` is the next meeting's date, where known."""
    words = words[:1200]
    for found in find_dates(words):
        before = words[max(0, found.start - 30) : found.start]
        ends = not words[found.end :].strip(" .)]")
        if not (_BEFORE_DATE.search(before) or (ends and _LAST_LEAD.search(before))):
            continue
        day = with_year_after(found, meeting) if meeting else found.value
        if day is not None and (meeting is None or day >= meeting):
            return Due(found.text, day, found.start, found.end)
    before_then = _BEFORE.search(words)
    if before_then:
        meets = next_day if "next meeting" in before_then.group().lower() else None
        return Due(squeeze(before_then.group()), meets, *before_then.span())
    match = _WORDS.search(words)
    if match and (match["lead"] or not match["when"].lower().startswith("next")):
        when = squeeze(match["when"])
        low = when.lower()
        if low == "future meeting":
            return None
        is_meeting = low.startswith("next") and ("meeting" in low or "board" in low)
        return Due(when, next_day if is_meeting else None, *match.span("when"))
    named = _BY_NAMED.search(words)
    month = named or _BY_MONTH.search(words) or _BY_FIGURES.search(words)
    month = month or _LAST.search(words[-40:])
    if month is None:
        return None
    when = month["when"] or month["within"]
    at = words.rindex(when) if month.re is _LAST else words.index(when, month.start())
    return Due(squeeze(when), None, at, at + len(when))


_DEADLINE = re.compile(
    r"[ \n,;:(\[–—-]{0,4}(?<!\w)(?:by|before|(?:no|not) later than|due(?: on| by|:)?|"
    r"deadline(?: of| is|:)?|in time for)"
    r"(?:[ \n]{1,2}(?:(?:the|noon|midday|close of play|\d{1,2}(?:[.:]\d\d)?[ ]?[ap]\.?m\.?)\b\.?"
    r"(?:[ ]on)?))?[ \n:]{0,3}$",
    re.IGNORECASE,
)


def without_due(words: str, due: Due | None) -> str:
    """The task without the deadline it ends with; "to the next meeting" is where, and stays."""
    if due is None or words[due.end :].strip(" .)];,\n"):
        return words
    begin = max(0, due.start - 40)
    lead = _DEADLINE.search(words[begin : due.start])
    cut = begin + lead.start() if lead else due.start
    said_with = lead is not None or words[due.start : due.end].lower().startswith("before")
    kept = words[:cut].rstrip(" \n,;:(–—-") if said_with else ""
    if not any(c.isalpha() for c in kept):
        return words
    return f"{kept}." if words.rstrip().endswith(".") and kept[-1] not in ".!?" else kept
