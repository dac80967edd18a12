"""Tables that were turned to text with their cells joined by " / "."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts import numbered
from concerted.reading.layouts.log_tables import Columns, Row, log_columns
from concerted.reading.layouts.rows import HEADER_WORDS, cells, take_head
from concerted.reading.lines import Line, is_furniture
from concerted.reading.outcomes import plain_code
from concerted.reading.owners import split_owner
from concerted.reading.refs import read_ref
from concerted.reading.titles import is_title
from concerted.reading.vocabulary import is_initials

_VOID = frozenset({"no", "yes", "none", "n/a", "nil", "-", ""})
# "No action", "Yes - AB": what the columns of interests and of actions answer.
_ANSWER = re.compile(
    r"(?:no|nil)[ ](?:further )?actions?\b.{0,20}$|yes[ ]?[-–—:,][ ]?[\w ,/&]{2,40}$"
)
_LEADS = frozenset({"lead", "who", "owner", "by", "officer", "responsible", "presenter", "by whom"})
_ACTIONS = frozenset({"action", "actions", "action by", "action/owner", "actions/owner"})
_ITEMS = frozenset({"item", "items", "issue", "no", "no.", "discussion", "minute", "subject"})
_LOG_TITLES = ("action log", "actions", "action list", "summary of actions", "action points")


def slash_header(lines: Sequence[Line]) -> int | None:
    """The index of the header row of a table whose cells are joined by " / "."""
    for at, line in enumerate(lines[:400]):
        if " / " not in line.text or len(line.text) > 120:
            continue
        cells = [c.strip().lower() for c in line.text.split(" / ")]
        words = [w for cell in cells for w in re.split(r"[ /]+", cell) if w]
        known = [w.strip(":.") in HEADER_WORDS for w in words]
        ends = len(cells) > 2 and cells[-1].strip(" :.") in ("action", "actions")
        if words and (all(known) or (ends and sum(known) * 2 > len(known))):
            return at
    return None


def rows_begin(lines: Sequence[Line]) -> int | None:
    """Where a table without a header row begins: three rows that open with a number and a cell."""
    found = [at for at, line in enumerate(lines[:2000]) if _is_numbered_row(line)]
    numbers = [read_ref(lines[at]) for at in found[:3]]
    if len(found) < 3 or [ref.number if ref else 0 for ref in numbers] != [1, 2, 3]:
        return None
    return found[0]


def _is_numbered_row(line: Line) -> bool:
    """``3 / Burglary / AB to write``, ``3. Burglary /``."""
    if " / " not in line.text and not line.text.endswith(" /"):
        return False
    ref = read_ref(line)
    first = cells(line, " / ")[0]
    own = read_ref(first)
    return (ref is not None and ref.kind == "number") or (own is not None and own.rest is None)


def segment_headless(lines: Sequence[Line], begin: int) -> Draft:
    """A table whose columns nobody named: the last cell of a row is the action's."""
    furniture, log, kept = _without_logs(lines[begin:])
    widths = [len(cells(line, " / ")) for line in kept if " / " in line.text]
    most = max(set(widths), key=widths.count, default=2)
    names = [*["item"] * (max(most, 2) - 1), "action"]
    draft = _items(lines[:begin], kept, names)
    draft.family, draft.log = "word-table", log
    draft.furniture += furniture
    return draft


def segment_slashes(lines: Sequence[Line]) -> Draft:
    """A table "item / text / action": items by their numbers, the last column is the action's."""
    furniture, log, kept = _without_logs(lines)
    header = slash_header(kept)
    if header is None:
        draft = numbered.segment(kept)
    else:
        furniture.append(kept[header])
        draft = _items(kept[:header], kept[header + 1 :], _names(kept[header]))
    draft.family = "word-table"
    draft.furniture += furniture
    draft.log = log
    return draft


def is_piped(lines: Sequence[Line]) -> bool:
    """A table of items and actions whose cells are joined by " | ", with no rule around them."""
    if any(line.text.startswith("|") for line in lines):
        return False
    for line in lines[:400]:
        parts = [part.strip(" .:").lower() for part in line.text[:120].split(" | ")]
        if 1 < len(parts) <= 6 and set(parts) & _ACTIONS:
            words = [word for part in parts for word in re.split(r"[ /]+", part) if word]
            if set(words) & _ITEMS and sum(w in HEADER_WORDS for w in words) * 2 > len(words):
                return True
    return False


def segment_piped(lines: Sequence[Line]) -> Draft:
    """Such a table is read as one joined by " / "; what is kept of it stays as it was printed."""
    asked = [replace(line, text=line.text.replace(" | ", " / ")) for line in lines]
    draft = segment_slashes([replace(one, text=one.text.rstrip("| ")) for one in asked])
    printed = {line.start: line.text for line in lines}
    starts = sorted(printed)

    def as_printed(line: Line) -> Line:
        start = starts[bisect_right(starts, line.start) - 1]
        return replace(line, text=printed[start][line.start - start : line.end - start])

    for item in draft.items:
        item.told = [as_printed(line) if " / " in line.text else line for line in item.told]
    for kept in (draft.head, draft.tail, draft.furniture):
        kept[:] = [as_printed(line) if " / " in line.text else line for line in kept]
    return draft


def _items(head: Sequence[Line], table: Sequence[Line], names: list[str]) -> Draft:
    trimmed = [line.part(0, len(line.text.rstrip("/ "))) for line in table]
    rows = [piece for line in trimmed for piece in _split_row(line, names)]
    draft = numbered.segment([*head, *rows])
    if not draft.items and _titles_first(trimmed):
        draft = _unnumbered(head, trimmed)
    action_at = next((i for i, name in enumerate(names) if "action" in name and i), len(names) - 1)
    for item in draft.items:
        _columns(draft, item, action_at, names)
    return draft


def _titles_first(table: Sequence[Line]) -> bool:
    """Nearly every row begins with a cell that can be a title."""
    rows = [cells(line, " / ") for line in table if " / " in line.text]
    return len(rows) > 1 and sum(is_title(row[0]) for row in rows) * 5 >= len(rows) * 4


def _unnumbered(head: Sequence[Line], table: Sequence[Line]) -> Draft:
    """Each row is an item without a number; lines between the rows go on with the last one."""
    draft = Draft("word-table")
    take_head(draft, head)
    for line in table:
        row = cells(line, " / ")
        if is_furniture(line):
            draft.furniture.append(line)
        elif len(row) > 1 and is_title(row[0]):
            rest = line.part(row[1].start - line.start)
            draft.items.append(DraftItem(title=row[0], told=[rest]))
        else:
            (draft.items[-1].told if draft.items else draft.head).append(line)
    return draft


def _without_logs(lines: Sequence[Line]) -> tuple[list[Line], list[Row], list[Line]]:
    """The headings of the tables "who / what / by when", their rows, and all other lines."""
    headings: list[Line] = []
    log: list[Row] = []
    kept: list[Line] = []
    columns: Columns | None = None
    for line in lines:
        parts = cells(line, " / ") if " / " in line.text else []
        named = log_columns([part.text for part in parts]) if len(line.text) < 120 else None
        row = columns.row(parts) if columns and not named else None
        columns = named or (columns if row else None)
        if named:
            headings.append(line)
            if kept and kept[-1].text.lower().strip(" :.") in _LOG_TITLES:
                headings.append(kept.pop())
        elif row:
            log.append(row)
        else:
            kept.append(line)
    return headings, log, kept


def _names(header: Line) -> list[str]:
    return [cell.text.lower().strip(" :.") for cell in cells(header, " / ")]


def _split_row(line: Line, names: list[str]) -> list[Line]:
    """``1 / Welcome / text / AB``: the reference and the title get lines of their own."""
    parts = cells(line, " / ")
    ref = read_ref(parts[0])
    if len(parts) < 2 or ref is None or ref.kind == "roman":
        return [line]
    if ref.rest is None:
        if not any(part.text for part in parts[2:]):
            return [line.part(0, parts[1].end - line.start)]
        run_in = _run_in_title(parts)
        if run_in:
            title, rest = run_in
            row = [_join(parts[0], title, line), *([rest] if rest else [])]
            if rest is not None:
                row[1] = line.part(rest.start - line.start)
            return row
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


_FIRST_STOP = re.compile(r"\.[ ](?=[A-Z])")


def _run_in_title(parts: Sequence[Line]) -> tuple[Line, Line | None] | None:
    """``3 / Helpline. Calls had risen. / AB``: the title stands before the cell's first point."""
    cell = parts[1]
    stop = _FIRST_STOP.search(cell.text[:80])
    if stop is None or len(cell.text[: stop.start()].split()) > 8:
        return None
    title = cell.part(0, stop.start())
    return (title, cell.part(stop.end())) if is_title(title) else None


def _join(ref: Line, title: Line, row: Line) -> Line:
    """A reference cell and a title cell as one line "1 Title" at the reference's place."""
    text = row.text[ref.start - row.start : title.end - row.start].replace("/", " ", 1)
    return Line(ref.start, title.end, text, row.gap)


def _columns(draft: Draft, item: DraftItem, action_at: int, names: list[str]) -> None:
    told: list[Line] = []
    in_last = False
    for row in item.told:
        # "/ PS to write": the first cells of the row are empty.
        lone = row.text.startswith("/ ") and " / " not in row.text[1:]
        line = row.part(2) if lone else row
        parts = _owners_joined(line, cells(line, " / "), names)
        if in_last and len(parts) < 2 and not line.gap and _names_task(line.text):
            item.tasks.append(line)
            continue
        in_last = False
        if len(parts) < 2 or len(parts) > len(names) + 1:
            told.append(line)
            continue
        for number, part in enumerate(parts):
            low = part.text.strip().lower().strip(".")
            if not low:
                continue
            last = number == len(parts) - 1 and number >= 1
            outcome = _OUTCOME_FIRST.match(part.text) if last else None
            if outcome and _names_task(part.text[outcome.end() :]):
                # "Noted. AB to send the list": the outcome, and behind it a task.
                item.decided.append(part.part(0, outcome.end()))
                item.tasks.append(part.part(outcome.end()))
                in_last = True
                continue
            if number and (low in _VOID or _ANSWER.match(low)):
                draft.furniture.append(part)
            elif last and number < action_at and _only_leads(part.text, names[number]):
                told.append(part)
            elif number and number >= action_at and not _decides(low) and _names_task(part.text):
                in_last = True
                item.tasks.append(part)
            elif last and (number >= action_at or len(part.text) < 120):
                in_last = True
                (item.decided if _decides(low) else item.tasks).append(part)
            else:
                told.append(part)
    item.told = told


_OUTCOME_FIRST = re.compile(r"(?:Noted|Agreed|Approved|Endorsed|Accepted)\.[ ]{1,2}(?=[A-Z])")


def _only_leads(words: str, column: str) -> bool:
    """The name of the one who leads on the matter, with no task: the cell of the task is empty."""
    return column in _LEADS and not _names_task(words)


def _owners_joined(line: Line, parts: list[Line], names: list[str]) -> list[Line]:
    """``AB / CD to ring the hall`` in one cell, where no column of its own tells who leads."""
    if len(parts) < 3 or not _LEADS.isdisjoint(names) or not is_initials(parts[-2].text):
        return parts
    owner, _ = split_owner(parts[-1].text)
    if owner is None or not is_initials(owner):
        return parts
    return [*parts[:-2], line.part(parts[-2].start - line.start)]


def _names_task(words: str) -> bool:
    """``AB to ring the hall``: a second entry of the action cell, on a line of its own."""
    owner, _ = split_owner(words)
    return owner is not None and words[len(owner) :].startswith((" to ", " will "))


def _decides(low: str) -> bool:
    """The last cell tells an outcome ("Item deferred to May"), not a task."""
    first = low.split()[0]
    if first in ("noted", "agreed", "approved", "resolved", "deferred", "endorsed"):
        return True
    return low.endswith((" noted", " agreed", " approved")) or plain_code(low) is not None
