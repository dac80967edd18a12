"""Tables that were turned to text as rows of pipes."""

import re
from collections.abc import Sequence

from concerted.reading.attendance import gather
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts.cell_paragraphs import cell_paragraphs, roll_parts
from concerted.reading.layouts.log_tables import Columns, log_columns
from concerted.reading.lines import Line, is_furniture, squeeze
from concerted.reading.navigation import is_navigation
from concerted.reading.refs import read_ref
from concerted.reading.roll_labels import read_label
from concerted.reading.run_titles import begins_with_title, title_end
from concerted.reading.title_text import is_sentence
from concerted.reading.titles import clean, is_closing, is_part_heading, is_title, title_and_purpose
from concerted.reading.vocabulary import listed

HEADER_WORDS = listed(
    """item issue items action actions doi interest owner by whom deadline date due lead preamble
    minute minutes discussion ref no no. agenda description decision declaration who when point
    points responsible status agreed comments notes name agency organisation representing
    attendee title key item/issue item/action update updates by subject outcome outcomes timescale
    timescales target required lead/owner progress"""
)
_SWITCH = re.compile(r"[ ]{0,3}\b(?P<word>Minutes|Decision):[ ]{0,3}")
_ITEM_COLUMNS = frozenset({"item", "no", "no.", "ref", "minute", "issue", "number"})
_LABEL_ROW = re.compile(r"[| ]{0,4}(?:venue|contact|date|time|place|tel)\b[^|:]{0,20}:", re.I)
_PART_LETTER = re.compile(r"[ ]\((?P<letter>[A-Ja-j])\)[ ]{1,3}(?=\S)")
_RULE = re.compile(r"[|\s:+-]+$")


def pipe_evidence(lines: Sequence[Line]) -> int:
    """How many lines are rows of a pipe table."""
    return sum(
        line.text.startswith("|") or line.text.endswith("|") or " | " in line.text for line in lines
    )


def cells(line: Line, mark: str = "|") -> list[Line]:
    """The cells of a row as lines of their own; empty ones keep their place with no text."""
    made: list[Line] = []
    at = 0
    text = line.text
    for piece in text.split(mark):
        made.append(line.part(at, at + len(piece)))
        at += len(piece) + len(mark)
    if mark == "|":
        if text.startswith("|"):
            made = made[1:]
        if text.endswith("|") and made:
            made = made[:-1]
    return made


def item_table(lines: Sequence[Line]) -> int | None:
    """The index of the header of a pipe table of items, below a head that is no table."""
    for at, line in enumerate(lines[:400]):
        if not _is_row(line):
            continue
        full = [cell for cell in cells(line) if cell.text]
        words = {word for cell in full for word in cell.text.lower().replace("/", " ").split()}
        if len(full) > 1 and _is_header(full) and words & _ITEM_COLUMNS:
            below = [cells(one)[:1] for one in lines[at + 1 : at + 40] if _is_row(one)]
            refs = [cell for row in below for cell in row if cell.text and read_ref(cell)]
            return at if len(refs) > 1 else None
    return None


def take_head(draft: Draft, lines: Sequence[Line]) -> None:
    """The head above a table, with its lists of people."""
    begin = next((i for i, line in enumerate(lines) if read_label(line)), len(lines))
    rest: list[Line] = []
    gather(lines, begin, len(lines), draft.rolls, rest)
    draft.head = [*lines[:begin], *rest, *draft.head]


def _is_row(line: Line) -> bool:
    return "|" in line.text


def segment_pipes(lines: Sequence[Line]) -> Draft:
    """Rows of a pipe table: a reference or a title opens an item, other cells tell it."""
    draft = Draft("moderngov-table")
    in_table = False
    columns: Columns | None = None
    action_at: int | None = None
    for line in lines:
        if not _is_row(line) or (not draft.items and is_navigation(line.text)):
            columns = None
            _outside(draft, line, in_table=in_table)
            continue
        if not draft.items and _LABEL_ROW.match(line.text):
            # "Venue: X | Contact: Y" above the table: each is a line of the head.
            draft.head += [cell for cell in cells(line) if cell.text]
            continue
        in_table = True
        every = cells(line)
        named = log_columns([cell.text for cell in every]) if len(line.text) < 120 else None
        row = columns.row(every) if columns and not named else None
        columns = named or (columns if row else None)
        if row and row[1].text:
            draft.log.append(row)
            continue
        full = [cell for cell in every if cell.text.strip()]
        if not full or _RULE.match(line.text) or _is_header(full) or _is_part(full):
            draft.furniture.append(line)
            action_at = _action_column(line) or action_at
            continue
        if _is_close(draft, full):
            draft.tail += full
            continue
        tasks = cells(line)[action_at:] if action_at else []
        kept = [cell for cell in full if not tasks or cell.start < tasks[0].start]
        _row(draft, kept or full)
        if kept and draft.items:
            draft.items[-1].tasks += [cell for cell in tasks if cell.text]
    if draft.items and all(i.ref and "/" in i.ref and i.title is None for i in draft.items):
        draft.family = "egenda-table"
    return draft


def _action_column(header: Line) -> int | None:
    """The place of the column of actions; what stands from there on is who, what and when."""
    names = [cell.text.lower() for cell in cells(header)]
    return next((at for at, name in enumerate(names) if at and name.startswith("action")), None)


def _outside(draft: Draft, line: Line, *, in_table: bool) -> None:
    if is_furniture(line):
        draft.furniture.append(line)
    elif in_table and draft.items:
        draft.items[-1].told.append(line)
    else:
        draft.head.append(line)


def _is_header(full: Sequence[Line]) -> bool:
    words = [w for cell in full for w in cell.text.lower().replace("/", " ").split()]
    return len(words) <= 8 and all(w.strip(":.") in HEADER_WORDS for w in words)


def _is_close(draft: Draft, full: Sequence[Line]) -> bool:
    """Under the items a row without a number that tells when the meeting ended."""
    return bool(draft.items) and len(full) == 1 and is_closing(full[0])


def _is_part(full: Sequence[Line]) -> bool:
    """ "Part 1 - open to the public" alone in its row."""
    return len(full) == 1 and is_part_heading(full[0])


def _is_roll_row(draft: Draft, full: Sequence[Line]) -> bool:
    """Before the numbered rows one that lists those present, behind its label."""
    label = read_label(full[0]) if len(full) == 1 and not any(i.ref for i in draft.items) else None
    return label is not None and label.section == "present" and label.rest is not None


def _row(draft: Draft, full: list[Line]) -> None:
    if _is_roll_row(draft, full):
        parts = roll_parts(full[0])
        gather(parts, 0, len(parts), draft.rolls, draft.head)
        return
    first = full[0]
    ref = read_ref(first)
    item = DraftItem()
    rest = full
    if ref and ref.rest is None:
        item.ref, item.ref_at, rest = ref.ref, first.span, full[1:]
    elif ref and ref.rest is not None and ref.kind in ("number", "code"):
        item.ref, item.ref_at, rest = ref.ref, ref.at.span, [ref.rest, *full[1:]]
    told: list[Line] = []
    for number, cell in enumerate(rest):
        _cell(item, cell, told, first=number == 0, alone=len(rest) == 1)
    item.told += told
    if item.ref is None and item.title is not None and _is_numbered(draft.items):
        # Where every item has its number, a row without one belongs to the item above it.
        draft.items[-1].told += sorted(
            [item.title, *item.purpose, *item.decided, *item.told], key=_place
        )
        return
    if item.title is None and item.ref is None:
        if draft.items and not item.decided:
            draft.items[-1].told += item.told
            return
        if not item.told and not item.decided:
            return
    draft.items.append(item)


def _is_numbered(items: Sequence[DraftItem]) -> bool:
    return len(items) > 2 and all(item.ref for item in items)


def _place(line: Line) -> int:
    return line.start


def _cell(item: DraftItem, cell: Line, told: list[Line], *, first: bool, alone: bool) -> None:
    """``Title Minutes: text`` in one cell, a title alone, or text."""
    at, place = 0, "title"
    for match in _SWITCH.finditer(cell.text):
        _put(item, cell.part(at, match.start()), place, told)
        place = "decided" if match["word"] == "Decision" else "told"
        at = match.end()
    rest = cell.part(at)
    if place == "title" and first and item.ref is not None and _runs_on(rest):
        title = rest.part(0, title_end(rest.text, 0, len(rest.text)))
        if title.text != rest.text and is_title(title):
            _put(item, title, place, told)
            place, rest = "told", rest.part(len(title.text))
    if place == "title":
        place = (
            "title"
            if first and (item.title is None) and is_title(title_and_purpose(rest)[0])
            else "told"
        )
    _put(item, rest, place, told)


def _runs_on(cell: Line) -> bool:
    """A cell that holds a title and then sentences."""
    return not is_title(cell) and begins_with_title(cell.text)


def _without_parts(item: DraftItem, title: Line) -> Line:
    """``Matters arising (a) Lamps (b) Bins``: the lettered parts stand under the title."""
    found = list(_PART_LETTER.finditer(title.text[:400]))
    letters = "".join(match["letter"].lower() for match in found)
    if len(found) < 2 or not "abcdefghij".startswith(letters) or not found[0].start():
        return title
    ends = [match.start() for match in found[1:]] + [len(title.text)]
    for match, end in zip(found, ends, strict=True):
        part = title.part(match.start(), end)
        item.subs.append((match["letter"], squeeze(title.text[match.end() : end])))
        item.sub_lines.append(part)
    return title.part(0, found[0].start())


def _put(item: DraftItem, line: Line, place: str, told: list[Line]) -> None:
    if not line.text.strip():
        return
    if place == "title" and item.title is None:
        title, purpose = title_and_purpose(line)
        if purpose is None and is_sentence(title.text) and begins_with_title(title.text):
            end = title_end(title.text, 0, len(title.text))
            title, purpose = title.part(0, end), title.part(end)
        item.title = _without_parts(item, clean(title))
        item.purpose += [purpose] if purpose else []
    elif place == "decided":
        item.decided += cell_paragraphs(line)
    else:
        told += cell_paragraphs(line)
