"""concerted crime columns, and importing files whose columns are mapped."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from concerted.cli.crime_imports import lake, say_snapshot
from concerted.cli.minutes import fail

if TYPE_CHECKING:
    from concerted.crime.lake.areas import Geography
    from concerted.crime.lake.importing import Progress
    from concerted.crime.lake.months import Month


@click.command("columns")
@click.argument("path", type=click.Path(exists=True, dir_okay=False))
@click.option("--feed", default="", help="recorded, incidents, home_office or hospital.")
@click.option("--sheet", default="", help="Of a workbook with several.")
@click.option("--header", default=0, help="The line of the columns' names, if it is not found.")
@click.option("--draft", "to", type=click.Path(dir_okay=False), help="Where the draft is written.")
def columns(path: str, feed: str, sheet: str, header: int, to: str | None) -> None:
    """The columns of a file (CSV, .xlsx, .ods), and a mapping to correct.

    Nothing is imported. Values are counted and not shown, for they may be anything.
    """
    from concerted.crime.lake.drafts import draft  # noqa: PLC0415
    from concerted.crime.lake.kept import geography_of, lookups_in  # noqa: PLC0415
    from concerted.crime.lake.mappings import MAPPED  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415

    if feed and feed not in MAPPED:
        fail(f"“{feed}” is no kind of file. Say one of: {', '.join(MAPPED)}.")
    try:
        where = geography_of(lake()) if lookups_in(lake()) else None
        found = draft(Path(path), geography=where, feed=feed, sheet=sheet, header=header)
    except Refused as refusal:
        fail(str(refusal))
    for one in found.columns:
        click.echo(
            f"{one.name:<32} {one.filled:>9,} filled, {one.different:>7,} different  {one.guess}"
        )
    words = json.dumps(found.mapping, ensure_ascii=False, indent=1)
    if to:
        Path(to).write_text(f"{words}\n", "utf-8")
    else:
        click.echo(f"\n{words}")
    click.echo("\nBefore it can be used:")
    for remark in found.remarks:
        click.echo(f"  {remark}")


def bring_in_mapped(
    paths: Sequence[Path],
    mapping: Path,
    geography: "Geography",
    *,
    gaps_are_known: bool,
    provisional_from: "Month | None",
    by: str,
) -> None:
    """Import files by a mapping, with a bar."""
    from concerted.crime.lake.extract_importing import bring_in_extract  # noqa: PLC0415
    from concerted.crime.lake.extracts import plan_extract  # noqa: PLC0415
    from concerted.crime.lake.mappings import read_mapping  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415
    from concerted.crime.lake.snapshots import Lake  # noqa: PLC0415

    try:
        plan = plan_extract(paths, read_mapping(mapping), geography, gaps_are_known=gaps_are_known)
        with click.progressbar(length=plan.size, label=f"{plan.covers}") as bar:

            def progress(at: "Progress") -> None:
                bar.update(max(0, at.done - bar.pos))

            made = bring_in_extract(
                Lake(lake()), plan, by=by, provisional_from=provisional_from, progress=progress
            )
    except Refused as refusal:
        fail(str(refusal))
    for remark in plan.remarks:
        click.echo(remark)
    say_snapshot(made.manifest)
