"""concerted search: the index by which members find minutes, decisions, actions and papers."""

import sys

import click

from concerted.cli.serve import database_running


@click.group()
def search() -> None:
    """Look after the index of the search."""


@search.command()
def rebuild() -> None:
    """Make the index anew where it is not as it should be. Others can work meanwhile."""
    with database_running():
        from concerted.search.services import rebuild  # noqa: PLC0415

        with click.progressbar(length=1, label="Looking at", file=sys.stderr) as bar:

            def tell(done: int, of: int) -> None:
                bar.length = of
                bar.update(done - bar.pos)

            changed = rebuild(tell)
    click.echo(f"Rows of the index that were made anew or taken out: {changed:,}.")
