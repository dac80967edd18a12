"""A report as a PDF and as a spreadsheet: every figure in it, for everybody to read."""

import io
import zipfile
from dataclasses import replace

import pypdfium2
import pytest

from concerted.charts.printing import picture
from concerted.crime.drawn import report_context
from concerted.crime.lake import xlsx
from concerted.crime.lake.sheets import Package
from concerted.crime_reports.printed import Printed
from concerted.crime_reports.printing import LACKING, as_data, pdf_of
from concerted.crime_reports.spreadsheet import xlsx_of
from concerted.crime_reports.tests.conftest import OUTLINES

SAID = (("In short", "Burglary fell.\n\nDrugs rose."), ("=1+1", "+44 is =SUM(A1)"))


@pytest.fixture(scope="module")
def printed(found):
    return Printed(
        title="Recorded crime in Fell",
        body="Safer Marlbeck Board",
        area="Fell",
        marking="OFFICIAL",
        standing="Cleared by Wyleshire Police, 3 May 2024.",
        sections=SAID,
        summary=found,
        outlines=OUTLINES,
    )


@pytest.fixture(scope="module")
def pages(printed):
    with pypdfium2.PdfDocument(io.BytesIO(pdf_of(printed))) as pdf:
        yield [" ".join(one.get_textpage().get_text_bounded().split()) for one in pdf]


def test_it_meets_the_standard_for_accessible_files(printed):
    made = pdf_of(printed)

    assert b"/Lang(en-GB)" in made
    assert b"/MarkInfo" in made
    assert b"pdfuaid:part" in made


def test_it_says_how_it_stands_what_was_written_and_every_figure(printed, pages):
    text = " ".join(pages)

    assert "Cleared by Wyleshire Police, 3 May 2024." in pages[0]
    assert "Burglary fell." in pages[0]
    assert all(page.startswith("OFFICIAL") and "OFFICIAL Page" in page for page in pages)
    lines = [*printed.summary.lines, *printed.summary.disorder]
    lines += [line for _, line in printed.summary.wards]
    for line in lines:
        assert f"{line.count:,} {line.before:,}" in text
    for one in printed.summary.rates:
        assert f"{one.count:,} {one.rate.rate:.1f}" in text
    assert all(caution in text for caution in report_context(printed.summary)["cautions"])


def test_each_picture_has_its_words(printed):
    data = as_data(printed)
    pictures = [data["run"], data["map"], *(one["picture"] for one in data["others"])]

    assert len(pictures) == 2 + len(printed.summary.series) - 1
    assert all(len(one["alt"]) > 20 for one in pictures)
    assert data["run"]["alt"].startswith("All recorded crime each month")


def test_a_picture_that_stands_alone_names_its_kind_and_brings_its_styles():
    made = picture(
        '<svg class="c"><title id="a">A &amp; b</title><desc id="d">It fell.</desc></svg>'
    )

    assert 'xmlns="http://www.w3.org/2000/svg"' in made.svg
    assert ".band{" in made.svg
    assert made.alt == "A & b. It fell."


def test_signs_that_the_font_lacks_are_boxes_and_that_is_said(printed):
    data = as_data(printed)
    changed = replace(printed, sections=(("In short", "It fell \N{CJK UNIFIED IDEOGRAPH-4E00}."),))
    with pypdfium2.PdfDocument(io.BytesIO(pdf_of(changed))) as pdf:
        first = pdf[0].get_textpage().get_text_bounded()

    assert data["notes"] == []
    assert " ".join(first.split()).count(LACKING) == 1


@pytest.mark.slow
def test_where_nothing_is_known_of_wards_and_months_it_is_laid_out_all_the_same(printed, found):
    bare = replace(found, disorder=(), wards=(), rates=(), residents=None, series=found.series[:1])
    made = pdf_of(replace(printed, summary=bare, outlines={}, sections=()))

    with pypdfium2.PdfDocument(io.BytesIO(made)) as pdf:
        assert "Wards" not in " ".join(one.get_textpage().get_text_bounded() for one in pdf)


def sheet(data, name, tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(data)
    with Package(path) as package:
        return [list(row.values) for row in xlsx.rows(package, name, 1)]


def test_the_spreadsheet_holds_every_comparison_as_numbers(printed, tmp_path):
    rows = sheet(xlsx_of(printed), "Measures", tmp_path)
    lines = [*printed.summary.lines, *printed.summary.disorder]

    assert [(row[2], row[5], row[8]) for row in rows[1:]] == [
        (line.measure.label, str(line.count), str(line.before)) for line in lines
    ]


def test_months_and_wards_are_there_with_their_limits(printed, tmp_path):
    data = xlsx_of(printed)
    months = sheet(data, "Months", tmp_path)
    rates = sheet(data, "Rates", tmp_path)

    assert len(months) == 1 + len(printed.summary.series[0].months)
    assert [int(row[1]) for row in months[1:]] == list(printed.summary.series[0].counts)
    assert [float(cell) for row in rates[1:] for cell in row[4:7]] == pytest.approx(
        [
            value
            for one in printed.summary.rates
            for value in (one.rate.rate, one.rate.low, one.rate.high)
        ]
    )


def test_what_looks_like_a_formula_stays_text(printed):
    with zipfile.ZipFile(io.BytesIO(xlsx_of(printed))) as held:
        sheets = "".join(
            held.read(name).decode() for name in held.namelist() if "worksheets/" in name
        )
        words = held.read("xl/sharedStrings.xml").decode()

    assert "<f>" not in sheets
    assert "=1+1" in words
    assert "+44 is =SUM(A1)" in words


def test_the_same_report_makes_the_same_bytes(printed):
    assert xlsx_of(printed) == xlsx_of(printed)
