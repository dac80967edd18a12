"""Rich text: what its reader sees, from Word’s files and from those made to do harm."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.reading.files import FileText, NotReadable, text_of
from concerted.reading.tests.whatever import words_or_sentence

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset2 Symbol;}"
    r"{\f2\fcharset238 Arial CE;}{\f3\fcharset128 Mincho;}}{\colortbl;\red0;}"
    r"{\stylesheet{\s1 Heading 1;}}{\info{\title Secret}}{\*\generator Word;}"
)


def rtf(body: str) -> bytes:
    return (HEAD + body + "}").encode("latin-1")


def read(body: str) -> FileText:
    return text_of(rtf(body), "minutes.rtf")


def row(*cells: str) -> str:
    return (
        r"\trowd\cellx1000\cellx2000\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells)
    ) + r"\row "


def test_paragraphs_are_read_without_what_is_no_text():
    assert read(r"\pard Safer Marlbeck\par\pard Agreed.\par") == FileText(
        "Safer Marlbeck\n\nAgreed.", "rtf"
    )


@pytest.mark.parametrize(
    "group",
    [
        r"{\header Page header\par}",
        r"{\footerf Page 1\par}",
        r"{\pict\pngblip 89504e47}",
        r"{\*\unknown no}",
        r"{\*\shppict{\pict 8950}}",
        r"{\field{\*\fldinst HYPERLINK \\l no}}",
        r"{\xe no}",
        r"{\pict\bin4 }}{\no}",
    ],
)
def test_headers_pictures_and_unknown_destinations_are_left_out(group: str):
    assert read(rf"Agreed{group}.\par").text == "Agreed."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"Present:\tab Ann", "Present:\tAnn"),
        (r"one\line two", "one\ntwo"),
        (r"caf\'e9 \'a350 \'93ok\'94", "café £50 “ok”"),
        (r"\u8217\'92s \u163?5", "’s £5"),
        (r"{\uc0\u8217 s}{\uc2\u163??5}", "’s£5"),
        (r"\u55357\'3f\u56842\'3f", "😊"),
        (r"lone \u55357\'3f", "lone \ufffd"),
        (r"{\f2 \'a3\'f3d\'9f}", "Łódź"),
        (r"{\f3 \'93\'fa\'96\'7b}", "日本"),
        (r"\ldblquote ok\rdblquote  \endash  it\rquote s \{1\}\~\\", "“ok” – it’s {1}\u00a0\\"),
        (r"Safer \b Marl\b0 beck", "Safer Marlbeck"),
        ("bro\nken in\r\n the file", "broken in the file"),
        (r"{\field{\*\fldinst PAGE}{\fldrslt 3}} of 4", "3 of 4"),
    ],
)
def test_each_way_to_write_a_character(written: str, shown: str):
    assert read(written + r"\par Closed.\par").text == f"{shown}\n\nClosed."


def test_letters_of_other_machines_are_read_in_their_code_page():
    assert text_of(rb"{\rtf1\ansi\ansicpg1251 \'cc\'e8\'f0\par}", "a.rtf").text == "Мир"
    assert text_of(rb"{\rtf1\mac caf\'8e}", "a.rtf").text == "café"
    assert text_of(rb"{\rtf1\pc caf\'82}", "a.rtf").text == "café"
    assert text_of(rb"{\rtf1\ansicpg99999 caf\'e9}", "a.rtf").text == "café"


def test_a_table_row_is_one_line_and_a_following_paragraph_stands_apart():
    body = row("Name", "From") + row("Ann", r"\b Police\b0") + r"\pard After.\par"

    assert read(body).text == "Name | From\nAnn | Police\n\nAfter."


def test_a_cell_of_several_paragraphs_keeps_its_lines():
    assert read(row("17.", r"Burglary\par RESOLVED.")).text == "17.\n\nBurglary\n\nRESOLVED."


def test_a_table_in_a_table_stays_in_its_cell():
    inner = (
        r"\pard\intbl\itap2 a\nestcell{\nonesttables\par}b\nestcell{\nonesttables\par}"
        r"{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}"
    )

    assert (
        read(rf"\trowd\cellx1\cellx2{inner}\pard\intbl\cell next\cell\row").text == "a | b | next"
    )


def test_numbers_and_bullets_of_lists_are_kept():
    body = (
        r"{\listtext\pard\plain 1.\tab}Apologies\par{\pntext\f0 2.1\tab}Minutes\par"
        r"{\listtext\f1\'b7\tab}one\par{\listtext\u-3913 ?\tab}two\par"
    )

    assert read(body).text == "1. Apologies\n\n2.1 Minutes\n\n• one\n\n• two"


def test_hidden_and_deleted_text_is_left_out_with_notes():
    found = read(r"Agreed{\v  in secret}{\deleted  never\par} {\revised today}.\par Closed.\par")

    assert found.text == "Agreed today.\n\nClosed."
    assert "hidden text" in found.notes[0]
    assert "tracked changes" in found.notes[1]


def test_hidden_ends_where_the_file_says_so():
    assert read(r"a\v b\v0 c\v d\plain e").text == "ace"


def test_comments_and_boxes_are_left_out_with_notes():
    found = read(r"Agreed{\*\annotation rude}.{\shp{\*\shpinst{\shptxt no\par}}{\shprslt no}}\par")

    assert found.text == "Agreed."
    assert "comments in its margin" in found.notes[0]
    assert "text in boxes" in found.notes[1]


def test_footnotes_stand_at_the_end_with_their_numbers():
    note = r"{\super\chftn}{\footnote\pard\plain {\super\chftn}See the plan.}"

    assert (
        read(rf"Agreed{note}.\par Closed.\par").text == "Agreed[1].\n\nClosed.\n\n[1] See the plan."
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (HEAD.encode() + rb"Agreed.\par Clos", "Agreed.\n\nClos"),
        (HEAD.encode() + rb"{\b Agreed." + b"\\", "Agreed."),
        (HEAD.encode() + rb"Agreed.\par{\pict\bin999999 }", "Agreed."),
        (HEAD.encode() + rb"\trowd\pard\intbl Ann\cell Pol", "Ann | Pol"),
    ],
)
def test_a_file_that_breaks_off_is_read_as_far_as_it_goes_with_a_note(data: bytes, text: str):
    found = text_of(data, "minutes.rtf")

    assert found.text == text
    assert "breaks off before its end" in found.notes[-1]


def test_what_follows_the_end_is_no_text():
    assert text_of(rtf("Agreed.") + b"{more}", "a.rtf").text == "Agreed."


def test_absurd_nesting_is_refused():
    with pytest.raises(NotReadable, match="nested deeper than any office program writes"):
        text_of(rtf("{" * 10_000), "a.rtf")


def test_a_file_of_pictures_only_is_refused():
    with pytest.raises(NotReadable, match="holds no text"):
        read(r"{\pict 89504e47}")


def test_rich_text_under_the_name_of_word_needs_no_note():
    assert text_of(rtf("Agreed."), "minutes.doc").notes == ()
    assert "but it is rich text" in text_of(rtf("Agreed."), "minutes.txt").notes[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "body", [r"{\*\fldinst ", r"\'e9", "{}", r"\cell", r"\u8217 ", r"{\footnote x}", "\\"]
)
def test_a_megabyte_of_one_thing_takes_no_long_time(body: str):
    began = time.monotonic()
    assert words_or_sentence(rtf(body * (1_000_000 // len(body))), "a.rtf")

    assert time.monotonic() - began < 15


HEAP = (
    r"{ } \par \cell \row \intbl \pard \trowd \nestcell \nestrow \itap2 \v \deleted \plain \tab"
    r" \u8217 \u-10179 \uc9 \'e9 \' \* \*\x \fonttbl \f1 \fcharset2 \fcharset128 \listtext \bin5"
    r" \bin-5 \footnote \chftn \ansicpg932 \ansicpg \mac text | \\ \~"
)
WORDS = st.sampled_from(HEAP.split())


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(WORDS.map(str.encode), st.binary(max_size=5)), max_size=60))
def test_any_heap_of_its_words_is_text_or_a_sentence(words: list[bytes]):
    assert words_or_sentence(b"{\\rtf1 " + b" ".join(words), "a.rtf")
