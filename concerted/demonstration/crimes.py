"""Invented crime records of an invented force, imported as those of data.police.uk are.

Four years up to two months ago. Shoplifting grows, criminal damage falls, most else stays as it
was; two small areas are drawn anew in 2023, as real ones were, and the newest month may change.
"""

import csv
import datetime
import json
import math
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from pathlib import Path

from concerted.crime.lake.feeds import STREET
from concerted.crime.lake.importing import bring_in
from concerted.crime.lake.kept import keep
from concerted.crime.lake.months import Month, later, rolling, words_of
from concerted.crime.lake.outlines import keep_outlines
from concerted.crime.lake.planning import plan
from concerted.crime.lake.residents import keep_residents
from concerted.crime.lake.snapshots import Lake

FORCE, OF_FORCE = "wyleshire", "Wyleshire Police"
YEARS = 4
YEAR_OF_RESIDENTS = 2024
CHANGED = datetime.date(2023, 6, 1)  # from this month on the files name small areas of 2021
# District: its code, and how much happens in each ward beside the others.
DISTRICTS = {
    "Marlbeck": (
        "E06000990",
        {
            "Fenside North": 0.9,
            "Fenside South": 1.1,
            "Alderholme": 0.7,
            "Ferry": 0.8,
            "Market Place": 2.6,
            "Mill Bank": 1.2,
            "Northgate": 0.9,
            "Wyle Villages": 0.4,
        },
    ),
    "Wylemouth": ("E06000991", {"Haven": 1.6, "Sandside": 0.9, "Cross Lanes": 0.8}),
}
# Type: how many there are in an ordinary ward and month, and by how much a year it changes.
TYPES = {
    "Anti-social behaviour": (15.0, 0.0),
    "Violence and sexual offences": (26.0, 0.0),
    "Public order": (8.0, -0.02),
    "Criminal damage and arson": (10.0, -0.18),
    "Shoplifting": (8.0, 0.22),
    "Other theft": (6.5, 0.0),
    "Vehicle crime": (5.0, -0.06),
    "Burglary": (4.5, -0.08),
    "Drugs": (3.0, 0.0),
    "Theft from the person": (0.8, 0.0),
    "Robbery": (0.7, 0.0),
    "Possession of weapons": (0.6, 0.0),
    "Bicycle theft": (1.0, 0.0),
    "Other crime": (1.2, 0.0),
}
OUTCOMES = {
    "Investigation complete; no suspect identified": 44,
    "Unable to prosecute suspect": 26,
    "Under investigation": 13,
    "Awaiting court outcome": 8,
    "Local resolution": 5,
    "Offender given a caution": 4,
}
SHARED_OUT = [words for words, share in OUTCOMES.items() for _ in range(share)]
STREETS = ("Canal Walk", "Tanner Street", "Mill Lane", "Ferry Road", "Church Way", "Station Road")
EACH = 3  # small areas of a ward
SEED = 2010


def record_crimes(root: Path, *, today: datetime.date, say: Callable[[str], None]) -> None:
    """Import the records into a lake that holds none; one that holds any is left as it is."""
    lake = Lake(root)
    if lake.snapshots():
        return
    last = later(today.replace(day=1), -2)
    with tempfile.TemporaryDirectory() as folder:
        lookups, archive = Path(folder) / "areas", Path(folder) / f"{FORCE}.zip"
        lookups.mkdir()
        for name, lines in (("changes", _changes()), ("wards", _wards()), ("police", _police())):
            (lookups / f"{name}.csv").write_text(_as_csv(lines), "utf-8")
        geography = keep(root, sorted(lookups.iterdir()))
        people = Path(folder) / f"residents-{YEAR_OF_RESIDENTS}.csv"
        people.write_text(_as_csv(_residents()), "utf-8")
        keep_residents(root, people)
        outlines = Path(folder) / "wards.geojson"
        outlines.write_text(json.dumps(_outlines()), "utf-8")
        keep_outlines(root, outlines)
        archive_of(archive, rolling(last, months=12 * YEARS).months)
        made = bring_in(lake, plan([archive]), geography, by="demo", provisional_from=last)
    rows = sum(made.manifest.months["street"][FORCE].values())
    say(f"  crime records: {rows:,} rows of {OF_FORCE}, {' to '.join(made.manifest.covers)}")


def archive_of(path: Path, months: Iterable[Month]) -> None:
    """An archive of street files of these months, as data.police.uk makes them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for month in months:
            name = f"{words_of(month)}/{words_of(month)}-{FORCE}-street.csv"
            zipped.writestr(name, _as_csv([STREET.columns, *_rows(month)]))


def _as_csv(lines: "list[tuple[str, ...]]") -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def _places() -> Iterator[tuple[str, str, str, str, list[str], list[str]]]:
    """District, its code, ward, its code, and the small areas of 2011 and of 2021."""
    number = 0
    for district, (code, wards) in DISTRICTS.items():
        for ward in wards:
            number += 1
            base = 99000 + number * 10
            old = [f"E010{base + one}" for one in range(EACH)]
            # In every fourth ward one small area was split in two.
            new = [*old[1:], f"E010{base + 8}", f"E010{base + 9}"] if number % 4 == 0 else old
            yield district, code, ward, f"E050{90000 + number}", old, new


def _changes() -> list[tuple[str, ...]]:
    head = ("F_LSOA11CD", "LSOA11NM", "LSOA21CD", "LSOA21NM", "CHGIND", "LAD22CD", "LAD22NM")
    lines: list[tuple[str, ...]] = [head]
    for district, code, ward, _, old, new in _places():
        same = [one for one in old if one in new]
        pairs = [(one, one, "U") for one in same]
        pairs += [(old[0], one, "S") for one in new if one not in old]
        for before, now, kind in pairs:
            names = [f"{district} {ward} {one[-2:]}" for one in (before, now)]
            lines.append((before, names[0], now, names[1], kind, code, district))
    return lines


def _wards() -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = [("lsoa_code", "ward25_code_maxarea", "ward25_name")]
    for _, _, ward, code, old, new in _places():
        lines += [(one, code, ward) for one in sorted({*old, *new})]
    return lines


def _residents() -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = [("ward code", f"population {YEAR_OF_RESIDENTS}")]
    for number, (_, _, ward, code, _, _) in enumerate(_places()):
        # Few live in the market place, whatever happens there.
        lines.append((code, str(3_900 if ward == "Market Place" else 6_400 + 370 * (number % 5))))
    return lines


def _outlines() -> dict[str, object]:
    """Wards as six-sided fields beside each other, out at sea."""
    features = []
    for number, (_, _, _, code, _, _) in enumerate(_places()):
        row, column = divmod(number, 4)
        x, y = 2.0 + 0.06 * column + 0.03 * (row % 2), 54.5 - 0.03 * row
        corners = ((0, 0.01), (0.03, 0.02), (0.06, 0.01), (0.06, -0.01), (0.03, -0.02), (0, -0.01))
        ring = [[round(x + right, 3), round(y + up, 3)] for right, up in (*corners, corners[0])]
        features.append(
            {
                "type": "Feature",
                "properties": {"WD25CD": code},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _police() -> list[tuple[str, ...]]:
    head = ("lad-code", "lad-name", "csp-code", "csp-name", "PFA21CD", "PFA21NM")
    lines: list[tuple[str, ...]] = [head]
    for number, (district, (code, _)) in enumerate(DISTRICTS.items()):
        own = (f"E2200099{number}", f"Safer {district}")
        lines.append((code, district, *own, "E23000990", "Wyleshire"))
    return lines


def _rows(month: Month) -> list[tuple[str, ...]]:
    chance = random.Random(f"{SEED} {month}")  # noqa: S311 - invented rows, the same each time
    years = (month.year - 2024) + (month.month - 1) / 12
    season = 1 + 0.08 * math.sin((month.month - 4) * math.pi / 6)
    found = []
    for district, _, ward, _, old, new in _places():
        much = DISTRICTS[district][1][ward]
        areas = old if month < CHANGED else new
        for kind, (each, yearly) in TYPES.items():
            grown = (1 + yearly) ** years
            for _ in range(_poisson(chance, each * much * season * grown)):
                found.append(_row(month, kind, chance.choice(areas), f"{district} {ward}", chance))
    return found


def _row(month: Month, kind: str, area: str, name: str, chance: random.Random) -> tuple[str, ...]:
    disorder = kind == "Anti-social behaviour"
    crime_id = "" if disorder else f"{chance.getrandbits(256):064x}"
    row = {
        "Crime ID": crime_id,
        "Month": words_of(month),
        "Reported by": OF_FORCE,
        "Falls within": OF_FORCE,
        "Longitude": f"2.{chance.randint(40, 49)}0000",
        "Latitude": f"54.{chance.randint(40, 49)}0000",
        "Location": f"On or near {chance.choice(STREETS)}",
        "LSOA code": area,
        "LSOA name": f"{name} {area[-2:]}",
        "Crime type": kind,
        "Last outcome category": _outcome(crime_id),
        "Context": "",
    }
    return tuple(row[column] for column in STREET.columns)


def _outcome(crime_id: str) -> str:
    """What became of it, in such shares as are published; the same for the same crime."""
    if not crime_id:
        return ""
    return SHARED_OUT[int(crime_id, 16) % len(SHARED_OUT)]


def _poisson(chance: random.Random, mean: float) -> int:
    """How often something happens that happens `mean` times on average (Knuth's way)."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count
