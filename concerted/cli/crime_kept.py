"""concerted crime snapshots | expire | residents | outlines: what the lake keeps, and beside it."""

from collections.abc import Sequence
from pathlib import Path

import click

from concerted.cli.crime_imports import lake
from concerted.cli.minutes import fail


@click.command("snapshots")
@click.option("--check", is_flag=True, help="Read every file again, to see that none was altered.")
def snapshots(check: bool) -> None:
    """Each snapshot, the newest first: its months, its rows, whether they were destroyed."""
    from concerted.crime.lake.snapshots import Lake, superseded  # noqa: PLC0415

    kept = Lake(lake())
    found = kept.snapshots()
    over = superseded(found)
    if not found:
        click.echo("There is nothing in the lake yet.")
    altered = False
    for one in reversed(found):
        manifest = one.manifest
        stands = "superseded" if one.number in over else "in use"
        gone = ", rows destroyed" if one.expired else ""
        click.echo(
            f"{one.number:>6}  {' to '.join(manifest.covers)}  {manifest.rows:>12,} rows  "
            f"{', '.join(manifest.months)}  {stands}{gone}"
        )
        for name in kept.altered(one.number) if check else ():
            altered = True
            click.echo(f"        altered or gone: {name}")
    if altered:
        fail("Files are not as they were written. Restore the lake from a backup.")
    if check and found:
        click.echo("Every file is as it was written.")


@click.command("expire")
@click.argument("number", type=int)
@click.option("--by", required=True, help="A reference of who decided it, such as a post.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def expire(number: int, by: str, yes: bool) -> None:
    """Destroy the rows of a snapshot for good; its hash and counts stay, and figures with them."""
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415
    from concerted.crime.lake.snapshots import Lake  # noqa: PLC0415

    kept = Lake(lake())
    try:
        snapshot = kept.snapshot(number)
        if snapshot.expired:
            fail(f"The rows of snapshot {number} were destroyed before.")
        covers = " to ".join(snapshot.manifest.covers)
        if not yes:
            click.confirm(f"Destroy the rows of snapshot {number}, {covers}, for good?", abort=True)
        kept.expire(number, by=by)
    except Refused as refusal:
        fail(str(refusal))
    click.echo(f"The rows of snapshot {number} are gone. Its hash and its counts are kept.")


@click.command("residents")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
def residents(paths: Sequence[str]) -> None:
    """Keep how many people live where (CSV): rates of wards are worked out with the newest year.

    A line an area: its code, and a column such as “population 2021”.
    """
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415
    from concerted.crime.lake.residents import keep_residents, said_of  # noqa: PLC0415

    for path in paths:
        try:
            click.echo(said_of(keep_residents(lake(), Path(path))))
        except Refused as refusal:
            fail(str(refusal))


@click.command("outlines")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
def outlines(paths: Sequence[str]) -> None:
    """Keep outlines of areas (GeoJSON, WGS84), for the map of wards: none is asked of others."""
    from concerted.crime.lake.outlines import keep_outlines  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415

    for path in paths:
        try:
            found = keep_outlines(lake(), Path(path))
        except Refused as refusal:
            fail(str(refusal))
        click.echo(f"{found.source}: {len(found.of):,} areas.")
