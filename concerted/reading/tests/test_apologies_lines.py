"""Apologies that stand one person a line."""

import pytest

from concerted.reading.apologies import apologies_in
from concerted.reading.model import Span


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Apologies from:-\n\nAnn Bell, Health\n\nJo Lund, Arts and Culture",
            ["Ann Bell", "Jo Lund"],
        ),
        ("Apologies from:-\n\nAnn Bell\n\nJo Lund, Cal Dunn", ["Ann Bell", "Jo Lund", "Cal Dunn"]),
        ("Apologies from Ann Bell, Jo Lund and Cal Dunn", ["Ann Bell", "Jo Lund", "Cal Dunn"]),
    ],
)
def test_a_word_alone_in_a_line_of_one_person_is_no_person(text: str, names: list[str]) -> None:
    away, _ = apologies_in(text, Span(0, len(text)), listed=True)
    assert [one.name for one in away] == names
