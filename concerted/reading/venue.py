"""Where the meeting was held."""

import re
from collections.abc import Sequence
from dataclasses import replace

from concerted.reading.dates import find_dates, find_times
from concerted.reading.draft import Head
from concerted.reading.lines import Line, is_furniture, squeeze
from concerted.reading.model import Field, Span
from concerted.reading.people import looks_like_people
from concerted.reading.places import PLACES, is_place
from concerted.reading.roll_labels import read_label
from concerted.reading.vocabulary import is_person, is_standard, split_titles
from concerted.reading.wraps import is_full, page_width

_AT_CAPITAL = re.compile(r"[ ,–-]{0,4}at[ ](?:the[ ])?(?=[A-Z])", re.IGNORECASE)
_MEETS = re.compile(
    r"\b(?:held|commenced|started|began|opened|assembled|took place|convened|met)\b", re.IGNORECASE
)


_AT = re.compile(
    r"(?<=[ \n,])(?:at|in|At|In|via|on|by|AT|IN)[ \n](?:the[ \n]|THE[ \n])?(?=[A-Z“\"‘\d])"
)


_VENUE_LABEL = re.compile(
    r"(?:^|(?<=[ ]{2})|(?<=[|;,][ ]))"
    r"(?:venue|place|location|held at|meeting place|where)[ ]{0,3}[:\-–][ ]{0,3}",
    re.I,
)


_VIRTUAL = re.compile(
    r"\((?:by|via|on|held (?:by|via|on)|through)[ ](?P<how>[A-Za-z ]{3,30})\)", re.I
)


_OTHER_CELL = re.compile(r"[ ]?\|.*|[ ]{2,}(?:contact|tel)\b.*", re.IGNORECASE | re.DOTALL)
_LEFT_OVER = re.compile(r"[ ,]{1,3}(?:on|at|from|to|and|by|via)\Z", re.IGNORECASE)
_HOUR = re.compile(r",[ ]{1,2}\d{1,2}(?:[.:]\d\d)?[ ]?[ap]\.?m\.?$", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:St|Ste|Mt|Rd|Ave|No|Bldg|Sq|Ln|Dr)\Z")
_COMMENCING = re.compile(
    r"[ ,]{1,3}(?:commencing|starting|beginning)\b.*", re.IGNORECASE | re.DOTALL
)


def venue_field(line: Line) -> Field | None:
    value = _OTHER_CELL.sub("", line.text, count=1)
    value = _COMMENCING.sub("", value, count=1).strip(" /")
    value = _HOUR.sub("", _LEFT_OVER.sub("", value))
    for tail in ("View directions", "(map)", "View Directions"):
        if value.endswith(tail):
            value = value[: -len(tail)].rstrip()
    value = value.strip(" .,;:-–")
    if not any(c.isalpha() for c in value):
        return None
    start = line.start + line.text.find(value)
    return Field(squeeze(value), Span(start, start + len(value)))


def _unwrapped(line: Line, lines: Sequence[Line], text: str) -> Line:
    """The line with the next one, where a place was only wrapped."""
    for following in lines:
        if following.start > line.end:
            comma = line.text[-1] == ","
            wraps = following.gap == 0 and line.text[-1] not in ".:;" and len(line.text) > 30
            plain_text = text[line.start : following.end].replace("\n", " ")
            full = is_full(line.text, following.text, page_width(text, line.start, following.end))
            full = full and ":" not in following.text[:60]
            more = comma or full or _goes_on(line, following)
            if wraps and more and not read_label(following):
                return Line(line.start, following.end, plain_text, line.gap)
            return line
    return line


def _goes_on(line: Line, following: Line) -> bool:
    """The next line has the rest of the place, or the day and the hour that this one lacks."""
    days = find_dates(following.text)
    until = days[0].start if days else len(following.text)
    if PLACES.search(following.text[:until]):
        return True
    return bool(days or find_times(following.text)) and not find_dates(line.text)


def read_venue(head: Head, text: str, lines: Sequence[Line], following: Sequence[Line]) -> None:
    if head.venue is not None:
        return
    for line in lines[:80]:
        label = _VENUE_LABEL.search(line.text[:300])
        if label and label.end() < len(line.text):
            head.venue = venue_field(line.part(label.end()))
            head.used.add(line.start)
            return
    for line in lines[:80]:
        held = _MEETS.search(line.text[:1500])
        if not held:
            continue
        for found in _AT.finditer(line.text, held.end(), min(len(line.text), held.end() + 260)):
            place = _place_from(_unwrapped(line, lines, text), found.end())
            if place is not None:
                head.venue = place
                head.used.add(line.start)
                return
    date_at = head.date.span.start if head.date else None
    for line in lines[:40]:
        if date_at is not None and line.start <= date_at < line.end:
            virtual = _VIRTUAL.search(line.text[:300])
            if virtual and PLACES.search(virtual["how"]):
                span = line.part(virtual.start("how"), virtual.end("how")).span
                head.venue = Field(squeeze(virtual["how"]), span)
                return
            # A date broken over two lines ends in neither of them: it is read from the whole.
            rest = _beside_the_moment(line)
            told = PLACES.search(rest.text) or _AT_CAPITAL.match(rest.text) or _is_bare_place(rest)
            if rest.text.strip(" -–,.") and told and len(rest.text) < 160:
                rest = rest.part(len(rest.text) - len(rest.text.lstrip(" -–,.")))
                for lead in ("at the ", "at ", "in the ", "in ", "via "):
                    if rest.text.startswith((lead, lead.capitalize())):
                        rest = rest.part(len(lead))
                        break
                head.venue = venue_field(rest)
                return
            continue
        body_at = head.body.span if head.body else None
        if body_at and line.start <= body_at.start < line.end:
            continue
        if date_at is not None and line.start < date_at and not line.text.lower().startswith("at "):
            continue
        line = _after_the_time(line, head)
        if line.start in head.used or len(line.text) > 160 or read_label(line) or "@" in line.text:
            continue
        named = looks_like_people(line.text) and not is_place(line.text)
        if (
            PLACES.search(line.text)
            and not line.text.endswith(":")
            and not named
            and not find_dates(line.text)
        ):
            if line.text.lower().startswith(("contact", "note:", "http", "agenda", "item ")):
                continue
            for lead in ("at the ", "at ", "in the ", "in "):
                if line.text.lower().startswith(lead):
                    line = line.part(len(lead))
                    break
            head.venue = venue_field(line)
            head.used.add(line.start)
            return
    under = _under_the_date(head, lines, date_at)
    if under is not None:
        place = venue_field(under)
        head.venue = replace(place, sure=False, why=_UNDER_THE_DATE) if place else None
        head.used.add(under.start)
        return
    above = _above_the_date(head, lines, date_at)
    if above is not None:
        head.venue = venue_field(above)
        head.used.add(above.start)
        return
    for line in following[:8]:
        held = _MEETS.search(line.text[:300])
        if held and "meeting" in line.text[: held.start()].lower():
            for found in _AT.finditer(line.text, held.end(), min(len(line.text), held.end() + 160)):
                place = _place_from(line, found.end())
                if place is not None and PLACES.search(str(place.value)):
                    head.venue = place
                    return
    for line in [*lines[:80], *following]:
        virtual = _VIRTUAL.search(line.text[:200])
        if virtual and PLACES.search(virtual["how"]):
            span = Span(line.start + virtual.start("how"), line.start + virtual.end("how"))
            head.venue = Field(squeeze(virtual["how"]), span)
            return


def _beside_the_moment(line: Line) -> Line:
    """What stands behind the day and the hour, or between the two."""
    days, times = find_dates(line.text), find_times(line.text)
    ends = [day.end for day in days] + [time.end for time in times]
    after = line.part(max(ends, default=len(line.text)))
    if days and times and not any(c.isalpha() for c in after.text):
        between = line.part(days[0].end, max(times[0].start, days[0].end))
        if PLACES.search(between.text):
            return between
    return after


def _is_bare_place(rest: Line) -> bool:
    """ ", The Hub, Sycamore Walk": behind the hour, in a place's capitals and nothing else."""
    text = rest.text
    if not text.startswith((",", "–", "-")) or len(text) > 80 or _NO_PLACE.search(text):
        return False
    words = [word for word in text.strip(" ,–-.").split() if len(word) > 3]
    return bool(words) and all(w[0].isupper() for w in words) and not _are_people(text)


def _are_people(text: str) -> bool:
    return looks_like_people(text) and not is_place(text.strip(" ,–-"))


def _after_the_time(line: Line, head: Head) -> Line:
    """What stands beside the hour: `10 am, Alder Room, Civic Hall` or `Alder Room, 10 am`."""
    time = head.start_time.span if head.start_time else None
    if (
        time is not None
        and line.start + 8 < time.start < time.end >= line.end - 2
        and PLACES.search(line.text[: time.start - line.start])
    ):
        head.used.discard(line.start)
        return line.part(0, len(line.text[: time.start - line.start].rstrip(" ,-–—at")))
    if time is None or not line.start <= time.start <= line.start + 3 or time.end >= line.end:
        return line
    rest = line.part(time.end - line.start)
    return rest.part(len(rest.text) - len(rest.text.lstrip(" ,.-–—|/")))


_UNDER_THE_DATE = "It stands under the date, and nothing else says that it is a place."
_NO_PLACE = re.compile(
    r"\b(?:board|committee|meetings?|partnership|forum|group|council|minutes?|agenda|notes?|panel|"
    r"draft|unconfirmed|confirmed|approved|chair\w*|clerk|attendance|welcome|part|page|public|"
    r"report|contact|members?|present|apologies|association|time|date|tel|email|invitation)\b|[@|:?!;]|www\.|\.$",
    re.IGNORECASE,
)


def _under_the_date(head: Head, lines: Sequence[Line], date_at: int | None) -> Line | None:
    """The line right under the day (and the hour), when it can be a place and little else."""
    if date_at is None:
        return None
    at = next((i for i, one in enumerate(lines[:40]) if one.start <= date_at < one.end), None)
    if at is None:
        return None
    rest = list(lines[at + 1 : at + 4])
    while rest and (rest[0].start in head.used or find_times(rest[0].text)) and len(rest) > 1:
        if not find_times(rest[0].text) or len(rest[0].text) > 40:
            return None
        rest = rest[1:]
    if not rest:
        return None
    line = rest[0]
    words = line.text.split()
    if len(words) > 9 or len(line.text) > 80 or not line.text[0].isupper():
        return None
    body = head.body.span if head.body else None
    if body is not None and line.start <= body.start < line.end:
        return None
    if (
        line.start in head.used
        or _NO_PLACE.search(line.text)
        or read_label(line)
        or is_furniture(line)
        or is_standard(line.text)
        or find_dates(line.text)
        or find_times(line.text)
    ):
        return None
    people = split_titles(line.text)[0] or (len(rest) > 1 and looks_like_people(rest[1].text))
    several = "," in line.text and all(is_person(p) for p in line.text.split(","))
    return None if people or several else line


def _above_the_date(head: Head, lines: Sequence[Line], date_at: int | None) -> Line | None:
    """A line that can only be a place, between the name of the body and the day."""
    if date_at is None or head.body is None:
        return None
    body = head.body.span.end
    for line in lines[:20]:
        between = body < line.start and line.end < date_at and line.start not in head.used
        if not between or len(line.text) > 120 or not is_place(line.text):
            continue
        told = find_dates(line.text) or _NO_PLACE.search(line.text) or split_titles(line.text)[0]
        if not told:
            return line
    return None


_PLACE_END = re.compile(
    r"(?:[ ,]{0,3}\b(?:on|at|commencing|starting|from|when|to|"
    r"beginning)\b[ ](?=\d{1,2}[ .:apAP]|mon|tue|wed|thu|fri|sat|sun|the \d|\w{3,9} \d)"
    r"|[ ](?=(?:those present|members present|present|attendees|sederunt|in attendance)[ :])"
    r"|\.(?:[ ]|$)|;|[ ](?=[A-Z][A-Za-z]{1,7}/\d)|\n\n|[ ]?\()",
    re.IGNORECASE,
)


def _place_from(line: Line, at: int) -> Field | None:
    most = min(len(line.text), at + 220)
    stop = min(len(line.text), at + 160)
    for found in _PLACE_END.finditer(line.text, at, most):
        # "St. Anne's Church Room": the point is not the end.
        if found.group().startswith(".") and _SHORT.search(line.text, at, found.start()):
            continue
        stop = found.start()
        break
    for day in find_dates(line.text[at:stop]):
        stop = min(stop, at + day.start)
    place = line.part(at, stop)
    times = find_times(place.text)
    if (
        len(place.text) < 3
        or find_dates(place.text)
        or (times and times[0].start < 2)
        or _is_no_place_name(place.text)
    ):
        return None
    return venue_field(place)


def _is_no_place_name(text: str) -> bool:
    """A day of the week, or "public session", but not "Public Hall"."""
    words = text.lower().split()
    if len(words) > 1 and words[0] in ("public", "private") and PLACES.search(" ".join(words[:3])):
        return False
    return words[0] in (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "public",
        "private",
        "session",
    )
