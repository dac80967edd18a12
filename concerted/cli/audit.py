"""concerted audit: checking the trail, its anchors, its oldest years, and who a thing reached."""

import datetime
import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from concerted.cli.serve import database_running


@click.group()
def audit() -> None:
    """Check the trail, ask it who a thing reached, and drop its oldest years."""


@audit.command()
@click.option(
    "--anchor",
    "anchor_",
    metavar="FILE|TEXT",
    help="A mailed anchor, as a file, as text, or - for standard input.",
)
def verify(anchor_: str | None) -> None:
    """Check that no line of the trail was changed or taken away; name the first that was.

    Whoever can change the whole database can also cut off the newest lines with their seals: only
    an anchor that was kept elsewhere shows that.
    """
    with database_running():
        from concerted.audit import anchors, sealing  # noqa: PLC0415

        head = None
        if anchor_:
            try:
                head = anchors.read(_text_of(anchor_))
            except anchors.NotAnAnchor as why_not:
                click.echo(str(why_not), err=True)
                sys.exit(2)
        found = sealing.verify()
        fault = found.fault or (anchors.fault_of(head) if head else "") or anchors.fault_of_kept()
    if fault:
        click.echo(f"The trail is broken. {fault}", err=True)
        sys.exit(1)
    click.echo(
        f"{found.checked} lines are as they were sealed; {found.unsealed} are not sealed yet."
    )
    if head:
        click.echo(f"Everything that the anchor of {head.day:%d %B %Y} says is there.")


def _text_of(given: str) -> str:
    """The text of an anchor: from standard input, from a file, or as it was given."""
    if given == "-":
        return sys.stdin.read()
    if "\n" in given or not Path(given).exists():
        return given
    try:
        return Path(given).read_text("utf-8", errors="replace")
    except OSError as fault:
        click.echo(f"{given} cannot be opened: {(fault.strerror or 'why is unknown').lower()}.")
        sys.exit(2)


@audit.command()
def anchor() -> None:
    """Print today's anchor: four lines to be kept where nobody here can reach them."""
    with database_running():
        from concerted.audit import anchors  # noqa: PLC0415

        head = anchors.Head.of(anchors.make())
    click.echo(str(head), nl=False)


@audit.command()
@click.argument("thing")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day, 2026-06-01.")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help="Last day; else today.")
@click.option("--names", is_flag=True, help="Say whom the pseudonyms stand for.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON.")
def reach(
    thing: str,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    names: bool,
    as_json: bool,
) -> None:
    """Who read THING, who could have, and what may have carried it.

    THING is the key of a meeting, paper, file or action, as its address shows it. That this was
    asked is on the trail.
    """
    with database_running():
        from concerted.desk import reach as reaching  # noqa: PLC0415

        try:
            found = reaching.reach(
                thing,
                since=since.date() if since else None,
                until=until.date() if until else None,
                names=names,
            )
        except reaching.CannotTell as why_not:
            click.echo(str(why_not), err=True)
            sys.exit(2)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1, default=str))
    else:
        click.echo(found.as_text(), nl=False)


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
