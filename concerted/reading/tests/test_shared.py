"""The shared fixtures and the real minutes; skipped where that material is absent."""

import json
from pathlib import Path

import pytest

from concerted.reading import as_labels, read
from concerted.reading.reports import as_labels as report_labels
from concerted.reading.reports import read_report
from concerted.reading.tests.scoring import Score, plain

SHARED = Path(__file__).resolve().parents[4] / "shared"
FIXTURES = SHARED / "minutes" / "fixtures"
pytestmark = pytest.mark.skipif(not FIXTURES.is_dir(), reason="the shared material is not here")


def labels_of(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


def seed():
    text = next((SHARED / "seeds").glob("003_*.txt")).read_text(encoding="utf-8")
    return read(text), labels_of(SHARED / "minutes" / "seed_003.json")


def test_the_fixtures_agree_in_at_least_97_per_cent_of_each_kind_of_field():
    score = Score()
    for path in sorted(FIXTURES.glob("*.txt")):
        labels = labels_of(path.with_suffix(".json"))
        (meeting,) = read(path.read_text(encoding="utf-8")).meetings
        assert meeting.family == labels["family"]
        score.add(path.stem, labels, as_labels(meeting))
    low = {kind: tally.faults for kind, tally in score.kinds.items() if tally.f1 < 0.97}
    assert low == {}


def test_the_real_minutes_agree_in_every_field():
    reading, labels = seed()
    (meeting,) = reading.meetings
    score = Score()
    score.add("seed", labels, as_labels(meeting))
    assert [fault for tally in score.kinds.values() for fault in tally.faults] == []
    assert (len(meeting.present), len(meeting.items), len(meeting.actions)) == (19, 17, 0)


def test_the_real_minutes_hold_exactly_the_nine_implied_actions():
    reading, labels = seed()
    found = as_labels(reading.meetings[0])["implied_actions"]
    assert [(a["item"], a["owner"], a["due"]) for a in found] == [
        (a["item"], a["owner"], a["due"]) for a in labels["implied_actions"]
    ]


def real_report():
    return next((SHARED / "seeds").glob("000_*.txt")).read_text(encoding="utf-8")


def test_a_report_is_not_taken_for_minutes():
    assert read(real_report()).kind == "unknown"


def test_the_real_report_agrees_in_every_label():
    labels = labels_of(SHARED / "minutes" / "seed_000.json")
    found = report_labels(read_report(real_report()))
    for key in ("body", "title", "author", "contact_post"):
        assert plain(found[key]) == plain(labels[key])
    assert (found["kind"], found["date"], found["presented"]) == (
        labels["kind"],
        labels["date"],
        labels["presented"],
    )
    assert len(found["recommendations"]) == labels["recommendations"] == 3
    assert len(found["paragraphs"]) == labels["paragraphs"] == 12
    assert [one["ref"] for one in found["appendices"]] == labels["appendices"]
