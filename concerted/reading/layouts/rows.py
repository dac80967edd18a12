"""Tables that were turned to text: pipe rows, and cells joined by " / "."""

import re
from collections.abc import Sequence

from concerted.reading.attendance import Roll, gather
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts import numbered
from concerted.reading.lines import Line, is_furniture
from concerted.reading.refs import read_ref
from concerted.reading.roll_labels import read_label
from concerted.reading.run_titles import begins_with_title, title_end
from concerted.reading.titles import clean, is_title, title_and_purpose
from concerted.reading.vocabulary import listed

_HEADER_WORDS = listed(
    """item issue items action actions doi interest owner by whom deadline date due lead minute
    minutes discussion ref no no. agenda description decision declaration who when point
    points responsible status agreed comments notes name agency organisation representing
    attendee title key item/issue item/action"""
)
_SWITCH = re.compile(r"[ ]{0,3}\b(?P<word>Minutes|Decision):[ ]{0,3}")
_ITEM_COLUMNS = frozenset({"item", "no", "no.", "ref", "minute", "issue", "number"})
_LABEL_ROW = re.compile(r"[| ]{0,4}(?:venue|contact|date|time|place|tel)\b[^|:]{0,20}:", re.I)
_RULE = re.compile(r"[|\s:+-]+$")
_VOID = frozenset({"no", "yes", "none", "n/a", "nil", "-", ""})


_WHO = ("action by", "owner", "who", "by whom", "lead", "responsible", "responsibility", "name")
_WHAT = ("action", "actions", "what", "task", "action required", "agreed action", "action point")
_WHEN = ("deadline", "date", "due", "by when", "when", "due date", "timescale", "target date")
_LOG_TITLES = ("action log", "actions", "action list", "summary of actions", "action points")
# Who is to do it, what, and by when.
_Task = tuple[Line, Line, Line | None]


def pipe_evidence(lines: Sequence[Line]) -> int:
    """How many lines are rows of a pipe table."""
    return sum(
        line.text.startswith("|") or line.text.endswith("|") or " | " in line.text for line in lines
    )


def slash_header(lines: Sequence[Line]) -> int | None:
    """The index of the header row of a table whose cells are joined by " / "."""
    for at, line in enumerate(lines[:400]):
        if " / " not in line.text or len(line.text) > 120:
            continue
        cells = [c.strip().lower() for c in line.text.split(" / ")]
        words = [w for cell in cells for w in re.split(r"[ /]+", cell) if w]
        if words and all(w.strip(":.") in _HEADER_WORDS for w in words):
            return at
    return None


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
    action_at: int | None = None
    for line in lines:
        if not _is_row(line):
            _outside(draft, line, in_table=in_table)
            continue
        if not draft.items and _LABEL_ROW.match(line.text):
            # "Venue: X | Contact: Y" above the table: each is a line of the head.
            draft.head += [cell for cell in cells(line) if cell.text]
            continue
        in_table = True
        full = [cell for cell in cells(line) if cell.text.strip()]
        if not full or _RULE.match(line.text) or _is_header(full):
            draft.furniture.append(line)
            action_at = _action_column(line) or action_at
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
    return len(words) <= 8 and all(w.strip(":.") in _HEADER_WORDS for w in words)


def _row(draft: Draft, full: list[Line]) -> None:
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
    if item.title is None and item.ref is None:
        if draft.items and not item.decided:
            draft.items[-1].told += item.told
            return
        if not item.told and not item.decided:
            return
    draft.items.append(item)


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


def _put(item: DraftItem, line: Line, place: str, told: list[Line]) -> None:
    if not line.text.strip():
        return
    if place == "title" and item.title is None:
        title, purpose = title_and_purpose(line)
        item.title = clean(title)
        item.purpose += [purpose] if purpose else []
    elif place == "decided":
        item.decided.append(line)
    else:
        told.append(line)


def segment_slashes(lines: Sequence[Line], header: int) -> Draft:
    """A table "item / text / action": items by their numbers, the last column is the action's."""
    log_at = _log_header(lines)
    if log_at is not None:
        kept, log = _without_log(lines, log_at)
        found = slash_header(kept)
        draft = segment_slashes(kept, found) if found is not None else numbered.segment(kept)
        draft.family = "word-table"
        draft.furniture += [
            line for line in lines[max(0, log_at - 1) : log_at + 1] if line not in kept
        ]
        draft.log = [*draft.log, *log]
        return draft
    names = _names(lines[header])
    rows: list[Line] = []
    for line in lines:
        rows.extend(_split_row(line, names) if line.start > lines[header].start else [line])
    rows = [line for line in rows if line.start != lines[header].start]
    draft = numbered.segment(rows)
    draft.family = "word-table"
    draft.furniture.append(lines[header])
    action_at = next((i for i, name in enumerate(names) if "action" in name and i), len(names) - 1)
    for item in draft.items:
        _columns(draft, item, action_at, len(names))
    return draft


def _log_header(lines: Sequence[Line]) -> int | None:
    """The index of the header row of an action log: who, what, by when, in any order."""
    for at, line in enumerate(lines):
        if len(line.text) < 80 and " / " in line.text:
            names = _names(line)
            if _column(names, _WHO) is not None and _column(names, _WHAT) is not None:
                return at
    return None


def _names(header: Line) -> list[str]:
    return [cell.text.lower().strip(" :.") for cell in cells(header, " / ")]


def _column(names: Sequence[str], words: Sequence[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in words), None)


def _without_log(lines: Sequence[Line], header: int) -> tuple[list[Line], list[_Task]]:
    """The lines without the table "who / what / by when", and its rows."""
    names = _names(lines[header])
    who, what, when = (_column(names, words) for words in (_WHO, _WHAT, _WHEN))
    stop = header + 1
    log: list[_Task] = []
    while stop < len(lines) and " / " in lines[stop].text and who is not None and what is not None:
        row = cells(lines[stop], " / ")
        if max(who, what) < len(row):
            due = row[when] if when is not None and when < len(row) else None
            log.append((row[who], row[what], due))
        stop += 1
    begin = header
    if begin and lines[begin - 1].text.lower().strip(" :.") in _LOG_TITLES:
        begin -= 1
    return [*lines[:begin], *lines[stop:]], log


def _split_row(line: Line, names: list[str]) -> list[Line]:
    """``1 / Welcome / text / AB``: the reference and the title get lines of their own."""
    parts = cells(line, " / ")
    ref = read_ref(parts[0])
    if len(parts) < 2 or ref is None or ref.kind == "roman":
        return [line]
    if ref.rest is None:
        if not any(part.text for part in parts[2:]):
            return [line.part(0, parts[1].end - line.start)]
        if is_title(parts[1]) and len(parts) > 2:
            head = line.part(0, parts[1].end - line.start)
            joined = line.part(parts[0].end - line.start).part(0)
            return (
                [_join(parts[0], parts[1], line), line.part(parts[2].start - line.start)]
                if joined and head
                else [line]
            )
        return [line]
    if is_title(parts[0]):
        return [parts[0], line.part(parts[1].start - line.start)]
    return [line]


def _join(ref: Line, title: Line, row: Line) -> Line:
    """A reference cell and a title cell as one line "1 Title" at the reference's place."""
    text = row.text[ref.start - row.start : title.end - row.start].replace("/", " ", 1)
    return Line(ref.start, title.end, text, row.gap)


def _columns(draft: Draft, item: DraftItem, action_at: int, count: int) -> None:
    told: list[Line] = []
    for line in item.told:
        parts = cells(line, " / ")
        if len(parts) < 2 or len(parts) > count + 1:
            told.append(line)
            continue
        for number, part in enumerate(parts):
            low = part.text.strip().lower().strip(".")
            if not low:
                continue
            last = number == len(parts) - 1 and number >= 1
            if number and low in _VOID:
                draft.furniture.append(part)
            elif last and (number >= action_at or len(part.text) < 120):
                (item.decided if _decides(low) else item.tasks).append(part)
            else:
                told.append(part)
    item.told = told


def _decides(low: str) -> bool:
    return low.split()[0] in (
        "noted",
        "agreed",
        "approved",
        "resolved",
        "deferred",
        "endorsed",
    ) or low.endswith((" noted", " agreed", " approved"))


def name_table(lines: Sequence[Line]) -> list[Roll]:
    """Lists of people that stand in pipe rows are runs of their own."""
    return [Roll("present", None, [line.span]) for line in lines if _is_row(line)]
