import pytest

from concerted.ui import glossary, views
from concerted.ui.tests.page import Page

DECISIONS = [
    "noted",
    "agreed",
    "approved",
    "endorsed",
    "recommended to",
    "referred to",
    "delegated to",
    "deferred",
    "not agreed",
    "agreed as correct record",
]


def test_the_table_is_read_row_by_row():
    text = "# Words\n\n| Term | Meaning |\n|---|:--|\n| slip | A date that passed. |\n"
    assert glossary.parse(text) == {"slip": "A date that passed."}


def test_a_word_is_explained_once():
    with pytest.raises(ValueError, match="slip"):
        glossary.parse("| slip | one |\n| slip | two |\n")


@pytest.mark.parametrize("word", [*DECISIONS, "seat", "slip", "closed", "hidden", "nil return"])
def test_the_words_that_pages_lean_on_are_explained(word):
    assert glossary.meaning(word).endswith(".")


def test_words_stand_in_the_order_of_the_alphabet():
    assert list(glossary.TERMS) == sorted(glossary.TERMS, key=str.lower)


def test_case_does_not_matter_but_the_word_must_be_there():
    assert glossary.meaning("Slip") == glossary.meaning("slip")
    with pytest.raises(KeyError):
        glossary.meaning("synergy")


def test_a_term_opens_where_it_stands(drawn):
    term = drawn('term("slip", "slips")')
    assert term.one("summary").words == "slips"
    assert glossary.meaning("slip") in term.one("details").words


def test_the_page_of_words_shows_them_all(anybody):
    page = Page(views.words(anybody()).content.decode())
    assert [term.words for term in page.all("dt")] == list(glossary.TERMS)
