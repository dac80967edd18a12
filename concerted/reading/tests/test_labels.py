"""The label form and the JSON form."""

import json
from pathlib import Path

import pytest

from concerted.reading import as_json, as_labels, read

TEXTS = Path(__file__).parent / "texts"


def reading_of(name: str):
    return read((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))


def test_one_meeting_stands_at_the_top_level_with_places_and_doubts():
    reading = reading_of("wrong_day")
    made = json.loads(json.dumps(as_json(reading)))
    assert made["body"] == "Northfell Safety Forum"
    source = made["read_from"]["date"]
    start, end = source["at"]
    assert reading.text[start:end] == "Monday 12 March 2024"
    assert not source["sure"]
    assert source["candidates"]
    assert made["items"][0]["decisions"][0]["limbs"]


def test_two_meetings_stand_in_a_list():
    assert [m["date"] for m in as_json(reading_of("two_meetings"))["meetings"]] == [
        "2007-03-06",
        "2007-06-05",
    ]


def test_an_unknown_text_says_why():
    assert as_json(read("Hello"))["kind"] == "unknown"


@pytest.mark.parametrize(
    ("decision", "code", "word"),
    [
        ("RESOLVED that a poster be made.", "agreed", "other"),
        ("AGREED that a poster be made.", "agreed", "agreed"),
        ("RESOLVED to elect Ann Bell as Chair.", "other", "other"),
        ("AGREED as a correct record.", "agreed_as_correct_record", "agreed"),
        ("AGREED to endorse the plan.", "endorsed", "agreed"),
        ("RESOLVED to endorse the plan.", "endorsed", "approved"),
        ("The Board, after a talk, agreed to recommend a rise.", "recommended_to", "agreed"),
        ("RESOLVED as a correct record.", "agreed_as_correct_record", "approved"),
    ],
)
def test_a_label_goes_by_the_words_and_a_code_by_what_they_do(decision, code, word):
    head = "Fell Board minutes\n5 May 2020\nPresent: Ann Bell, Cal Dunn\n"
    text = f"{head}1. Theft\n{decision}\n2. Fires\nNone.\n"
    (meeting,) = read(text).meetings
    assert meeting.items[0].decisions[0].code == code
    assert as_labels(meeting)["items"][0]["decision"] == word


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("Proposed and agreed that the minutes be approved as a true record.", "approved"),
        ("It was agreed that the minutes were a true record.", "agreed"),
    ],
)
def test_minutes_that_it_was_agreed_to_approve_are_approved(words, word):
    head = "Fell Board minutes\n5 May 2020\nPresent: Ann Bell, Cal Dunn\n"
    (meeting,) = read(f"{head}1. Minutes\n{words}\n2. Fires\nNone.\n").meetings
    assert as_labels(meeting)["items"][0]["decision"] == word
