"""concerted audit: checking the trail, and dropping its oldest years."""

import sys

import click

from concerted.cli.serve import database_running


@click.group()
def audit() -> None:
    """Check the trail, and drop its oldest years."""


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


@audit.command()
@click.argument("year", type=int)
@click.option("--keep-years", default=6, show_default=True, help="Whole years that are kept.")
def expire(year: int, keep_years: int) -> None:
    """Drop the lines of YEAR. Their seals stay, so that the rest can still be checked."""
    with database_running():
        from django.conf import settings  # noqa: PLC0415

        from concerted.audit import expiry  # noqa: PLC0415

        if "owner" not in settings.DATABASES:
            click.echo("Set DATABASE_OWNER_URL: only the owner drops lines.", err=True)
            sys.exit(2)
        try:
            dropped = expiry.expire(year, keep_years=keep_years)
        except expiry.CannotExpire as why_not:
            click.echo(str(why_not), err=True)
            sys.exit(2)
    click.echo(f"{dropped} lines of {year} are dropped; their seals stay.")
