"""Invented files of Marlshire's police and of a hospital, as CSV, .xlsx and .ods."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from concerted.crime.lake.extract_importing import bring_in_extract
from concerted.crime.lake.extracts import plan_extract
from concerted.crime.lake.mappings import mapping_of
from concerted.crime.lake.snapshots import Lake, Snapshot
from concerted.crime.lake.tests.invented import geography

CRIMES = ("Crime Ref", "Date Recorded", "HO Code", "LSOA")
INCIDENTS = ("Log", "Date", "NSIR Code", "LSOA")
RETURN = ("Date", "Hour", "Place", "Type", "Weapon", "Alcohol", "Age band", "Sex")


def crime(date: str, code: str = "28A", area: str = "E01000001") -> tuple[str, ...]:
    return "X/1", date, code, area


def of_force(**more: object) -> dict:
    """The mapping of `CRIMES`; `more` in place of what it says."""
    return {
        "feed": "recorded",
        "recorded_by": "marlshire",
        "columns": {"date": "Date Recorded", "code": "HO Code", "area": "LSOA"},
        "dropped": ["Crime Ref"],
        "date_format": "%d/%m/%Y",
        "level": "small_area",
        **more,
    }


def of_incidents(**more: object) -> dict:
    return {
        **of_force(),
        "feed": "incidents",
        "columns": {"date": "Date", "code": "NSIR Code", "area": "LSOA"},
        "dropped": ["Log"],
        **more,
    }


def of_hospital(**more: object) -> dict:
    columns = ("date", "hour", "location", "code", "weapon", "alcohol", "age_band", "sex")
    return {
        "feed": "hospital",
        "recorded_by": "fell-infirmary",
        "columns": dict(zip(columns, RETURN, strict=True)),
        "date_format": "%d/%m/%Y",
        "codes": {"Punched": "body part", "Cut": "sharp object", "Glass": "glass", "Fist": "fist"},
        **more,
    }


def written(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def brought_in(folder: Path, path: Path, mapping: dict, **how: object) -> Snapshot:
    """A lake in this folder with one more snapshot: that of this file."""
    gaps = bool(how.pop("gaps_are_known", True))
    plan = plan_extract([path], mapping_of(mapping), geography(folder), gaps_are_known=gaps)
    return bring_in_extract(Lake(folder / "lake"), plan, **how)


def xlsx(path: Path, rows: Sequence[Sequence[object]], sheet: str = "", more: str = "") -> Path:
    """A workbook of one sheet. Texts are texts, numbers are numbers; `=…` is a formula showing 1,
    and a tuple of one number is a date, as days since 1900. `sheet` and `more` are XML of one's own
    in place of the rows, and after them."""
    data = sheet or "".join(
        f'<row r="{line}">{"".join(_cell(line, at, value) for at, value in enumerate(row))}</row>'
        for line, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kinds}">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>'
        '<numFmt numFmtId="170" formatCode="dd/mm/yyyy;@"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData>'
        f"{more}</worksheet>",
    }
    return _zipped(path, parts)


def _cell(line: int, at: int, value: object) -> str:
    place = f'r="{chr(65 + at)}{line}"'
    if isinstance(value, tuple):
        return f'<c {place} s="1"><v>{value[0]}</v></c>'
    if isinstance(value, int | float):
        return f"<c {place}><v>{value}</v></c>"
    if str(value).startswith("="):
        return f"<c {place}><f>{escape(str(value)[1:])}</f><v>1</v></c>"
    return f'<c {place} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def ods(path: Path, rows: Sequence[Sequence[object]], sheet: str = "") -> Path:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    data = sheet or "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    spaces = " ".join(f'xmlns:{short}="{long}"' for short, long in names.items())
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Data">{data}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return _zipped(path, {"content.xml": content})


def _ods_cell(value: object) -> str:
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    words = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string">{words}</table:table-cell>'


def _zipped(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return path
