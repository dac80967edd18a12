"""The head of a report: to whom, when, by whom, about what, and how it is marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from concerted.reading.dates import FoundDate, date_field, find_dates, find_times
from concerted.reading.heading import read_head
from concerted.reading.lines import Line, is_furniture, squeeze
from concerted.reading.model import Field, Personal, Span
from concerted.reading.reports import markings
from concerted.reading.reports.contact import names_somebody, without_reach
from concerted.reading.reports.form import label_of
from concerted.reading.reports.model import Presentation
from concerted.reading.reports.moments import (
    ITEM,
    JOINTS,
    REF,
    moved,
    named,
    presentation,
    split,
    value_of,
)
from concerted.reading.vocabulary import is_person, split_titles

_REPORT_OF = re.compile(r"(?:joint |annual |progress )?report (?:of|by|from) (?:the )?", re.I)
_REPORT_TO = re.compile(r"(?:joint )?report to (?:the )?(?:meeting of (?:the )?)?", re.IGNORECASE)
_OWN_REPORT = re.compile(
    r"(?:the )?(?P<who>[\w ]{3,60})[’']s? report to (?:the )?(?:meeting of (?:the )?)?",
    re.IGNORECASE,
)
_ITEM_AT_END = re.compile(
    r"(?<=\S)[ \t]{2,}"
    rf"(?P<all>(?:agenda )?item(?: no\.?| number)?[ :.]{{1,3}}(?P<ref>{REF}))\W*$",
    re.I,
)
_FOR_WHAT = re.compile(
    r"(?:for )?(?:decision|information|discussion|assurance|approval|noting|note|comments?|"
    r"consideration|action|consultation|endorsement|agreement|ratification)\b",
    re.IGNORECASE,
)
_TICKED = re.compile(r"(?:[☒☑✓✔✗✘]|\[[xX]\])[ ]{0,2}(?P<after>[A-Za-z]+)")
_NOISE = re.compile(
    r"(?:cabinet|council|executive|committee|officer|non-key|key) (?:decision|report)$|"
    r"(?:report|committee report|covering report|report for (?:decision|information))$|"
    r".{2,60} [>»›] .{2,60}$|report no\b.{0,40}$|item:? .{0,3}$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r".{0,70}\b(?:council|authority|police|constabulary|partnership|trust|service|corporation|"
    r"association|nhs|department|board|commissioner|agency)$",
    re.IGNORECASE,
)


@dataclass
class Head:
    """What the head told; ``used`` are the starts of lines that found a place."""

    body: Field | None = None
    date: Field | None = None
    title: Field | None = None
    author: Field | None = None
    lead: Field | None = None
    organisation: Field | None = None
    marking: Field | None = None
    exempt_reason: Field | None = None
    asked_for: Field | None = None
    presented: list[Presentation] = field(default_factory=list)
    people: list[Personal] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    item: Field | None = None
    by: Field | None = None
    markings: list[Line] = field(default_factory=list)


def read(text: str, lines: Sequence[Line], markers: Sequence[Line]) -> Head:
    """Read the lines before the first section; ``markers`` are lines of marking found anywhere."""
    head = Head()
    rest: list[Line] = []
    skip: set[int] = set()
    for at, line in enumerate(lines[:80]):
        if line.start in skip:
            continue
        following = lines[at + 1] if at + 1 < len(lines) else None
        line = _without_item(head, line)
        label = label_of(line)
        if label and not label[1].text and following is not None and not label_of(following):
            label = (label[0], following)
            skip.add(following.start)
        if label and label[1].text and _labelled(head, *label):
            head.used |= {line.start, label[1].start if label[1].start in skip else line.start}
        elif (label and label[0] == "nothing") or _told(head, line):
            head.used.add(line.start)
        else:
            skip.discard(following.start if following else -1)
            rest.append(line)
    _marking(head, markers)
    _body(head, text, rest)
    _title(head, rest)
    head.author = head.author or head.by
    _presentations(head)
    return head


def _without_item(head: Head, line: Line) -> Line:
    """``SAFER BOARD          ITEM 6``: the number stands at the right of the page."""
    found = _ITEM_AT_END.search(line.text)
    if found is None:
        return line
    start = line.start + found.start("ref")
    head.item = head.item or Field(found["ref"], Span(start, start + len(found["ref"])))
    return line.part(0, found.start())


def _labelled(head: Head, kind: str, value: Line) -> bool:
    match kind:
        case "title":
            head.title = head.title or value_of(value)
        case "body":
            _body_and_day(head, value)
        case "presented":
            _several(head, value)
        case "date":
            found = find_dates(value.text, value.start)
            head.date = head.date or (date_field(found[0]) if found else None)
            return bool(found)
        case "author" | "by" | "lead":
            _person_or_post(head, kind, value)
        case "item":
            return _item(head, value)
        case "marking":
            return _marked(head, value)
        case "asked_for":
            return _asked_for(head, value)
        case "organisation":
            head.organisation = head.organisation or value_of(value)
    return True


def _told(head: Head, line: Line) -> bool:
    """What lines without a label say: ``REPORT OF …``, ``Board – 3 May 2020``, markings."""
    marking = markings.marking_of(line)
    if marking:
        head.markings.append(line)
        return True
    reason = markings.exempt_reason_of(line)
    part = markings.part_exempt_of(line)
    if reason or part:
        head.exempt_reason = head.exempt_reason or reason
        head.marking = head.marking or part
        return True
    if (found := _OWN_REPORT.match(line.text)) is not None:
        head.author = head.author or value_of(line.part(found.start("who"), found.end("who")))
        return _body_and_day(head, line.part(found.end()))
    if (found := _REPORT_OF.match(line.text)) is not None:
        return _person_or_post(head, "author", line.part(found.end()))
    if (found := _REPORT_TO.match(line.text)) is not None:
        return _body_and_day(head, line.part(found.end()))
    if (found := ITEM.match(line.text)) is not None:
        return _item(head, line.part(found.start("ref")))
    if _NOISE.match(line.text) or is_furniture(line):
        return True
    dates = find_dates(line.text)
    if dates and len(line.text) < 140 and head.title is None:
        return _dated(head, line, dates[0])
    return False


def _dated(head: Head, line: Line, found: FoundDate) -> bool:
    """A day alone, or after the name of the body."""
    before = re.sub(
        r"[ ,–—-]*\b(?:(?:the )?meeting(?: held)?(?: of| on)?|held on|on|date of meeting|date)"
        r"[ :]*$",
        "",
        line.text[: found.start],
        flags=re.IGNORECASE,
    ).rstrip(JOINTS)
    after = line.text[found.end :].strip(JOINTS)
    if (after and not find_times(after)) or len(before.split()) > 12:
        return False
    if before and not line.text[len(before) : found.start].strip(" ") and head.body:
        return False  # a title that ends in a day
    if head.date is None:
        head.date = date_field(moved(found, line.start))
    if before and head.body is None and not names_somebody(before):
        head.body = named(line.part(0, len(before)))
    return True


def _body_and_day(head: Head, line: Line) -> bool:
    name, day, ref = split(line)
    head.date = head.date or day
    head.item = head.item or ref
    if name is not None and head.body is None:
        head.body = named(name)
    return True


def _several(head: Head, line: Line) -> bool:
    """``A, 3 May 2020, item 4; B, 9 May 2020``: every meeting that the report goes to."""
    at = 0
    for piece in [*re.finditer(r"[;|]", line.text), None]:
        stop = piece.start() if piece else len(line.text)
        part = line.part(at, stop)
        at = stop + 1
        if not part.text:
            continue
        name, day, ref = split(part)
        body = named(name) if name is not None else None
        head.presented.append(presentation(body, day, ref, part.span))
        head.body, head.date = head.body or body, head.date or day
    return True


def _item(head: Head, line: Line) -> bool:
    """The number of the item; a body and a day behind it are another meeting's."""
    found = re.match(REF, line.text)
    if found is None:
        return False
    ref = Field(found.group(), Span(line.start, line.start + found.end()))
    rest = line.part(found.end())
    name, day, _ = split(rest) if rest.text.strip(JOINTS) else (None, None, None)
    if name is not None and day is not None:
        head.presented.append(presentation(named(name), day, ref, line.span))
    else:
        head.item = head.item or ref
    return True


def _person_or_post(head: Head, kind: str, line: Line) -> bool:
    """Keep the post; a person who is named beside it is kept apart."""
    line, reach = without_reach(line)
    head.people += reach
    cut = re.search(r"[ ]*[(](?P<inner>[^()]{3,60})[)][ .]*$", line.text)
    if cut and is_person(cut["inner"]):
        head.people.append(_somebody(line.part(cut.start("inner"), cut.end("inner"))))
        line = line.part(0, cut.start())
    pieces = re.split(r"[ ]*(?:,|[ ][–—-][ ]|\|)[ ]*", line.text)
    if len(pieces) > 1:
        for place, stop in ((0, len(pieces[0])), (-1, len(line.text) - len(pieces[-1]))):
            if place == -1 and not names_somebody(pieces[place]):
                continue
            if _is_name(pieces[place]):
                person = line.part(0, stop) if place == 0 else line.part(stop)
                post = line.part(stop) if place == 0 else line.part(0, stop)
                head.people.append(_somebody(person))
                skip = len(post.text) - len(post.text.lstrip(JOINTS))
                line = post.part(skip, len(post.text.rstrip(JOINTS)))
                return _post(head, kind, line)
    if "," not in line.text and _is_name(line.text):
        head.people.append(_somebody(line))
        return True
    return _post(head, kind, line)


def _post(head: Head, kind: str, line: Line) -> bool:
    if line.text and getattr(head, kind) is None:
        setattr(head, kind, value_of(line))
    return True


def _is_name(words: str) -> bool:
    return is_person(words) and (bool(split_titles(words)[0]) or len(words.split()) > 1)


def _somebody(line: Line) -> Personal:
    return Personal("person", squeeze(line.text), line.span)


def _marked(head: Head, value: Line) -> bool:
    words = value.text.strip(JOINTS)
    if re.match(r"(?:none|no|n/?a)\b", words, re.IGNORECASE):
        return True
    head.exempt_reason = head.exempt_reason or markings.exempt_reason_of(value)
    if head.marking is None and len(words) < 60 and markings.speaks_of_marking(words):
        head.marking = value_of(value)
    return True


def _asked_for(head: Head, value: Line) -> bool:
    ticked = _TICKED.findall(value.text)
    if ticked:
        head.asked_for = Field(", ".join(ticked), value.span)
        return True
    words = value.text.strip(" .")
    if not _FOR_WHAT.match(words) or len(words.split()) > 6:
        return False
    lead = 4 if words.lower().startswith("for ") else 0
    head.asked_for = head.asked_for or value_of(value.part(lead, len(value.text.rstrip(" ."))))
    return True


def _marking(head: Head, markers: Sequence[Line]) -> None:
    printed = markings.strongest([*head.markings, *markers])
    if head.marking is None or (
        printed and markings.care(str(printed.value)) > markings.care(str(head.marking.value))
    ):
        head.marking = printed or head.marking


def _body(head: Head, text: str, rest: list[Line]) -> None:
    """The body among the lines that said nothing else, and the organisation beside it."""
    if head.body is None:
        found = read_head(text, [line for line in rest if not _is_board_of(line)], ())
        head.body = found.body
    for line in list(rest):
        known = str(head.body.value).lower() if head.body else ""
        words = squeeze(line.text).strip(JOINTS).lower()
        if (
            (
                head.body
                and line.start <= head.body.span.start < line.end
                and words.startswith(known)
            )
            or words == known
            or _is_board_of(line)
        ):
            head.used.add(line.start)
            rest.remove(line)
        elif _ORGANISATION.match(words) and len(words.split()) < 9 and len(rest) > 1:
            if head.organisation is None:
                head.organisation = value_of(line)
            head.used.add(line.start)
            rest.remove(line)


def _is_board_of(line: Line) -> bool:
    """``Board meeting in public``: no name, only what kind of meeting it is."""
    return bool(
        re.match(
            r"(?:board|committee|council)? ?meeting(?: (?:held )?in (?:public|private))?$",
            line.text,
            re.IGNORECASE,
        )
    )


def _title(head: Head, rest: list[Line]) -> None:
    if head.title is not None:
        return
    able = [
        line
        for line in rest
        if 3 < len(line.text) < 240
        and not names_somebody(line.text)
        and "@" not in line.text
        and not re.match(r"report:\s", line.text, re.IGNORECASE)
    ]
    if not able:
        return
    capitals = [line for line in able if line.text.isupper()]
    best = (capitals or able)[-1] if capitals else able[-1]
    joined = [best]
    for line in reversed([one for one in able if one.start < best.start]):
        together = joined[0].gap == 0 and line.text.isupper() == best.text.isupper()
        if not together or line.text[-1] in ".:;":
            break
        joined.insert(0, line)
    words = squeeze(" ".join(line.text for line in joined))
    why = "" if len(able) == len(joined) else "More than one line could be the title."
    options = tuple(squeeze(line.text) for line in able if line not in joined)
    head.title = Field(words, Span(joined[0].start, joined[-1].end), not why, why, options)
    head.used |= {line.start for line in joined}


def _presentations(head: Head) -> None:
    if head.item is None:
        return
    head.presented.insert(0, presentation(head.body, head.date, head.item, head.item.span))
