"""A crime report as a PDF that screen readers can read: what the page says, in the same order."""

from pathlib import Path
from typing import Any

from concerted.charts.printing import picture
from concerted.crime.drawn import Row, report_context
from concerted.crime_reports.printed import Printed
from concerted.typesetting.laid_out import BOX, has_boxes, laid_out, showable
from concerted.ui.words import number

TEMPLATE = Path(__file__).parent / "report.typ"
LACKING = f"Some signs cannot be printed in this file’s font. Each is shown as {BOX}."
NOT_REPORTED = "not reported"
SHOWN_MONTHS = 24


def pdf_of(printed: Printed) -> bytes:
    """PDF/UA-1, A4, in black and greys, each picture with its words and with its table."""
    data = showable(as_data(printed))
    if has_boxes(data):
        data["notes"] = [*data["notes"], LACKING]
    return laid_out(TEMPLATE, data)[0]


def as_data(printed: Printed) -> dict[str, Any]:
    """What the template lays out."""
    found = printed.summary
    drawn = report_context(found, printed.outlines)
    return {
        "title": printed.title,
        "caption": f"{printed.body}. {printed.area}.",
        "marking": printed.marking,
        "standing": printed.standing,
        "sections": [
            {"heading": heading, "text": _paragraphs(text)} for heading, text in printed.sections
        ],
        "compared": f"{drawn['now_words']} against {drawn['before_words']}",
        "now": drawn["now_words"],
        "crimes": [_cells(row) for row in drawn["crimes"]],
        "disorder": [_cells(row) for row in drawn["disorder"]],
        "says": drawn["total"].says,
        "run": _picture(drawn["run"].wide) if drawn["run"] else None,
        "months": [
            [f"{month:%B %Y}", _count(count)] for month, count in drawn["months"][:SHOWN_MONTHS]
        ],
        "others": [
            {"label": one.measure.label, "picture": _picture(picture_of), "says": row.line.word}
            for one, picture_of, row in drawn["others"]
            if picture_of
        ],
        "map": _picture(drawn["map"]) if drawn["map"] else None,
        "of_wards": found.says_of_wards if found.rates else "",
        "rates": [
            [one.ward.name, str(one.word), _count(one.count), f"{one.rate.rate:.1f}", limits]
            for one, limits in drawn["rates"]
        ],
        "residents": str(found.residents.year) if found.residents else "",
        "wards": [_cells(row) for row in drawn["wards"]],
        "cautions": drawn["cautions"],
        "notes": [],
        "snapshots": ", ".join(map(str, found.snapshots)),
    }


def _cells(row: Row) -> list[str]:
    line = row.line
    return [
        row.words[:1].upper() + row.words[1:],
        str(line.word),
        _count(line.count),
        _count(line.before),
        row.change,
        row.limits,
    ]


def _count(value: int | None) -> str:
    return NOT_REPORTED if value is None else number(value)


def _picture(drawn: str) -> dict[str, str]:
    made = picture(drawn)
    return {"svg": made.svg, "alt": made.alt}


def _paragraphs(text: str) -> list[str]:
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [" ".join(one.split()) for one in parts if one.strip()]
