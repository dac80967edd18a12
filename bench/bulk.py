"""500 files through the whole import: opened, read, matched, the sure ones made into records."""

import datetime
import html
import io
import random
import time
import zipfile
from collections.abc import Iterator

from bench.table import Row, same, times
from bench.world import World, sentences, world
from concerted.imports import bulk, queue, services, tasks
from concerted.imports.states import FileState, LineState
from concerted.reading.files import NotReadable
from concerted.reading.readers import Given, read_each
from concerted.reading.sandbox import read_file
from concerted.reading.tests.word_files import p, word

FILES = 500
TARGET = 180  # seconds
ALONE = 12  # files that are also read in a fresh process each, to compare
FIRST_DAY = datetime.date(2003, 1, 7)
PEOPLE = (
    "Rowena Thackley (Chairman - Marlbeck Borough Council)",
    "Karl Yates (Wyleshire Police)",
    "Tobias Wren (Probation Service)",
    "Tom Birch (HMP Fenside)",
    "Nia Holt (Marlbeck Homes)",
    "Sean Abbott (Wyleshire Police)",
)
TITLES = (
    "Recorded Crime",
    "Shop Theft",
    "Canal Walk",
    "Late Licences",
    "Public Spaces Protection Order",
    "Funding",
)
BODIES = ("Safer Marlbeck Board", "Fenside area board")


def measure() -> Iterator[Row]:
    files = [_file(number) for number in range(FILES)]
    with world() as here:
        yield _whole(here, files)
    yield _forked(files[:ALONE])


def _whole(here: World, files: list[tuple[str, bytes]]) -> Row:
    dilys = here.cast.accounts["dilys"]
    began = time.monotonic()
    with here.cast.acting("dilys") as actor:
        handover = services.hand_over(actor, files=[("years.zip", _zip(files))])
    tasks.read_handover(handover_key=handover.key, account_id=dilys.pk)
    read = time.monotonic()
    with here.cast.acting("dilys") as actor:
        states = list(handover.files.order_by("position").values_list("state", flat=True))
        offered = bulk.offer(actor)
        batch = bulk.accept_sure(actor, token=offered.token, personal="restrict")
        asking = queue.waiting(actor).count() - len(offered.reads)
    same("The files written and read", states, [FileState.OPENED, *[FileState.READ] * FILES])
    tasks.accept_batch(batch_key=batch.key, account_id=dilys.pk)
    ended = time.monotonic()
    with here.cast.acting("dilys"):
        made = batch.lines.filter(state=LineState.MADE).count()
    same("The files that were sure and those made into records", len(offered.reads), made)
    return Row(
        what=f"Import of {FILES} mixed files in a zip, {made} of them sure",
        ratio=f"{FILES / (ended - began):.0f} files a second",
        ours=f"{ended - began:.0f} s: {read - began:.0f} s to read, {ended - read:.0f} s to record",
        beside=f"{asking} ask something and wait",
        target=f"at most {TARGET} s",
        met=ended - began <= TARGET,
        note=(
            "Import: text, web pages and Word files in turn, of two bodies and twenty years, each "
            "with six items and a page or two of words; two read at once, one after the other "
            "recorded, each in a transaction of its own."
        ),
    )


def _forked(files: list[tuple[str, bytes]]) -> Row:
    """Reading in forks of one loaded process, beside a process begun for each file."""
    began = time.monotonic()
    alone = [read_file(data, name)[0] for name, data in files]
    fresh = time.monotonic() - began
    many = [Given(place, *file[::-1]) for place, file in enumerate(files * 10)]
    began = time.monotonic()
    together = dict(read_each(many))
    forked = time.monotonic() - began
    for place, reading in enumerate(alone):
        outcome = together[place]
        assert not isinstance(outcome, NotReadable)
        same("A file read in a fork and in a fresh process", outcome[0], reading)
    each, beside = forked / len(many), fresh / len(files)
    return Row(
        what="Reading one file in a process of its own, forked from a loaded one",
        ratio=f"{times(each / beside)} a process begun for each file",
        ours=f"{each * 1000:.0f} ms a file, two at once",
        beside=f"{beside * 1000:.0f} ms a file",
    )


def _file(number: int) -> tuple[str, bytes]:
    """Minutes as text, a web page or a Word file; every seventh does not say its year."""
    lines = _minutes(number)
    kind = ("txt", "html", "docx")[number % 3]
    if kind == "txt":
        data = "\n\n".join(lines).encode()
    elif kind == "html":
        paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        data = f"<!doctype html><html><body>{paragraphs}</body></html>".encode()
    else:
        data = word("".join(p(html.escape(line)) for line in lines))
    return f"{_day(number).year}/{BODIES[number % 2]}/{number:03}.{kind}", data


def _day(number: int) -> datetime.date:
    return FIRST_DAY + datetime.timedelta(days=14 * number)


def _minutes(number: int) -> list[str]:
    chance = random.Random(number)
    day = _day(number)
    year = f", {day.year}" if number % 7 else ""
    lines = [
        BODIES[number % 2],
        f"A meeting of the {BODIES[number % 2]} was held on {day:%A}, {day.day} {day:%B}{year}.",
        f"Present: {'; '.join(chance.sample(PEOPLE, 4))}.",
    ]
    for place, title in enumerate(TITLES, start=1):
        lines += [str(place), title, sentences(chance, 3), sentences(chance, 3)]
        lines += ["AGREED that the report be noted."]
        if place == 2:
            lines += [
                f"ACTION: Wyleshire Police to report back by {day.day} {day:%B} {day.year + 1}"
            ]
    return lines


def _zip(files: list[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return held.getvalue()
