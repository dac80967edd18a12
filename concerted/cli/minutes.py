"""concerted minutes: reading minutes at the command line, and handing over whole folders."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from concerted.cli.serve import database_running
from concerted.reading.files import NotReadable
from concerted.reading.files.changes import Changes

UNDECIDED = (
    "holds tracked changes, so it waits on the Imports page until somebody chooses whether it is "
    "read with them or as it was before."
)
SUFFIXES = frozenset(
    (".txt", ".html", ".htm", ".docx", ".doc", ".odt", ".rtf", ".pdf", ".eml", ".msg", ".zip")
)


@click.group()
def minutes() -> None:
    """Read minutes, or hand them over."""


@minutes.command()
@click.argument("file")
@click.option("--json", "as_json_", is_flag=True, help="Everything that was read, as JSON.")
@click.option(
    "--changes",
    type=click.Choice(["accepted", "original"]),
    default="accepted",
    show_default=True,
    help="A Word file with tracked changes: as if all were accepted, or as it was before them.",
)
def read(file: str, as_json_: bool, changes: Changes) -> None:
    """Read FILE (or - for standard input) and say what is in it. Stores nothing."""
    from concerted.reading import as_json  # noqa: PLC0415
    from concerted.reading.sandbox import read_file  # noqa: PLC0415
    from concerted.reading.wire import markup_to_wire  # noqa: PLC0415

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        name = "" if file == "-" else Path(file).name
        reading, notes = read_file(data, name, changes=changes)
    except OSError as fault:
        fail(f"{file} cannot be opened: {(fault.strerror or 'unknown reason').lower()}.")
    except NotReadable as refusal:
        fail(f"{file}: {refusal}")
    for note in notes.notes:
        click.echo(note, err=True)
    if notes.markup:
        click.echo(" ".join(notes.markup.sentences(changes)), err=True)
    if not reading.meetings:
        fail(f"{file}: {reading.why}")
    if as_json_:
        told = as_json(reading)
        if notes.format == "docx":
            told |= {"read_as": changes, "markup": markup_to_wire(notes.markup)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for meeting in reading.meetings:
        click.echo(f"{meeting.body.value if meeting.body else 'No body named'}")
        click.echo(f"  {meeting.date.value if meeting.date else 'no date'}, read as {reading.kind}")
        people = len(meeting.present) + len(meeting.in_attendance)
        click.echo(f"  {people} there, {len(meeting.apologies)} with apologies")
        decided = sum(len(item.decisions) for item in meeting.items)
        click.echo(f"  {len(meeting.items)} items, {decided} decisions")
        promises = len(meeting.implied_actions)
        click.echo(f"  {len(meeting.actions)} actions, {promises} promises in the text")


def fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def found(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files named, and in folders those that can be read, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file()
            )
        else:
            yield path


class OnDisk(Sequence[tuple[str, bytes]]):
    """Files by their name, each read when it is asked for."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = paths

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return OnDisk(self.paths[place])
        return self.paths[place].name, self.paths[place].read_bytes()


@minutes.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "email", required=True, help="E-mail of the secretary who hands them over.")
@click.option("--accept", is_flag=True, help="Make those that are sure into records at once.")
@click.option(
    "--personal",
    type=click.Choice(["keep", "replace", "restrict"]),
    help="With --accept: what becomes of personal details in the text.",
)
def import_(paths: tuple[Path, ...], email: str, accept: bool, personal: str | None) -> None:
    """Hand over minutes from PATHS; folders are walked."""
    files = OnDisk(list(found(paths)))
    if not files:
        fail(
            "No file to read was found. Concerted reads .txt, .html, .docx, .doc, .odt, .rtf, "
            ".pdf, .eml, .msg and .zip."
        )
    with database_running():
        from concerted.imports import commands  # noqa: PLC0415

        try:
            with click.progressbar(length=len(files), label="Reading", file=sys.stderr) as bar:
                outcome = commands.import_files(
                    email, files, accept=accept, personal=personal, step=lambda: bar.update(1)
                )
        except commands.CannotImport as refusal:
            fail(str(refusal))
        except OSError as fault:
            why = (fault.strerror or "unknown reason").lower()
            fail(f"{fault.filename or 'A file'} cannot be opened: {why}.")
    click.echo(outcome.summary)
    for name in outcome.undecided:
        click.echo(f"  {name}: {UNDECIDED}", err=True)
    for name, sentence in outcome.refused:
        click.echo(f"  {name}: {sentence}", err=True)
    if outcome.refused and not outcome.read:
        sys.exit(2)
