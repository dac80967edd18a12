"""concerted audit: checking the trail."""

import sys

import click

from concerted.cli.serve import database_running


@click.group()
def audit() -> None:
    """Check the trail."""


@audit.command()
def verify() -> None:
    """Check that no line of the trail was changed or taken away; name the first that was."""
    with database_running():
        from concerted.audit import sealing  # noqa: PLC0415

        found = sealing.verify()
    if found.fault:
        click.echo(f"The trail is broken. {found.fault}", err=True)
        sys.exit(1)
    click.echo(
        f"{found.checked} lines are as they were sealed; {found.unsealed} are not sealed yet."
    )
