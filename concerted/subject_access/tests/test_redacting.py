"""Words are found as whole words, and what is taken out is gone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.subject_access.redacting import (
    BLACKED_OUT,
    any_of,
    holds,
    pattern,
    places,
    redacted,
)

TEXTS = st.text(st.sampled_from("ab ’'.\n"), max_size=40)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Tobias Wren", "Thanks to Tobias Wren.", True),
        ("Tobias Wren", "thanks to TOBIAS\nWREN’s team", True),
        ("Wren", "The Wrens sang", False),
        ("Ann", "The Annual report", False),
        ("Jo O'Dell", "Jo O’Dell spoke", True),
        ("J. Wren", "J. Wren spoke", True),
        ("J. Wren", "JX Wren spoke", False),
        ("Zoë Ash", "ZOË ASH", True),
        ("", "anything", False),
    ],
)
def test_a_name_stands_as_whole_words(name, text, found):
    assert holds([name], text) == found


def test_names_give_way_to_what_stands_instead_and_words_to_a_note():
    parts = [("Text", "Agnes Fold told Gareth of the flat."), ("Note", "Ring Agnes Fold.")]
    out = places(parts, "Agnes Fold", "[somebody of Marlbeck Homes]") + places(parts, "the flat")

    assert redacted(parts, out) == [
        ("Text", f"[somebody of Marlbeck Homes] told Gareth of {BLACKED_OUT}."),
        ("Note", "Ring [somebody of Marlbeck Homes]."),
    ]


def test_words_that_overlap_are_taken_out_together():
    parts = [("Text", "Agnes Fold of Fold House left")]
    out = places(parts, "Agnes Fold of Fold") + places(parts, "Fold House")

    assert redacted(parts, out) == [("Text", f"{BLACKED_OUT} left")]


@pytest.mark.slow
@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_no_word_that_was_taken_out_stands_in_what_goes_out(text, words):
    parts = [("Text", text)]
    out = [one for each in words for one in places(parts, each)]
    [(_, left)] = redacted(parts, out)

    # In place of a letter, so that nothing beside it becomes a whole word that was none before.
    left_over = left.replace(BLACKED_OUT, "Ж")
    assert not any(holds([each], left_over) for each in words if each.strip())
    assert (left == text) == (not out)


NAMES = st.text(st.sampled_from("abAB’' .-éß"), min_size=1, max_size=6).filter(str.strip)


@given(st.lists(NAMES, min_size=1, max_size=12), st.text(st.sampled_from("abAB’' \n.-éßÉx")))
def test_many_names_are_found_where_each_alone_would_be(names, text):
    each = re.compile(pattern(names), re.IGNORECASE)

    assert [one.span() for one in any_of(names).finditer(text)] == [
        one.span() for one in each.finditer(text)
    ]


def test_the_longer_of_two_names_is_the_one_that_stands_there():
    wanted = any_of(["Ann Lee", "Ann Lee Fold", "Ann"])

    assert [one.group() for one in wanted.finditer("ANN  LEE\nFold, Ann Leeds")] == [
        "ANN  LEE\nFold",
        "Ann",
    ]
