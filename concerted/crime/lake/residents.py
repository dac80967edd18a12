"""How many people live where, by year: what counts are divided by.

Files are kept beside the lake as they came (CSV), each under its own name; a later year stands
beside the earlier one. Census and mid-year estimates of the Office for National Statistics have a
line an area: its code, and a column of people whose heading names the year.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.kept import put
from concerted.crime.lake.refusals import Refused, listed

RESIDENTS = "residents"
MAX_BYTES = 20 * 1024**2
_CODE = re.compile(r"[EW]0[0-9]\d{6}")
_PEOPLE = re.compile(r"population|residents|persons|people", re.IGNORECASE)
_NOT_PEOPLE = re.compile(r"per|density|km|rate", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)")
_PLACES = """
SELECT DISTINCT small_area, stable_area, ward, district FROM read_parquet($places)
WHERE district = $district
"""


@dataclass(frozen=True, slots=True)
class Residents:
    """People by code of an area, in one year; `source` is the file they came in."""

    year: int
    source: str
    sha256: str
    of: Mapping[str, int]


def keep_residents(root: Path, path: Path) -> Residents:
    """Keep a file, and return what it says. Raises Refused for one that does not say it."""
    found = read_residents(path)
    put(root / RESIDENTS, path)
    return found


def residents_in(root: Path) -> tuple[Residents, ...]:
    """All that are kept, the newest year first."""
    found = [read_residents(path) for path in sorted((root / RESIDENTS).glob("*.csv"))]
    return tuple(sorted(found, key=lambda one: one.year, reverse=True))


def read_residents(path: Path) -> Residents:
    """Read a file of people by area. Raises Refused where a column or a number is not clear."""
    if path.stat().st_size > MAX_BYTES:
        raise Refused(f"{path.name} is larger than any list of residents. Choose another file.")
    data = path.read_bytes()
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path.name} cannot be read as CSV. Save it anew, as UTF-8.") from error
    head, lines = (rows[0], [row for row in rows[1:] if any(row)]) if rows else ([], [])
    code = next(
        (at for at in range(len(head)) if lines and _CODE.fullmatch(_cell(lines[0], at))), None
    )
    people = [
        at for at, name in enumerate(head) if _PEOPLE.search(name) and not _NOT_PEOPLE.search(name)
    ]
    if code is None or len(people) != 1:
        raise Refused(
            f"{path.name} is no list of residents that can be used: it needs a column with codes "
            "of areas (E01…, E05…, E06…) and one column of people, such as “population 2021”."
        )
    years = {*_YEAR.findall(head[people[0]])} or {*_YEAR.findall(path.name)}
    if len(years) != 1:
        raise Refused(
            f"{path.name} does not say of which year its people are. Write the year into the "
            "heading of that column, such as “population 2021”."
        )
    found: dict[str, int] = {}
    for line in lines:
        area, number = _cell(line, code), _cell(line, people[0]).replace(",", "")
        if not _CODE.fullmatch(area) or not number.isdecimal() or area in found:
            raise Refused(
                f"{path.name} has a line that is not clear: “{area[:20]}”. Each area has one line, "
                "with its code and a whole number of people."
            )
        found[area] = int(number)
    return Residents(int(years.pop()), path.name, hashlib.sha256(data).hexdigest(), found)


def in_wards(
    asking: Asking, district: str, given: Residents, wards: Iterable[str]
) -> dict[str, int] | None:
    """The residents of each ward; None where any of them is not told whole.

    Told of wards themselves, or of small areas of one census: a ward's are those of its stable
    areas, each of which has to be there with all its codes of that census.
    """
    wanted = list(wards)
    if all(code in given.of for code in wanted):
        return {code: given.of[code] for code in wanted}
    places = [str(one.folder / "places.parquet") for one in asking.snapshots.values()]
    found = asking.ask(_PLACES, {"places": places, "district": district})
    inside: dict[str, set[str]] = {}
    ward_of: dict[str, str | None] = {}
    for small, stable, ward, _ in found:
        ward_of[stable] = ward
        if small in given.of:
            inside.setdefault(stable, set()).add(small)
    if not all(stable in inside for stable, ward in ward_of.items() if ward in wanted):
        return None
    counted = dict.fromkeys(wanted, 0)
    for stable, smalls in inside.items():
        if (of := ward_of[stable]) in counted:
            counted[str(of)] += sum(given.of[one] for one in smalls)
    return counted if all(counted.values()) else None


def said_of(found: Residents) -> str:
    """One line on a file that was kept."""
    levels = sorted({code[:3] for code in found.of})
    return f"{len(found.of):,} areas ({listed(levels)}), {sum(found.of.values()):,} people, " + str(
        found.year
    )


def _cell(row: list[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""
