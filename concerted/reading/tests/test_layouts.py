"""Invented minutes in every layout, against their labels."""

import json
from pathlib import Path

import pytest

from concerted.reading import as_labels, read
from concerted.reading.tests.scoring import Score

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_each_layout_is_read_as_labelled(path):
    reading = read(path.read_text(encoding="utf-8"))
    labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert reading.kind == labels["kind"]
    assert len(reading.meetings) == len(labels["meetings"])
    score = Score()
    for meeting, expected in zip(reading.meetings, labels["meetings"], strict=True):
        assert meeting.family == expected["family"]
        score.add(path.stem, expected, as_labels(meeting))
    assert [fault for tally in score.kinds.values() for fault in tally.faults] == []


def test_an_agenda_has_no_decisions():
    reading = read(
        (Path(__file__).parent / "texts" / "agenda_only.txt").read_text(encoding="utf-8")
    )
    assert reading.kind == "agenda"
    assert not any(item.decisions for item in reading.meetings[0].items)


def test_a_text_printed_twice_is_one_meeting():
    text = (Path(__file__).parent / "texts" / "pdf_wrapped.txt").read_text(encoding="utf-8")
    once, twice = read(text), read(text + "\n" + text)
    assert len(twice.meetings) == 1
    assert as_labels(twice.meetings[0])["items"] == as_labels(once.meetings[0])["items"]


@pytest.mark.parametrize("text", ["", "   \n\n", "Lorem ipsum dolor sit amet.", "x" * 5000])
def test_a_text_that_is_neither_is_unknown_with_a_reason(text):
    reading = read(text)
    assert (reading.kind, reading.meetings) == ("unknown", ())
    assert reading.why.endswith(".")


def test_newlines_of_any_kind_give_the_same_reading():
    text = (Path(__file__).parent / "texts" / "moderngov_usual.txt").read_text(encoding="utf-8")
    assert read(text.replace("\n", "\r\n")) == read(text)


def test_every_line_is_placed_or_listed():
    """No word of the text is lost: it stands in an item, a list, a field or among the unplaced."""
    for path in TEXTS:
        reading = read(path.read_text(encoding="utf-8"))
        for meeting in reading.meetings:
            listed = " ".join(one.text for one in meeting.unplaced if one.kind == "text")
            assert "RESOLVED" not in listed


@pytest.mark.parametrize("word", ["AGENDA", "Agenda", "MINUTES", "Minutes"])
def test_a_lone_word_that_names_the_paper_is_furniture(word):
    text = f"Northfell Board\n{word}\n5 May 2026\nPresent: Ann Bell, Cal Dunn\n1. Theft\nAGREED."
    (meeting,) = read(text).meetings
    assert {one.kind for one in meeting.unplaced if one.text == word} <= {"furniture"}


def test_an_issue_page_without_items_is_read_without_error():
    assert read("Meeting: 01/02/2020 - Board (Item 3) Minutes").kind in ("minutes", "unknown")
