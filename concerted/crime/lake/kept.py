"""Lookups as they are kept beside the lake: read by every import, changed by none."""

from collections.abc import Iterable
from pathlib import Path

from concerted.crime.lake.areas import Geography, read_geography
from concerted.crime.lake.refusals import Refused

LOOKUPS = "lookups"


def keep(root: Path, paths: Iterable[Path]) -> Geography:
    """Keep lookups with those kept before, and return what all of them say.

    One of the same name takes the place of the earlier one. Raises Refused, with nothing kept,
    where they cannot be read together.
    """
    kept = root / LOOKUPS
    given = {one.name: one for one in paths}
    whole = {one.name: one for one in kept.glob("*.csv")} | given
    found = read_geography(whole.values())
    kept.mkdir(parents=True, exist_ok=True)
    for name, path in given.items():
        beside = kept / f".{name}"
        beside.write_bytes(path.read_bytes())
        beside.replace(kept / name)
    return found


def lookups_in(root: Path) -> list[Path]:
    return sorted((root / LOOKUPS).glob("*.csv"))


def geography_of(root: Path) -> Geography:
    """What all kept lookups say together. Raises Refused where there are none."""
    lookups = lookups_in(root)
    if not lookups:
        raise Refused(
            "No lookup says where the small areas lie. Give one first: concerted crime areas FILE."
        )
    return read_geography(lookups)
