"""An invented force, Marlshire: its places, and its files as data.police.uk publishes them."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from concerted.crime.lake.areas import Geography, read_geography
from concerted.crime.lake.feeds import OUTCOMES, STOPS, STREET
from concerted.crime.lake.importing import bring_in
from concerted.crime.lake.planning import plan
from concerted.crime.lake.snapshots import Lake, Snapshot

FELL, MARL = "E06000101", "E06000102"
# 10 was split into 91 and 92; 20 and 21 were merged into 93; 30 and 31 became 94 and 95 crosswise.
CHANGES = """\ufeffF_LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM
E01000001,Fell 1,E01000001,Fell 1,U,E06000101,Fell
E01000002,Fell 2,E01000002,Fell 2,U,E06000101,Fell
E01000010,Fell 10,E01000091,Fell 91,S,E06000101,Fell
E01000010,Fell 10,E01000092,Fell 92,S,E06000101,Fell
E01000020,Marl 20,E01000093,Marl 93,M,E06000102,Marl
E01000021,Marl 21,E01000093,Marl 93,M,E06000102,Marl
E01000030,Marl 30,E01000094,Marl 94,X,E06000102,Marl
E01000031,Marl 31,E01000094,Marl 94,X,E06000102,Marl
E01000031,Marl 31,E01000095,Marl 95,X,E06000102,Marl
E01000080,Away 80,E01000080,Away 80,U,E06000108,Away
"""
WARDS = """lsoa_code,ward19_code,ward19_name,ward25_code_maxarea,ward25_name
E01000001,E05000091,Old Mill,E05000001,Mill
E01000002,E05000091,Old Mill,E05000002,Quay
E01000010,E05000091,Old Mill,E05000001,Mill
E01000091,E05000091,Old Mill,E05000001,Mill
E01000092,E05000091,Old Mill,E05000002,Quay
E01000020,E05000093,Old Marl,E05000003,Marl
E01000021,E05000093,Old Marl,E05000003,Marl
E01000093,E05000093,Old Marl,E05000003,Marl
"""
DISTRICTS = """lad-code;lad-name;csp-code;csp-name;PFA21CD;PFA21NM
E06000101;Fell;E22000101;Safer Fell;E23000101;Marlshire
E06000102;Marl;E22000102;Safer Marl;E23000101;Marlshire
E06000102;Marl;E22000103;Safer West Marl;E23000101;Marlshire
E06000108;Away;E22000108;Safer Away;E23000108;Awayshire
"""
ASB = "Anti-social behaviour"


def lookups(folder: Path) -> list[Path]:
    paths = []
    for name, text in {"changes": CHANGES, "wards": WARDS, "districts": DISTRICTS}.items():
        path = folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def geography(folder: Path) -> Geography:
    return read_geography(lookups(folder))


def street(month: str, type: str = "Burglary", area: str = "E01000001", **more: str) -> dict:
    """A row of a street file; `more` by the names of columns, with underscores."""
    row = {
        "Crime ID": "" if type == ASB else "ab" * 32,
        "Month": month,
        "Reported by": "Marlshire Police",
        "Falls within": "Marlshire Police",
        "Longitude": "-1.312345",
        "Latitude": "54.512345",
        "Location": "On or near Mill Lane",
        "LSOA code": area,
        "LSOA name": "Fell 1",
        "Crime type": type,
        "Last outcome category": "" if type == ASB else "Under investigation",
        "Context": "",
    }
    return {**row, **{name.replace("_", " "): value for name, value in more.items()}}


def outcome(month: str, type: str = "Offender given a caution") -> dict:
    row = street(month)
    return {name: row.get(name, type) for name in OUTCOMES.columns}


def stop(moment: str, object: str = "Controlled drugs", outcome: str = "Arrest") -> dict:
    return {
        **dict.fromkeys(STOPS.columns, ""),
        "Type": "Person search",
        "Date": moment,
        "Gender": "Secretgender",
        "Age range": "Secretage",
        "Self-defined ethnicity": "Secretethnicity",
        "Officer-defined ethnicity": "Secretother",
        "Object of search": object,
        "Outcome": outcome,
    }


def as_csv(columns: Iterable[str], rows: Iterable[Mapping[str, str]], end: str = "\n") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def streets(rows: Iterable[Mapping[str, str]]) -> bytes:
    return as_csv(STREET.columns, rows)


def called(month: str, kind: str = "street", force: str = "marlshire") -> str:
    return f"{month}/{month}-{force}-{kind}.csv"


def archive(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return path


def archive_of(path: Path, months: Mapping[str, Iterable[Mapping[str, str]]]) -> Path:
    """An archive of street files by month."""
    return archive(path, {called(month): streets(rows) for month, rows in months.items()})


def brought(folder: Path, months: Mapping[str, list[dict]], **how: object) -> Snapshot:
    """A lake in this folder with one more snapshot: that of these street rows."""
    folder.mkdir(exist_ok=True)
    path = archive_of(folder / "upload.zip", months)
    planned = plan([path], gaps_are_known=True)
    return bring_in(Lake(folder / "lake"), planned, geography(folder), **how)
