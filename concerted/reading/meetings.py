"""Several meetings in one text are kept apart, an agenda before the minutes is set aside, and
what is printed twice is read once."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from concerted.reading.dates import find_dates
from concerted.reading.lines import Line, squeeze
from concerted.reading.refs import read_ref
from concerted.reading.roll_labels import read_label
from concerted.reading.titles import has_file_mark, is_marker
from concerted.reading.vocabulary import is_standard

_START = re.compile(
    r"^(?:\W{0,3}|at )(?:a|the)? ?(?:\w+ ){0,3}meeting of .{2,160} (?:was )?held\b"
    r"|^(?:draft |unconfirmed |approved )?minutes (?:of|for) (?:a|the) .{0,160}(?:held|meeting)\b"
    r"|^(?:draft |unconfirmed )?minutes(?: and decision record| and decisions| of meeting|"
    r" of the meeting)?$",
    re.IGNORECASE,
)
# "Minutes of the meeting of 4 May were accepted": what was done with other minutes.
_CONFIRMED = re.compile(
    r"\b(?:was|were|be|been) (?:\w+ ){0,3}"
    r"(?:accepted|agreed|approved|confirmed|signed|read|adopted|taken|received)\b",
    re.IGNORECASE,
)
_LONE_AGENDA = re.compile(r"(?:draft )?agenda(?: for (?:the )?.{3,100})?$", re.IGNORECASE)
_AGENDA = re.compile(r"^\W{0,3}agenda\b|\bAGENDA\b", re.IGNORECASE)
_BOTH = re.compile(r"agenda(?:, decisions)? and (?:draft )?minutes\b", re.IGNORECASE)


@dataclass(slots=True)
class Stretch:
    """The lines of one meeting; ``aside`` are lines before it that belong to no minutes."""

    lines: list[Line]
    aside: list[Line] = field(default_factory=list)
    repeated: list[Line] = field(default_factory=list)


def apart(lines: Sequence[Line]) -> list[Stretch]:
    """One stretch for each meeting in the text, in order."""
    lines, again = _halves(list(lines))
    lines, headers = _without_page_headers(lines)
    headers += again
    lines, later = _without_later_agenda(lines)
    starts = _starts(lines)
    aside: list[Line] = []
    begin = 0
    if starts and _agenda_before(lines, starts[0]):
        begin = starts[0]
        aside = list(lines[:begin])
    cuts = [begin] + [at for at in starts if at > begin and at - begin > 3]
    cuts = _with_items_between(lines, cuts)
    stretches = [
        Stretch(list(lines[at : cuts[i + 1] if i + 1 < len(cuts) else len(lines)]))
        for i, at in enumerate(cuts)
    ]
    stretches = _once(stretches)
    stretches[0].aside = [*aside, *later]
    stretches[0].repeated += headers
    return stretches


def _without_page_headers(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines that head or foot every page are kept once, the first time they stand there."""
    counts = Counter(line.text for line in lines if len(line.text) < 120)
    seen: set[str] = set()
    kept: list[Line] = []
    headers: list[Line] = []
    for at, line in enumerate(lines):
        heads = counts[line.text] >= 3 and line.text in seen and _by_page_number(lines, at)
        if heads or (headers and _is_its_number(line, headers[-1], lines[at - 1])):
            headers.append(line)
        else:
            seen.add(line.text)
            kept.append(line)
    return kept, headers


def _is_its_number(line: Line, header: Line, above: Line) -> bool:
    """The number right under a page's header is the page's."""
    return above is header and not line.gap and line.text.isdigit() and len(line.text) < 4


def _by_page_number(lines: Sequence[Line], at: int) -> bool:
    """A page number stands next to the line, or the line names minutes and a date."""
    text = lines[at].text
    if text.isdigit() or len(text.split()) < 2 or text[-1] in ".:;" or is_marker(lines[at]):
        return False
    near = [one.text for one in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])]
    numbered = any(one.isdigit() or one.lower().startswith("page ") for one in near)
    return numbered or ("minutes" in text.lower() and bool(find_dates(text)))


def _starts(lines: Sequence[Line]) -> list[int]:
    """Lines that open minutes: their words say so, and a list of people follows soon."""
    found: list[int] = []
    for at, line in enumerate(lines):
        if len(line.text) > 400 or not _START.match(line.text) or _titles_an_item(lines, at):
            continue
        near = lines[at + 1 : at + 13]
        people = any(_opens_list(one) for one in near)
        dated = bool(find_dates(line.text)) or any(
            find_dates(one.text[:200]) for one in lines[at : at + 5]
        )
        if people and dated:
            found.append(_heading_start(lines, at))
    return found


def _titles_an_item(lines: Sequence[Line], at: int) -> bool:
    """A lone number over "Minutes of the meeting of 4 May", or a file beside it: an item of the
    agenda, not the heading of minutes."""
    if has_file_mark(lines[at]) or _CONFIRMED.search(lines[at].text):
        return True
    above = read_ref(lines[at - 1]) if at else None
    return above is not None and above.rest is None and above.kind in ("number", "code")


def _heading_start(lines: Sequence[Line], at: int) -> int:
    """The body's name stands just above the line that opens the minutes."""
    opening = lines[at]
    for back in (1, 2):
        if at < back:
            break
        above = lines[at - back]
        if not 1 < len(above.text.split()) <= 9 or above.text.endswith((".", ";", ":")):
            continue
        named = back == 1 and squeeze(above.text).lower() in opening.text.lower()
        if above.text.isupper() or (named and opening.gap <= 1):
            return at - back
    return at


def _without_later_agenda(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The agenda of a later meeting behind these minutes: nothing is recorded under it."""
    at = next((i for i in range(len(lines) - 1, 3, -1) if _LONE_AGENDA.match(lines[i].text)), None)
    if at is None or any(is_marker(line) or _opens_people(line) for line in lines[at:]):
        return lines, []
    if not any(_opens_people(line) for line in lines[:at]):
        return lines, []
    if not any(_is_recorded(line) for line in lines[:at]):
        return lines, []
    while at > 1 and _is_heading_again(lines, at - 1):
        at -= 1
    return lines[:at], lines[at:]


def _is_recorded(line: Line) -> bool:
    """An item of minutes: a title that nearly all have, or a number with words behind it."""
    ref = read_ref(line)
    rest = ref.rest.text if ref and ref.rest else line.text
    if read_label(line) is not None:
        return False
    return is_standard(rest) or (ref is not None and ref.rest is not None)


def _opens_people(line: Line) -> bool:
    label = read_label(line)
    return label is not None and label.section == "present"


def _opens_list(line: Line) -> bool:
    """A list of those who came, be it of the officers alone."""
    label = read_label(line)
    return label is not None and label.section in ("present", "officers")


def _is_heading_again(lines: Sequence[Line], at: int) -> bool:
    """The body's name, which headed the minutes, heads the agenda too."""
    return lines[at].text.lower() in {line.text.lower() for line in lines[:6]}


def _agenda_before(lines: Sequence[Line], at: int) -> bool:
    return at > 0 and any(_is_agenda(line.text[:300]) for line in lines[:at])


def _is_agenda(text: str) -> bool:
    """ "Agenda and minutes" heads the page of one meeting."""
    return _AGENDA.search(text) is not None and _BOTH.match(text) is None


def _with_items_between(lines: Sequence[Line], cuts: list[int]) -> list[int]:
    """Two openings without anything recorded between them are one heading said twice."""
    kept = cuts[:1]
    for at in cuts[1:]:
        between = lines[kept[-1] : at]
        if any(_opens_list(one) for one in between):
            kept.append(at)
    return kept


def _once(stretches: list[Stretch]) -> list[Stretch]:
    """A text printed twice is one meeting; its second print is kept as repeated lines."""
    kept: list[Stretch] = []
    keys: dict[str, Stretch] = {}
    for one in stretches:
        key = " ".join(squeeze(line.text).lower() for line in one.lines[:40])
        if key in keys:
            keys[key].repeated += one.lines
        else:
            keys[key] = one
            kept.append(one)
    return kept


def _halves(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """A whole text that stands a second time after itself: once, and the second print."""
    if len(lines) < 12:
        return lines, []
    # What a site sets over the text is printed only once.
    fronts = [_front(lines, at) for at in range(3)]
    tries = 0
    for at in range(len(lines) // 3, len(lines)):
        if not _may_begin_again(lines[at], fronts) or _front(lines, at) not in fronts:
            continue
        # Each try costs the length of the text, so hostile repetition gets only a few.
        tries += 1
        if tries > 8:
            break
        if _tells_the_same(lines[:at], lines[at:]):
            return lines[:at], lines[at:]
    return lines, []


_FRONT = 9


def _front(lines: Sequence[Line], at: int) -> str:
    """The first words from a line on, however they are broken into lines."""
    words: list[str] = []
    for line in lines[at : at + _FRONT]:
        words += line.text[:400].split()[:_FRONT]
        if len(words) >= _FRONT:
            break
    return " ".join(words[:_FRONT])


def _may_begin_again(line: Line, fronts: Sequence[str]) -> bool:
    return any(front.startswith(line.text[:12]) for front in fronts)


def _tells_the_same(first: Sequence[Line], second: Sequence[Line]) -> bool:
    """Nearly all words of the second are words of the first, and there are about as many."""
    said = Counter(word for line in first for word in line.text.split())
    again = Counter(word for line in second for word in line.text.split())
    both = (said & again).total()
    days = {_first_day(first), _first_day(second)} - {()}
    if len(days) > 1:
        return False
    return both * 20 >= again.total() * 19 and again.total() * 2 >= said.total()


def _first_day(lines: Sequence[Line]) -> tuple[int, ...]:
    """Day, month and year of the first date: minutes of the next meeting may repeat all else."""
    for line in lines[:40]:
        for day in find_dates(line.text[:400]):
            if day.year is not None:
                return day.day, day.month, day.year
    return ()
