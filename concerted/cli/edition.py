"""concerted edition: the public edition as files, and its pages made anew."""

import sys
from pathlib import Path

import click

from concerted.cli.serve import database_running


@click.group()
def edition() -> None:
    """The public edition: write it as files, make its pages anew."""


@edition.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Write the edition into FOLDER as files, for any web server or CDN.

    A folder that an earlier export wrote is brought up to date: what was withdrawn goes from it.
    """
    with database_running():
        from concerted.public_door import exporting, pushing  # noqa: PLC0415

        try:
            done = exporting.export(folder)
        except (exporting.NotOurs, pushing.NoEdition) as why_not:
            click.echo(str(why_not), err=True)
            sys.exit(2)
    click.echo(
        f"{done.files} files are in {folder}: {done.written} written, {done.removed} taken away."
    )


@edition.command()
def rebuild() -> None:
    """Make every page anew from what was released, and write those that differ."""
    with database_running():
        from concerted.public_door import pushing  # noqa: PLC0415

        try:
            done = pushing.rebuild()
        except pushing.NoEdition as why_not:
            click.echo(str(why_not), err=True)
            sys.exit(2)
    click.echo(f"{len(done.written)} pages were written, {len(done.removed)} taken away.")
