"""What areas are called, which lie in which, and which force polices them: from the snapshots."""

from dataclasses import dataclass

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import STREET
from concerted.crime.lake.measures import Area
from concerted.crime.lake.refusals import Refused

_DISTRICTS = """
SELECT known.district, coalesce(max(names.name), known.district) AS name
FROM (
    SELECT DISTINCT district FROM read_parquet($places) WHERE district IS NOT NULL
) AS known
LEFT JOIN (SELECT code, name FROM read_parquet($names) WHERE level = 'district') AS names
    ON names.code = known.district
GROUP BY known.district
ORDER BY name, known.district
"""
_WARDS = """
SELECT known.ward, coalesce(max(names.name), known.ward) AS name
FROM (
    SELECT DISTINCT ward FROM read_parquet($places)
    WHERE district = $district AND ward IS NOT NULL
) AS known
LEFT JOIN (SELECT code, name FROM read_parquet($names) WHERE level = 'ward') AS names
    ON names.code = known.ward
GROUP BY known.ward
ORDER BY name, known.ward
"""
_DISTRICT_OF = """
SELECT district FROM read_parquet($places)
WHERE ward = $ward AND district IS NOT NULL
GROUP BY district ORDER BY count(*) DESC, district LIMIT 1
"""
_FORCE_OF = """
SELECT force FROM read_parquet($paths) WHERE district = $district
GROUP BY force ORDER BY sum(n) DESC, force LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Named:
    """An area by its code and its name; the code stands for the name where no lookup has one."""

    level: str
    code: str
    name: str


def districts(asking: Asking) -> tuple[Named, ...]:
    """Every district of which the lake holds counts, by name."""
    found = asking.ask(_DISTRICTS, _files(asking)) if asking.snapshots else []
    return tuple(Named("district", code, name) for code, name in found)


def wards(asking: Asking, district: str) -> tuple[Named, ...]:
    """The wards of a district, by name; none where no lookup names any."""
    found = asking.ask(_WARDS, {**_files(asking), "district": district})
    return tuple(Named("ward", code, name) for code, name in found)


def district_of(asking: Asking, ward: str) -> str | None:
    """The district that a ward lies in, or None for a ward that the lake does not know."""
    places = _files(asking)["places"]
    found = asking.ask(_DISTRICT_OF, {"places": places, "ward": ward}) if places else []
    return found[0][0] if found else None


def force_of(asking: Asking, district: str) -> str:
    """The force that records most of what happens in a district. Raises Refused for none."""
    folders = [one.folder / STREET.name for one in asking.snapshots.values()]
    paths = [str(one / "districts.parquet") for one in folders if one.is_dir()]
    found = asking.ask(_FORCE_OF, {"paths": paths, "district": district}) if paths else []
    if not found:
        raise Refused(f"The lake holds nothing of {district}. Choose another area.")
    return str(found[0][0])


def forces_of(asking: Asking, where: Area) -> frozenset[str] | None:
    """Whose records answer for an area: a force itself, or the one that polices it.

    None where that is not one force: of larger areas, and of areas of the partnership's own.
    """
    if where.level == "force":
        return where.codes
    if where.level not in ("ward", "district") or len(where.codes) != 1:
        return None
    (code,) = where.codes
    district = code if where.level == "district" else district_of(asking, code)
    return frozenset({force_of(asking, district)}) if district else None


def _files(asking: Asking) -> dict[str, list[str]]:
    folders = [one.folder for one in asking.snapshots.values()]
    return {
        "places": [str(one / "places.parquet") for one in folders],
        "names": [str(one / "names.parquet") for one in folders],
    }
