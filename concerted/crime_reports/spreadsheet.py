"""A crime report as a spreadsheet: numbers as numbers, and no text that a program would run."""

import datetime
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from concerted.crime.cautions import cautions
from concerted.crime.report import Line
from concerted.crime_reports.printed import Printed

# Every cell is what it is: a name that begins with = stays a name.
HONEST = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
COMPARED = (
    *("Area", "Code", "Measure", "From", "To", "Count", "Before from", "Before to", "Before"),
    *("Change %", "Ratio", "Low", "High", "In words"),
)
MADE = datetime.datetime(2000, 1, 1)
Cell = str | int | float | None


def xlsx_of(printed: Printed) -> bytes:
    """Sheets: Report, Measures, Months, Wards where there are any, Commentary."""
    found, held = printed.summary, io.BytesIO()
    own = [(found.where, line) for line in (*found.lines, *found.disorder)]
    with xlsxwriter.Workbook(held, HONEST) as book:
        book.set_properties({"title": printed.title, "created": MADE})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _sheet(book, "Report", [], _told(printed), [28, 100])
        compared = [[place.name, place.code, *_cells(line)] for place, line in own]
        _sheet(book, "Measures", COMPARED, compared, [20, 12, 28], bold)
        measures = ["Month", *(one.measure.label for one in found.series)]
        months = [
            [f"{month:%Y-%m}", *(one.counts[place] for one in found.series)]
            for place, month in enumerate(found.series[0].months)
        ]
        _sheet(book, "Months", measures, months, [10], bold)
        if found.wards:
            wards = [[place.name, place.code, *_cells(line)] for place, line in found.wards]
            _sheet(book, "Wards", COMPARED, wards, [28, 12, 28], bold)
        if found.rates and found.residents:
            head = ["Ward", "Code", "Crimes", f"Residents {found.residents.year}", "Per 1,000"]
            rates: list[Sequence[Cell]] = [
                [
                    *(one.ward.name, one.ward.code, one.count, one.residents),
                    *(one.rate.rate, one.rate.low, one.rate.high, str(one.word)),
                ]
                for one in found.rates
            ]
            _sheet(book, "Rates", [*head, "Low", "High", "In words"], rates, [28, 12], bold)
        said = [[heading, text] for heading, text in printed.sections]
        _sheet(book, "Commentary", ["Heading", "Words"], said, [28, 100], bold)
    return held.getvalue()


def _told(printed: Printed) -> list[Sequence[Cell]]:
    found = printed.summary
    warned = cautions(
        calls=bool(found.disorder),
        absent=found.absent,
        provisional=found.provisional,
        comparisons=len(found.lines) + len(found.disorder) + len(found.wards),
    )
    return [
        ["Title", printed.title],
        ["Body", printed.body],
        ["Area", f"{found.where.name} ({found.where.code})"],
        ["Marking", printed.marking],
        ["How it stands", printed.standing],
        ["Snapshots", ", ".join(map(str, found.snapshots))],
        *(["In words", one] for one in found.sentences),
        *(["Before you quote", one] for one in warned),
    ]


def _cells(line: Line) -> list[Cell]:
    ratio = line.ratio if line.count or line.before else None
    limits = (ratio.ratio, ratio.low, ratio.high) if ratio else (None, None, None)
    return [
        line.measure.label,
        *(f"{one:%Y-%m}" for one in (line.now.first, line.now.last)),
        line.count,
        *(f"{one:%Y-%m}" for one in (line.before_period.first, line.before_period.last)),
        line.before,
        line.change.percent if line.change else None,
        *("no limit" if one is not None and math.isinf(one) else one for one in limits),
        str(line.word),
    ]


def _sheet(
    book: Any,
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
    bold: Any = None,
) -> None:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if head:
        for column, words in enumerate(head):
            sheet.write_string(0, column, words, bold)
        sheet.freeze_panes(1, 0)
    for row, cells in enumerate(rows, 1 if head else 0):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif cell is not None:
                sheet.write_number(row, column, cell)
