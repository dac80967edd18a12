"""Places where names stand: with some words around, never the whole, never half a name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.subject_access.passages import LONGEST, MOST, passages

NAMES = ["Tobias Wren"]
FILLER = "the figures of the quarter were laid out and nobody spoke to them for long " * 4


def test_a_place_has_its_line_and_some_words_around():
    text = f"Minutes\n{FILLER}\nAsk TOBIAS\n Wren for the figures. {FILLER}"

    [one], more = passages(text, NAMES)

    assert (one.line, more) == (3, 0)
    assert "Ask TOBIAS Wren for the figures." in one.words
    assert one.words.startswith("… ")
    assert one.words.endswith(" …")
    assert len(one.words) < len(text) / 2


@pytest.mark.parametrize("text", ["Ask the Wrens", "Tobias-Wren", "xTobias Wren", "Tobias Wrenn"])
def test_a_part_of_a_word_is_no_name(text):
    assert passages(text, NAMES) == ([], 0)


def test_names_that_stand_together_share_a_place_and_far_ones_do_not():
    near = "Tobias Wren and again Tobias Wren"

    found, _ = passages(f"{near} {FILLER} Tobias Wren", NAMES)

    assert len(found) == 2
    assert near in found[0].words


def test_no_place_ends_in_the_middle_of_somebody_elses_name():
    uncut = re.compile("Gareth Pellow")
    for gap in range(80, 110):
        apart = "a " * (gap // 2)
        text = f"{FILLER}Gareth Pellow {apart}Tobias Wren {apart}Gareth Pellow {FILLER}"

        [one], _ = passages(text, NAMES, uncut=uncut)

        assert len(uncut.findall(one.words)) == one.words.count("Gareth")
        assert one.words.count("Gareth") == one.words.count("Pellow")


@given(
    st.lists(st.sampled_from(["Tobias Wren", "tobias  wren", "\n", "words", FILLER]), max_size=200),
    st.integers(0, MOST),
)
def test_however_often_a_name_stands_the_places_are_bounded(pieces, most):
    text = " ".join(pieces)

    found, more = passages(text, NAMES, most=most)

    assert len(found) <= most
    assert all(len(one.words) <= LONGEST for one in found)
    assert all(re.search(r"tobias\s+wren", one.words, re.IGNORECASE) for one in found)
    assert (len(found) + more > 0) == bool(re.search(r"tobias\s+wren", text, re.IGNORECASE))
    lines = text.split("\n")
    assert all(re.search("tobias", lines[one.line - 1], re.IGNORECASE) for one in found)


@given(st.text(max_size=400), st.text(min_size=3, max_size=20).filter(lambda name: name.strip()))
def test_no_text_and_no_name_is_too_odd(text, name):
    found, more = passages(text, [name])

    assert len(found) <= MOST
    assert more >= 0
