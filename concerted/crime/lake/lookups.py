"""Lookups as people have them: CSV files of small areas, wards, districts, partnerships, forces.

Three kinds are told apart by their columns, whatever the year in their names (`LAD22CD`,
`lad-code`, `ward25_code_maxarea`): changes of small areas between the censuses of 2011 and 2021;
small areas with what they lie in; districts with their partnership and force.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from concerted.crime.lake.refusals import Refused, listed

MAX_BYTES = 100 * 1024 * 1024
CODE = re.compile(r"[A-Z]\d{8}")
_KINDS = (
    "the columns of changes (LSOA11CD, LSOA21CD, LAD22CD), of small areas (LSOA code, and ward, "
    "district, partnership or force codes) or of districts (LAD code, and CSP or PFA code)"
)
_COLUMNS = {
    "old": r"f?lsoa11(cd|code)",
    "old_name": r"f?lsoa11nm",
    "new": r"f?lsoa21(cd|code)",
    "new_name": r"lsoa21nm",
    "small_area": r"lsoa(cd|code)",
    "small_area_name": r"lsoa(nm|name)",
    "vintage": r"lsoavintage",
    "district": r"lad(\d\d)?(cd|code)",
    "district_name": r"lad(\d\d)?(nm|name)",
    "partnership": r"csp(\d\d)?(cd|code)",
    "partnership_name": r"csp(\d\d)?(nm|name)",
    "police_area": r"pfa(\d\d)?(cd|code)",
    "police_area_name": r"pfa(\d\d)?(nm|name)",
}
_WARD = re.compile(r"(?:ward|wd)(\d\d)(?:cd|code|codemaxarea)")
_WARD_NAME = re.compile(r"(?:ward|wd)(\d\d)(?:nm|name)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a lookup: its values by our names (`small_area`, `district_name`, `ward25` …)."""

    number: int
    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class Lookup:
    """A lookup that was read. `kind` is changes, small areas or districts."""

    name: str
    kind: str
    sha256: str
    lines: tuple[Line, ...]
    ward_years: tuple[int, ...] = ()


def read_lookup(path: Path) -> Lookup:
    """Read a lookup. Raises Refused for columns it does not know and codes that are none."""
    if not path.is_file():
        raise Refused(f"There is no file {path.name}. Check its name.")
    if path.stat().st_size > MAX_BYTES:
        raise Refused(f"{path.name} is larger than any lookup (100 MB). Choose another file.")
    data = path.read_bytes()
    rows = _rows(data, path.name)
    columns = _columns(next(rows, []))
    kind = _kind(columns, path.name)
    lines = tuple(_lines(rows, columns, kind, path.name))
    if not lines:
        raise Refused(f"{path.name} holds no line below its columns. Choose another file.")
    years = (int(found[1]) for name in columns if (found := re.fullmatch(r"ward(\d\d)", name)))
    return Lookup(
        path.name,
        kind,
        hashlib.sha256(data).hexdigest(),
        lines,
        tuple(sorted(2000 + y for y in years)),
    )


def _rows(data: bytes, name: str) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Refused(f"{name} cannot be read as CSV: {error}. Save it anew.") from error


def _columns(header: list[str]) -> dict[str, int]:
    """Where each value that we know stands."""
    found: dict[str, int] = {}
    for place, words in enumerate(header):
        plain = re.sub(r"[^a-z0-9]", "", words.lower())
        for name, pattern in _COLUMNS.items():
            if re.fullmatch(pattern, plain):
                found.setdefault(name, place)
        if ward := _WARD.fullmatch(plain):
            found.setdefault(f"ward{ward[1]}", place)
        if ward := _WARD_NAME.fullmatch(plain):
            found.setdefault(f"ward{ward[1]}_name", place)
    if "small_area" not in found and ("old" in found) != ("new" in found):
        # A lookup of one census says its year in the name of its column.
        year = "old" if "old" in found else "new"
        found["small_area"] = found.pop(year)
    return found


def _kind(columns: dict[str, int], name: str) -> str:
    within = {"district", "partnership", "police_area"} & set(columns)
    if {"old", "new"} <= set(columns):
        return "changes"
    if "small_area" in columns and (within or any(re.fullmatch(r"ward\d\d", c) for c in columns)):
        return "small areas"
    if "district" in columns and len(within) > 1:
        return "districts"
    known = listed(sorted(columns)) if columns else "none that is known"
    raise Refused(
        f"{name} is no lookup that can be used: it needs {_KINDS}. Of its columns these were "
        f"recognised: {known}. Rename its columns, or choose another file."
    )


def _lines(
    rows: Iterator[list[str]], columns: dict[str, int], kind: str, name: str
) -> Iterator[Line]:
    needed = {"changes": ("old", "new"), "small areas": ("small_area",), "districts": ("district",)}
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        values = {
            what: row[place].strip() if place < len(row) else "" for what, place in columns.items()
        }
        for what in needed[kind]:
            if not CODE.fullmatch(values[what]):
                raise Refused(
                    f"Line {number} of {name} has “{values[what][:40]}” where a code such as "
                    "E01011949 belongs. Mend that line."
                )
        yield Line(number, values)
