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
    for path in given.values():
        put(kept, path)
    return found


def put(kept: Path, path: Path) -> None:
    """Copy a file into a folder, whole or not at all, in the place of one of the same name."""
    kept.mkdir(parents=True, exist_ok=True)
    beside = kept / f".{path.name}"
    beside.write_bytes(path.read_bytes())
    beside.replace(kept / path.name)


def lookups_in(root: Path) -> list[Path]:
    return sorted((root / LOOKUPS).glob("*.csv"))


def geography_of(root: Path) -> Geography:
    """What all kept lookups say together. Raises Refused where there are none."""
    lookups = lookups_in(root)
    if not lookups:
        raise Refused(
            "No lookup says where the small areas lie. Bring one in first (as a command: concerted "
            "crime areas FILE)."
        )
    return read_geography(lookups)
