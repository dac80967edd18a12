"""The head of the minutes: which body met, when, where, and how final the minutes are."""

import re
from collections.abc import Sequence

from concerted.reading.dates import FoundDate, date_field, find_dates, find_times
from concerted.reading.draft import Head
from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Field, Span
from concerted.reading.people import looks_like_people
from concerted.reading.places import PLACES
from concerted.reading.roll_labels import read_label
from concerted.reading.venue import read_venue, venue_field
from concerted.reading.vocabulary import is_acronym, listed

_BODIES = listed(
    """partnership board committee forum group panel assembly cabinet commission executive council
    meeting team network watch association trust sub-committee subcommittee jag cdrp csp agm
    authority boards alliance society federation"""
)
_STRONG_BODIES = _BODIES - {"council", "meeting", "team", "trust", "authority", "association"}
_GENERIC = listed(
    """committee board group meeting council the minutes of a and draft agenda notes note record
    decision decisions unconfirmed confirmed approved final action actions general monthly
    special ordinary quarterly extraordinary annual agm printed public part full private open
    closed on at in held by"""
)
_STRIP_FRONT = re.compile(
    r"(?:(?:draft|unconfirmed|confirmed|approved|final|official(?:[ -]sensitive)?|"
    r"restricted|unclassified|not protectively marked|"
    r"public(?![ ](?:health|protection|spaces?|safety|services?|realm|sector|transport|rights)\b)|"
    r"present(?:ed)?|the|agenda,?|"
    r"decisions,?|and|action|"
    r"minutes?:?|notes?:?|record|of:?|a|an|meeting:?|from|for|held by)[ ]{1,3})+(?=\S)",
    re.IGNORECASE,
)
_PAGE_OF = re.compile(r"\bpage \d{1,3} of \d{1,3}\b|\bwww\.", re.IGNORECASE)
_PAGE = re.compile(r"page[ ]\d{1,3}(?:[ ]of[ ]\d{1,3})?[ ]{1,3}(?=\S)", re.IGNORECASE)
_STRIP_BACK = re.compile(
    r"[ ,:–—-]{1,6}(?:\(?(?:draft|unconfirmed|meetings?|minutes?|notes?|agenda|actions?|decisions?|"
    r"record|and|of|held|on|the"
    r"|approved|confirmed|final|summary|at|in|for|public|private|open|closed|special"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\)?)$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(?:meeting|minutes|notes|record|proceedings)[ \n]{1,3}(?:of|for)[ \n]{1,3}", re.IGNORECASE
)
_HELD = re.compile(r"\b(?:was|were|which was)?[ \n]{0,3}held\b", re.IGNORECASE)
_MEETING_AT_FRONT = re.compile(r"(?:a |the )?(?:\w+ ){0,2}meeting held\b", re.IGNORECASE)
_ABOUT_OTHERS = re.compile(
    r"(?:previous|last|minutes of the meeting (?:held )?on|confirm|approve|next|future|"
    r"deadline|since|published|printed|issued"
    r"|updated|created|meeting of the \d|posted|despatch)",
    re.IGNORECASE,
)
_STATUS = (
    (
        "subject to approval",
        re.compile(
            r"(?:stay |remain |are |is )?subject to (?:approval|confirmation|agreement)", re.I
        ),
    ),
    (
        "to be confirmed",
        re.compile(
            r"\bto be (?:confirmed|approved|agreed)\b|\bawaiting (?:approval|confirmation)", re.I
        ),
    ),
    ("unconfirmed", re.compile(r"\bunconfirmed\b|\bunapproved\b", re.I)),
    ("provisional", re.compile(r"\bprovisional\b", re.I)),
    ("draft", re.compile(r"\bdraft\b", re.I)),
)
_BREADCRUMB = re.compile(
    r"^(?:you are (?:here|in)\b|home[ ]{1,3}[>/»|:–-])|[ ][>»›][ ]", re.IGNORECASE
)
_MEETS_UNDER = listed(
    """committee sub-committee subcommittee panel group forum cabinet executive commission
    partnership"""
)
_BODY_OVER = listed("council board authority trust nhs borough county district")
_LABELS_OF_FORM = {
    "date": "date",
    "time": "time",
    "place": "venue",
    "venue": "venue",
    "location": "venue",
}


def read_head(text: str, lines: Sequence[Line], following: Sequence[Line]) -> Head:
    """Read the head's lines; ``following`` are asked for what the head lacks."""
    head = Head()
    rows = [line for line in lines if line.end - line.start < 4000][:120]
    _form(head, rows)
    _status(head, rows)
    _moderngov_line(head, rows)
    _sentence(head, text, rows)
    _body(head, rows)
    _date(head, rows)
    _time(head, rows, list(following[:12]))
    read_venue(head, text, rows, list(following[:12]))
    return head


def _form(head: Head, lines: Sequence[Line]) -> None:
    """``Date:`` with the value on the same line or on the next."""
    for at, line in enumerate(lines):
        label, colon, value = _labelled(line.text)
        kind = _LABELS_OF_FORM.get(label.strip().lower())
        if kind is None or not colon:
            continue
        begin = len(line.text) - len(value.lstrip(" /|\t"))
        where = line.part(begin) if value.strip(" /|") else None
        if where is None and at + 1 < len(lines) and ":" not in lines[at + 1].text[:12]:
            where = lines[at + 1]
        if where is None:
            continue
        if kind == "venue" and where.text.endswith(","):
            where = _with_next(where, lines)
        head.used |= {line.start, where.start}
        _take(head, kind, where)


_CELL = re.compile(r"[ ]?/[ ]|[ ]?\||\t|[ ]{3}")


def _labelled(text: str) -> tuple[str, str, str]:
    """``Venue: Town Hall``, or the same in two cells."""
    cell = _CELL.search(text[:24])
    if cell and ":" not in text[: cell.start() + 1]:
        return text[: cell.start()], cell.group(), text[cell.end() :]
    return text.partition(":")


def _with_next(line: Line, lines: Sequence[Line]) -> Line:
    """A value that goes on in the next line, as its comma says."""
    after = next((one for one in lines if one.start > line.end), None)
    if after is None or after.gap or ":" in after.text or find_dates(after.text):
        return line
    return Line(line.start, after.end, f"{line.text} {after.text}", line.gap)


def _take(head: Head, kind: str, line: Line) -> None:
    if kind == "date" and head.date is None:
        found = find_dates(line.text, line.start)
        head.date = date_field(found[0]) if found else None
        times = find_times(line.text, line.start)
        if times and head.start_time is None:
            head.start_time = Field(times[0].value, Span(times[0].start, times[0].end))
    elif kind == "time" and head.start_time is None:
        times = find_times(line.text, line.start)
        if times:
            head.start_time = Field(times[0].value, Span(times[0].start, times[0].end))
    elif kind == "venue" and head.venue is None:
        head.venue = venue_field(line)


def _status(head: Head, lines: Sequence[Line]) -> None:
    for line in lines:
        if len(line.text) > 600 or (
            "minutes of the" in line.text.lower()[:40]
            and not any(word in line.text.lower() for word in ("draft", "unconfirmed"))
        ):
            continue
        low = line.text.lower()
        if not ("minute" in low or "note" in low or len(low) < 40):
            continue
        # The first word for it stands for the rest: "Draft, to be approved at the next meeting".
        found = [(match.start(), match.end(), value) for value, match in _statuses(line.text)]
        if found:
            start, end, value = min(found, key=lambda one: one[0])
            head.status = Field(value, Span(line.start + start, line.start + end))
            head.used.add(line.start)
            return


def _statuses(text: str) -> list[tuple[str, re.Match[str]]]:
    found = [(value, pattern.search(text)) for value, pattern in _STATUS]
    return [(value, match) for value, match in found if match]


def _moderngov_line(head: Head, lines: Sequence[Line]) -> None:
    """``Body - Weekday D Month YYYY H.MM am``, or the same over two lines."""
    for line in lines[:40]:
        if len(line.text) > 260:
            continue
        found = [d for d in find_dates(line.text) if d.year is not None]
        if not found:
            continue
        before = _OTHER_DAY.sub(" -", _without_other_tongue(line.text[: found[0].start].rstrip()))
        if not before.endswith(("-", "–", "—", ",")) and before:
            continue
        body = before.rstrip(" -–—,")
        if body and (
            _ABOUT_OTHERS.search(body) or len(body.split()) > 16 or not _has_body_word(body)
        ):
            continue
        if not body:
            continue
        body_line = line.part(0, len(body))
        _set_moment(head, line, found[0])
        head.body = head.body or _body_field(body_line)
        head.used.add(line.start)
        return


# "Board, Dydd Mawrth / Tuesday, 10 May": the weekday is told in Welsh first.
_OTHER_DAY = re.compile(r"[ ,–-]{1,3}Dydd [A-Z][a-z]{2,8} ?/$")


def _without_other_tongue(before: str) -> str:
    """``Panel - Dydd Gwener, 3 Chwefror 2023 Friday, 3rd ...``: the day is told in Welsh first."""
    body, dash, day = before.rpartition(" - ")
    told = day.split()
    if dash and 2 <= len(told) <= 7 and any(word.isdigit() for word in told):
        return f"{body} -"
    return before


def _set_moment(head: Head, line: Line, found: FoundDate) -> None:
    if head.date is None:
        moved = FoundDate(
            found.day,
            found.month,
            found.year,
            found.weekday,
            line.start + found.start,
            line.start + found.end,
            found.text,
        )
        head.date = date_field(moved)
    if head.start_time is None:
        times = [t for t in find_times(line.text) if t.start >= found.end]
        if times:
            span = Span(line.start + times[0].start, line.start + times[0].end)
            head.start_time = Field(times[0].value, span)


def _sentence(head: Head, text: str, lines: Sequence[Line]) -> None:
    """``A meeting of the X was held on <date> at <place>``"""
    for at, line in enumerate(lines):
        held = _HELD.search(line.text)
        if not held:
            continue
        before = line.text[: held.start()]
        joined: Line | None = None
        if at and not _OF.search(before) and len(before) < 30:
            before_line = lines[at - 1]
            joined = Line(before_line.start, line.end, text[before_line.start : line.end], 0)
            if _OF.search(before_line.text):
                line, before = joined, joined.text[: joined.text.lower().find("held")]
        openings = list(_OF.finditer(before))
        if not openings and "meeting" not in before.lower() and before.strip():
            continue
        if openings and head.body is None:
            until = len(before.rstrip())
            if at and line is joined and _MEETING_AT_FRONT.match(lines[at].text):
                until = len(lines[at - 1].text)
            name = _without_moment(line.part(openings[-1].end(), until))
            named = None if name.text.lower().split(" ")[0] in ("on", "at", "") else name
            head.body = _body_field(named, bare=True) if named else None
        begin = line.start + held.end()
        stop = min(max(line.end, begin + 90), begin + 300)
        # A year cut in two is another year.
        stop += next((n for n in range(4) if not text[stop + n : stop + n + 1].isdigit()), 4)
        found = find_dates(text[begin:stop], begin)
        if found and head.date is None:
            head.date = date_field(found[0])
        if head.date is not None or openings:
            head.used.add(line.start)
            return


def _behind_pipe(line: Line) -> Line:
    """``Fell Council | Safety Board``: whose site it is, and behind the stroke who met."""
    front, pipe, last = line.text.rpartition(" | ")
    if not pipe or not _has_body_word(last) or not _has_body_word(front):
        return line
    return line.part(len(front) + len(pipe))


def _has_body_word(text: str) -> bool:
    return any(word.strip("()[].,:;’'").lower() in _BODIES for word in text.split())


def _body_field(line: Line, *, bare: bool = False) -> Field | None:
    """The name of the body in a line, without the words of the form around it."""
    line = _behind_pipe(line)
    text, start = line.text.rstrip(" ,:;-–—.|"), line.start
    page = _PAGE.match(text)
    if page:
        start, text = start + page.end(), text[page.end() :]
    match = _STRIP_FRONT.match(text)
    if match and text[: match.end()].strip().lower() not in ("the", "a"):
        start += match.end()
        text = text[match.end() :]
        page = _PAGE.match(text)
        if page:
            start, text = start + page.end(), text[page.end() :]
    while True:
        tail = _STRIP_BACK.search(text[-24:])
        if not tail:
            break
        cut = max(len(text) - 24, 0) + tail.start()
        kept = text[:cut]
        if (
            not _has_body_word(kept)
            and _has_body_word(text)
            and kept.split()
            and "annual" in kept.lower()
        ):
            break
        text = kept
    text = text.rstrip(" ,:;-–—.|")
    lead = len(text) - len(text.lstrip(" ,:;-–—"))
    text, start = text[lead:], start + lead
    if text.lower().startswith("the ") and (bare or line.text[:4].lower() != "the "):
        text, start = text[4:], start + 4
    words = [w.strip("()[].,:;").lower() for w in text.split()]
    if (
        not words
        or (all(w in _GENERIC for w in words) and "annual" not in words)
        or not any(c.isalpha() for c in text)
    ):
        return None
    return Field(squeeze(text), Span(start, start + len(text)))


def _without_moment(line: Line) -> Line:
    """The line up to its first date or time."""
    found = find_dates(line.text)
    stop = found[0].start if found else len(line.text)
    times = [t for t in find_times(line.text) if t.marked]
    if times:
        stop = min(stop, times[0].start)
    return line.part(0, stop)


def _body(head: Head, lines: Sequence[Line]) -> None:
    """The best of the lines that can name the body."""
    best: tuple[float, int, Field | None] = (-4.0, 0, None)
    for at, line in enumerate(lines[:60]):
        scored = _score_body(line, lines, at, head)
        if scored and scored[0] > best[0]:
            best = (scored[0], at, scored[1])
    if head.body is not None:
        _full_name(head, lines)
        _spelled_out(head, lines)
        same = str(head.body.value).lower()
        for line in lines[:20]:
            low = line.text.lower().strip(" .")
            longer = low.endswith(" " + same) and len(low.split()) < 9 and not find_dates(low)
            if low == same or (longer and not _STRIP_FRONT.match(line.text)):
                head.used.add(line.start)
                head.body = _body_field(line) or head.body
                break
        return
    if best[2] is not None:
        head.body = best[2]
        head.used.add(lines[best[1]].start)
        _committee_alone(head, lines)
        _spelled_out(head, lines)


def _spelled_out(head: Head, lines: Sequence[Line]) -> None:
    """``the Panel`` or ``the CSP``, where one of the first lines is the whole name by itself."""
    assert head.body is not None  # noqa: S101 - for the type checker
    short = str(head.body.value)
    if short.lower() in _OF_AN_ASSOCIATION:
        _association(head, lines)
        return
    if len(short.split()) > 1 or not (short.lower() in _BODIES or is_acronym(short)):
        return
    for line in lines[:8]:
        name = _body_field(line)
        if name is not None and _is_long_for(short, str(name.value)) and not _is_busy(line):
            head.body = name
            head.used.add(line.start)
            return


_OF_AN_ASSOCIATION = frozenset(
    f"{of} committee"
    for of in ("residents", "residents'", "tenants", "tenants'", "management", "general", "main")
)
_ASSOCIATION = re.compile(r"\b(?:association|society|forum|group|trust|watch)$", re.IGNORECASE)


def _association(head: Head, lines: Sequence[Line]) -> None:
    """``Residents Committee``, where one of the first lines is the association by itself."""
    for line in lines[:8]:
        name = _body_field(line)
        if name is None or _is_busy(line) or len(line.text.split()) > 12:
            continue
        if _ASSOCIATION.search(str(name.value)):
            head.body = name
            head.used.add(line.start)
            return


def _is_long_for(short: str, name: str) -> bool:
    """The name ends in the word, or its last capitals are the letters."""
    words = [word.strip("().,:;") for word in name.split()]
    if not 1 < len(words) <= 12 or not _has_body_word(name):
        return False
    if words[-1].lower() == short.lower():
        return True
    letters = "".join(w[0] for w in words if w and w.lower() not in _SMALL).upper()
    return is_acronym(short) and letters.endswith(short.upper())


_SMALL = listed("and of the for in on &")


def _is_busy(line: Line) -> bool:
    """The line tells more than a name."""
    return bool(find_dates(line.text[:200])) or _HELD.search(line.text[:200]) is not None


# Whose committee it is; a partnership's group bears the partnership's name.
_WHOSE = re.compile(r"\b(?:council|borough|authority|city|county)\b", re.IGNORECASE)


def _committee_alone(head: Head, lines: Sequence[Line]) -> None:
    """``Example Council - Safety Board``, where ``Safety Board`` heads the minutes by itself."""
    assert head.body is not None  # noqa: S101 - for the type checker
    owner, dash, committee = str(head.body.value).rpartition(" - ")
    if not dash or not _has_body_word(committee) or not _WHOSE.search(owner):
        return
    for line in lines[:30]:
        if squeeze(line.text).lower().strip(" .:") == committee.lower():
            head.body = _body_field(line) or head.body
            head.used.add(line.start)
            return


_KIND_ALONE = listed("parish town city borough county district community council board committee")
_NAME_BEFORE = re.compile(
    r"(?:(?<![\w’'-])[A-Z][\w’'-]{1,40}"
    r"(?:[ ](?:and|with|in|on|of|the|cum|upon|&)(?=[ ]))?[ ]){1,6}\Z"
)


def _full_name(head: Head, lines: Sequence[Line]) -> None:
    """`The Parish Council`, where the head says once which: `Nettle Magna Parish Council`."""
    assert head.body is not None  # noqa: S101 - for the type checker
    value = str(head.body.value)
    if not {word.lower() for word in value.split()} <= _KIND_ALONE:
        return
    for line in lines[:20]:
        at = line.text.lower().find(f" {value.lower()}")
        if at < 0 or line.start + at + 1 == head.body.span.start:
            continue
        before = _NAME_BEFORE.search(line.text[max(0, at - 80) : at + 1])
        if before is None or _STRIP_FRONT.match(before.group()):
            continue
        start = max(0, at - 80) + before.start()
        whole = line.part(start, at + 1 + len(value))
        head.body = Field(squeeze(whole.text), whole.span)
        return


# "Annual Meeting of the Council": which council stands elsewhere, if anywhere.
_MEETING_OF_ONE = re.compile(
    r"\bmeeting of the (?:(?:parish|town|community) )?council$", re.IGNORECASE
)


def _score_body(
    line: Line, lines: Sequence[Line], at: int, head: Head
) -> tuple[float, Field] | None:
    low = line.text.lower()
    if len(line.text) > 200 or low.startswith(
        (
            "venue",
            "contact",
            "note:",
            "please",
            "http",
            "dear",
            "tel",
            "place",
            "membership",
            "link:",
        )
    ):
        return None
    if _BREADCRUMB.search(line.text):
        return None
    if read_label(line) or "@" in line.text or ("," in line.text and looks_like_people(line.text)):
        return None
    cut = _without_moment(line)
    held = _HELD.search(cut.text)
    named = cut.part(0, held.start()) if held and held.start() else cut
    if not cut.text or len(named.text.split()) > 16:
        return None
    made = _body_field(named)
    about = _ABOUT_OTHERS.search(cut.text)
    if made is None or (about and about.start() < made.span.end - line.start):
        return None
    value = str(made.value)
    if not _has_body_word(value) and not any(w in low for w in (" minutes", "minutes of")):
        return None
    if value[-1:] in ".!?" or value[0].islower() or value[0] == "(":
        return None
    words = {w.strip("()[].,:;").lower() for w in value.split()}
    score = -2.5 if _MEETING_OF_ONE.search(value) else 1.0
    if words & _STRONG_BODIES:
        score += 2
    elif not words & _BODIES:
        score -= 0.5
    if "minutes" in low or "meeting" in low or "notes" in low:
        score += 1.5
    if cut.text != line.text:
        score += 1
    near = [one for one in lines[at + 1 : at + 4] if find_dates(one.text[:200])]
    score += 0.8 if near else 0
    if (
        "council" in words
        and not words & _STRONG_BODIES
        and not ("minutes" in low or "meeting" in low)
    ):
        score -= 0.5
    if PLACES.search(value) and "," in value:
        score -= 2
    if _is_over(words, lines, at):
        score -= 1.5
    return score - at * 0.02, made


def _is_over(words: set[str], lines: Sequence[Line], at: int) -> bool:
    """The organisation in the line over the committee's: it is the committee that met."""
    if words & _MEETS_UNDER or not words & _BODY_OVER or at + 1 >= len(lines):
        return False
    below = lines[at + 1]
    named = {word.strip("()[].,:;").lower() for word in below.text.split()}
    return (
        len(named) <= 8
        and bool(named & _MEETS_UNDER)
        and not find_dates(below.text)
        and read_label(below) is None
    )


def _date(head: Head, lines: Sequence[Line]) -> None:
    if head.date is not None:
        return
    fallback: Field | None = None
    for line in lines[:80]:
        for found in find_dates(line.text[:1500], line.start):
            if found.year is None:
                continue
            made = date_field(found)
            if made is None:
                continue
            before = line.text[: found.start - line.start]
            if _ABOUT_OTHERS.search(before[-80:]) or _PAGE_OF.search(line.text[:200]):
                fallback = fallback or made
                continue
            head.date = made
            head.used.add(line.start)
            return
    if fallback is not None:
        why = "The only date in the head may be that of another meeting."
        head.date = Field(fallback.value, fallback.span, False, why, fallback.candidates)


_HOUR_ALONE = re.compile(r"(?:at )?\d{1,2}[.:]\d\d$")


def _is_hour_beside_the_day(line: Line, head: Head, lines: Sequence[Line]) -> bool:
    """``10.00`` alone in its line, right under or over the day."""
    if head.date is None or not _HOUR_ALONE.match(line.text):
        return False
    day = head.date.span.start
    at = next((i for i, one in enumerate(lines[:80]) if one.start <= day < one.end), None)
    return at is not None and line in lines[max(0, at - 1) : at + 2]


def _time(head: Head, lines: Sequence[Line], following: Sequence[Line]) -> None:
    if head.start_time is not None:
        return
    for line in lines[:80]:
        low = line.text.lower()
        if low.startswith(("contact", "tel", "note:", "http")) or "closed" in low[:40]:
            continue
        for found in find_times(line.text[:1500], line.start):
            near = line.text[
                max(0, found.start - line.start - 30) : found.start - line.start
            ].lower()
            if not found.marked and not (
                find_dates(line.text[:1500])
                or "time" in near
                or " at" in near
                or _is_hour_beside_the_day(line, head, lines)
            ):
                continue
            if (
                "clos" in near
                or "finish" in near
                or "ended" in near
                or "arriv" in near
                or "left" in near
            ):
                continue
            head.start_time = Field(found.value, Span(found.start, found.end))
            head.used.add(line.start)
            return
    for line in following:
        low = line.text[:400].lower()
        if (
            "opened" in low or "commenced" in low or "started" in low or "began" in low
        ) and "meeting" in low:
            times = find_times(line.text[:400], line.start)
            if times:
                head.start_time = Field(times[0].value, Span(times[0].start, times[0].end))
                return
