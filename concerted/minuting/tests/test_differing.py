"""Two texts word by word."""

from hypothesis import given
from hypothesis import strategies as st

from concerted.minuting.differing import differences

TEXTS = st.text(alphabet="ab \n\u00a0é", max_size=60)


@given(TEXTS, TEXTS)
def test_the_runs_make_up_both_texts_to_the_last_character(one, other):
    runs = differences(one, other)

    assert "".join(run.words for run in runs if run.kind != "new") == one
    assert "".join(run.words for run in runs if run.kind != "gone") == other


def test_a_changed_word_is_shown_as_one_that_went_and_one_that_came():
    runs = [(run.kind, run.words) for run in differences("patrols go on", "patrols end on")]

    assert runs == [("same", "patrols "), ("gone", "go "), ("new", "end "), ("same", "on")]


def test_texts_of_thousands_of_words_are_compared_by_lines():
    long = "word " * 3000

    assert [run.kind for run in differences(long, f"{long}\nmore")] == ["gone", "new"]
