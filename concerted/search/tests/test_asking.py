"""What is typed into the box, as words and filters; and the marks in what is found."""

import datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from concerted.search import queries
from concerted.search.asking import LONGEST, MARKS, MOST_WORDS, Term, plain, read, with_filters
from concerted.search.highlighting import SHOWN, endings_of, excerpt, marked, places

ANYTHING = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" \"-:OR“”()/'\\|&!<>*"))
)


@pytest.mark.parametrize(
    ("typed", "wanted", "without"),
    [
        ("burglary", ["burglary"], []),
        ("burglary vans", ["burglary", "vans"], []),
        ('"quad bikes" vans', ['"quad bikes"', "vans"], []),
        ("“quad bikes”", ['"quad bikes"'], []),
        ('"not ended', ['"not ended"'], []),
        ("theft -bicycle", ["theft"], ["bicycle"]),
        ('-"quad bikes"', [], ['"quad bikes"']),
        ("burglary OR theft vans", ["burglary|theft", "vans"], []),
        ("a OR b OR c", ["a|b|c"], []),
        ("OR burglary OR", ["burglary"], []),
        ("burglary or theft", ["burglary", "theft"], []),
        ("12/09", ["12 09"], []),
        ("2(a)", ["2 a"], []),
        ("O’Brien's", ["o brien s"], []),
        ("cross-border", ["cross border"], []),
        ("what was said of the burglary", ["said", "burglary"], []),
        ("to be or", ["to", "be", "or"], []),
        ("9:30", ["9 30"], []),
        ("", [], []),
        ("--- ,,, //", [], []),
    ],
)
def test_words_are_all_wanted_in_a_row_without_and_either(typed, wanted, without):
    asked = read(typed)

    assert ["|".join(map(str, group)) for group in asked.wanted] == wanted
    assert list(map(str, asked.without)) == without
    assert asked.faults == ()


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("body:SMB", "body", ("smb",)),
        ('body:"Area board" body:smb', "body", ("area board", "smb")),
        ("KIND:Minutes", "kind", ("minutes",)),
        ("is:open", "stands", ("open",)),
        ("decision:not-agreed", "decision", ("not-agreed",)),
        ("before:2026-06-16", "before", datetime.date(2026, 6, 16)),
        ("before:16/6/2026", "before", datetime.date(2026, 6, 16)),
        ('after:"16 June 2026"', "after", datetime.date(2026, 6, 16)),
        ("after:2025", "after", datetime.date(2025, 1, 1)),
    ],
)
def test_filters_are_a_name_a_colon_and_a_value(typed, field, value):
    asked = read(f"vans {typed}")

    assert getattr(asked, field) == value
    assert (asked.typed, asked.faults) == ("vans", ())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("colour:red", "There is no filter called “colour:”. Its words were looked for instead."),
        ("before:2026-02-30", "“2026-02-30” is no day that can be looked up. Write it like this:"),
        ("after:0000", "“0000” is no day that can be looked up."),
        ("before:soon", "“soon” is no day that can be looked up."),
        ("-kind:minutes", "A filter cannot be turned round with a minus. “-kind:” was left out."),
        ("van " * (MOST_WORDS + 1), "Only the first 20 words were looked for. Ask for less."),
        ("v" * (LONGEST + 1), "Only the first 400 letters were looked at. Ask for less."),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(typed, sentence):
    [said] = read(typed).faults

    assert said.startswith(sentence)


def test_the_words_of_an_unknown_filter_are_looked_for():
    assert list(map(str, read("colour:red").wanted[0])) == ["colour red"]


@given(ANYTHING)
def test_whatever_is_typed_is_understood_somehow(text):
    asked = read(text)

    for term in [*(one for group in asked.wanted for one in group), *asked.without]:
        assert term.words
        assert all(word and not set(word) & set(MARKS) for word in term.words)
    assert all(one.endswith((".", "!")) for one in asked.faults)


@given(ANYTHING)
def test_what_the_form_writes_is_understood_as_it_was_typed(text):
    asked = read(text)
    again = read(with_filters(asked.typed, queries.filters_of(asked)))

    if not asked.faults and len(asked.typed) < LONGEST // 2:
        assert again.faults == ()
        assert (again.wanted, again.without) == (asked.wanted, asked.without)
        assert queries.filters_of(again) == queries.filters_of(asked)


@pytest.mark.django_db
@given(ANYTHING)
def test_the_database_takes_whatever_is_typed(text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsquery('search_words', %s)", [queries.as_query(read(text)) or None]
        )


@pytest.mark.django_db
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_python_and_the_database_put_spaces_in_the_same_places(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_plain(%s)", [text])
        assert cursor.fetchone()[0] == plain(text)
    assert len(plain(text)) == len(text)


def as_text(pieces):
    return "".join(f"[{one.text}]" if one.marked else one.text for one in pieces)


def terms(typed):
    return [term for group in read(typed).wanted for term in group]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Burglaries rose.", "burglary", "[Burglaries] rose."),
        ("The quad bikes; bikes.", '"quad bikes"', "The [quad bikes]; bikes."),
        ("Minute 12/09, not 12/10.", "12/09", "Minute [12/09], not 12/10."),
        ("See 2(a) and 2(b), a plan.", "2(a)", "See [2(a]) and 2(b), a plan."),
        ("Officer O’Brien's bid", "o'brien", "Officer [O’Brien]'s bid"),
        ("The café opens", "cafe", "The [café] opens"),
        ("A cafe opens", "CAFÉ", "A [cafe] opens"),
        ("drugs/alcohol", "alcohol", "drugs/[alcohol]"),
        ("<b>van</b> & more", "van", "<b>[van]</b> & more"),
        ("Nothing of it", "van", "Nothing of it"),
    ],
)
def test_words_are_marked_as_they_are_found(text, typed, shown):
    asked = terms(typed)

    assert as_text(marked(text, asked, endings_of(asked, [text]))) == shown


@pytest.mark.django_db
def test_an_excerpt_shows_where_most_of_the_words_stand():
    text = "van " + "filler " * 100 + "a van and a lorry met " + "filler " * 100
    asked = terms("van lorry")

    shown = as_text(excerpt(text, asked, endings_of(asked, [text])))
    assert shown.startswith("… filler")
    assert shown.endswith("filler …")
    assert "a [van] and a [lorry] met" in shown


WORDS = st.lists(st.sampled_from(["van", "vans", "lorry", "é", "x" * 40, "2(a)", "-", "İ"]))


@given(WORDS, WORDS)
def test_an_excerpt_is_a_part_of_the_text_and_never_long(said, wanted):
    text = " ".join(said)
    asked = terms(" ".join(wanted))
    endings = {word: [word.lower().rstrip("s")] for word in plain(text).split()} | {
        word: [word.rstrip("s")] for term in asked for word in term.words
    }

    pieces = excerpt(text, asked, endings)
    whole = "".join(one.text for one in pieces).removeprefix("… ").removesuffix(" …")
    assert whole in text
    assert len(whole) <= SHOWN + 300
    assert "".join(one.text for one in marked(text, asked, endings)) == text
    assert places(text, [Term(("never",))], endings) == []
