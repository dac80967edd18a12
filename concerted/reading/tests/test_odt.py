"""OpenDocument text: what its reader sees, and nothing that a file made to do harm wants."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.reading.files import FileText, NotReadable, text_of
from concerted.reading.tests.odt_files import listed, numbers, odt, p, table
from concerted.reading.tests.whatever import words_or_sentence

OUTLINE = numbers("L", ("1", ".", 1), ("1", "", 2), ("a", ")", 1), ("I", ".", 1))


def lines(body: str, **parts: str) -> list[str]:
    return text_of(odt(body, **parts), "minutes.odt").text.split("\n\n")


def notes(body: str, **parts: str) -> str:
    return " ".join(text_of(odt(body, **parts), "minutes.odt").notes)


def refused(data: bytes) -> str:
    with pytest.raises(NotReadable) as refusal:
        text_of(data, "minutes.odt")
    return refusal.value.sentence


def test_paragraphs_headings_and_tables_are_read_without_header_and_footer():
    rows = table((p("Name"), p("From")), (p("Ann"), p("Police")))
    heading = '<text:h text:outline-level="1">Safer Marlbeck</text:h>'

    read = text_of(odt(heading + rows + p("Closed.")), "minutes.odt")

    assert read == FileText("Safer Marlbeck\n\nName | From\nAnn | Police\n\nClosed.", "odt")


def test_a_wrong_name_is_noted():
    assert (
        "ends in .docx, but it is an OpenDocument file" in text_of(odt(p("a")), "a.docx").notes[0]
    )


def test_cells_that_a_wider_cell_covers_are_not_there():
    row = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Both</text:p>'
        "</table:table-cell><table:covered-table-cell><text:p>no</text:p>"
        "</table:covered-table-cell><table:table-cell><text:p>Next</text:p></table:table-cell>"
        "</table:table-row>"
    )
    header = f"<table:table><table:table-header-rows>{row}</table:table-header-rows></table:table>"

    assert lines(header) == ["Both | Next"]


# --- numbers ------------------------------------------------------------------------------------


def test_numbers_are_written_out_as_people_see_them():
    body = listed(
        "L",
        p("Apologies"),
        p("Minutes")
        + listed("", p("Agreed.") + listed("", p("by Ann"), p("by Bob")), p("Signed.")),
        p("Crime") + listed("", p("Up.")),
    )

    assert lines(body, styles=OUTLINE) == [
        "1. Apologies", "2. Minutes", "2.1 Agreed.", "a) by Ann", "b) by Bob", "2.2 Signed.",
        "3. Crime", "3.1 Up.",
    ]  # fmt: skip


def test_a_list_goes_on_over_what_stands_between_when_it_says_so():
    on = ' text:continue-numbering="true"'
    named = ' xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:id="one"'
    body = (
        listed("L", p("one"), more=named)
        + p("between")
        + listed("L", p("two"), more=on)
        + listed("M", p("other"))
        + listed("L", p("three"), more=' text:continue-list="one"')
        + listed("L", listed("", p("three, one")), more=' text:continue-list="one"')
        + listed("L", p("anew"))
    )

    assert lines(body, styles=OUTLINE + numbers("M", ("A", ".", 1))) == [
        "1. one", "between", "2. two", "A. other", "3. three", "3.1 three, one", "1. anew",
    ]  # fmt: skip


def test_an_item_may_have_a_number_of_its_own_and_a_second_paragraph_has_none():
    items = (
        f'<text:list-item text:start-value="17">{p("Burglary")}{p("RESOLVED.")}</text:list-item>'
        f"<text:list-header>{p('no number')}</text:list-header>"
        f"<text:list-item>{p('Theft')}</text:list-item>"
    )
    body = f'<text:list text:style-name="L">{items}</text:list>'

    assert lines(body, styles=OUTLINE) == ["17. Burglary", "RESOLVED.", "no number", "18. Theft"]


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ('<text:list-level-style-bullet text:level="1" text:bullet-char="-"/>', "• x"),
        ('<text:list-level-style-number text:level="1" style:num-format=""/>', "x"),
        (
            '<text:list-level-style-number text:level="1" style:num-format="i" '
            'style:num-prefix="(" style:num-suffix=")" text:start-value="4"/>',
            "(iv) x",
        ),
        (
            '<text:list-level-style-number text:level="1" style:num-format="1" '
            'style:num-list-format="Item %1%:"/>',
            "Item 1: x",
        ),
        ('<text:list-level-style-number text:level="1" style:num-format="01, 02, 03, …"/>', "01 x"),
    ],
)
def test_each_form_of_number(level: str, shown: str):
    styles = f'<text:list-style style:name="L">{level}</text:list-style>'

    assert lines(listed("L", p("x")), styles=styles) == [shown]


def test_headings_are_numbered_where_the_file_numbers_them():
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1" '
        'text:display-levels="2"/></text:outline-style>'
    )
    body = (
        '<text:h text:outline-level="1">Apologies</text:h>'
        '<text:h text:outline-level="2">Ann</text:h>'
        '<text:h text:outline-level="1" text:is-list-header="true">Part two</text:h>'
        '<text:h text:outline-level="1">Crime</text:h>'
    )

    assert lines(body, styles=outline) == ["1. Apologies", "1.1 Ann", "Part two", "2. Crime"]
    assert lines(body) == ["Apologies", "Ann", "Part two", "Crime"]


def test_numbered_paragraphs_without_a_list_are_counted_together():
    one = (
        '<text:numbered-paragraph text:list-id="n" text:style-name="L" text:level="{}">'
        "<text:p>{}</text:p></text:numbered-paragraph>"
    )
    body = one.format(1, "a") + p("between") + one.format(2, "b") + one.format(1, "c")

    assert lines(body, styles=OUTLINE) == ["1. a", "between", "1.1 b", "2. c"]


# --- words --------------------------------------------------------------------------------------


def test_tabs_blanks_and_breaks_stay_and_what_the_xml_breaks_is_one_line():
    assert lines(p("Ann<text:tab/>Police")) == ["Ann\tPolice"]
    assert lines(p('Ann<text:s text:c="3"/>Police<text:s/>West')) == ["Ann   Police West"]
    assert lines(p("one<text:line-break/>two")) == ["one\ntwo"]
    assert lines(p("one\n   two <text:span> three</text:span>")) == ["one two three"]


def test_a_billion_blanks_are_not_written():
    assert len(lines(p('a<text:s text:c="999999"/>b'))[0]) < 300


def test_footnotes_stand_at_the_end_with_their_numbers():
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>See &lt;the&gt; plan.</text:p></text:note-body></text:note>"
    )

    assert lines(p(f"Agreed{note}.") + p("Closed.")) == [
        "Agreed[1].",
        "Closed.",
        "[1] See <the> plan.",
    ]


def test_text_in_a_frame_follows_its_paragraph():
    frame = "<draw:frame><draw:text-box><text:p>Venue: Hall</text:p></draw:text-box></draw:frame>"

    assert lines(p(f"Minutes{frame} of the Board")) == ["Minutes of the Board", "Venue: Hall"]


def test_deleted_text_is_out_and_inserted_text_is_in_with_a_note():
    body = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion>'
        "<text:p>never</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        + p('Agreed <text:change-start text:change-id="d"/>today<text:change text:change-id="c"/>')
    )

    assert lines(body) == ["Agreed today"]
    assert "tracked changes" in notes(body)


def test_comments_are_left_out_with_a_note():
    body = p(f"Agreed<office:annotation>{p('rude')}</office:annotation>.<office:annotation-end/>")

    assert lines(body) == ["Agreed."]
    assert "comments in its margin" in notes(body)


def test_hidden_text_is_left_out_with_a_note():
    style = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = p('Agreed<text:span text:style-name="H"> in secret</text:span>.') + (
        f'<text:section text:display="none">{p("no")}</text:section>'
    )

    assert lines(body, styles=style) == ["Agreed."]
    assert "hidden text" in notes(body, styles=style)


def test_a_table_of_contents_is_left_out_with_a_note():
    index = f"<text:table-of-content><text:index-body>{p('1. Crime 3')}</text:index-body>"
    body = f"{index}</text:table-of-content><text:section>{p('Crime')}</text:section>"

    assert lines(body) == ["Crime"]
    assert "table of contents" in notes(body)


# --- harm ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_bomb_is_refused_before_it_is_opened():
    assert "unpacks to far more than its size" in refused(odt(p("x"), media=b"\0" * 60_000_000))
    assert "unpacks to far more than its size" in refused(odt(p("x") * 4_000_000))


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
        '<!ENTITY b SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % b SYSTEM "http://127.0.0.1:9/x"> %b;',
    ],
)
def test_entities_are_refused(entity: str):
    assert "made to do harm" in refused(odt(p("x"), preamble=f"<!DOCTYPE o [{entity}]>"))


def test_absurd_nesting_is_refused_and_deep_nesting_is_read():
    deep = "<text:list><text:list-item>" * 90 + p("x") + "</text:list-item></text:list>" * 90

    assert lines(deep) == ["x"]
    assert "made to do harm" in refused(odt("<text:section>" * 5_000 + "</text:section>" * 5_000))


def test_a_file_under_a_password_is_refused_with_the_way_out():
    locked = (
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry>"
    )

    assert "protected by a password" in refused(odt(p("x"), manifest=locked))


@pytest.mark.parametrize(
    "data",
    [odt(p("Agreed."))[:500], odt(p("Agreed."))[:-40], odt("<text:p>"), odt("</office:text>")],
)
def test_a_damaged_file_is_refused_with_the_way_out(data: bytes):
    assert "is damaged and cannot be opened" in refused(data)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("spreadsheet", "a spreadsheet"),
        ("presentation", "a presentation"),
        ("graphics", "a drawing"),
    ],
)
def test_other_documents_of_the_family_are_named(kind: str, said: str):
    data = odt(p("x"), kind=f"application/vnd.oasis.opendocument.{kind}")

    assert f"This file is {said}." in refused(data)


def test_a_flat_file_is_named():
    assert "(.fodt)" in refused(b'<?xml version="1.0"?><office:document xmlns:office="x"/>')


def test_a_file_of_pictures_only_is_refused():
    assert "holds no text" in refused(odt(p("")))


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400), st.integers(0, 2_000), st.booleans())
def test_any_bytes_in_its_place_are_text_or_a_sentence(junk: bytes, at: int, packed: bool):
    good = odt(p("Agreed.") + listed("L", p("one")), styles=OUTLINE)
    data = good[:at] + junk + good[at + len(junk) :]
    if packed:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", junk)
        data = held.getvalue()
    assert words_or_sentence(data, "a.odt")
