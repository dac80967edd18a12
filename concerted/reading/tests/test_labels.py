"""The label form and the JSON form."""

import json
from pathlib import Path

from concerted.reading import as_json, read

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
