"""concerted crime: bringing recorded crime in, and the report of an area."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from concerted.cli.crime_extracts import bring_in_mapped, columns
from concerted.cli.crime_imports import (
    FETCHED,
    as_month,
    bars,
    bring_in_from,
    geography,
    lake,
    of_an_import,
    publisher_of,
    say_wanted,
)
from concerted.cli.crime_kept import expire, outlines, residents, snapshots
from concerted.cli.minutes import fail

if TYPE_CHECKING:
    from concerted.crime.lake.months import Month, Period
    from concerted.crime.report import Line, Report


@click.group()
def crime() -> None:
    """Bring recorded crime in, and report on it."""


crime.add_command(columns)
crime.add_command(snapshots)
crime.add_command(expire)
crime.add_command(residents)
crime.add_command(outlines)


@crime.command("areas")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
def areas_(paths: Sequence[str]) -> None:
    """Keep lookups (CSV): which small area lies in which ward, district and partnership.

    They are read with those kept before, and used by every later import. One of the same name takes
    the place of the earlier one; snapshots keep what they were made with.
    """
    from concerted.crime.lake.kept import keep  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415

    try:
        found = keep(lake(), [Path(one) for one in paths])
    except Refused as refusal:
        fail(str(refusal))
    for remark in found.remarks:
        click.echo(remark)
    click.echo(f"{len(found.places):,} small areas are known.")


@crime.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--force", "forces", multiple=True, help="As the files call it: cleveland.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False),
    help="What the columns are of a force's extract, a table of the Home Office, a hospital's "
    "return (see: concerted crime columns).",
)
@of_an_import
def import_(paths: Sequence[str], forces: Sequence[str], mapping: str | None, **how: Any) -> None:
    """Import archives (.zip) and CSVs of data.police.uk as a new snapshot; others by a mapping.

    Nothing that is there already is altered. Ctrl-C ends it, and nothing of it is kept.
    """
    given = [Path(one) for one in paths]
    if mapping:
        bring_in_mapped(given, Path(mapping), geography(), **how)
    else:
        bring_in_from(given, forces, geography(), None, **how)


@crime.command("fetch")
@click.option("--force", "forces", multiple=True, required=True, help="As in cleveland.")
@click.option(
    "--from",
    "since",
    required=True,
    metavar="MONTH",
    callback=as_month,
    help="The first month: 2023-01.",
)
@click.option(
    "--to",
    "until",
    metavar="MONTH",
    callback=as_month,
    help="The last month; the latest unless told.",
)
@click.option("--only-download", is_flag=True, help="Import nothing, and keep the archives.")
@click.option("--source", metavar="ADDRESS", help="A copy of https://data.police.uk.")
@click.option(
    "--store",
    "stores",
    multiple=True,
    metavar="ADDRESS",
    help="Where it may lead to for its files.",
)
@of_an_import
def fetch_(
    forces: Sequence[str],
    since: "Month",
    until: "Month | None",
    only_download: bool,
    source: str | None,
    stores: Sequence[str],
    **how: Any,
) -> None:
    """Fetch archives from data.police.uk, and import months of a force from them.

    As few as hold these months, of 1 to 3 GB each. Ctrl-C ends it; the same command goes on from
    there. When the import is done they are deleted: they hold more than it keeps.
    """
    from concerted.crime.lake.fetching import discard, fetch  # noqa: PLC0415
    from concerted.crime.lake.publisher import wanted  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415

    # Said before gigabytes are fetched, not after.
    places = None if only_download else geography()
    try:
        with publisher_of(source, stores) as publisher, bars() as progress:
            asked = wanted(publisher, forces, since, until)
            say_wanted(asked)
            found = fetch(
                publisher, lake() / FETCHED, asked.archives, asked.checksums, progress=progress
            )
    except Refused as refusal:
        fail(str(refusal))
    except KeyboardInterrupt:
        fail("Stopped. What has come is kept: the same command goes on from there.")
    if places is None:
        for path in found:
            click.echo(path)
        return
    bring_in_from(found, forces, places, asked.period, **how)
    discard(found)


@crime.command("report")
@click.option("--area", "code", required=True, help="E06000004, or a force such as cleveland.")
@click.option("--to", "to", required=True, metavar="MONTH", help="The last month: 2025-06.")
@click.option("--measures", type=click.Path(exists=True, dir_okay=False), help="Sets of one's own.")
@click.option("--json", "as_json", is_flag=True, help="One record a measure and comparison.")
def report_(code: str, to: str, measures: str | None, as_json: bool) -> None:
    """Each measure of an area: the month, the year to date and twelve months, against before."""
    from concerted.crime.lake.asking import Asking  # noqa: PLC0415
    from concerted.crime.lake.measure_sets import sets_of  # noqa: PLC0415
    from concerted.crime.lake.months import month_of  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415
    from concerted.crime.report import area_of, as_records, report  # noqa: PLC0415

    counts = lake() / "counts"
    if not counts.is_dir():
        fail("There is nothing in the lake yet. Import it first: concerted crime import PATH.")
    try:
        with Asking(counts) as asking:
            tables = sets_of(Path(measures)) if measures else ()
            found = report(asking, area_of(code), month_of(to), tables=tables)
    except Refused as refusal:
        fail(str(refusal))
    if as_json:
        click.echo(json.dumps(as_records(found), ensure_ascii=False, indent=1))
        return
    say(found)


def say(found: "Report") -> None:
    """The report in lines: words, then counts, then what may be printed of the change."""
    for table in dict.fromkeys(line.table for line in found.lines):
        for name in dict.fromkeys(line.comparison for line in found.lines):
            lines = [line for line in found.lines if (line.table, line.comparison) == (table, name)]
            if lines:
                now, before = lines[0].now, lines[0].before_period
                click.echo(f"\n{table}, {name}: {_period(now)} against {_period(before)}")
            for line in lines:
                click.echo(f"  {line.measure.label:<32} {_words(line)}")
            for one in lines[0].breaks if lines else ():
                click.echo(
                    f"  No change can be read from these: since {one.month:%B %Y} {one.why}."
                )
    click.echo(f"\nSnapshots: {', '.join(map(str, found.snapshots))}.")
    if found.provisional:
        click.echo(f"May still change: {', '.join(f'{one:%Y-%m}' for one in found.provisional)}.")
    for force, month in found.absent:
        click.echo(f"Not reported: {force}, {month:%Y-%m}.")
    for remark in found.remarks:
        click.echo(f"A table lacks: {remark}")
    click.echo("Police recorded crime is not all crime: some is never reported or recorded.")


def _period(period: "Period") -> str:
    first, last = f"{period.first:%B %Y}", f"{period.last:%B %Y}"
    return first if first == last else f"{first} to {last}"


def _words(line: "Line") -> str:
    if line.count is None or line.before is None:
        return f"{line.word}"
    if line.ratio is None or line.change is None:
        return f"{line.word:<18} {line.count:,}, from {line.before:,}"
    counts = f"{line.count:,}, from {line.before:,}"
    interval = f"ratio {line.ratio.ratio:.2f} ({line.ratio.low:.2f} to {line.ratio.high:.2f})"
    return f"{line.word:<18} {counts:<18} {line.change.words:<13} {interval}"
