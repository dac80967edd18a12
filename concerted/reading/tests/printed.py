"""Minutes as a PDF: a text set as an office would print it, wrapped, bold where a title stands."""

import re
from itertools import groupby

from concerted.reading import read
from concerted.reading.tests.pdf_files import Sheets

_APART = re.compile(r"\t+| {3,}")
_RULE = re.compile(r"[|\s:-]+$")


def printed(text: str, **style: object) -> bytes:
    """The file; rows with “|” become a table, wide blanks a second column at the right."""
    sheets = Sheets(**style)  # type: ignore[arg-type]
    titles = _titles(text)
    for is_row, group in groupby(_lines(text), key=lambda held: held[1].startswith("|")):
        if is_row:
            _table(sheets, [line for _, line in group])
            continue
        for start, line in group:
            parts = _APART.split(line)
            if len(parts) > 1 and len(parts[1]) < 10:
                sheets.line(parts[0])
                sheets.beside(parts[1], 400)
            elif len(parts) > 1:
                sheets.labelled(parts[0], parts[1])
            elif line:
                sheets.paragraph(line, bold=start in titles)
            else:
                sheets.y -= sheets.leading / 2
    return sheets.finished()


def _lines(text: str) -> list[tuple[int, str]]:
    """(offset, text) of each line."""
    at, made = 0, []
    for line in text.split("\n"):
        made.append((at, line.strip()))
        at += len(line) + 1
    return made


def _titles(text: str) -> set[int]:
    """Where the lines begin that hold a title and nothing else."""
    found = {0}
    for meeting in read(text).meetings:
        for item in meeting.items:
            start = text.rfind("\n", 0, item.title_span.start) + 1
            end = text.find("\n", item.title_span.end)
            if item.title and not text[item.title_span.end : end].strip(" .:"):
                found.add(start)
    return found


def _table(sheets: Sheets, lines: list[str]) -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if not _RULE.match(line)
    ]
    wide = max(map(len, rows))
    shares = [1.0] if wide == 1 else [0.16, *[0.84 / (wide - 1)] * (wide - 1)]
    sheets.table([row + [""] * (wide - len(row)) for row in rows], shares)
