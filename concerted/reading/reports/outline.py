"""The parts of a report in order: its head, its sections, its appendices, what is beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from concerted.reading.lines import Line, is_bullet, is_furniture
from concerted.reading.reports import appendices
from concerted.reading.reports.contact import is_report_author
from concerted.reading.reports.form import label_of
from concerted.reading.reports.headings import (
    IMPLICATIONS,
    Heading,
    known_heading,
    likely_heading,
    signs,
)
from concerted.reading.reports.markings import marking_of
from concerted.reading.reports.marks import mark_of
from concerted.reading.reports.recommendations import asks, opens

_TRAIL = re.compile(r".{2,60} [>»›] .{2,60}$")
_MONTH_ONLY = re.compile(r"(?:\d{1,2} )?\w{3,9} \d{4}$")
_NO_SECTIONS = frozenset({"contact", "background_papers", "appendices", "wards"})


@dataclass
class Part:
    """A section while it is being gathered."""

    ref: str | None
    title: str | None
    kind: str
    at: Line
    lines: list[Line] = field(default_factory=list)


@dataclass
class Outline:
    head: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    appendices: list[tuple[Line, list[Line]]] = field(default_factory=list)
    markers: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)


def outline(lines: Sequence[Line]) -> Outline:
    """Tell the parts of a report apart. Every line goes to exactly one of them."""
    made = Outline()
    rest = _told(made, lines)
    start = _first_section(rest)
    made.head = rest[:start]
    at = start
    beyond = False  # behind the appendices, whom to contact
    while at < len(rest):
        line = rest[at]
        before = rest[at - 1] if at else None
        following = rest[at + 1] if at + 1 < len(rest) else None
        if _appendix_begins(made, rest, at):
            made.appendices.append((line, []))
        elif made.appendices and not beyond and not _contact_begins(line):
            made.appendices[-1][1].append(line)
        elif marking_of(line):
            made.markers.append(line)
        else:
            beyond = beyond or bool(made.appendices)
            _place(made, before, line, following)
        at += 1
    return made


def _told(made: Outline, lines: Sequence[Line]) -> list[Line]:
    """The lines that the report says, not the page."""
    rest: list[Line] = []
    for line in lines:
        beside = is_furniture(line) or _TRAIL.match(line.text)
        (made.furniture if beside else rest).append(line)
    return rest


def _first_section(lines: Sequence[Line]) -> int:
    """Where the head ends: at the first heading, or the first numbered paragraph."""
    for at, line in enumerate(lines[:80]):
        label = label_of(line)
        heading = known_heading(line)
        if heading and heading.kind not in ("contact", "wards", "appendices", "detail"):
            asked = label and label[0] == "asked_for" and heading.rest is not None
            short = heading.rest is not None and len(heading.rest.text.split()) <= 6
            if not (asked and short):
                return at
        elif (heading and heading.kind == "detail" and heading.rest is None and at > 2) or (
            label is None and asks(line.text)
        ):
            return at
        mark = mark_of(line)
        if at and mark and mark.ref in ("1", "1.1", "1.0") and label is None:
            return at
    return min(len(lines), 12)


def _place(made: Outline, before: Line | None, line: Line, following: Line | None) -> None:
    part = made.parts[-1] if made.parts else None
    heading = _heading(part, made, before, line, following)
    if heading is not None:
        title = None if heading.rest is not None and heading.ref is None else heading.title
        made.parts.append(Part(heading.ref, title, heading.kind, line))
        if heading.rest is not None:
            made.parts[-1].lines.append(heading.rest)
    elif is_report_author(line):
        made.parts.append(Part(None, None, "contact", line, [line]))
    elif part is None or (part.kind != "recommendations" and asks(line.text)):
        kind = "recommendations" if asks(line.text) else "text"
        made.parts.append(Part(None, None, kind, line, [line]))
    elif part.kind not in _NO_SECTIONS and appendices.entry(line) and line.gap:
        made.parts.append(Part(None, None, "appendices", line, [line]))
    elif _signs(part, line, following):
        made.parts.append(Part(None, None, "tail", line, [line]))
    else:
        part.lines.append(line)


def _contact_begins(line: Line) -> bool:
    heading = known_heading(line)
    return heading is not None and heading.kind == "contact"


def _heading(
    part: Part | None, made: Outline, before: Line | None, line: Line, following: Line | None
) -> Heading | None:
    if appendices.entry(line):
        return None
    kind = part.kind if part else ""
    within = any(one.kind == "implications" for one in made.parts[-6:]) and (
        kind == "implications" or kind in IMPLICATIONS
    )
    heading = known_heading(line, in_implications=within)
    if heading is not None:
        if kind == "contact" and heading.kind not in _NO_SECTIONS and heading.rest is not None:
            return None  # "Name: …", "Details: …"
        sentence = heading.rest is not None and heading.ref is not None
        if kind in ("implications", "recommendations") and sentence and "." in str(heading.ref):
            return None  # "4.1 Financial: the service is within budget."
        return heading
    if kind in _NO_SECTIONS or kind == "tail":
        return None
    if is_bullet(line) or asks(line.text) or (kind == "recommendations" and opens(line.text)):
        return None
    heading = likely_heading(before, line, following)
    if heading and kind == "recommendations" and heading.ref is None and line.gap == 0:
        ended = before is not None and before.text[-1] in ".;"
        return heading if ended else None
    return heading


def _signs(part: Part, line: Line, following: Line | None) -> bool:
    """The name and post of whoever signs, and the month, end the last section."""
    if part.kind in _NO_SECTIONS or not part.lines or mark_of(line) or len(line.text) > 80:
        return False
    if part.kind == "tail":
        return False
    alone = line.gap > 0 and line.text[-1] not in ".;:,"
    return alone and (signs(line, following) or bool(_MONTH_ONLY.match(line.text)))


def _appendix_begins(made: Outline, lines: Sequence[Line], at: int) -> bool:
    """Whether this line heads an appendix that stands here, and does not only list it."""
    found = appendices.entry(lines[at])
    if found is None:
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is None or appendices.entry(following):
        return False
    if made.appendices:
        return True
    heading = known_heading(following)
    if (heading and heading.kind in _NO_SECTIONS) or is_report_author(following):
        return False
    part = made.parts[-1] if made.parts else None
    before = appendices.entry(lines[at - 1]) if at else None
    in_list = (part is not None and part.kind == "appendices") or before is not None
    if in_list:
        ref = found[0].upper()
        known = {
            one[0].upper()
            for line in (part.lines if part else [])
            if (one := appendices.entry(line)) is not None
        }
        return ref in known
    return part is not None
