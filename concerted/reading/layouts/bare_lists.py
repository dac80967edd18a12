"""A form's head whose labels are lost: the moment, the place and the lists, known by their look.

The form prints its values in one order: body, day, hour, place, those present, officers, others in
attendance, apologies. What is no day, no hour and no place, and consists of people, is a list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from concerted.reading.dates import find_dates, find_times
from concerted.reading.entries import is_short_name
from concerted.reading.layouts.bare_items import titles_a_decision
from concerted.reading.lines import Line, is_furniture
from concerted.reading.model import Span
from concerted.reading.people import looks_like_people, read_people
from concerted.reading.places import PLACES, is_place
from concerted.reading.refs import read_ref
from concerted.reading.roll_labels import read_label
from concerted.reading.titles import is_marker
from concerted.reading.vocabulary import is_person, is_standard, listed, split_titles
from concerted.reading.wraps import breaks_within, column, ends_open, is_full

_CHAIR = re.compile(
    r"\((?:in the |the )?(?:independent |interim |acting |vice[- ]?|deputy )?"
    r"(?:chair|chairman|chairwoman|chairperson|convener|convenor)\b",
    re.IGNORECASE,
)
_BESIDE_THE_MOMENT = listed("at on from to until and the commencing starting start time date noon")
_PARTING = re.compile(r"[,;]|[ ]and[ ]")
_NOTE = re.compile(r"\bsubject to\b|\bminutes\b", re.IGNORECASE)
# How far down the page its head may reach.
_HEAD = 40
_TOP = 12


@dataclass(slots=True)
class BareList:
    """Lines that are one list; ``section`` where a label still says which."""

    span: Span
    text: str
    section: str | None = None
    role: str | None = None
    label: Line | None = None
    words: str = ""


@dataclass(slots=True)
class FormHead:
    """The lines before the first item, taken apart; ``stop`` is the index of the first item."""

    lines: list[Line] = field(default_factory=list)
    lists: list[BareList] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    stop: int = 0


def is_moment(text: str) -> bool:
    """A day, an hour or both, and nothing else."""
    if len(text) > 80:
        return False
    found = [(day.start, day.end) for day in find_dates(text)]
    found += [(time.start, time.end) for time in find_times(text)]
    if not found:
        return False
    rest = list(text)
    for start, end in found:
        rest[start:end] = " " * (end - start)
    words = re.findall(r"[A-Za-z]+", "".join(rest))
    return all(word.lower() in _BESIDE_THE_MOMENT for word in words)


def moment_at(lines: Sequence[Line]) -> int | None:
    """The index of the line that is the meeting's day and little else."""
    beside: int | None = None
    for at, line in enumerate(lines[:_HEAD]):
        if is_marker(line):
            break
        if len(line.text) > 120 or line.text.endswith(".") or not find_dates(line.text):
            continue
        if is_moment(line.text):
            return at
        # The body or the place may stand in the same line.
        told = line.text[0].isdigit() or not looks_like_people(line.text)
        if beside is None and at < _TOP and told:
            beside = at
    return beside


def has_chair(text: str) -> bool:
    return _CHAIR.search(text[:400]) is not None


def is_people(text: str) -> bool:
    """One person or more, and no place."""
    if has_chair(text) and _are_names(text):
        return True
    if not looks_like_people(text):
        return False
    return _is_titled(text) or not PLACES.search(text.partition(",")[0])


def _are_names(text: str) -> bool:
    """Nothing but names and surnames: "Mr Bell (Chairman), Cllrs Dunn, Frost and Hale"."""
    found = read_people(text, 0, min(len(text), 1000), "present")
    return bool(found) and all(
        is_person(one.name) or (is_short_name(one.name.split()[-1]) and len(one.name.split()) < 3)
        for one in found
    )


def _is_titled(text: str) -> bool:
    return bool(split_titles(_PARTING.split(text[:80], maxsplit=1)[0].strip())[0])


def opens_lists(line: Line, *, announced: bool) -> bool:
    """Whether the line can be the first list: several people, or the one in the chair."""
    text = line.text
    if not is_people(text) or is_standard(text) or text.lower().endswith("minutes"):
        return False
    if announced or has_chair(text):
        return True
    several = _PARTING.search(re.sub(r"\([^()]{0,200}\)", "", text[:1000]))
    return several is not None and len(text) > 12 and not is_place(text)


def place_under(lines: Sequence[Line], at: int) -> int:
    """The index behind the place that stands under the moment at ``at``.

    The line under the day and the hour is the place unless it is plainly people: a title or the
    chair tells them, or that no other line could be the list of those present.
    """
    under = at + 1
    if not is_moment(lines[at].text) and PLACES.search(lines[at].text):
        return under
    while under < len(lines) and is_moment(lines[under].text):
        under += 1
    if under >= len(lines) or not _can_be_place(lines, under):
        return under
    after = under + 1
    goes_on = after < len(lines) and lines[under].text.endswith(",") and not lines[after].gap
    return after + 1 if goes_on and not _is_plainly_people(lines[after].text) else after


def _can_be_place(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    if is_marker(lines[at]) or is_furniture(lines[at]) or _NOTE.search(text) or len(text) > 160:
        return False
    if read_label(lines[at]) or _is_plainly_people(text):
        return False
    if is_place(text) or PLACES.search(text) or not looks_like_people(text):
        return True
    below = [line for line in lines[at + 1 : at + 4] if opens_lists(line, announced=False)]
    return any(has_chair(line.text) for line in below[:2])


def _is_plainly_people(text: str) -> bool:
    return looks_like_people(text) and (has_chair(text) or _is_titled(text))


# "Applicants, Agents and Members of the Public": who came without a name.
_NOBODY = re.compile(
    r"(?:(?:\d{1,3}|the|and|&|applicants?|agents?|objectors?|supporters?|residents|representatives|"
    r"members? of(?: the)?|press|public|media)[ ,]{0,2}){2,12}$",
    re.IGNORECASE,
)


def read_form_head(lines: Sequence[Line], columns: Sequence[str]) -> FormHead:
    """The head's lines up to the first item; ``columns`` are lines of the form that say nothing."""
    head = FormHead()
    day = moment_at(lines)
    at = 0 if day is None else place_under(lines, day)
    head.lines += lines[:at]
    width = column([line.text for line in lines])
    label: BareList | None = None
    while at < len(lines):
        line = lines[at]
        low = line.text.lower().strip(" :")
        if _goes_on(head, lines, at, width):
            last = head.lists[-1]
            last.span = Span(last.span.start, line.end)
            last.text = f"{last.text}\n{line.text}"
        elif (found := read_label(line)) is not None and not is_marker(line):
            label = BareList(line.span, "", found.section, found.role, line, found.words)
            if found.rest is not None:
                label.span, label.text = found.rest.span, found.rest.text
                head.lists.append(label)
                label = None
            else:
                head.furniture.append(line)
        elif label is not None and looks_like_people(line.text):
            label.span, label.text = line.span, line.text
            head.lists.append(label)
            label = None
        elif is_furniture(line) or low in columns:
            (head.lines if low == "attendance details" else head.furniture).append(line)
        elif _is_list(head, line) and not _is_heading(lines, at):
            head.lists.append(BareList(line.span, line.text))
        elif head.lists and _NOBODY.match(line.text):
            head.lines.append(line)
        elif (head.lists and not _is_of_the_head(lines, at)) or is_marker(line):
            break
        else:
            head.lines.append(line)
        at += 1
    head.stop = at
    head.lists = _columns_joined(head.lists, lines)
    return head


def _is_of_the_head(lines: Sequence[Line], at: int) -> bool:
    """A note on the minutes, the day or the place among the lists."""
    text = lines[at].text
    if is_marker(lines[at]):
        return False
    subject = "subject to" in text.lower() and _NOTE.search(text) is not None
    return subject or is_moment(text)


def _is_list(head: FormHead, line: Line) -> bool:
    if is_marker(line) or read_ref(line) is not None:
        return False
    if not head.lists:
        announced = any(one.text.lower() == "attendance details" for one in head.lines)
        return opens_lists(line, announced=announced)
    # Behind the first list stands no place, whatever the people are called ("Jo Lane, Pat Mill").
    people = looks_like_people(line.text) or is_people(line.text)
    if not people or is_standard(line.text) or line.text.isupper():
        return False
    return len(line.text) > 12 or is_person(line.text)


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    """ "Crime Figures" at once over a decision is no person, though it might be called one."""
    alone = "," not in lines[at].text and "(" not in lines[at].text
    return alone and not _is_titled(lines[at].text) and titles_a_decision(lines, at)


def _goes_on(head: FormHead, lines: Sequence[Line], at: int, width: int) -> bool:
    """A list broken at the page's column: its next line follows without a gap."""
    if not head.lists or lines[at].gap or is_marker(lines[at]):
        return False
    before = lines[at - 1]
    if head.lists[-1].span.end != before.end:
        return False
    if not _is_broken(before.text, lines[at].text, width):
        return False
    return looks_like_people(f"{before.text[-150:]}\n{lines[at].text}")


def _is_broken(row: str, following: str, width: int) -> bool:
    if ends_open(row):
        return True
    return is_full(row, following, width) and breaks_within(row, following)


def _is_one(text: str) -> bool:
    """One person, with what is said of her in brackets or behind a mark."""
    return len(text) < 120 and len(read_people(text, 0, len(text), "present")) == 1


def _columns_joined(lists: Sequence[BareList], lines: Sequence[Line]) -> list[BareList]:
    """Three or more lists of one person each, one under the other, are one list."""
    gaps = {line.start: line.gap for line in lines[: _HEAD * 5]}
    runs: list[list[BareList]] = []
    for one in lists:
        near = bool(runs) and not gaps.get(one.span.start, 1) and one.label is None
        if near and _is_one(one.text) and _is_one(runs[-1][-1].text):
            runs[-1].append(one)
        else:
            runs.append([one])
    # Where one list has a person to a line, so have the others, be there but two of them.
    least = 2 if any(len(run) > 2 for run in runs) else 3
    return [one for run in runs for one in _joined(run, least)]


def _joined(run: list[BareList], least: int) -> list[BareList]:
    if len(run) < least:
        return run
    first = run[0]
    first.span = Span(first.span.start, run[-1].span.end)
    first.text = "\n".join(one.text for one in run)
    return [first]
