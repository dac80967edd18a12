"""concerted crime: bringing recorded crime in, and the report of an area."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from concerted.cli.crime_extracts import LOOKUPS, bring_in_mapped, columns
from concerted.cli.minutes import fail

if TYPE_CHECKING:
    from concerted.crime.lake.importing import Progress
    from concerted.crime.lake.months import Period
    from concerted.crime.lake.snapshots import Manifest
    from concerted.crime.report import Line, Report


@click.group()
def crime() -> None:
    """Bring recorded crime in, and report on it."""


crime.add_command(columns)


def _lake() -> Path:
    from django.conf import settings  # noqa: PLC0415

    return Path(settings.LAKE)


@crime.command("areas")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
def areas_(paths: Sequence[str]) -> None:
    """Keep lookups (CSV): which small area lies in which ward, district and partnership.

    They are read with those kept before, and used by every later import. One of the same name takes
    the place of the earlier one; snapshots keep what they were made with.
    """
    from concerted.crime.lake.areas import read_geography  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415

    kept = _lake() / LOOKUPS
    given = {Path(one).name: Path(one) for one in paths}
    try:
        whole = {one.name: one for one in kept.glob("*.csv")} | given
        found = read_geography(whole.values())
    except Refused as refusal:
        fail(str(refusal))
    kept.mkdir(parents=True, exist_ok=True)
    for name, path in given.items():
        beside = kept / f".{name}"
        beside.write_bytes(path.read_bytes())
        beside.replace(kept / name)
    for remark in found.remarks:
        click.echo(remark)
    click.echo(f"{len(found.places):,} small areas are known.")


@crime.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--force", "forces", multiple=True, help="As the files call it: cleveland.")
@click.option(
    "--provisional-from", metavar="MONTH", help="The force may still change 2025-10 and later."
)
@click.option(
    "--gaps-are-known", is_flag=True, help="Months are missing that the force never published."
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False),
    help="What the columns are of a force's extract, a table of the Home Office, a hospital's "
    "return (see: concerted crime columns).",
)
@click.option("--by", default="", help="A reference of who imports it, such as a post.")
def import_(
    paths: Sequence[str],
    forces: Sequence[str],
    provisional_from: str | None,
    gaps_are_known: bool,
    mapping: str | None,
    by: str,
) -> None:
    """Import archives (.zip) and CSVs of data.police.uk as a new snapshot; others by a mapping.

    Nothing that is there already is altered. Ctrl-C ends it, and nothing of it is kept.
    """
    from concerted.crime.lake.areas import read_geography  # noqa: PLC0415
    from concerted.crime.lake.importing import bring_in  # noqa: PLC0415
    from concerted.crime.lake.months import month_of  # noqa: PLC0415
    from concerted.crime.lake.planning import plan  # noqa: PLC0415
    from concerted.crime.lake.refusals import Refused  # noqa: PLC0415
    from concerted.crime.lake.snapshots import Lake  # noqa: PLC0415

    root = _lake()
    lookups = sorted((root / LOOKUPS).glob("*.csv"))
    if not lookups:
        fail(
            "No lookup says where the small areas lie. Give one first: concerted crime areas FILE."
        )
    try:
        since = month_of(provisional_from) if provisional_from else None
        geography = read_geography(lookups)
        if mapping:
            _say_snapshot(
                bring_in_mapped(
                    root,
                    [Path(one) for one in paths],
                    Path(mapping),
                    geography,
                    gaps_are_known=gaps_are_known,
                    provisional_from=since,
                    by=by,
                )
            )
            return
        planned = plan([Path(one) for one in paths], forces=forces, gaps_are_known=gaps_are_known)
        with click.progressbar(length=planned.size, label=f"{planned.covers}") as bar:

            def progress(at: "Progress") -> None:
                bar.update(max(0, at.done - bar.pos))

            made = bring_in(
                Lake(root), planned, geography, by=by, provisional_from=since, progress=progress
            )
    except Refused as refusal:
        fail(str(refusal))
    _say_snapshot(made.manifest)


def _say_snapshot(manifest: "Manifest") -> None:
    rows = sum(
        number
        for forces in manifest.months.values()
        for months in forces.values()
        for number in months.values()
    )
    click.echo(f"Snapshot {manifest.number}: {rows:,} rows, {' to '.join(manifest.covers)}.")
    for feed, dropped in manifest.dropped.items():
        if dropped:
            click.echo(f"Not kept of {feed}: {', '.join(dropped)}.")
    for reason, number in manifest.rejects.items():
        click.echo(f"{number:,} rows were not taken: {reason}.")
    for what, found in manifest.unknown.items():
        if number := sum(found.values()):
            click.echo(f"{number:,} rows taken, but: {what.replace('_', ' ')}.")


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

    counts = _lake() / "counts"
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
