"""The reader of minutes: how fast on invented texts, and whether time grows as the text does."""

import gc
import random
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

from bench.clocks import in_turn
from bench.table import Row, same, times
from bench.world import sentences
from concerted import reading
from concerted.reading.files import text_of
from concerted.reading.tests.printed import printed
from concerted.reading.tests.test_growth import HOSTILE

PACKAGE = Path(reading.__file__).parents[1]
FOLDERS = ("reading/tests/texts", "imports/tests/texts", "demonstration/minutes")
ITEMS = 26  # items of _minutes that make 10 kB
FACTORS = (1, 10, 100, 1000)
ONE_TEXT, TEXTS_A_SECOND = 10_000, 50
HOSTILE_SIZES = (10_000, 60_000, 300_000)
MEMORY_SIZES, MEMORY = (1_000_000, 4_000_000), 20
TITLES = (
    "Shop theft plan",
    "Crime report",
    "Late licences",
    "Fenside Parade flats",
    "Public meeting",
)
HEAD = """SAFER MARLBECK BOARD

Minutes of the meeting held on 9 March 2026 at 10.00 am in the Alder Room, Civic Hall, Marlbeck

Present: Rowena Thackley (Chair) (Marlbeck Borough Council), Gareth Pellow (Wyleshire Police)
Apologies: Tobias Wren
"""
LINEAR, HOSTILE_LINEAR = 1.5, 2.0
ROUNDS = 5
PEAK = """
import re, sys
from pathlib import Path
from concerted.reading import read


def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024


unit = (
    "{}. Late licences\\nThe Group considered the report of the officer about thefts from vans in "
    "the town, and how often they were seen.\\nRESOLVED that the report be noted.\\n"
)
text = "Minutes of the Fell Board\\n1 May 2020\\nPresent: Ann Bell\\n" + "".join(
    map(unit.format, range(1, int(sys.argv[1]) // len(unit) + 1))
)
read(text[:2000])
before = peak()
read(text)
print(peak() - before)
"""


def measure() -> Iterator[Row]:
    files = [path for folder in FOLDERS for path in sorted((PACKAGE / folder).glob("*.txt"))]
    texts = [path.read_text(encoding="utf-8") for path in files]
    gc.collect()
    gc.freeze()  # as the process does from which the readers' children are forked
    for text in texts:
        same(
            "A text read twice",
            reading.as_json(reading.read(text)),
            reading.as_json(reading.read(text)),
        )
    [seconds] = in_turn([lambda: [reading.read(text) for text in texts]], rounds=ROUNDS)
    size = sum(map(len, texts))
    yield Row(
        what=f"Reading {len(texts)} invented texts",
        ratio="–",
        ours=f"{size / seconds:,.0f} characters a second",
        beside=f"{seconds / len(texts) * 1000:.1f} ms a text",
    )
    yield _ten_kilobytes(texts)
    yield _pages_of_pdf()
    yield _growth("Reading, ever more items", [_minutes(ITEMS * n, 1) for n in FACTORS[:3]])
    yield _growth("Reading, ever longer items", [_minutes(10, 3 * n) for n in FACTORS])
    yield _hostile()
    yield _memory()


def _ten_kilobytes(texts: list[str]) -> Row:
    """Our own texts in every layout, each with narrative added to its longer lines to 10 kB."""
    grown = [_grown(text) for text in texts if len(text) < ONE_TEXT]
    [seconds] = in_turn([lambda: [reading.read(text) for text in grown]], rounds=ROUNDS)
    a_second = len(grown) / seconds
    return Row(
        what=f"Reading texts of {ONE_TEXT // 1000} kB",
        ratio=f"{a_second:.0f} texts a second",
        ours=f"{seconds / len(grown) * 1000:.1f} ms a text",
        beside="–",
        target=f"at least {TEXTS_A_SECOND} a second",
        met=a_second >= TEXTS_A_SECOND,
        note=f"Texts of 10 kB: {len(grown)} invented texts in every layout, narrative added to "
        "their longer lines; processor time of one core, once loaded.",
    )


def _grown(text: str) -> str:
    chance = random.Random(len(text))
    lines = text.split("\n")
    labels = ("present", "apolog", "resolved", "agreed", "that", "officers", "in attendance")
    long = [
        at
        for at, line in enumerate(lines)
        if len(line) > 60 and not line.lower().startswith(labels)
    ] or [len(lines) - 1]
    while sum(map(len, lines)) < ONE_TEXT:
        lines[chance.choice(long)] += " " + sentences(chance, 2)
    return "\n".join(lines)


def _hostile() -> Row:
    worst, where = 0.0, ""
    for name, (head, unit) in HOSTILE.items():
        grown = [head + unit * (size // len(unit)) for size in HOSTILE_SIZES]
        taken = [in_turn([partial(reading.read, each)], rounds=1)[0] for each in grown]
        shares = [seconds / len(each) for seconds, each in zip(taken, grown, strict=True)]
        growth = max(later / before for before, later in pairwise(shares))
        if growth > worst:
            worst, where = growth, name
    return Row(
        what=f"Reading {len(HOSTILE)} hostile texts",
        ratio=f"{times(worst)} the time a character, at worst, from one size to the next",
        ours=f"“{where}”",
        beside=" → ".join(f"{size:,}" for size in HOSTILE_SIZES) + " characters",
        target=f"linear: at most {HOSTILE_LINEAR} times",
        met=worst <= HOSTILE_LINEAR,
        note="Hostile texts repeat what costs a reader most: open brackets, names, headings, "
        "verbs of decisions, rows (concerted/reading/tests/test_growth.py); one round each.",
    )


def _memory() -> Row:
    """Peak memory above what the process held once loaded, in a process of its own."""
    each = [
        int(
            subprocess.run(
                [sys.executable, "-c", PEAK, str(size)],
                check=True,
                capture_output=True,
                text=True,
                cwd=PACKAGE.parent,
            ).stdout
        )
        / size
        for size in MEMORY_SIZES
    ]
    return Row(
        what="Reading, memory above start-up",
        ratio=f"{times(max(each))} the text, at worst",
        ours=" → ".join(times(one) for one in each),
        beside=" → ".join(f"{size:,}" for size in MEMORY_SIZES) + " characters",
        target=f"at most {MEMORY} times",
        met=max(each) <= MEMORY,
    )


def _pages_of_pdf() -> Row:
    """Pages of plain minutes, PDF to text; beside it, reading that text."""
    file = printed(_minutes(300, 3))
    text = text_of(file, "minutes.pdf").text
    seconds, after = in_turn(
        [lambda: text_of(file, "minutes.pdf"), lambda: reading.read(text)], rounds=ROUNDS
    )
    pages = file.count(b"/Type /Page ")
    return Row(
        what=f"A PDF of {pages} pages to text",
        ratio=f"{times(seconds / after)} the time of reading that text",
        ours=f"{pages / seconds:,.0f} pages a second",
        beside=f"{after * 1000:,.0f} ms",
    )


def _minutes(items: int, longer: int) -> str:
    """Minutes of as many items, each with its words, a decision and an action."""
    chance = random.Random(2009)
    lines = [HEAD]
    for number in range(1, items + 1):
        lines += [f"{number}. {chance.choice(TITLES)}"]
        lines += [sentences(chance, 2) for _ in range(longer)]
        lines += [
            "RESOLVED that the report be noted.",
            "ACTION: Police to report by 4 May 2026",
            "",
        ]
    text = "\n".join(lines)
    read = sum(len(meeting.items) for meeting in reading.read(text).meetings)
    same("The number of items written and read", read, items)
    return text


def _growth(what: str, grown: list[str]) -> Row:
    taken = [
        in_turn([partial(reading.read, each)], rounds=1 if len(each) > 500_000 else ROUNDS)[0]
        for each in grown
    ]
    shares = [seconds / len(each) for seconds, each in zip(taken, grown, strict=True)]
    # From each size to the next: a start that takes its time must not hide what comes later.
    worst = max(later / before for before, later in pairwise(shares))
    return Row(
        what=what,
        ratio=f"{times(worst)} the time a character, at worst, from one size to the next",
        ours=" → ".join(f"{seconds * 1000:,.0f} ms" for seconds in taken),
        beside=" → ".join(f"{len(each):,}" for each in grown) + " characters",
        target=f"linear: at most {LINEAR} times",
        met=worst <= LINEAR,
    )
