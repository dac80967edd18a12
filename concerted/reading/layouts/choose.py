"""Which layout a text has, by the evidence each layout finds in it."""

import datetime
from collections.abc import Sequence

from concerted.reading.dates import find_dates, with_year_after
from concerted.reading.draft import Draft
from concerted.reading.layouts import agenda as agenda_layout
from concerted.reading.layouts import egenda, issue, moderngov, numbered, rows, slashes, stripped
from concerted.reading.layouts.families import family_of
from concerted.reading.lines import Line, is_page_mark


def drafts(lines: Sequence[Line], repeated: Sequence[Line] = (), *, agenda: bool) -> list[Draft]:
    """The lines as one draft a meeting (several only where one page shows several meetings).

    ``repeated`` are the headers and numbers of the pages, which tell where the text comes from.
    """
    marks = [line for line in lines if is_page_mark(line)]
    made = _drafts(
        [line for line in lines if not is_page_mark(line)], [*lines, *repeated], agenda=agenda
    )
    made[0].furniture += marks
    return made


def _drafts(lines: Sequence[Line], printed: Sequence[Line], *, agenda: bool) -> list[Draft]:
    if agenda:
        return [agenda_layout.segment(lines)]
    if issue.evidence(lines):
        return issue.segment(lines)
    if stripped.without_labels(lines):
        return [stripped.segment(lines)]
    if egenda.evidence(lines) >= max(3, moderngov.evidence(lines) - 2):
        bare = stripped.are_lists_in_order(lines)
        return [stripped.segment(lines) if bare else egenda.segment(lines)]
    if slashes.is_piped(lines):
        return [slashes.segment_piped(lines)]
    header = slashes.slash_header(lines)
    pipes = rows.pipe_evidence(lines)
    if pipes >= 3 and pipes * 3 >= len(lines) and _rows_are_items(lines):
        return [rows.segment_pipes(lines)]
    if moderngov.evidence(lines) >= 3:
        return [moderngov.segment(lines)]
    if header is not None:
        return [slashes.segment_slashes(lines)]
    table = rows.item_table(lines)
    if table is not None:
        draft = rows.segment_pipes(lines[table:])
        rows.take_head(draft, lines[:table])
        draft.family = "html-page"
        return [draft]
    if stripped.evidence(lines):
        return [stripped.segment(lines)]
    begin = slashes.rows_begin(lines)
    if begin is not None:
        return [slashes.segment_headless(lines, begin)]
    draft = numbered.segment(lines)
    draft.family = family_of(printed, draft)
    return [draft]


def _rows_are_items(lines: Sequence[Line]) -> bool:
    """The table is of items; a row of those present may stand in it on the system's own pages."""
    if not _has_attendance_rows(lines):
        return True
    return moderngov.evidence(lines) >= 3 and rows.item_table(lines) is not None


def _has_attendance_rows(lines: Sequence[Line]) -> bool:
    return any(
        line.text.lower().strip("| ").startswith(("name |", "present", "attendees", "name and"))
        for line in lines[:40]
    )


def first_date(text: str, meeting: datetime.date) -> datetime.date | None:
    """The first date in ``text``, its year completed from the meeting's day."""
    for found in find_dates(text):
        day = with_year_after(found, meeting)
        if day and day > meeting:
            return day
    return None
