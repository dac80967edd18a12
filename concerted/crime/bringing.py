"""Bringing into the lake what was handed over on a page, and saying what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from concerted.crime.handed_over import Wanted, What
from concerted.crime.lake.extract_importing import bring_in_extract
from concerted.crime.lake.extracts import plan_extract
from concerted.crime.lake.importing import Progress, bring_in
from concerted.crime.lake.kept import geography_of, keep
from concerted.crime.lake.mappings import mapping_of
from concerted.crime.lake.months import month_of
from concerted.crime.lake.outlines import keep_outlines
from concerted.crime.lake.planning import plan
from concerted.crime.lake.residents import keep_residents, said_of
from concerted.crime.lake.snapshots import Lake, Snapshot


def bring(
    root: Path,
    files: Sequence[Path],
    wanted: Wanted,
    *,
    by: str,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> str:
    """Bring files in, once for each `by`, and return a sentence about what is there now.

    Raises Refused, and Stopped when cancelled; then nothing of them is there.
    """
    match wanted.what:
        case What.AREAS:
            found = keep(root, files)
            return " ".join([f"{len(found.places):,} small areas are known.", *found.remarks])
        case What.RESIDENTS:
            return " ".join(said_of(keep_residents(root, one)) for one in files)
        case What.OUTLINES:
            kept = [keep_outlines(root, one) for one in files]
            return " ".join(f"{one.source}: {len(one.of):,} areas." for one in kept)
    lake = Lake(root)
    # A worker that died between the last step of an import and saying so is followed by another.
    made = next((one for one in lake.snapshots() if one.manifest.imported_by == by), None)
    if made is None:
        made = _imported(lake, files, wanted, by, progress, cancelled)
    return said_of_snapshot(made)


def _imported(
    lake: Lake,
    files: Sequence[Path],
    wanted: Wanted,
    by: str,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Snapshot:
    geography = geography_of(lake.root)
    since = month_of(wanted.provisional_from) if wanted.provisional_from else None
    if wanted.what == What.MAPPED:
        mapped = plan_extract(
            files, mapping_of(wanted.mapping), geography, gaps_are_known=wanted.gaps_are_known
        )
        return bring_in_extract(
            lake, mapped, by=by, provisional_from=since, progress=progress, cancelled=cancelled
        )
    planned = plan(files, forces=wanted.forces, gaps_are_known=wanted.gaps_are_known)
    return bring_in(
        lake,
        planned,
        geography,
        by=by,
        provisional_from=since,
        progress=progress,
        cancelled=cancelled,
    )


def said_of_snapshot(made: Snapshot) -> str:
    manifest = made.manifest
    first, last = map(month_of, manifest.covers)
    rejected = sum(manifest.rejects.values())
    not_taken = f" {rejected:,} could not be read." if rejected else ""
    return (
        f"Snapshot {manifest.number}: {manifest.rows:,} rows, {first:%B %Y} to {last:%B %Y}."
        f"{not_taken}"
    )
