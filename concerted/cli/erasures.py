"""concerted erasures: what was erased stays erased after a restore."""

import sys

import click

from concerted.cli.serve import database_running


@click.group()
def erasures() -> None:
    """Keep erased what was erased, also after a restore."""


@erasures.command()
def replay() -> None:
    """Erase again what the ledger says and this database does not know. Safe to run again."""
    with database_running():
        from concerted.erasure import replaying  # noqa: PLC0415

        why_not = replaying.why_not_serve()
        if why_not and why_not != replaying.REPLAY_FIRST:
            click.echo(why_not, err=True)
            sys.exit(2)
        done = replaying.replay()
    click.echo(f"Steps of erasures carried out again: {done}.")


@erasures.command()
def check() -> None:
    """Compare the ledger with this database; exit code 1 where they differ."""
    with database_running():
        from concerted.erasure import replaying  # noqa: PLC0415

        fault = replaying.why_not_serve() or replaying.why_not_whole()
    if fault:
        click.echo(fault, err=True)
        sys.exit(1)
    click.echo("The ledger of erasures and this database say the same.")
