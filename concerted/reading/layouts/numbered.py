"""Minutes as a plain text: attendance lists, then headings with or without numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from concerted.reading.attendance import (
    gather,
    has_list_of_those_there,
    opens_list,
    parted_at_labels,
    status_cells,
    unlabelled_roll,
)
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts.plain_headings import unnumbered
from concerted.reading.layouts.series import (
    Heading,
    as_code,
    longest_series,
    rising_part,
    same_shape,
    weight,
    with_skipped,
)
from concerted.reading.lines import Line, is_bullet, is_furniture, is_slot
from concerted.reading.refs import Ref, read_ref
from concerted.reading.roll_labels import read_label
from concerted.reading.title_text import title_and_text
from concerted.reading.titles import (
    clean,
    is_closing,
    is_title,
    read_subs,
    sub_capitals,
    wrapped_title,
)
from concerted.reading.vocabulary import is_standard

_PARTED = ("number", "code", "worded", "round")
_LETTERS = re.compile(r"(?P<letters>[A-Z]{2,6})(?:$|(?=[ ]{2}|[ ]?\t))")
_COLUMN_NAMES = ("item", "subject", "title")
_FEW, _LONGEST_KNOWN = 3, 80
_YEARS = re.compile(r"(?:19|20)\d\d[/-]")
_PRIVATE = (
    "exclusion of the press",
    "exclusion of press",
    "exclusion of the public",
    "part 2",
    "part ii",
)


def headings(lines: Sequence[Line], *, inline_only: bool = False) -> list[Heading]:
    """The headings of the items, by the kind of reference that makes the best series."""
    found = _candidates(lines, inline_only=inline_only)
    kinds: dict[str, list[Heading]] = {}
    for one in found:
        if one.ref:
            kinds.setdefault(one.ref.kind, []).append(one)
    codes = same_shape(kinds.get("code", []))
    series = [longest_series(kinds.get(kind, [])) for kind in ("number", "roman", "minute")]
    best = max((kinds.get("worded", []), codes, *series), key=weight)
    for kind in ("letter", "round"):
        other = longest_series(kinds.get(kind, []))
        if _outweighs(other, best) and not (inline_only and kind == "letter"):
            return other
    dotted = kinds.get("dotted", [])
    wholes = [one for one in dotted if one.ref and one.ref.ref.endswith(".0")]
    if len(wholes) >= _FEW:
        dotted = wholes  # "1.0, 2.0": what lies between them are their points
    rising = rising_part(dotted)
    if len(rising) >= _FEW and len(rising) > len(best) and _bears_year(rising):
        return rising
    if len(best) >= 2 and any(one.text is None or is_standard_title(one) for one in best):
        return with_skipped(best, lines)
    if len(dotted) >= _FEW and len(dotted) > len(best):
        return dotted
    rare = [longest_series(kinds.get(kind, [])) for kind in ("round", "letter")]
    for few in rare if len(best) < 2 and not inline_only else ():
        if len(few) >= 3 and any(is_standard_title(one) for one in few):
            return few
    return best if best and not inline_only and _alone_is_enough(best, lines) else []


def _outweighs(letters: Sequence[Heading], numbers: Sequence[Heading]) -> bool:
    """Items by letters or (1), with others inside them: these bear the titles agendas have."""
    known = sum(is_standard_title(one) for one in letters)
    return (
        len(letters) >= 4
        and letters[0].ref is not None
        and letters[0].ref.number == 1
        and known >= 2
        and known > sum(is_standard_title(one) for one in numbers)
    )


def _bears_year(series: Sequence[Heading]) -> bool:
    """Two digits or more stay the same: "3.1, 3.2" are points of item 3."""
    refs = [one.ref.ref.split(".") for one in series if one.ref]
    return any(len(set(parts)) == 1 and len(parts[0]) >= 2 for parts in zip(*refs, strict=True))


def _alone_is_enough(series: Sequence[Heading], lines: Sequence[Line]) -> bool:
    return bool(
        series[0].title
        and (
            is_standard(series[0].title.text)
            or (series[0].ref is not None and series[0].ref.kind == "code")
        )
    )


def _candidates(lines: Sequence[Line], *, inline_only: bool) -> list[Heading]:
    found: list[Heading] = []
    letters = series_letters(lines)
    at = 0
    while at < len(lines):
        heading = _heading_at(lines, at, letters, inline_only=inline_only)
        if heading:
            found.append(_doubted(heading, lines))
            at = max(heading.after, at + 1)
        else:
            at += 1
    return found


def _doubted(heading: Heading, lines: Sequence[Line]) -> Heading:
    """A point of a list ends as a sentence does, or stands under words with a colon."""
    line = lines[heading.at]
    opened = heading.at > 0 and not line.gap and lines[heading.at - 1].text[-1] in ":;"
    if opened or (line.text[-1] in ".;" and len(line.text.split()) > 2):
        return replace(heading, listed=True)
    return heading


def series_letters(lines: Sequence[Line]) -> frozenset[str]:
    """Letters that stand again and again at the front of a line with a number on the next one."""
    counts: Counter[str] = Counter()
    for line, following in pairwise(lines):
        letters = _letters_of(line)
        if letters and _numbered_only(following):
            counts[letters] += 1
    return frozenset(letters for letters, count in counts.items() if count > 1)


def _letters_of(line: Line) -> str:
    """Capitals alone on a line, or before a tab or a wide gap ("SMP   Title")."""
    match = _LETTERS.match(line.text)
    return match["letters"] if match else ""


def _numbered_only(line: Line) -> Ref | None:
    """A number, or numbers with a slash: the part of a reference that has no letters."""
    ref = read_ref(line)
    if ref is None or ref.kind not in ("number", "code") or not ref.ref[0].isdigit():
        return None
    return ref


def _heading_at(
    lines: Sequence[Line], at: int, letters: frozenset[str], *, inline_only: bool
) -> Heading | None:
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is not None:
        parted = _over_two_lines(lines, at, following, letters)
        if parted:
            return parted
    ref = read_ref(line)
    if ref is None:
        return None
    if ref.rest is not None:
        return _inline(ref, at, inline_only=inline_only)
    if inline_only:
        return None
    return _over_lines(lines, ref, at)


def _over_two_lines(
    lines: Sequence[Line], at: int, following: Line, letters: frozenset[str]
) -> Heading | None:
    """``SMP`` over ``12/08 Title``, ``SMP   Title`` over ``12/08``, or three lines."""
    line = lines[at]
    own = _letters_of(line)
    if not own:
        return None
    ref = _numbered_only(following)
    if ref is None or not (own in letters or ref.kind == "code"):
        return None
    name = f"{own} {ref.ref}"
    if own != line.text:
        if ref.rest is not None:
            return None
        return Heading(at, at + 2, as_code(ref, name), name, line.part(len(own)))
    if ref.rest is not None:
        if own not in letters or not is_title(ref.rest):
            return None
        return Heading(at, at + 2, as_code(ref, name), name, ref.rest)
    title = lines[at + 2] if at + 2 < len(lines) and is_title(lines[at + 2]) else None
    return Heading(at, at + 3 if title else at + 2, as_code(ref, name), name, title)


def _inline(ref: Ref, at: int, *, inline_only: bool) -> Heading | None:
    """The title, and maybe what it tells, stands behind the reference on its line."""
    rest = ref.rest
    if rest is None:
        return None
    cell, told = _before_tab(rest)
    if told is not None and ref.kind in _PARTED and is_title(cell) and _can_open(cell.text):
        return Heading(at, at + 1, ref, ref.ref, cell, told)
    text: Line | None = None
    parts = title_and_text(rest) if ref.kind in _PARTED and not inline_only else None
    if parts and (not is_title(rest) or is_standard(parts[0].text) or _is_capital(parts[0], rest)):
        rest, text = parts
    if not is_title(rest):
        return None
    if ref.kind == "roman" and ref.ref == "I" and not ref.at.text.endswith("."):
        marked = rest.start - ref.at.end > 1
        if not marked:
            return None
    if ref.kind == "number" and not _can_open(rest.text):
        return None
    if ref.kind == "number" and _is_date_or_count(ref, rest):
        return None
    return Heading(at, at + 1, ref, ref.ref, rest, text)


def _before_tab(rest: Line) -> tuple[Line, Line | None]:
    """``Police report<tab>It was read out.``: a cell for the title, and one for its text."""
    title, tab, told = rest.text.partition("\t")
    if not tab or not title.strip() or (len(told.split()) < 3 and told.strip()[-1:] != "."):
        return rest, None
    return rest.part(0, len(title)), rest.part(len(title) + 1)


def _is_capital(title: Line, whole: Line) -> bool:
    """A title that alone of its line is in capitals."""
    return title.text.isupper() and not whole.text.isupper()


def _can_open(title: str) -> bool:
    """A number before small letters counts something, unless every agenda has the title."""
    return title[0].isupper() or title[0] in "‘“'\"£[" or is_standard(title)


_COUNTED = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def _is_date_or_count(ref: Ref, rest: Line) -> bool:
    first = rest.text.split()[0].lower().strip(".,")
    return first in _COUNTED and not ref.at.text.endswith(".") and len(rest.text) < 40


def _belongs_above(lines: Sequence[Line], at: int) -> bool:
    """The title stands above its reference: blanks before the two and behind them, none between."""
    if not 0 < at < len(lines) - 1 or lines[at].gap:
        return False
    above = lines[at - 1]
    if not (above.gap and lines[at + 1].gap and is_title(above)):
        return False
    return read_ref(above) is None and read_label(above) is None and not is_furniture(above)


def _has_own(other: Ref | None) -> bool:
    """The line under a code on its own begins with a number: the code may be the page's."""
    return other is not None and other.rest is not None and other.kind in ("number", "roman")


def _bears_code(other: Ref | None) -> bool:
    """The line under a lone number has a reference of its own ("15/16 Title"): the number is the
    page's. A year ("2012/13 budget") is none."""
    if other is None or other.rest is None or other.kind != "code":
        return False
    return not _YEARS.match(other.ref)


def _over_lines(lines: Sequence[Line], ref: Ref, at: int) -> Heading | None:
    """The reference stands alone; the title follows, maybe after a stray code line."""
    if _belongs_above(lines, at):
        return Heading(at - 1, at + 1, ref, ref.ref, lines[at - 1])
    for step in (1, 2):
        if at + step >= len(lines):
            break
        line = lines[at + step]
        if is_furniture(line) or is_slot(line) or line.text.lower() in _COLUMN_NAMES:
            continue
        other = read_ref(line)
        if other is not None and other.rest is not None and other.kind == ref.kind:
            break
        if ref.kind == "code" and _has_own(other):
            break
        if ref.kind == "number" and _bears_code(other):
            break
        if (is_title(line) and read_label(line) is None) or is_standard(line.text):
            return Heading(at, at + step + 1, ref, ref.ref, line)
        break
    if ref.kind in ("worded", "code"):
        return Heading(at, at + 1, ref, ref.ref, None)
    return None


def segment(lines: Sequence[Line]) -> Draft:
    """Head, lists, items and what comes after them."""
    draft = Draft("word-text")
    marks = headings(lines)
    known = any(is_standard_title(mark) for mark in marks)
    if len(marks) < 2 or (not known and _has_known_titles(lines)):
        marks = _known_or(marks, unnumbered(lines))
    marks = _after_head(lines, marks)
    first = marks[0].at if marks else len(lines)
    begin = next((i for i in range(first) if opens_list(lines, i)), first)
    draft.head.extend(lines[:begin])
    if not status_cells(lines[begin:first], draft.rolls):
        lists = parted_at_labels(lines[begin:first])
        gather(lists, 0, len(lists), draft.rolls, draft.head)
    if not has_list_of_those_there(draft.rolls):
        draft.rolls += unlabelled_roll(draft.head)
    part = "public"
    present = any(roll.section == "present" for roll in draft.rolls)
    for number, mark in enumerate(marks):
        stop = marks[number + 1].at if number + 1 < len(marks) else len(lines)
        item = _item(mark, lines, part)
        if mark.ref is not None and not present and is_roll_title(mark):
            present = True
            _take_roll(draft, item, mark, lines, stop)
        else:
            own, begin = lines[mark.at : stop], mark.after - mark.at
            at = sub_capitals(item, own, begin)
            if at == begin and mark.text is None:
                at = wrapped_title(item, own, at)
            at = read_subs(item, own, at)
            part = _fill(draft, item, [*([mark.text] if mark.text else []), *own[at:]], part)
        draft.items.append(item)
        if item.title and item.title.text.lower().startswith(_PRIVATE):
            part = "confidential"
    return draft


def _item(mark: Heading, lines: Sequence[Line], part: str) -> DraftItem:
    title = clean(mark.title) if mark.title else None
    if title is not None and title.text.endswith((":", ".")) and title.text.count(".") < 3:
        title = title.part(0, len(title.text.rstrip(":. ")))
    ref_at = lines[mark.at].span if mark.ref is None else mark.ref.at.span
    return DraftItem(mark.name, ref_at if mark.name else None, title, part=part)


def is_roll_title(mark: Heading) -> bool:
    """A numbered "Present": an item whose text is the list of people."""
    label = read_label(mark.title) if mark.title else None
    return label is not None and label.rest is None and label.section == "present"


def _take_roll(
    draft: Draft, item: DraftItem, mark: Heading, lines: Sequence[Line], stop: int
) -> None:
    """The list under a numbered "Present" is read as any other; what is no list stays told."""
    label = mark.title
    if label is not None and mark.text is not None:
        # The label and its names as one line again, without the item's number.
        whole = lines[mark.at]
        label = whole.part(label.start - whole.start)
    people = [*([label] if label else []), *lines[mark.after : stop]]
    gather(people, 0, len(people), draft.rolls, item.told)


def _fill(draft: Draft, item: DraftItem, lines: Sequence[Line], part: str) -> str:
    """The item's lines; a "Decision" line opens the decision, a closing line ends the meeting."""
    place = item.told
    ended = False
    for line in lines:
        low = line.text.lower()
        if (
            low.strip(" :") in ("decision", "decisions", "resolution", "delegated decision")
            or low == "resolved:"
        ):
            place = item.decided
            draft.furniture.append(line)
        elif ended or is_closing(line):
            ended = True
            draft.tail.append(line)
        elif low in ("part 2", "confidential", "private session", "part ii"):
            part = "confidential"
            draft.furniture.append(line)
        elif low.startswith(
            ("next meeting:", "date of next meeting:", "next meeting -", "date of next meeting -")
        ):
            draft.tail.append(line)
        elif is_furniture(line) or is_slot(line):
            draft.furniture.append(line)
        else:
            if place is item.decided and place and not _still_decides(place[-1], line):
                place = item.told
            place.append(line)
    return part


def _still_decides(before: Line, line: Line) -> bool:
    """Under a "Decision" line stand its first sentence and what is listed with it."""
    if not before.text.endswith("."):
        return not line.gap or is_bullet(line) or line.text.lower().startswith(("that", "(", "and"))
    ref = read_ref(line)
    return (
        line.text.lower().startswith(("(", "that "))
        or is_bullet(line)
        or (ref is not None and ref.rest is not None)
    )


def _after_head(lines: Sequence[Line], marks: list[Heading]) -> list[Heading]:
    """A heading before the lists of people is a line of the head, not an item."""
    if not marks:
        return marks
    last_label = -1
    for i, line in enumerate(lines[:200]):
        label = read_label(line)
        if label and label.section in ("present", "officers") and not any(m.at == i for m in marks):
            last_label = i
            break
    numbered_marks = marks[0].ref is not None
    if numbered_marks:
        return [m for m in marks if m.at > last_label or is_standard_title(m)]
    return [m for m in marks if m.at > last_label]


def _has_known_titles(lines: Sequence[Line]) -> bool:
    """Lines by themselves that nearly every agenda has: without them no heading outweighs."""
    known = (line for line in lines if len(line.text) < _LONGEST_KNOWN and is_standard(line.text))
    return sum(1 for _ in islice(known, _FEW)) == _FEW


def _known_or(numbered: list[Heading], plain: list[Heading]) -> list[Heading]:
    """A list within an item, or one line with a code ("A12 Junction"), is no series beside several
    titles that are known."""
    known = sum(is_standard_title(mark) for mark in plain)
    return plain if not numbered or known > 2 else numbered


def is_standard_title(mark: Heading) -> bool:
    return mark.title is not None and is_standard(mark.title.text)
