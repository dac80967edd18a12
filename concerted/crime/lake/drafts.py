"""A mapping to begin with: what could be guessed of a file, for somebody to correct.

Nothing is imported by a guess. What is left open is null in the draft, and a mapping with a null in
it is refused.
"""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concerted.crime.lake.areas import Geography, level_of
from concerted.crime.lake.locating import names_of, plain_name
from concerted.crime.lake.lookups import CODE
from concerted.crime.lake.mappings import MAPPED
from concerted.crime.lake.offences import incident_code, offence_code
from concerted.crime.lake.persons import Values, by_heading
from concerted.crime.lake.sheets import Value
from concerted.crime.lake.tables import Table, columns_of, likely_header, rows_below, sheets_of

MOST_OPEN = 2_000  # words of one column: more are no codes
_THINGS = {
    "financial_year": r"financial ?year",
    "quarter": r"quarter",
    "count": r"(number|count) of (offences|crimes)|offence count|^(count|offences)$",
    "force": r"\bforce( name)?$|falls within",
    "hour": r"\b(hour|time)\b",
    "date": r"\bdate|month|recorded on|created",
    "location": r"location",
    "weapon": r"weapon|means of assault",
    "alcohol": r"alcohol|\bdrunk|drinking",
    "age_band": r"\bage ?(band|group|range)",
    "sex": r"^(sex|gender)$",
    "code": r"(offence|ho|home office|crime|hocr|nsir|nicl|incident|closing|final|assault) ?"
    r"(sub)?(code|type|category|class)|^code$",
    "area": r"lsoa|ward|district|csp|partnership|beat|\barea\b|local authority",
}
_LEVELS = {
    "small_area": r"lsoa",
    "ward": r"ward",
    "partnership": r"csp|partnership",
    "district": r"district|local authority|\blad?\b|council",
}
_FORMATS = (
    *("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y"),
    *("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"),
    *("%Y-%m-%d", "%Y-%m", "%b-%y", "%B %Y", "%b %Y", "%d-%b-%Y", "%d-%b-%y", "%d %B %Y", "%m/%Y"),
    *("%m/%d/%Y %H:%M", "%m/%d/%Y"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how many rows have a value in it, how many different ones, what it may be."""

    name: str
    filled: int
    different: int
    guess: str


@dataclass(frozen=True, slots=True)
class Draft:
    """`mapping` is JSON that `mappings.mapping_of` reads once its nulls are filled in."""

    columns: tuple[Column, ...]
    mapping: dict[str, Any]
    remarks: tuple[str, ...]


def draft(
    path: Path,
    *,
    geography: Geography | None = None,
    feed: str = "",
    sheet: str = "",
    header: int = 0,
) -> Draft:
    """Look at all of a file. `geography` knows areas by their names, where there is one.

    Raises Refused where the file cannot be read, or has several sheets.
    """
    sheets_of(path)
    table = Table(path, sheet, header or likely_header(path, sheet))
    names = columns_of(table)
    counted, values = _counted(table, names)
    personal = {one.column: one.kind for one in (*by_heading(names), *values.findings())}
    feed = feed or _feed(names)
    things = _guesses([one for one in names if one and one not in personal], feed)
    columns = tuple(
        Column(
            name,
            counted[name].total(),
            len(counted[name]),
            f"seems to hold {personal[name]}: never taken"
            if name in personal
            else things.get(name, ""),
        )
        for name in names
        if name
    )
    by_thing = {thing: name for name, thing in things.items()}
    mapping = _mapping(feed, by_thing, names, counted, geography)
    mapping |= {"header": table.header, **({"sheets": [sheet]} if sheet else {})}
    return Draft(columns, mapping, tuple(_remarks(mapping, personal)))


def _counted(table: Table, names: Sequence[str]) -> tuple[dict[str, Counter[Value]], Values]:
    counted: dict[str, Counter[Value]] = {name: Counter() for name in names}
    values = Values([name for name in names if re.search(_THINGS["date"], _plain(name))])
    for row in rows_below(table):
        given = dict(zip(names, row.values, strict=False))
        values.look(given)
        for name, value in given.items():
            # Beyond that many a column holds no codes; how many they are is not asked.
            if value != "" and (len(counted[name]) <= 10 * MOST_OPEN or value in counted[name]):
                counted[name][value] += 1
    return counted, values


def _feed(names: Sequence[str]) -> str:
    words = " ".join(names).lower()
    if "quarter" in words or re.search(_THINGS["count"], words):
        return "home_office"
    if re.search(r"assault|weapon|attend|a&e|emergency dep", words):
        return "hospital"
    return "incidents" if re.search(r"nsir|nicl|incident", words) else "recorded"


def _guesses(names: Sequence[str], feed: str) -> dict[str, str]:
    """Each thing once, by the first column whose name says so."""
    possible = {*MAPPED[feed].needed, *MAPPED[feed].more} if feed in MAPPED else set()
    found: dict[str, str] = {}
    for thing, pattern in _THINGS.items():
        for name in names:
            if thing in possible and name not in found and re.search(pattern, _plain(name)):
                found[name] = thing
                break
    return found


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.lower()).split())


def _mapping(
    feed: str,
    by_thing: dict[str, str],
    names: Sequence[str],
    counted: dict[str, Counter[Value]],
    geography: Geography | None,
) -> dict[str, Any]:
    needed = MAPPED[feed].needed if feed in MAPPED else ()
    areas = counted[by_thing["area"]] if "area" in by_thing else Counter[Value]()
    level = _level(areas, by_thing.get("area", ""))
    names_known = set(names_of(geography, level)) if geography else set[str]()

    def is_area(words: str) -> bool:
        return bool(CODE.fullmatch(words)) or plain_name(words) in names_known

    codes = [by_thing[one] for one in ("code", "weapon") if one in by_thing]
    return {
        "feed": feed,
        "recorded_by": "",
        "columns": {**dict.fromkeys(needed), **by_thing},
        "dropped": [name for name in names if name and name not in by_thing.values()],
        "date_format": _date_format(counted[by_thing["date"]]) if "date" in by_thing else "",
        "zone": "Europe/London",
        "level": level,
        "areas": _open(areas, is_area) if level else {},
        "codes": {word: None for name in codes for word in _open(counted[name], _known(feed))},
    }


def _level(areas: Counter[Value], heading: str) -> str:
    """By the codes in a column; where these are names, by its heading."""
    levels = Counter(level_of(str(one)) for one in areas)
    level = levels.most_common(1)[0][0] if levels else None
    if level or not areas:
        return level or ""
    words = _plain(heading)
    return next((of for of, pattern in _LEVELS.items() if re.search(pattern, words)), "")


def _known(feed: str) -> Callable[[str], bool]:
    if feed == "hospital":
        return lambda _: False
    read = incident_code if feed == "incidents" else offence_code
    return lambda words: read(words) is not None


def _open(counted: Counter[Value], known: Callable[[str], bool]) -> dict[str, None]:
    words = sorted({str(one) for one in counted if isinstance(one, str)})
    return {one: None for one in words[:MOST_OPEN] if not known(one)}


def _date_format(counted: Counter[Value]) -> str:
    """The format that every value has; empty where it is a spreadsheet's, or where two fit."""
    words = [one for one in counted if isinstance(one, str)]
    if not words:
        return ""
    fitting = [one for one in _FORMATS if all(_reads(word, one) for word in words[:MOST_OPEN])]
    days_first = [one for one in fitting if not one.startswith("%m/%d")]
    if days_first and len(days_first) < len(fitting):
        return ""  # no day is above twelve: day and month cannot be told apart
    return fitting[0] if fitting else ""


def _reads(words: str, date_format: str) -> bool:
    try:
        datetime.datetime.strptime(words, date_format)
    except ValueError:
        return False
    return True


def _remarks(mapping: dict[str, Any], personal: dict[str, str]) -> list[str]:
    open_columns = [thing for thing, name in mapping["columns"].items() if name is None]
    said = {
        "recorded_by: name the force or hospital as one word, such as cleveland.": True,
        f"columns: say which are {', '.join(open_columns)}.": bool(open_columns),
        "date_format: say it (%d/%m/%Y), unless the cells are a spreadsheet's dates.": (
            bool(mapping["columns"].get("date")) and not mapping["date_format"]
        ),
        "level: say what the column of areas holds, or drop that column.": (
            bool(mapping["columns"].get("area")) and not mapping["level"]
        ),
        f"codes: say what {len(mapping['codes']):,} words stand for.": bool(mapping["codes"]),
        f"areas: say what {len(mapping['areas']):,} words stand for.": bool(mapping["areas"]),
        "Columns that tell who somebody is stop a hospital's return; of a force's extract they "
        "are never taken.": bool(personal),
    }
    return [sentence for sentence, holds in said.items() if holds]
