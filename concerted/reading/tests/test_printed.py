"""Invented minutes set as a PDF and read back give the meeting that their text gives."""

from pathlib import Path

import pytest

import concerted
from concerted.reading import as_labels, read
from concerted.reading.files import text_of
from concerted.reading.tests.printed import printed
from concerted.reading.tests.scoring import Score, Tally

PACKAGE = Path(concerted.__file__).parent
FOLDERS = ("reading/tests/texts", "imports/tests/texts", "demonstration/minutes")
TEXTS = [path for folder in FOLDERS for path in sorted((PACKAGE / folder).glob("*.txt"))]
LEAST = {  # what geometry cannot tell: an entry that follows closely on a line that was full
    "item ref": 0.96,
    "item title": 0.96,
    "decision": 0.95,
    "present organisation": 0.96,
}


def f1(tallies: list[Tally]) -> float:
    hit = sum(tally.hit for tally in tallies)
    faults = sum(tally.extra + tally.missing for tally in tallies)
    return 2 * hit / (2 * hit + faults)


@pytest.fixture(scope="module")
def score() -> Score:
    made = Score()
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        file = printed(text, header="Safer Marlbeck", footer="Page {} of {}")
        before, after = read(text), read(text_of(file, "minutes.pdf").text)
        assert (path.stem, len(before.meetings)) == (path.stem, len(after.meetings))
        for meeting, again in zip(before.meetings, after.meetings, strict=True):
            made.add(path.stem, as_labels(meeting), as_labels(again))
    return made


@pytest.mark.slow
def test_all_fields_together_come_back(score: Score):
    assert f1(list(score.kinds.values())) >= 0.98, score.table()


def test_no_kind_of_field_is_lost(score: Score):
    found = {kind: tally.f1 for kind, tally in score.kinds.items()}

    assert {kind for kind, least in found.items() if least < LEAST.get(kind, 0.97)} == set()
    assert found["date"] == found["body"] == found["action owner"] == 1.0
