"""The reader of minutes: how fast on invented texts, and whether time grows as the text does."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.clocks import in_turn
from bench.table import Row, same, times
from concerted import reading
from concerted.reading.reader import MOST_CHARACTERS, MOST_LINES

PACKAGE = Path(reading.__file__).parents[1]
FOLDERS = ("reading/tests/texts", "imports/tests/texts")
FACTORS = (1, 10, 100)
LINEAR = 1.5
ROUNDS = 5


def measure() -> Iterator[Row]:
    files = [path for folder in FOLDERS for path in sorted((PACKAGE / folder).glob("*.txt"))]
    texts = [path.read_text(encoding="utf-8") for path in files]
    for text in texts:
        same("A text read twice", reading.as_json(reading.read(text)), reading.as_json(reading.read(text)))
    [seconds] = in_turn([lambda: [reading.read(text) for text in texts]], rounds=ROUNDS)
    size = sum(map(len, texts))
    yield Row(
        what=f"Reading {len(texts)} invented texts",
        ratio="–",
        ours=f"{size / seconds:,.0f} characters a second",
        beside=f"{seconds / len(texts) * 1000:.1f} ms a text",
    )
    fitting = [
        text
        for text in texts
        if len(text) * FACTORS[-1] < MOST_CHARACTERS
        and text.count("\n") * FACTORS[-1] < MOST_LINES
    ]
    longest = max(fitting, key=len)
    yield _growth("One meeting after another", [(longest + "\n\n") * n for n in FACTORS])
    yield _growth("One item ever longer", [_longer(longest, n) for n in FACTORS])


def _longer(text: str, factor: int) -> str:
    """The text with its longest line said again and again, where it stands."""
    line = max(text.splitlines(), key=len)
    more = len(text) * (factor - 1) // (len(line) + 1)
    return text.replace(line, "\n".join([line] * (more + 1)), 1)


def _growth(what: str, grown: list[str]) -> Row:
    taken = [in_turn([partial(reading.read, each)], rounds=ROUNDS)[0] for each in grown]
    shares = [seconds / len(each) for seconds, each in zip(taken, grown, strict=True)]
    worst = max(shares[1:]) / shares[0]
    return Row(
        what=f"Reading, {what.lower()}",
        ratio=f"{times(worst)} the time a character",
        ours=" → ".join(f"{seconds * 1000:,.0f} ms" for seconds in taken),
        beside=" → ".join(f"{len(each):,}" for each in grown) + " characters",
        target=f"linear: at most {LINEAR} times",
        met=worst <= LINEAR,
    )
