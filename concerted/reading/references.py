"""What minutes say of earlier minutes: "(Minute 94/08 refers)", "Minute 7 of 12 March"."""

import datetime
import re
from collections.abc import Iterator, Sequence

from concerted.reading.dates import FoundDate, find_dates
from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Reference, Span

_CODE = r"(?:[A-Z]{1,6}[ /.-]{0,2})?\d{1,4}/\d{2,4}(?:[/-]\d{2,4})?[a-z]?"
_NUMBER = r"\d{1,4}(?:\.\d{1,2}){0,2}[a-z]?"
_REF = rf"(?:{_CODE}|{_NUMBER})(?![\w/%]|[.:]\d|-\d)"
_WORD = r"(?:[Mm]inutes?|MINUTES?|[Mm]in\.?|[Ii]tems?|ITEMS?|[Nn]os?\.?|[Nn]umbers?)"
_KIND = rf"(?P<word>{_WORD})(?:[ ]{{0,2}}[Nn](?:os?|umbers?)\.?)?[ \n]{{0,2}}"
_FOUND = re.compile(
    rf"\b{_KIND}(?P<refs>{_REF}(?:(?:,[ ]?|[ ]and[ ]|[ ]?&[ ]?)(?:and[ ])?{_REF}){{0,5}})"
    r"|(?<![\w/.-])(?P<code>[A-Z]{2,6}[ /.-]{1,2}\d{1,4}/\d{2,4}(?:[/-]\d{2,4})?)(?![\w/-])"
    rf"|(?P<open>\()(?P<bare>{_REF})(?=[ \n]{{1,2}}refers?\b)"
)
_ONE = re.compile(_REF)
_DIGIT = re.compile(r"\d")
_REFERS = re.compile(r"[^.;()\n]{0,80}\brefer(?:s|red)?\b(?! to\b)")
_OF_THE_MEETING = re.compile(
    r"[ \n]{0,2}[,(–-]?[ \n]{0,2}"
    r"(?:(?:of|from|at|in|on|held|dated|the|that|minutes|meeting|Board’s|last|previous|our)[ \n]"
    r"{1,2}){0,9}"
)
_NAMES_ONE = re.compile(r"[ \n]{1,2}(?:of|from|at|in)[ \n][a-z’' \n]{0,30}\b(?:meeting|minutes)\b")
_CUE = re.compile(
    r"(?:further to|following on from|following|arising (?:from|out of)|see|under|"
    r"as (?:agreed|noted|minuted|recorded) (?:at|in|under))[ \n]{1,2}(?:the )?$",
    re.IGNORECASE,
)
_MEETING_BEFORE = re.compile(r"[,(–-]?[ \n]{0,2}(?:\(|at |under )?$")
_HERE = re.compile(r"[ \n]{1,2}(?:above|below|of (?:this|today)|on (?:the|this|today))", re.I)
_NOT_MINUTES = re.compile(
    r"\b(?:report|paper|application|order|licence|contract|case|form|crime|"
    r"agenda)s?(?: (?:no|ref|number|reference)\.?:?)? ?$",
    re.I,
)
_ARISING = re.compile(r"\bmatters? arising\b", re.I)
_LEAD = re.compile(r"(?:matters? arising[ ]?[:–-]?[ ]?)?(?:[-–•*][ ]?)?(?:\([a-z]\)[ ]?)?", re.I)
_BEFORE, _AFTER = 60, 110


def read_references(
    text: str, title: str, lines: Sequence[Line], meeting: datetime.date | None
) -> tuple[Reference, ...]:
    """What an item's lines say of minutes of earlier meetings, in the order of the text.

    `meeting` is the day of this one: a date whose year is unsaid is the last such day before it.
    A number alone counts only where the words say that it is a minute: "refers", "minute 7 of 12
    March", "further to minute 7", or a place under "Matters arising".
    """
    arising = bool(_ARISING.search(title))
    return tuple(
        one
        for start, end in _stretches(text, lines)
        for one in _in_stretch(text, start, end, meeting, arising=arising)
    )


def number_of(ref: str) -> tuple[str, ...]:
    """What two ways to write one number share: "SMP 94/08", "SMP/94/08" and "SMP94/08."."""
    parts = re.findall(r"[a-z]+|\d+", ref.lower())
    return tuple(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def is_same(said: str, ref: str) -> bool:
    """Whether minutes mean by `said` the minute that is numbered `ref`.

    The letters of a series may be left out on one side: "94/08" is SMP 94/08.
    """
    one, other = number_of(said), number_of(ref)
    if not one or not other:
        return False
    if one == other:
        return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return (
        len(shorter) > 1
        and shorter[0].isdigit()
        and not longer[0].isdigit()
        and longer[1:] == shorter
    )


def _stretches(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Lines that follow each other without an empty one: a reference may run over their ends."""
    start = end = -1
    for line in lines:
        if start >= 0 and line.start >= end and text[end : line.start].strip(" \t") in ("", "\n"):
            end = line.end
            continue
        if start >= 0:
            yield start, end
        start, end = line.start, line.end
    if start >= 0:
        yield start, end


def _in_stretch(
    text: str, start: int, end: int, meeting: datetime.date | None, *, arising: bool
) -> Iterator[Reference]:
    if not _DIGIT.search(text, start, end):
        return
    for match in _FOUND.finditer(text, start, end):
        before = text[max(start, match.start() - _BEFORE) : match.start()]
        after = text[match.end() : min(end, match.end() + _AFTER)]
        if _HERE.match(after) or _NOT_MINUTES.search(before):
            continue
        day, said = _day_after(after)
        if day is None and (earlier := _day_before(before)):
            day = earlier
        if not _means_a_minute(match, before, after, dated=day is not None, arising=arising):
            continue
        group = "refs" if match["refs"] else "code" if match["code"] else "bare"
        last = match.end() + said
        for one in _ONE.finditer(text, *match.span(group)):
            several = one.span() != match.span(group)
            place = Span(one.start(), one.end()) if several else Span(match.start(), last)
            if not several and group == "bare":
                place = Span(match.start(group), last)
            yield Reference(squeeze(one.group()), _before(day, meeting), place)


def _means_a_minute(
    match: re.Match[str], before: str, after: str, *, dated: bool, arising: bool
) -> bool:
    if match["code"] or match["bare"]:
        return True
    minute = match["word"].lower().startswith("min")
    if minute and "/" in match["refs"]:
        return True
    if _REFERS.match(after) or (_CUE.search(before) and minute):
        return True
    named = dated or bool(_NAMES_ONE.match(after))
    if match["word"].lower().startswith("no"):
        return named and bool(_CUE.search(before))
    if named:
        return True
    return arising and bool(_LEAD.fullmatch(before.rsplit("\n", 1)[-1]))


def _day_after(after: str) -> tuple[FoundDate | None, int]:
    """The day that follows a number, and how far the words reach that name it."""
    lead = _OF_THE_MEETING.match(after)
    at = lead.end() if lead else 0
    found = find_dates(after[at : at + 40])
    if found and found[0].start == 0:
        return found[0], at + found[0].end
    return None, 0


def _day_before(before: str) -> FoundDate | None:
    """The day that stands right before: "the meeting of 3 May 2012, minute 4"."""
    found = find_dates(before)
    if found and "meeting" in before and _MEETING_BEFORE.fullmatch(before, found[-1].end):
        return found[-1]
    return None


def _before(found: FoundDate | None, meeting: datetime.date | None) -> datetime.date | None:
    """The day; of those in an unsaid year the last before the meeting. Never a later one."""
    if found is None:
        return None
    if found.year is not None:
        return found.value
    if meeting is None:
        return None
    for year in (meeting.year, meeting.year - 1):
        try:
            day = datetime.date(year, found.month, found.day)
        except ValueError:
            continue
        if day < meeting:
            return day
    return None
