"""Word files with tracked changes and comments: their two texts, and what is told of each mark."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.reading.files import NotReadable, text_of
from concerted.reading.files.changes import MAX_CHANGES, MAX_COMMENTS, Change, Comment, Markup
from concerted.reading.tests.word_files import (
    W,
    by,
    commented,
    comments,
    comments_extended,
    deleted,
    ins,
    numbering,
    p,
    paragraph,
    run,
    word,
)

AT = datetime.datetime(2026, 3, 1, 10, 20)
INS, DEL = f"<w:ins{by()}/>", f"<w:del{by()}/>"


def texts(data: bytes) -> tuple[str, str]:
    """The text as accepted, and the text before."""
    return text_of(data, "a.docx").text, text_of(data, "a.docx", changes="original").text


def changes(data: bytes) -> list[tuple[str, str, str]]:
    return [(one.kind, one.what, one.words) for one in text_of(data, "a.docx").changes]


# --- the two texts, and the list ----------------------------------------------------------------


def test_an_insertion_inside_a_word_is_told_with_the_words_around_it():
    file = word(paragraph(run("It was agre"), ins("ed to"), run("gether.")))

    assert texts(file) == ("It was agreed together.", "It was agregether.")
    assert text_of(file, "a.docx").changes == (
        Change("inserted", "words", "ed to", "Ann Lee", AT, "It was agre", "gether."),
    )


def test_a_deletion_across_runs_is_one_change():
    file = word(paragraph(run("No "), deleted("more "), deleted("than "), deleted("ten"), run(".")))

    assert texts(file) == ("No .", "No more than ten.")
    assert changes(file) == [("deleted", "words", "more than ten")]


@pytest.mark.parametrize(
    "other", [by("Bob Dean"), by(date="2026-03-02T10:20:00Z"), by(author=""), by(date="")]
)
def test_changes_of_another_person_or_day_stay_apart(other: str):
    assert changes(word(paragraph(ins("one "), ins("two", other)))) == [
        ("inserted", "words", "one "),
        ("inserted", "words", "two"),
    ]


def test_a_replacement_is_a_deletion_and_an_insertion():
    file = word(paragraph(run("Buy "), deleted("ten"), ins("twelve"), run(" bins.")))

    assert texts(file) == ("Buy twelve bins.", "Buy ten bins.")
    assert changes(file) == [("deleted", "words", "ten"), ("inserted", "words", "twelve")]
    [(old, new)] = text_of(file, "a.docx").markup.replacements()
    assert (old.before, old.words, new.words, new.after) == ("Buy ", "ten", "twelve", " bins.")


@pytest.mark.parametrize(
    "second",
    [
        run(" ") + ins("twelve"),
        ins("twelve", by("Bob Dean")),
        deleted("twelve", by("Bob Dean")),
    ],
)
def test_what_stands_apart_or_is_of_somebody_else_is_no_replacement(second: str):
    file = text_of(word(paragraph(run("Buy "), deleted("ten"), second)), "a.docx")

    assert [len(each) for each in file.markup.replacements()] == [1, 1]


def test_a_moved_paragraph_stands_where_it_was_and_where_it_is():
    gone = f'<w:moveFromRangeStart w:id="1" w:name="m"{by()}/>' + paragraph(
        f"<w:moveFrom{by()}>{run('Second.')}</w:moveFrom>", mark=f"<w:moveFrom{by()}/>"
    )
    come = paragraph(f"<w:moveTo{by()}>{run('Second.')}</w:moveTo>", mark=f"<w:moveTo{by()}/>")
    file = word(p("First.") + gone + '<w:moveFromRangeEnd w:id="1"/>' + p("Third.") + come + p("x"))

    assert texts(file) == (
        "First.\n\nThird.\n\nSecond.\n\nx",
        "First.\n\nSecond.\n\nThird.\n\nx",
    )
    assert changes(file) == [
        ("moved_from", "words", "Second."),
        ("moved_to", "words", "Second."),
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    file = word(paragraph(run("The report"), mark=DEL) + paragraph(run(" was noted.")))

    assert texts(file) == ("The report was noted.", "The report\n\nwas noted.")
    [change] = text_of(file, "a.docx").changes
    assert (change.kind, change.what, change.words) == ("deleted", "paragraph", "")
    assert (change.before, change.after) == ("The report", " was noted.")


def test_an_inserted_paragraph_mark_parts_one_paragraph_in_two():
    file = word(paragraph(run("Noted."), mark=INS) + paragraph(run("Agreed."), mark=""))

    assert texts(file) == ("Noted.\n\nAgreed.", "Noted.Agreed.")
    assert changes(file) == [("inserted", "paragraph", "")]


def test_whole_paragraphs_that_follow_each_other_are_one_change():
    gone = paragraph(deleted("One."), mark=DEL) + paragraph(deleted("Two."), mark=DEL)
    file = word(p("Before.") + gone + p("After."))

    assert texts(file) == ("Before.\n\nAfter.", "Before.\n\nOne.\n\nTwo.\n\nAfter.")
    [change] = text_of(file, "a.docx").changes
    assert change.words == "One.\nTwo."
    assert (change.before, change.after) == ("Before.\n", "\nAfter.")


def test_words_that_begin_a_new_paragraph_are_told_on_a_line_of_their_own():
    file = word(paragraph(run("First."), mark=INS) + paragraph(ins("Second.")) + p("Third."))

    [change] = text_of(file, "a.docx").changes
    assert (change.before, change.words, change.after) == ("First.\n", "Second.", "\nThird.")


def test_the_words_around_a_change_begin_and_end_with_whole_words():
    long = "The partnership heard that nothing had changed since the last meeting in the winter"
    file = text_of(word(paragraph(run(f"{long} "), ins("again "), run(long))), "a.docx")

    [change] = file.changes
    assert change.before == "heard that nothing had changed since the last meeting in the winter "
    assert change.after == long.removesuffix(" winter")


def test_a_paragraph_without_mark_before_a_table_stays_a_paragraph_of_its_own():
    table = f"<w:tbl><w:tr><w:tc>{p('Cell')}</w:tc></w:tr></w:tbl>"

    assert texts(word(paragraph(run("Words"), mark=DEL) + table))[0] == "Words\n\nCell"
    assert texts(word(p("a") + paragraph(deleted("b"), mark=DEL) + table))[0] == "a\n\nCell"


@pytest.mark.parametrize("marked", [True, False])
def test_an_inserted_table_row_is_one_change(marked: bool):
    cells = (
        paragraph(ins("Bob"), mark=INS) if marked else p("Bob"),
        paragraph(ins("Fire"), mark=INS) if marked else p("Fire"),
    )
    row = f"<w:tr><w:trPr>{INS}</w:trPr>{''.join(f'<w:tc>{one}</w:tc>' for one in cells)}</w:tr>"
    first = f"<w:tr><w:tc>{p('Ann')}</w:tc><w:tc>{p('Police')}</w:tc></w:tr>"
    file = word(f"<w:tbl>{first}{row}</w:tbl>")

    assert texts(file) == ("Ann | Police\nBob | Fire", "Ann | Police")
    assert changes(file) == [("inserted", "row", "Bob | Fire")]


def test_a_deleted_table_row_is_in_the_text_before():
    row = f"<w:tr><w:trPr>{DEL}</w:trPr><w:tc>{paragraph(deleted('Bob'))}</w:tc></w:tr>"
    file = word(f"<w:tbl><w:tr><w:tc>{p('Ann')}</w:tc></w:tr>{row}</w:tbl>")

    assert texts(file) == ("Ann", "Ann\nBob")
    assert changes(file) == [("deleted", "row", "Bob")]


def test_an_inserted_and_a_deleted_cell():
    cells = (
        f"<w:tc>{p('Ann')}</w:tc><w:tc><w:tcPr><w:cellIns{by()}/></w:tcPr>{p('new')}</w:tc>"
        f"<w:tc><w:tcPr><w:cellDel{by()}/></w:tcPr>{p('old')}</w:tc>"
    )
    file = word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")

    assert texts(file) == ("Ann | new", "Ann | old")
    assert changes(file) == [("inserted", "cell", "new"), ("deleted", "cell", "old")]


def test_what_one_inserted_and_another_deleted_is_in_neither_text():
    bob = by("Bob Dean")
    both = f"<w:ins{by()}>{run('very ')}{deleted('very ', bob)}{run('high')}</w:ins>"
    file = word(paragraph(run("It is "), both, run(".")))

    assert texts(file) == ("It is very high.", "It is .")
    assert [(one.kind, one.words, one.author) for one in text_of(file, "a.docx").changes] == [
        ("inserted", "very very high", "Ann Lee"),
        ("deleted", "very ", "Bob Dean"),
    ]


def test_the_number_before_a_paragraph_is_that_of_its_own_text():
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    was = f"<w:pPrChange{by()}><w:pPr>{numbered}</w:pPr></w:pPrChange>"
    body = (
        p("Apologies", number="1")
        + paragraph(ins("Crime"), mark=INS, properties=numbered)
        + paragraph(run("Minutes"), properties=was)
        + p("Closed", number="1")
    )
    file = word(body, numbering=numbering(("decimal", "%1.")))

    assert texts(file) == (
        "1. Apologies\n\n2. Crime\n\nMinutes\n\n3. Closed",
        "1. Apologies\n\n2. Minutes\n\n3. Closed",
    )
    assert text_of(file, "a.docx").markup.formatting == 1


def test_footnotes_are_read_the_same_way():
    note = paragraph(run("Of "), deleted("ten"), ins("twelve"))
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{note}</w:footnote></w:footnotes>'
    file = word(
        paragraph(run("Bins"), '<w:r><w:footnoteReference w:id="1"/></w:r>'), footnotes=notes
    )

    assert len(changes(file)) == 2
    for text, yes, no in zip(texts(file), ("twelve", "ten"), ("ten", "twelve"), strict=True):
        assert yes in text
        assert no not in text


def test_a_file_saved_as_strict_is_read_the_same_way():
    body = paragraph(ins("Yes"), deleted("No"))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"

    assert texts(word(body, namespace=strict)) == ("Yes", "No")


def test_changed_formatting_is_only_counted():
    bold = (
        f"<w:r><w:rPr><w:b/><w:rPrChange{by()}><w:rPr/></w:rPrChange></w:rPr><w:t>Noted</w:t></w:r>"
    )
    file = text_of(word(paragraph(bold)), "a.docx")

    assert file.markup == Markup(formatting=1)
    assert file.markup.sentences("accepted") == ["1 change of formatting not listed."]


@pytest.mark.parametrize(
    ("inserted", "what"),
    [
        (run(" "), "space"),
        ("<w:r><w:drawing/></w:r>", "other"),
        ("<w:r><w:tab/></w:r>", "space"),
    ],
)
def test_what_has_no_words_is_named(inserted: str, what: str):
    file = word(paragraph(run("a"), f"<w:ins{by()}>{inserted}</w:ins>", run("b")))

    assert [(one.what, one.words.strip()) for one in text_of(file, "a.docx").changes] == [
        (what, "")
    ]


def test_what_an_older_program_would_show_is_not_told_twice():
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{ins("once")}</mc:Choice>'
        f"<mc:Fallback>{ins('once')}</mc:Fallback></mc:AlternateContent>"
    )

    assert changes(word(paragraph(both))) == [("inserted", "words", "once")]


def test_an_author_or_a_date_that_is_missing_or_wrong_stays_empty():
    file = word(paragraph(ins("a", by("", "")), run("-"), ins("b", by(" ", "yesterday"))))

    assert [(one.author, one.date) for one in text_of(file, "a.docx").changes] == [("", None)] * 2


def test_an_insertion_without_anything_in_it_is_no_change():
    assert text_of(word(paragraph(run("a"), f"<w:ins{by()}/>")), "a.docx").markup == Markup()


# --- comments -----------------------------------------------------------------------------------


def test_a_comment_on_words_and_one_on_a_point():
    file = text_of(
        word(
            paragraph(run("We buy "), commented("ten bins"), run(" now."), commented("", 1)),
            comments=comments((run("Too many?"), "A"), (run("When?"), "B")),
        ),
        "a.docx",
    )

    assert file.text == "We buy ten bins now."
    assert file.comments == (
        Comment("Too many?", "Bob Dean", AT, "ten bins", "We buy ", " now."),
        Comment("When?", "Bob Dean", AT, "", "We buy ten bins now.", ""),
    )


def test_a_resolved_comment_and_its_answer():
    file = text_of(
        word(
            paragraph(commented("Ten", 0), commented("Ten", 1), commented("Six", 2)),
            comments=comments((run("Why?"), "A"), (run("Because."), "B"), (run("Open"), "C")),
            commentsExtended=comments_extended(
                'w15:paraId="A" w15:done="1"',
                'w15:paraId="B" w15:paraIdParent="A" w15:done="0"',
                'w15:paraId="C" w15:done="0"',
            ),
        ),
        "a.docx",
    )

    assert [(one.resolved, one.reply) for one in file.comments] == [
        (True, False),
        (True, True),
        (False, False),
    ]


def test_a_comment_on_deleted_words_names_them():
    around = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    file = word(
        paragraph(run("a"), around[0], deleted("gone"), around[1], run("b")),
        comments=comments((run("Good."), "A")),
    )

    assert text_of(file, "a.docx").comments[0].on == "gone"


def test_a_comment_that_stands_nowhere_is_told_last():
    file = word(
        paragraph(commented("Ten", 1)),
        comments=comments((run("Lost"), "A"), (run("Here"), "B")),
    )

    assert [one.words for one in text_of(file, "a.docx").comments] == ["Here", "Lost"]


# --- hostile files ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_hundred_thousand_changes_are_counted_and_some_hundreds_told():
    body = "".join(
        ins(f"a{n * 7919 % 100_003}") + deleted(f"b{n * 104_729 % 99_991}") for n in range(50_000)
    )
    began = time.monotonic()

    file = text_of(word(paragraph(body)), "a.docx")

    assert file.markup.change_count == 100_000
    assert len(file.changes) == MAX_CHANGES
    assert time.monotonic() - began < 40


def test_more_comments_than_anybody_reads_are_counted():
    each = [(run("Why?"), f"{n}") for n in range(MAX_COMMENTS + 5)]
    file = text_of(word(paragraph(run("Ten")), comments=comments(*each)), "a.docx")

    assert (len(file.comments), file.markup.comment_count) == (MAX_COMMENTS, MAX_COMMENTS + 5)


@pytest.mark.slow
def test_ranges_that_never_end_cost_nothing():
    open_ = "".join(f'<w:commentRangeStart w:id="{n}"/>{run("ab")}' for n in range(3_000))
    each = [(run("Why?"), f"{n}") for n in range(MAX_COMMENTS)]

    file = text_of(word(paragraph(open_), comments=comments(*each)), "a.docx")

    assert all(len(one.before) <= 100 for one in file.comments)


def test_long_words_are_cut_and_say_so():
    who = by("A" * 500)
    file = text_of(
        word(
            paragraph(ins("agreed " * 5_000, who), commented("ten " * 500)),
            comments=comments((run("why " * 5_000), "A")),
        ),
        "a.docx",
    )

    [change], [comment] = file.changes, file.comments
    assert all(
        words.endswith("…") for words in (change.words, change.author, comment.words, comment.on)
    )


def test_signs_that_turn_a_line_round_are_left_out_and_markup_is_only_words():
    file = text_of(
        word(
            paragraph(ins("a\u202eb", by("Eve\u202e &lt;i&gt;\nx"))),
            comments=comments((run("&lt;script&gt;alert(1)&lt;/script&gt;"), "A")),
        ),
        "a.docx",
    )

    assert file.changes[0].words == "ab"
    assert file.changes[0].author == "Eve <i> x"
    assert file.comments[0].words == "<script>alert(1)</script>"


def test_entities_in_the_comments_are_refused():
    laughs = '<!DOCTYPE w [<!ENTITY a "ha">]>' + comments((run("&a;"), "A"))

    with pytest.raises(NotReadable, match="unpacks to far more"):
        text_of(word(p("x"), comments=laughs), "a.docx")


def test_a_file_in_which_all_was_inserted_holds_no_text_before():
    with pytest.raises(NotReadable, match="holds no text"):
        text_of(word(paragraph(ins("All new"))), "a.docx", changes="original")


# --- properties ---------------------------------------------------------------------------------

PIECES = st.lists(
    st.tuples(
        st.sampled_from(["plain", "ins", "del"]),
        st.text(alphabet="abc", min_size=1, max_size=4),
        st.sampled_from(["Ann Lee", "Bob Dean"]),
    ),
    min_size=1,
    max_size=12,
)


def written(pieces: list[tuple[str, str, str]]) -> str:
    kinds = {"ins": ins, "del": deleted}
    return paragraph(
        run("|"),
        *(
            kinds[kind](words, by(who)) if kind in kinds else run(words)
            for kind, words, who in pieces
        ),
    )


@pytest.mark.slow
@settings(max_examples=150)
@given(PIECES)
def test_accepted_is_plain_and_inserted_and_before_is_plain_and_deleted(
    pieces: list[tuple[str, str, str]],
):
    accepted, original = texts(word(written(pieces)))

    assert accepted == "|" + "".join(words for kind, words, _ in pieces if kind != "del")
    assert original == "|" + "".join(words for kind, words, _ in pieces if kind != "ins")


@pytest.mark.slow
@settings(max_examples=100)
@given(PIECES)
def test_every_word_that_was_changed_is_told_once_and_in_its_place(
    pieces: list[tuple[str, str, str]],
):
    file = text_of(word(written(pieces)), "a.docx")

    for kind, name in (("inserted", "ins"), ("deleted", "del")):
        told = "".join(one.words for one in file.changes if one.kind == kind)
        assert told == "".join(words for which, words, _ in pieces if which == name)
    for one in file.changes:
        kept = one.words if one.kind == "inserted" else ""
        assert f"{one.before}{kept}{one.after}" in file.text
