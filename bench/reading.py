"""The reader of minutes: how fast on invented texts, and whether time grows as the text does."""

import random
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

PACKAGE = Path(reading.__file__).parents[1]
FOLDERS = ("reading/tests/texts", "imports/tests/texts", "demonstration/minutes")
FACTORS = (1, 10, 100)
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
LINEAR = 1.5
ROUNDS = 5


def measure() -> Iterator[Row]:
    files = [path for folder in FOLDERS for path in sorted((PACKAGE / folder).glob("*.txt"))]
    texts = [path.read_text(encoding="utf-8") for path in files]
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
    yield _pages_of_pdf()
    yield _growth("Reading, ever more items", [_minutes(10 * n, 1) for n in FACTORS])
    yield _growth("Reading, ever longer items", [_minutes(10, n) for n in FACTORS])


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
    taken = [in_turn([partial(reading.read, each)], rounds=ROUNDS)[0] for each in grown]
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
