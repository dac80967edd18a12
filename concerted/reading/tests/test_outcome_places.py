"""Where an outcome stands: behind a view, in a later clause, under a word alone on its line."""

import pytest

from concerted.reading import as_labels, read
from concerted.reading.outcomes import plain_code
from concerted.reading.verdicts import verdict_of

PAGE = """Agenda and minutes

Northfell Safety Board - Wednesday, 5th May, 2021 2.00 pm

Venue: Oak Hall, Northfell

Items
No. Item

1.

Lamps

{switch}

{told}

2.

Next Meeting

Minutes:

June.
"""


def outcome(told: str, switch: str = "Minutes:") -> str:
    found = as_labels(read(PAGE.format(told=told, switch=switch)).meetings[0])
    return str(found["items"][0]["decision"])


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Jo Lund said it was too dark. Members agreed. The report was noted.", "noted"),
        ("The paper had come too late and the Board deferred the item to July.", "deferred"),
        ("Members noted the following:\n\n- it is dark\n\nThe Board agreed the plan.", "agreed"),
        ("RESOLVED\n\nthat\n\n(i) the lamps be approved; and\n\n(ii) they be lit.", "approved"),
        ("The Chair said it was the best lamp she had seen since she was elected.", "none"),
        ("No comments were made.", "none"),
        ("It was raining.\n\nIt was agreed:\n\n1. To approve the lamps.", "approved"),
        (
            "Moved by Jo Lund, seconded by Ann Bell: that the lamp be adopted.\n\n"
            "The motion was lost by 4 votes to 6.",
            "other",
        ),
    ],
)
def test_the_outcome_of_an_item(told: str, code: str) -> None:
    assert outcome(told) == code


def test_under_the_word_decision_a_bare_verb_is_the_outcome() -> None:
    assert outcome("To note the review.", "Decision:") == "noted"


def test_an_answer_to_an_application_is_an_outcome() -> None:
    assert plain_code("No comments.") == "other"


def test_an_election_of_the_day_is_an_outcome() -> None:
    assert verdict_of("Ann Bell was elected Chair.") == "other"
