"""Labels of lists, and apologies told in prose."""

import pytest

from concerted.reading.apologies import apologies_in
from concerted.reading.lines import split
from concerted.reading.model import Span
from concerted.reading.roll_labels import read_label


def label(text: str):
    return read_label(split(text)[0])


def away(text: str, *, listed: bool = False):
    gone, late = apologies_in(text, Span(0, len(text)), listed=listed)
    return [n.name for n in gone], [n.name for n in late]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Present: Ann Bell", "present"),
        ("Members Present:Ann Bell", "present"),
        ("Attendees (by Zoom): Ann Bell", "present"),
        ("Officers:", "officers"),
        ("Also in attendance: Ann Bell", "in_attendance"),
        ("Advisors:", "in_attendance"),
        ("Apologies for absence:", "apologies"),
        ("Apologies for absence were submitted on behalf of Ann Bell.", "apologies"),
    ],
)
def test_each_label_opens_its_list(text, section):
    assert label(text).section == section


@pytest.mark.parametrize("text", ["Present arrangements were discussed.", "1. Apologies", "Public"])
def test_words_that_only_look_like_a_label_open_none(text):
    assert label(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Apologies were received from Ann Bell and Cal Dunn.",
        "Apologies for absence were submitted on behalf of Ann Bell, Cal Dunn.",
        "Ann Bell and Cal Dunn sent apologies.",
        "Apologies were intimated from:-\n\nAnn Bell\n\nCal Dunn",
        "Apologies for absence: Ann Bell, Cal Dunn",
    ],
)
def test_each_way_to_tell_apologies_is_read(text):
    assert away(text) == (["Ann Bell", "Cal Dunn"], [])


def test_lateness_is_not_absence():
    text = (
        "Apologies had been received from Ann Bell. "
        "Apologies had been received for lateness from Cal Dunn."
    )
    assert away(text) == (["Ann Bell"], ["Cal Dunn"])


def test_apologies_that_were_only_noted_name_nobody():
    assert away("The Chair opened the meeting and apologies were noted.") == ([], [])
