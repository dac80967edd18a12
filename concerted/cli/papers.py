"""concerted papers: reading committee reports at the command line."""

import json
import sys
from pathlib import Path

import click

from concerted.cli.minutes import fail
from concerted.reading.reports import Report


@click.group()
def papers() -> None:
    """Read the reports that are put before meetings."""


@papers.command()
@click.argument("file")
@click.option("--json", "as_json_", is_flag=True, help="Everything that was read, as JSON.")
def read(file: str, as_json_: bool) -> None:
    """Read the report in FILE (or - for standard input) and say what is in it. Stores nothing."""
    from concerted.reading.files import NotReadable  # noqa: PLC0415
    from concerted.reading.reports import as_json  # noqa: PLC0415
    from concerted.reading.sandbox import read_file  # noqa: PLC0415

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        reading, notes = read_file(data, "" if file == "-" else Path(file).name)
    except OSError as fault:
        fail(f"{file} cannot be opened: {(fault.strerror or 'unknown reason').lower()}.")
    except NotReadable as refusal:
        fail(f"{file}: {refusal}")
    for note in notes.notes:
        click.echo(note, err=True)
    if notes.report is None:
        if reading.meetings:
            what = "minutes" if reading.kind == "minutes" else "an agenda"
            fail(f"{file}: This is {what}, not a report. Read it with concerted minutes read.")
        fail(f"{file}: Neither who reports nor what is recommended was found in this file.")
    if as_json_:
        click.echo(json.dumps(as_json(notes.report), ensure_ascii=False, indent=1))
        return
    say(notes.report)


def say(report: Report) -> None:
    """The report in a few lines: who reports what to whom, and what is asked."""
    click.echo(f"{report.title.value if report.title else 'No title read'}")
    body = report.body.value if report.body else "no body named"
    click.echo(f"  to {body}, {report.date.value if report.date else 'no date'}")
    if report.author:
        click.echo(f"  by {report.author.value}")
    if report.marking:
        click.echo(f"  marked {report.marking.value}")
    for one in report.presented:
        item = f", item {one.item}" if one.item else ""
        click.echo(f"  before {one.body or 'a body not named'}, {one.date or 'no date'}{item}")
    click.echo(f"  {len(report.recommendations)} recommendations")
    for point in report.recommendations:
        click.echo(f"    {point.ref or '•'} {point.text}")
    numbered = sum(one.ref is not None for one in report.paragraphs)
    told = f"{numbered} numbered paragraphs" if numbered else f"{len(report.paragraphs)} paragraphs"
    click.echo(f"  {told}, {len(report.appendices)} appendices")
