"""Outlines of areas (GeoJSON, WGS84), kept beside the lake and drawn on our own pages alone."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concerted.crime.lake.kept import put
from concerted.crime.lake.refusals import Refused

OUTLINES = "outlines"
MAX_BYTES = 50 * 1024**2
MOST_POINTS = 400_000
_CODE = re.compile(r"[EW]0[0-9]\d{6}")
# A ward's file names its district, its county and its region too.
_OWN_CODE = re.compile(r"^(WD|LSOA|LAD)\d\dCD$", re.IGNORECASE)
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Rings of longitude and latitude by code of an area; `source` is the file they came in."""

    source: str
    of: Mapping[str, tuple[Ring, ...]]


def keep_outlines(root: Path, path: Path) -> Outlines:
    """Keep a file, and return what it holds. Raises Refused for one that cannot be drawn."""
    found = read_outlines(path)
    put(root / OUTLINES, path)
    return found


def outlines_in(root: Path) -> dict[str, tuple[Ring, ...]]:
    """All outlines that are kept, by code of the area."""
    found: dict[str, tuple[Ring, ...]] = {}
    for path in sorted((root / OUTLINES).glob("*.geojson")):
        found |= read_outlines(path).of
    return found


def read_outlines(path: Path) -> Outlines:
    """Read polygons of areas with their codes. Raises Refused."""
    if path.suffix.lower() != ".geojson":
        raise Refused(f"{path.name} is no .geojson file. Export the areas as GeoJSON (WGS84).")
    if path.stat().st_size > MAX_BYTES:
        raise Refused(f"{path.name} is larger than 50 MB. Take the generalised outlines.")
    try:
        given = json.loads(path.read_text("utf-8-sig"))
        found = dict(_areas(given["features"]))
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise Refused(
            f"{path.name} holds no areas that can be drawn: it needs polygons in degrees (WGS84), "
            "each with the code of its area, such as WD25CD."
        ) from error
    if not found:
        raise Refused(f"{path.name} holds no area. Choose another file.")
    if sum(len(ring) for rings in found.values() for ring in rings) > MOST_POINTS:
        raise Refused(f"{path.name} is too fine to be drawn. Take the generalised outlines.")
    return Outlines(path.name, found)


def _areas(features: list[Any]) -> Iterator[tuple[str, tuple[Ring, ...]]]:
    for one in features:
        shape, own = one["geometry"], one["properties"]
        # The first is the area's own; those of what it lies in follow.
        code = next(value for name, value in own.items() if _OWN_CODE.match(name))
        if not _CODE.fullmatch(code) or shape["type"] not in ("Polygon", "MultiPolygon"):
            raise ValueError("This is no area.")
        several = shape["type"] == "MultiPolygon"
        polygons = shape["coordinates"] if several else [shape["coordinates"]]
        rings = tuple(
            tuple(_point(*point[:2]) for point in ring) for polygon in polygons for ring in polygon
        )
        yield code, rings


def _point(longitude: float, latitude: float) -> tuple[float, float]:
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError("These are not degrees.")
    return float(longitude), float(latitude)
