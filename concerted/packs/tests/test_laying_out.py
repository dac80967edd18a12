"""What stands in a pack and on which page: rules without a database, and any text as a PDF."""

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.packs import laying_out, typesetting
from concerted.packs.laying_out import Block, News, Part, Section

AGENDA = Section("agenda:1", "Agenda", blocks=(Block("words", lines=["Date"]),))
PAPER = Section("paper:a", "Item 1: Lamps", sensitive=True, blocks=(Block("heading", "Why"),) * 4)
NEW = Section("paper:b", "Item 1: Lamps", replaces="paper:a")
PAGES = {
    "agenda:1": 2,
    "agenda:1/0": 2,
    "paper:a": 3,
    "paper:a/0": 3,
    "paper:a/1": 3,
    "paper:a/2": 4,
    "paper:a/3": 6,
}


@pytest.mark.parametrize(
    ("sections", "before", "parts"),
    [
        ([AGENDA, PAPER], [], [[AGENDA, PAPER]]),
        ([AGENDA, NEW], [["agenda:1", "paper:a"]], [[AGENDA], [NEW]]),
        ([AGENDA, PAPER], [["agenda:1"], ["paper:a"]], [[AGENDA], [PAPER], []]),
        ([], [["agenda:1"]], [[], []]),
    ],
)
def test_sections_stay_in_their_parts_and_new_ones_make_the_next(sections, before, parts):
    assert laying_out.in_parts(sections, before) == parts


def test_pages_of_a_section_and_where_they_turn():
    assert laying_out.pages_of(PAGES, PAPER) == (3, 6)
    assert laying_out.pages_of(PAGES, NEW) is None
    assert laying_out.turns(PAGES, PAPER) == [None, None, 4, 6]
    assert laying_out.turns({}, PAPER) == [None] * 4


@pytest.mark.parametrize(
    ("page", "found"), [(1, None), (2, AGENDA), (3, PAPER), (5, PAPER), (6, PAPER), (7, None)]
)
def test_a_page_that_is_called_out_lies_in_a_section(page, found):
    assert laying_out.section_on(PAGES, [AGENDA, PAPER, NEW], page) == found


def test_the_highest_marking_is_that_of_the_part():
    assert Part("", "", 1, closed=False, sections=[AGENDA]).marking == "OFFICIAL"
    assert Part("", "", 1, closed=False, sections=[AGENDA, PAPER]).marking == "OFFICIAL-SENSITIVE"


def test_what_was_seen_is_not_new():
    news = [News("agenda:1", "The agenda"), News("paper:a", "Lamps")]
    assert laying_out.unseen(news, ["agenda:1"]) == news[1:]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LINES = st.lists(TEXT, max_size=3)
BLOCKS = st.builds(
    Block,
    st.sampled_from(["heading", "words", "list", "table", "closed"]),
    text=TEXT,
    ref=TEXT,
    lines=LINES,
    head=LINES,
    rows=st.lists(LINES, max_size=3),
)


@pytest.mark.slow
@given(TEXT, st.lists(BLOCKS, max_size=6))
@settings(max_examples=60)
def test_any_text_becomes_a_pdf_that_meets_the_standard(heading, blocks):
    part = Part(heading, heading, 5, False, [Section("m", heading, heading, blocks=blocks)])

    made = typesetting.printed(part)

    assert set(made.pages) == {"m", *(f"m/{n}" for n in range(len(blocks)))}
    with pypdfium2.PdfDocument(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf) == made.last - 4


def test_a_file_says_what_it_is_and_large_print_keeps_the_numbers():
    long = Section("m", "Lamps", blocks=[Block("words", lines=["words " * 400])] * 4)
    part = Part("Board, 3 May", "Agenda and papers", 5, closed=False, sections=[long])
    made = typesetting.printed(part)
    large = typesetting.in_large_print(part, made.pages)

    assert b"/Lang(en-GB)" in made.pdf
    assert b"/MarkInfo" in made.pdf
    assert b"pdfuaid:part" in made.pdf
    with pypdfium2.PdfDocument(io.BytesIO(large)) as pdf:
        feet = [one.get_textpage().get_text_bounded().splitlines()[-1] for one in pdf]
    assert len(feet) > made.last - 4
    assert feet[0] == "OFFICIAL Page 5"
    assert feet[-1] == f"OFFICIAL Page {made.pages['m/3']}"


def test_no_column_falls_off_the_page():
    rows = [
        ["2", "A title that is longer than a line of this page is wide. " * 2, "The Chair", "14"]
    ]
    table = Block("table", head=("Item", "Title", "Presented by", "Time"), rows=rows)
    made = typesetting.printed(
        Part("A", "", 1, closed=False, sections=[Section("m", "M", blocks=[table])])
    )

    with pypdfium2.PdfDocument(io.BytesIO(made.pdf)) as pdf:
        page = pdf[1]
        text = page.get_textpage()
        place, count = text.search("Time").get_next()
        assert text.get_charbox(place + count - 1)[2] < page.get_width() - 50
