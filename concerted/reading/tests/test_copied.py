"""What is copied from a paper into minutes is pointed out."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.reading.copied import copied


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Members agreed what paragraph 2 above says.", ["paragraph 2 above"]),
        ("See paragraphs 3, 4 and 5.2 below.", ["paragraphs 3, 4 and 5.2 below"]),
        ("The figures in para. 7 were noted.", ["para. 7"]),
        ("That the recommendations below be agreed.", ["recommendations below"]),
        ("Recommendations 1 to 3 above were agreed.", ["Recommendations 1 to 3 above"]),
        ("To be discussed at this meeting.", ["at this meeting"]),
        ("The purpose of this report is to inform.", ["of this report"]),
        ("In this paper the\nboard is asked.", ["In this paper"]),
        ("Costs are as set out overleaf.", ["as set out overleaf"]),
        (
            "This report, at paragraph 2\nabove, was put at today’s meeting.",
            ["This report", "paragraph 2 above", "at today’s meeting"],
        ),
        ("The report was noted.", []),
        ("Paragraph by paragraph, members agreed.", []),
        ("The meeting of 3 March agreed minute 2.", []),
        ("The paper says “paragraph 2 above” of it.", []),
        ("The temperature was 2 above nought.", []),
        ("", []),
    ],
)
def test_what_is_pointed_out(text, words):
    assert [one.words for one in copied(text)] == words


def test_each_is_said_in_a_sentence():
    [one] = copied("as paragraph 2 above says")

    assert f"“{one.words}” {one.why}".endswith(".")
    assert "paragraph 2 above" in one.words


PIECES = st.lists(
    st.sampled_from(
        ["paragraph 2", " above", " below", "this report", " at this meeting", "\n", "x "]
    )
)


@pytest.mark.slow
@given(st.one_of(st.text(), PIECES.map("".join)))
def test_no_text_raises_an_error_and_nothing_is_said_twice(text):
    found = copied(text)

    assert all(one.span.start < one.span.end <= len(text) for one in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
