"""The text of a paragraph as words, lists and tables."""

import re

from hypothesis import given
from hypothesis import strategies as st

from concerted.papers.pieces import pieces_of


def test_a_table_has_its_columns_and_its_cells_stay_apart():
    words, table, after = pieces_of("Figures:\nWard | 2012 | 2013\nFen | 12 | 14\nMill | 3\nAfter.")

    assert (words.kind, words.lines) == ("words", ["Figures:"])
    assert table.head == ["Ward", "2012", "2013"]
    assert table.rows == [["Fen", "12", "14"], ["Mill", "3", ""]]
    assert after.lines == ["After."]


def test_a_table_whose_first_row_names_nothing_has_numbered_columns():
    [table] = pieces_of("12 | 14\n3 | 5")

    assert table.head == ["Column 1", "Column 2"]
    assert table.rows == [["12", "14"], ["3", "5"]]


def test_a_single_line_with_a_bar_is_words():
    assert [one.kind for one in pieces_of("Fen | Mill")] == ["words"]


def test_a_list_has_its_entries_without_their_bullets():
    words, entries = pieces_of("We ask for:\n• lamps\n- a count")

    assert words.kind == "words"
    assert (entries.kind, entries.lines) == ("list", ["lamps", "a count"])


@given(
    st.lists(st.sampled_from(["Fen | 12", "• lamps", "Words.", "1 | 2 | 3", "", "|"])).map(
        "\n".join
    )
)
def test_no_word_is_lost(text):
    shown = [
        cell
        for one in pieces_of(text)
        for cell in (*one.lines, *one.head, *(cell for row in one.rows for cell in row))
    ]

    for word in re.findall(r"\w+\.?", text):
        assert any(word in cell for cell in shown)
