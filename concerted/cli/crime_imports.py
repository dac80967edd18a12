"""What `concerted crime import` and `fetch` share: their options, their bars, the import itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from concerted.cli.minutes import fail

if TYPE_CHECKING:
    from concerted.crime.lake.areas import Geography
    from concerted.crime.lake.fetching import Progress as Fetched
    from concerted.crime.lake.importing import Progress
    from concerted.crime.lake.months import Month, Period
    from concerted.crime.lake.publisher import Publisher, Wanted
    from concerted.crime.lake.snapshots import Manifest

FETCHED = "fetched"


def lake() -> Path:
    from django.conf import settings  # noqa: PLC0415

    return Path(settings.LAKE)


def as_month(
    _context: click.Context, _option: click.Parameter, words: str | None
) -> "Month | None":
    """The value of an option that is a month."""
    from concerted.crime.lake.months import month_of  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415

    try:
        return month_of(words) if words else None
    except Refused as refusal:
        fail(str(refusal))


def of_an_import(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every import has."""
    for option in (
        click.option("--by", default="", help="A reference of who imports it, such as a post."),
        click.option(
            "--gaps-are-known",
            is_flag=True,
            help="Months are missing that the force never published.",
        ),
        click.option(
            "--provisional-from",
            metavar="MONTH",
            callback=as_month,
            help="The force may still change 2025-10 and later.",
        ),
    ):
        command = option(command)
    return command


def publisher_of(source: str | None, stores: Sequence[str]) -> "Publisher":
    from concerted.crime.lake.publisher import ADDRESS, STORES, Publisher  # noqa: PLC0415

    return Publisher(source or ADDRESS, stores or (() if source else STORES))


def say_wanted(asked: "Wanted") -> None:
    names = [f"{one:%Y-%m}" for one in asked.archives]
    click.echo(f"{asked.period}: archive {', '.join(names)}.")
    for month, name in zip(asked.archives, names, strict=True):
        if month not in asked.checksums:
            click.echo(f"No checksum of {name} was told: all of it is unpacked to see it is whole.")


@contextmanager
def bars() -> Iterator[Callable[["Fetched"], None]]:
    """A bar for each archive, from its first byte on."""
    with ExitStack() as shown:
        bar: dict[object, Any] = {}

        def progress(at: "Fetched") -> None:
            if at.month not in bar:
                shown.close()
                known = at.of is not None
                new = click.progressbar(
                    length=at.of or 1, label=f"{at.month:%Y-%m}", show_percent=known, show_eta=known
                )
                bar[at.month] = shown.enter_context(new)
            bar[at.month].update(max(0, at.done - bar[at.month].pos))

        yield progress


def geography() -> "Geography":
    """What the kept lookups say; the command ends with a sentence where there are none."""
    from concerted.crime.lake.kept import geography_of  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415

    try:
        return geography_of(lake())
    except Refused as refusal:
        fail(str(refusal))


def bring_in_from(
    paths: Sequence[Path],
    forces: Sequence[str],
    places: "Geography",
    within: "Period | None",
    *,
    provisional_from: "Month | None",
    gaps_are_known: bool,
    by: str,
) -> None:
    from concerted.crime.lake.importing import bring_in  # noqa: PLC0415
    from concerted.crime.lake.planning import plan  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415
    from concerted.crime.lake.snapshots import Lake  # noqa: PLC0415

    try:
        planned = plan(paths, forces=forces, within=within, gaps_are_known=gaps_are_known)
        with click.progressbar(length=planned.size, label=f"{planned.covers}") as bar:

            def progress(at: "Progress") -> None:
                bar.update(max(0, at.done - bar.pos))

            made = bring_in(
                Lake(lake()),
                planned,
                places,
                by=by,
                provisional_from=provisional_from,
                progress=progress,
            )
    except Refused as refusal:
        fail(str(refusal))
    say_snapshot(made.manifest)


def say_snapshot(manifest: "Manifest") -> None:
    """What was brought in, and what was not taken and why."""
    click.echo(
        f"Snapshot {manifest.number}: {manifest.rows:,} rows, {' to '.join(manifest.covers)}."
    )
    for feed, dropped in manifest.dropped.items():
        if dropped:
            click.echo(f"Not kept of {feed}: {', '.join(dropped)}.")
    for reason, number in manifest.rejects.items():
        click.echo(f"{number:,} rows were not taken: {reason}.")
    for what, found in manifest.unknown.items():
        if number := sum(found.values()):
            click.echo(f"{number:,} rows taken, but: {what.replace('_', ' ')}.")
