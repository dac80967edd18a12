"""Minutes as a plain text: attendance lists, then headings with or without numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.attendance import gather, status_cells, unlabelled_roll
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.lines import Line, is_bullet, is_furniture, is_slot, without_bullet
from concerted.reading.people import looks_like_people
from concerted.reading.refs import Ref, is_prefix, read_ref
from concerted.reading.roll_labels import read_label
from concerted.reading.titles import clean, is_heading, is_marker, is_title, read_subs, sub_capitals
from concerted.reading.vocabulary import is_standard

_PRIVATE = (
    "exclusion of the press",
    "exclusion of press",
    "exclusion of the public",
    "part 2",
    "part ii",
)
_CLOSED = (
    "the meeting closed",
    "meeting closed",
    "the meeting concluded",
    "the meeting ended",
    "there being no",
    "the meeting finished",
    "meeting ended",
    "meeting concluded",
    "the chair closed the meeting",
    "the chairman closed the meeting",
    "signed",
    "chairman ....",
    "chair ....",
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where an item begins: its lines run from ``at``; its text from ``after``."""

    at: int
    after: int
    ref: Ref | None
    name: str | None
    title: Line | None


def headings(lines: Sequence[Line], *, inline_only: bool = False) -> list[Heading]:
    """The headings of the items, by the kind of reference that makes the best series."""
    found = _candidates(lines, inline_only=inline_only)
    codes = _same_shape([h for h in found if h.ref and h.ref.kind == "code"])
    worded = [h for h in found if h.ref and h.ref.kind == "worded"]
    numbers = _longest_series([h for h in found if h.ref and h.ref.kind == "number"])
    romans = _longest_series([h for h in found if h.ref and h.ref.kind == "roman"])
    dotted = [h for h in found if h.ref and h.ref.kind == "dotted"]
    best = max((worded, codes, numbers, romans), key=lambda series: _weight(series))
    if len(best) >= 2:
        return best
    if len(dotted) >= 3 and len(dotted) > len(best):
        return dotted
    return best if best and not inline_only and _alone_is_enough(best, lines) else []


def _weight(series: Sequence[Heading]) -> float:
    if not series:
        return 0
    kind = series[0].ref.kind if series[0].ref else ""
    return len(series) * {"worded": 1.5, "code": 2.0, "number": 1.0, "roman": 0.9}.get(kind, 1.0)


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
    at = 0
    while at < len(lines):
        heading = _heading_at(lines, at, inline_only=inline_only)
        if heading:
            found.append(heading)
            at = max(heading.after, at + 1)
        else:
            at += 1
    return found


def _heading_at(lines: Sequence[Line], at: int, *, inline_only: bool) -> Heading | None:
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is not None and is_prefix(line, following):
        title = lines[at + 2] if at + 2 < len(lines) and is_title(lines[at + 2]) else None
        ref = read_ref(following)
        return Heading(
            at,
            at + 3 if title else at + 2,
            ref and _as_code(ref),
            f"{line.text} {following.text}",
            title,
        )
    prefixed = _prefixed(line, following)
    if prefixed:
        return Heading(at, at + 2, *prefixed)
    ref = read_ref(line)
    if ref is None:
        return None
    if ref.rest is not None:
        return _inline(ref, at)
    if inline_only:
        return None
    return _over_lines(lines, ref, at)


def _as_code(ref: Ref) -> Ref:
    return Ref("code", ref.ref, ref.at, ref.rest)


def _prefixed(line: Line, following: Line | None) -> tuple[Ref, str, Line] | None:
    """``SMP   Title`` with ``12/08`` on the line after."""
    if following is None:
        return None
    prefix, _, rest = line.text.partition(" ")
    prefix = prefix.split("\t")[0]
    if not (2 <= len(prefix) <= 6 and prefix.isupper() and prefix.isalpha()) or not rest.strip():
        return None
    gap = line.text[len(prefix) :]
    if len(gap) - len(gap.lstrip()) < 2 and "\t" not in gap[:2]:
        return None
    ref = read_ref(following)
    if ref is None or ref.kind != "code" or ref.rest is not None or not ref.ref[0].isdigit():
        return None
    return _as_code(ref), f"{prefix} {ref.ref}", line.part(len(prefix))


def _inline(ref: Ref, at: int) -> Heading | None:
    rest = ref.rest
    if rest is None or not is_title(rest):
        return None
    if ref.kind == "roman" and ref.ref == "I" and not ref.at.text.endswith("."):
        marked = rest.start - ref.at.end > 1
        if not marked:
            return None
    if ref.kind == "number" and not rest.text[0].isupper() and rest.text[0] not in "‘“'\"":
        return None
    if ref.kind == "number" and _is_date_or_count(ref, rest):
        return None
    return Heading(at, at + 1, ref, ref.ref, rest)


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


def _over_lines(lines: Sequence[Line], ref: Ref, at: int) -> Heading | None:
    """The reference stands alone; the title follows, maybe after a stray code line."""
    for step in (1, 2):
        if at + step >= len(lines):
            break
        line = lines[at + step]
        if is_furniture(line) or is_slot(line):
            continue
        other = read_ref(line)
        if other is not None and other.rest is not None and other.kind == ref.kind:
            break
        if (is_title(line) and read_label(line) is None) or is_standard(line.text):
            return Heading(at, at + step + 1, ref, ref.ref, line)
        break
    if ref.kind in ("worded", "code"):
        return Heading(at, at + 1, ref, ref.ref, None)
    return None


def _same_shape(found: list[Heading]) -> list[Heading]:
    """The series of codes that has most members."""
    by_shape: dict[str, list[Heading]] = {}
    for one in found:
        if one.ref:
            shape = "".join(c for c in one.ref.shape if not c.isspace())
            by_shape.setdefault(shape, []).append(one)
    return max(by_shape.values(), key=len, default=[])


def _longest_series(found: list[Heading]) -> list[Heading]:
    """The longest run of rising numbers; a number may be skipped, and 1 may be repeated."""
    best: list[tuple[float, int]] = []
    last_with: dict[int, int] = {}
    for i, one in enumerate(found):
        number = one.ref.number if one.ref else 0
        gain = 1.5 if one.title is not None and is_standard(one.title.text) else 1.0
        choice = (gain - (0.4 if number > 1 else 0.0), -1)
        for back, cost in ((1, 0.0), (2, 0.3), (3, 0.6), (0, 0.2)):
            j = last_with.get(number - back)
            if j is None or (back == 0 and not _may_repeat(one, found[j])):
                continue
            choice = max(choice, (best[j][0] + gain - cost, j))
        best.append(choice)
        if number not in last_with or best[last_with[number]][0] <= choice[0]:
            last_with[number] = i
    if not best:
        return []
    at = max(range(len(best)), key=lambda i: best[i][0])
    series: list[Heading] = []
    while at >= 0:
        series.append(found[at])
        at = best[at][1]
    return series[::-1]


def _may_repeat(one: Heading, other: Heading) -> bool:
    """ "4a" after "4", or a list whose numbering was lost to "1."."""
    if one.ref is None or other.ref is None:
        return False
    return one.ref.ref != other.ref.ref or one.ref.number == 1


def segment(lines: Sequence[Line]) -> Draft:
    """Head, lists, items and what comes after them."""
    draft = Draft("word-text")
    marks = headings(lines)
    if not marks:
        marks = _unnumbered(lines)
    marks = _after_head(lines, marks)
    first = marks[0].at if marks else len(lines)
    begin = next((i for i in range(first) if read_label(lines[i])), first)
    draft.head.extend(lines[:begin])
    if not status_cells(lines[begin:first], draft.rolls):
        gather(lines, begin, first, draft.rolls, draft.head)
    if not any(roll.section == "present" for roll in draft.rolls):
        draft.rolls += unlabelled_roll(draft.head)
    part = "public"
    for number, mark in enumerate(marks):
        stop = marks[number + 1].at if number + 1 < len(marks) else len(lines)
        item = _item(mark, lines, part)
        at = mark.after
        at = sub_capitals(item, lines[:stop], at)
        at = read_subs(item, lines[:stop], at)
        part = _fill(draft, item, lines, at, stop, part)
        draft.items.append(item)
        if item.title and item.title.text.lower().startswith(_PRIVATE):
            part = "confidential"
    return draft


def _item(mark: Heading, lines: Sequence[Line], part: str) -> DraftItem:
    title = clean(mark.title) if mark.title else None
    if title is not None and title.text.endswith((":", ".")):
        title = title.part(0, len(title.text.rstrip(":. ")))
    ref_at = lines[mark.at].span if mark.ref is None else mark.ref.at.span
    return DraftItem(mark.name, ref_at if mark.name else None, title, part=part)


def _fill(
    draft: Draft, item: DraftItem, lines: Sequence[Line], at: int, stop: int, part: str
) -> str:
    """The item's lines; a "Decision" line opens the decision, a closing line ends the meeting."""
    place = item.told
    ended = False
    for line in lines[at:stop]:
        low = line.text.lower()
        if (
            low.strip(" :") in ("decision", "decisions", "resolution", "delegated decision")
            or low == "resolved:"
        ):
            place = item.decided
            draft.furniture.append(line)
        elif ended or low.startswith(_CLOSED):
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
        return [m for m in marks if m.at > last_label or _is_roll_title(m)]
    return [m for m in marks if m.at > last_label]


def _is_roll_title(mark: Heading) -> bool:
    return mark.title is not None and is_standard(mark.title.text)


def _unnumbered(lines: Sequence[Line]) -> list[Heading]:
    found: list[Heading] = []
    begun = False
    for at, line in enumerate(lines):
        label = read_label(line)
        if label and label.section != "in_attendance":
            begun = True
            continue
        following = lines[at + 1] if at + 1 < len(lines) else None
        if (
            not begun
            or label
            or (looks_like_people(without_bullet(line).text[:120]) and not is_standard(line.text))
        ):
            continue
        if is_heading(line, following) and not is_marker(line):
            low = line.text.lower()
            if low.startswith(("date of next meeting:", "next meeting:")) and len(line.text) > 24:
                continue
            ref = read_ref(line)
            if ref and ref.rest and ref.kind in ("number", "code", "worded"):
                found.append(Heading(at, at + 1, ref, ref.ref, ref.rest))
            else:
                found.append(Heading(at, at + 1, None, None, line))
    return found
