"""The council agenda system that prints item, title and decision, then a preamble for each."""

from collections import Counter
from collections.abc import Sequence

from concerted.reading.attendance import gather
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts import rows, stripped
from concerted.reading.layouts.bare_lists import moment_at, read_form_head
from concerted.reading.layouts.form import COLUMNS, LABELS, PARTS, PREAMBLES
from concerted.reading.layouts.parted_refs import parted_ref, repeated_letters
from concerted.reading.lines import Line, is_furniture
from concerted.reading.refs import Ref, read_ref
from concerted.reading.titles import is_marker, read_subs, sub_capitals


def evidence(lines: Sequence[Line]) -> int:
    """How strongly the page looks like this system's: 0 is not at all."""
    low = [line.text.lower() for line in lines[:60]]
    score = 3 * (_columns_at(lines, len(low)) < len(low))
    score += 2 * ("attendance details" in low)
    score += sum(label in low for label in LABELS)
    score += any(text.startswith("please note: ") and "minutes" in text for text in low)
    if score >= 3:
        return score + min(_count_parted(lines), 3)
    parted = min(len(_item_starts(lines, 0)), 3) if score >= 2 else 0
    return score + parted + 3 * (has_preambles(lines) or _has_refs_under_bare_lists(lines))


def _has_refs_under_bare_lists(lines: Sequence[Line]) -> bool:
    """Day, people without a label, and at once references alone in their lines."""
    day = moment_at(lines)
    starts = _item_starts(lines, 0) if day is not None else []
    if day is None or len(starts) < 2 or not day < starts[0][0] < 60:
        return False
    first = starts[0][0]
    head = read_form_head(lines[:first], (*COLUMNS, *PARTS))
    return bool(head.lists) and head.stop == first and not any(one.label for one in head.lists)


def has_preambles(lines: Sequence[Line]) -> bool:
    """The same references again behind a line "Preamble": no other system prints its items so."""
    if not any(line.text.lower() in PREAMBLES for line in lines):
        return False
    lines = _with_refs_alone(lines)
    at = next(i for i, line in enumerate(lines) if line.text.lower() in PREAMBLES)
    before = {ref for _, after, ref in _item_starts(lines, 0) if after <= at}
    return any(ref in before for begin, _, ref in _item_starts(lines, 0) if begin > at)


def _count_parted(lines: Sequence[Line]) -> int:
    repeated = repeated_letters(lines)
    return sum(parted_ref(lines, at, repeated) is not None for at in range(len(lines)))


def _item_starts(lines: Sequence[Line], begin: int) -> list[tuple[int, int, str]]:
    """(first line, line after the reference, reference) of every item."""
    starts: list[tuple[int, int, str]] = []
    at = begin
    repeated = repeated_letters(lines)
    while at < len(lines):
        parted = parted_ref(lines, at, repeated)
        if parted and not _titles_the_number_above(lines, at, starts, repeated):
            starts.append((at, parted[0], parted[1]))
            at = parted[0]
            continue
        ref = read_ref(lines[at])
        if ref and ref.rest is None and ref.kind == "code":
            starts.append((at, at + 1, ref.ref))
        at += 1
    return starts


def _with_refs_alone(lines: Sequence[Line]) -> list[Line]:
    """``SMP/71/13 CRIME FIGURES`` as two lines, and the same reference again in the preamble."""
    if repeated_letters(lines):
        return list(lines)
    refs = [_slashed_ref(line) for line in lines]
    shapes = Counter(ref.shape for ref in refs if ref is not None)
    made: list[Line] = []
    seen: set[str] = set()
    for line, ref in zip(lines, refs, strict=True):
        if ref is None or ref.rest is None or shapes[ref.shape] < 2:
            made.append(line)
        elif ref.rest.text.isupper() or ref.ref in seen:
            seen.add(ref.ref)
            made += [line.part(0, ref.at.end - line.start), ref.rest]
        else:
            made.append(line)
    return made


def _slashed_ref(line: Line) -> Ref | None:
    ref = read_ref(line)
    return ref if ref is not None and ref.kind == "code" and "/" in ref.ref else None


def _numbers_over_titles(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """Plain numbers alone in their lines over titles in capitals, and again in the preamble."""
    starts: list[tuple[int, int, str]] = []
    known: set[str] = set()
    for at, line in enumerate(lines[:-1]):
        ref = read_ref(line) if len(line.text) < 8 else None
        if ref is None or ref.kind != "number" or ref.rest is not None:
            continue
        if ref.ref in known or lines[at + 1].text.isupper():
            known.add(ref.ref)
            starts.append((at, at + 1, ref.ref))
    return starts if len(known) > 1 else []


def _titles_the_number_above(
    lines: Sequence[Line],
    at: int,
    starts: Sequence[tuple[int, int, str]],
    repeated: frozenset[str],
) -> bool:
    """``13/09`` / ``CCTV`` / ``14/09``: letters between two numbers are the title of the first."""
    if not starts or lines[at].text in repeated:
        return False
    return starts[-1][1] == at and starts[-1][2][0].isdigit()


def segment(lines: Sequence[Line]) -> Draft:
    """The form's head, lists, items and preambles."""
    if not _count_parted(lines) and rows.pipe_evidence(lines):
        return _table(lines)
    draft = Draft("egenda")
    lines = _with_refs_alone(lines)
    starts = _item_starts(lines, 0) or _numbers_over_titles(lines)
    if not starts:
        # The items have lost their references, and maybe their titles.
        draft = stripped.segment(lines)
        draft.family = "egenda"
        return draft
    first = _columns_at(lines, starts[0][0])
    _head_and_lists(draft, lines, first)
    preamble = next(
        (i for i, line in enumerate(lines) if i >= first and line.text.lower() in PREAMBLES),
        len(lines),
    )
    by_ref: dict[str, DraftItem] = {}
    part = _part_before(lines, first, starts[0][0] if starts else first, "public")
    for number, (at, after, ref) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        if at < preamble:
            body, part_next = _without_part(draft, lines[after : min(stop, preamble)], part)
            item = _decided_item(ref, lines[at:after], body, part)
            part = part_next
            if ref in by_ref and not item.title:
                by_ref[ref].told += item.decided
                continue
            by_ref.setdefault(ref, item)
            draft.items.append(item)
        else:
            _add_preamble(draft, by_ref, ref, lines[at:after], lines[after:stop], part)
    draft.furniture += lines[first : starts[0][0] if starts else first]
    if preamble < len(lines):
        draft.furniture += lines[preamble : preamble + 1]
    return draft


def _columns_at(lines: Sequence[Line], stop: int) -> int:
    """Where the names of the columns stand, in one line or in one each; else ``stop``."""
    for at, line in enumerate(lines[:stop]):
        low = line.text.lower()
        below = lines[at + 1].text.lower() if at + 1 < stop else ""
        if low in COLUMNS or (low == "item" and below in ("description", "decision")):
            return at
    return stop


def _head_and_lists(draft: Draft, lines: Sequence[Line], first: int) -> None:
    """The lists by their labels; where the form has lost them, by their look and order."""
    begin = _attendance_begins(lines, first)
    labelled = Draft("egenda")
    labelled.head.extend(lines[:begin])
    gather(lines, begin, first, labelled.rolls, labelled.head)
    if not labelled.rolls:
        head = read_form_head(lines[:first], (*COLUMNS, *PARTS))
        head.lines += lines[head.stop : first]
        stripped.take_form_head(draft, head, lines[first:])
        return
    draft.head, draft.rolls = labelled.head, labelled.rolls


def _table(lines: Sequence[Line]) -> Draft:
    """The items stand as rows "REF | narrative |" under the form's head."""
    first = _table_begins(lines)
    draft = rows.segment_pipes(lines[first:])
    draft.family = "egenda-table"
    begin = _attendance_begins(lines, first)
    draft.head = [*lines[:begin], *draft.head]
    gather(lines, begin, first, draft.rolls, draft.head)
    return draft


def _table_begins(lines: Sequence[Line]) -> int:
    """The first row of the table; a lone row in the head is the site's menu."""
    piped = [i for i, line in enumerate(lines) if "|" in line.text]
    rows_at = set(piped)
    return next((i for i in piped if i + 1 in rows_at or read_ref(lines[i])), piped[0])


def _attendance_begins(lines: Sequence[Line], first: int) -> int:
    for i, line in enumerate(lines[:first]):
        low = line.text.lower()
        if (
            low == "attendance details"
            or low.startswith(("present:", "present :"))
            or low == "present"
        ):
            return i
    return first


def _part_before(lines: Sequence[Line], begin: int, stop: int, part: str) -> str:
    for line in lines[begin:stop]:
        part = PARTS.get(line.text.lower().strip(":"), part)
    return part


def _without_part(draft: Draft, body: Sequence[Line], part: str) -> tuple[list[Line], str]:
    kept: list[Line] = []
    for line in body:
        named = PARTS.get(line.text.lower().strip(":"))
        if named:
            part = named
            draft.furniture.append(line)
        elif is_furniture(line):
            draft.furniture.append(line)
        else:
            kept.append(line)
    return kept, part


def _decided_item(ref: str, ref_lines: Sequence[Line], body: list[Line], part: str) -> DraftItem:
    item = DraftItem(ref, ref_lines[0].span, part=part)
    at = 0
    if body and not is_marker(body[0]):
        item.title = body[0]
        at = sub_capitals(item, body, 1)
        at = read_subs(item, body, at)
    item.decided = body[at:]
    return item


def _add_preamble(
    draft: Draft,
    by_ref: dict[str, DraftItem],
    ref: str,
    ref_lines: Sequence[Line],
    body: Sequence[Line],
    part: str,
) -> None:
    draft.furniture += ref_lines
    item = by_ref.get(ref)
    if item is None:
        item = DraftItem(ref, ref_lines[0].span, part=part)
        by_ref[ref] = item
        draft.items.append(item)
    for line in body:
        (draft.furniture if is_furniture(line) else item.told).append(line)
