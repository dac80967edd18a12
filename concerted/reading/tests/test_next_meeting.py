"""The date of the next meeting, in the words minutes have for it."""

import datetime

import pytest

from concerted.reading.lines import split
from concerted.reading.next_meeting import next_meeting

HELD = datetime.date(2026, 5, 5)


def found(text: str) -> str | None:
    made = next_meeting(text, split(text), HELD)
    return str(made.value) if made else None


@pytest.mark.parametrize(
    "text",
    [
        "Date of next meeting: 9 June 2026",
        "Next Board: 9 June 2026",
        "Date of next Forum\nTuesday 9 June 2026, 7pm",
        "DATES OF FUTURE MEETINGS\n9 June 2026; 8 September 2026",
        "Dates of future meetings\n\nMinutes:\n\n9 June 2026",
        "The next meeting of the Board will be held on 9 June 2026 at Moot Hall.",
        "Next meeting: Tuesday 9 June",
    ],
)
def test_the_first_date_to_come_is_the_next_meeting(text):
    assert found(text) == "2026-06-09"


@pytest.mark.parametrize(
    "text",
    [
        "These minutes are to be confirmed at the next meeting.",
        "It was put off to the next meeting in June.",
        "The next report is due on 9 June 2026.",
        "Dates of future meetings\n3 March 2026",
    ],
)
def test_no_other_date_is_taken_for_it(text):
    assert found(text) is None


def test_a_year_that_is_not_printed_is_not_sure():
    text = "Next meeting: Tuesday 9 June"
    made = next_meeting(text, split(text), HELD)
    assert made
    assert not made.sure
