"""One paragraph of a text taken out and put back: nothing is lost, and nothing is altered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.meetings.paragraphs import (
    is_numbered,
    leaves_no_trace,
    parted,
    placed,
    put_back,
    repeats,
    taken_out,
)

TEXTS = st.text(alphabet="ab .\n\t\r\u00a0\u2028’", max_size=60)


@given(TEXTS)
def test_the_paragraphs_joined_are_the_text(text):
    assert "".join(parted(text)) == text


@given(TEXTS)
def test_they_are_what_blank_lines_part_or_single_lines(text):
    between = "\n\n" if "\n\n" in text.strip() else "\n"
    whole = [one.strip() for one in text.strip().split(between) if one.strip()]

    assert [one.strip() for one in parted(text) if one.strip()] == whole


@given(TEXTS, st.data())
def test_taken_out_and_put_back_in_any_order_the_text_is_the_same_to_the_byte(text, data):
    places = [place for place, _ in placed(text, [])]
    taken = data.draw(st.lists(st.sampled_from(places), unique=True) if places else st.just([]))
    left, pieces, kept = text, [], {}
    for place in taken:
        kept[place], left, pieces = taken_out(left, pieces, place)
    assert "".join(words for _, words in sorted([*placed(left, pieces), *kept.items()])) == text
    for place in data.draw(st.permutations(taken)):
        left, pieces = put_back(left, pieces, place, kept[place])

    assert left == text


@given(TEXTS, st.data())
def test_what_is_taken_out_is_in_no_part_of_what_is_left(text, data):
    marked = text.replace("\n\n", "\n\nSECRET\n\n", 1) if "\n\n" in text.strip() else "SECRET"
    place = next(at for at, words in placed(marked, []) if "SECRET" in words)

    words, left, _ = taken_out(marked, [], place)

    assert "SECRET" in words
    assert "SECRET" not in left


@pytest.mark.parametrize(
    ("text", "place", "none"),
    [
        ("One.\n\nTwo.\n\nThree.", 1, True),
        ("One.\n\nTwo.", 1, True),
        ("One\nand more.\n\nTwo.", 1, False),
        ("One.\nTwo.", 0, True),
    ],
)
def test_it_leaves_no_trace_where_the_rest_is_parted_as_before(text, place, none):
    assert leaves_no_trace(text, [], place) is none


@pytest.mark.parametrize(
    ("words", "numbered"),
    [
        ("2.3 The commander spoke.", True),
        ("4. The commander spoke.", True),
        ("(a) the commander spoke;", True),
        ("iv) the commander spoke;", True),
        ("12 people came.", False),
        ("The commander spoke.", False),
        ("A commander spoke.", False),
    ],
)
def test_a_paragraph_with_a_number_of_its_own_would_be_missed(words, numbered):
    assert is_numbered(words) is numbered


TWELVE = "the house at the end of the lane is watched every night"


@pytest.mark.parametrize(
    ("said", "is_repeated"),
    [
        (f"That {TWELVE.upper()}, by two officers.", True),
        (TWELVE.replace(" ", ", "), True),
        (TWELVE.replace(" night", " day"), False),
        ("", False),
    ],
)
def test_twelve_words_in_a_row_are_a_repetition_whatever_parts_them(said, is_repeated):
    assert repeats(f"It was reported that {TWELVE}.", said) is is_repeated
