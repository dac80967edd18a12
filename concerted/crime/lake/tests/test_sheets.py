"""Workbooks and CSVs as streams: what they say, and what hostile ones are told."""

import zipfile

import pytest

from concerted.crime.lake import sheets
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.tables import Table, columns_of, likely_header, lines, sheets_of
from concerted.crime.lake.tests.extracts import CRIMES, brought_in, crime, ods, of_force, xlsx

COVERED = '<table:covered-table-cell table:number-columns-repeated="1"/>'


def values(path, **how):
    return [row.values for row in lines(Table(path, **how))]


def refused(path, match, **how):
    with pytest.raises(Refused, match=match):
        values(path, **how)


@pytest.mark.parametrize(
    "data",
    [
        "A;B\n1;é\n".encode(),
        "A;B\r\n1;é".encode("cp1252"),
        "\ufeffA;B\n1;é\n".encode(),
        "A;B\n1;é\n".encode("utf-16"),
        "A\tB\n1\té\n".encode(),
    ],
)
def test_text_is_read_in_the_alphabets_that_offices_write(tmp_path, data):
    path = tmp_path / "a.csv"
    path.write_bytes(data)

    assert values(path) == [("A", "B"), ("1", "é")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"A,B\n1,\0\n", "no text and no workbook"),
        (b'A,B\n1,"two\n', "cut short"),
        (b'A,B\n1,"t"wo\n', "quotation marks"),
        (b"PK\x03\x04 and nothing else", "damaged or was not received whole"),
        (b"," * 600 + b"\n", "more than 500 columns"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(tmp_path, data, says):
    path = tmp_path / "a.csv"
    path.write_bytes(data)

    refused(path, says)


def test_numbers_and_dates_of_a_workbook_are_what_a_spreadsheet_shows(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [["A", "B", "C"], [4.1, 12.0, (39904.9583333333,)]])

    first, (point, whole, date) = values(path)
    assert (first, point, whole) == (("A", "B", "C"), "4.1", "12")
    assert f"{date:%Y-%m-%d %H:%M}" == "2009-04-01 23:00"


def test_a_workbook_cut_short_is_a_sentence(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [CRIMES])
    path.write_bytes(path.read_bytes()[:-40])

    refused(path, "damaged or was not received whole")


def test_bytes_damaged_inside_a_workbook_are_found(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [["A"], *([f"{n * 7919 % 1009}"] for n in range(3000))])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)

    refused(path, "damaged or was not received whole")


def test_a_workbook_that_unpacks_without_end_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)

    refused(path, "Nothing was unpacked")


@pytest.mark.parametrize(
    "xml",
    ['<?xml version="1.0" encoding="UTF-88"?><x/>', "<x>", "<x></y>", "", "\x01", "<a:x/>"],
)
def test_xml_that_is_none_is_damage(tmp_path, xml):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", xml)

    refused(path, "damaged or was not received whole")


def test_a_workbook_of_too_many_parts_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_PARTS", 2)

    refused(xlsx(tmp_path / "a.xlsx", [CRIMES]), "Nothing was unpacked")


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&b;</x>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "content.xml"])
def test_entities_are_refused_and_nothing_outside_is_opened(tmp_path, part):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, ENTITIES)

    refused(path, "files made to do harm")


def test_nesting_without_end_is_refused(tmp_path):
    refused(xlsx(tmp_path / "a.xlsx", [], sheet="<row>" * 200 + "</row>" * 200), "do harm")


def test_one_sign_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_TOKEN", 1000)
    noise = "".join(f"{n * 7919 % 100_003}x" for n in range(100_000))

    refused(xlsx(tmp_path / "a.xlsx", [], sheet=f'<row a="{noise}"/>'), "do harm")


def test_a_workbook_under_a_password_is_a_sentence(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [CRIMES])
    data = bytearray(path.read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    path.write_bytes(data)

    refused(path, "locked with a password")


def test_a_zip_that_is_no_workbook_is_a_sentence(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    refused(path, "no workbook that can be read")


def test_more_rows_or_columns_than_there_can_be_are_refused(tmp_path):
    far = '<row r="9999999"><c r="A1"><v>1</v></c></row>'
    wide = '<row r="1"><c r="ZZZ1"><v>1</v></c></row>'

    refused(xlsx(tmp_path / "a.xlsx", [], sheet=far), "more than 5,000,000 rows")
    refused(xlsx(tmp_path / "b.xlsx", [], sheet=wide), "more than 500 columns")


def repeated(rows, columns):
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-cell>'
    return f"{row}</table:table-row>"


def test_repeated_cells_are_written_out_within_limits(tmp_path):
    empty = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    empty += 'table:number-columns-repeated="16384"/></table:table-row>'

    assert values(ods(tmp_path / "a.ods", [], sheet=repeated(2, 3) + empty)) == [("x",) * 3] * 2
    refused(ods(tmp_path / "b.ods", [], sheet=repeated(9_999_999, 1)), "more than 5,000,000 rows")
    refused(ods(tmp_path / "c.ods", [], sheet=repeated(1, 16_384)), "more than 500 columns")


def test_merged_names_of_columns_are_refused_and_a_merged_title_is_not(tmp_path):
    rows = [["Crimes"], CRIMES, crime("01/04/2009")]
    title = '<mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>'
    names = title.replace("A1:D1", "A2:B2")

    path = xlsx(tmp_path / "a.xlsx", rows, more=title)
    assert columns_of(Table(path, header=2)) == CRIMES
    assert likely_header(path) == 2
    refused(xlsx(tmp_path / "b.xlsx", rows, more=names), r"merged cells .*\(A2:B2\)", header=2)


def test_merged_cells_of_an_opendocument_table_are_refused(tmp_path):
    cell = (
        '<table:table-cell table:number-columns-spanned="2"><text:p>x</text:p></table:table-cell>'
    )
    sheet = f"<table:table-row>{cell}{COVERED}</table:table-row>"

    refused(ods(tmp_path / "a.ods", [], sheet=sheet), "merged cells")


def test_a_formula_in_a_column_that_is_mapped_is_refused_and_elsewhere_is_not(tmp_path):
    code = xlsx(tmp_path / "a.xlsx", [CRIMES, ["X", "01/04/2009", "=A1", "E01000001"]])
    other = xlsx(tmp_path / "b.xlsx", [CRIMES, ["=A1", "01/04/2009", "28A", "E01000001"]])

    with pytest.raises(Refused, match="The code in line 2 is a formula"):
        brought_in(tmp_path, code, of_force())
    assert brought_in(tmp_path, other, of_force()).number == 1


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [CRIMES])

    assert sheets_of(path) == ["Data"]
    refused(path, "no sheet “Other”. There is: “Data”", sheet="Other")


@pytest.mark.parametrize(
    ("names", "says"),
    [(("A", "A"), "columns of one name: A"), (("", ""), "no columns are named there")],
)
def test_columns_without_a_name_of_their_own_are_refused(tmp_path, names, says):
    path = xlsx(tmp_path / "a.xlsx", [names, ("1", "2")])

    with pytest.raises(Refused, match=says):
        columns_of(Table(path))
