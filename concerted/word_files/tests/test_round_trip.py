"""A sheet made into a Word file and read again: the text of each part comes back as it went."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.reading.files import NotReadable
from concerted.reading.files.bound import read_bound
from concerted.word_files.making import NotUsable, Part, Row, Sheet, made
from concerted.word_files.matching import OfAnother, came_of, corrections_in, sorted_out
from concerted.word_files.tests.conftest import Paper

SHEET = Sheet(
    "meeting1",
    "Minutes: Safer Marlbeck Board",
    ("16 June 2026", "Guildhall"),
    (
        Part("d_one_3", "1. Welcome", ("Presented by Rowena Thackley",), "All were welcomed."),
        Part("c_two", "2. Closed item", ("Closed to you: a person is named.",)),
        Part("d_three_1", "3. Patrols", ()),
    ),
    marking="OFFICIAL-SENSITIVE. Do not forward.",
    who_mark="w_meeting1_2",
    rows=(Row("s_0", "Tobias Wren, Probation Service"),),
    others_mark="o_meeting1",
    others="Jo Marsh (Marlbeck Homes)",
)
# Words as they are typed: no signs that XML or a line of text cannot hold.
LINES = st.lists(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40).map(
        lambda words: " ".join(words.split())
    ),
    max_size=6,
)


def back(data, sheet=SHEET):
    return sorted_out(read_bound(data), sheet)


@pytest.mark.slow
@given(LINES, LINES)
@settings(max_examples=60, deadline=None)
def test_each_text_comes_back_to_its_own_part(one, other):
    texts = ["\n".join(lines).strip("\n") for lines in (one, other)]
    sheet = Sheet(
        "m1", "Minutes", (), (Part("d_a_1", "1. A", (), texts[0]), Part("d_b_1", "B", (), texts[1]))
    )

    found = back(made(sheet, b""), sheet)

    for mark, text in zip(("d_a", "d_b"), texts, strict=True):
        assert found.parts[mark].text.split("\n") == _squeezed(text).split("\n")
    assert list(found.stray) == []


def _squeezed(text):
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


def test_what_was_printed_to_be_read_is_no_text():
    found = back(made(SHEET, b""))

    assert found.parts["d_one"].text == "All were welcomed."
    assert found.parts["d_one"].version == "3"
    assert found.parts["d_three"].text == ""
    assert found.others == "Jo Marsh (Marlbeck Homes)"
    assert found.who_version == "2"
    assert list(found.stray) == []


def test_text_comes_back_though_number_and_title_were_changed():
    paper = Paper(made(SHEET, b"")).type_below("3. Patrols", "AGREED that patrols go on.", "Noted.")
    paper.paragraph("3. Patrols").runs[0].text = "4. Patrols and wardens"

    assert back(paper.saved().getvalue()).parts["d_three"].text == (
        "AGREED that patrols go on.\nNoted."
    )


@pytest.mark.parametrize("heading", ["3. Patrols", "Patrols", "  3.  PATROLS "])
def test_without_its_bookmark_a_heading_is_known_by_its_words(heading):
    paper = Paper(made(SHEET, b"")).type_below("3. Patrols", "Noted.")
    paragraph = paper.paragraph("3. Patrols")
    for element in list(paragraph._p):
        if element.tag.endswith(("bookmarkStart", "bookmarkEnd")):
            paragraph._p.remove(element)
    paragraph.runs[0].text = heading

    assert back(paper.saved().getvalue()).parts["d_three"].text == "Noted."


def test_what_is_typed_under_a_closed_item_or_one_that_is_gone_is_not_lost():
    paper = Paper(made(SHEET, b"")).type_below("2. Closed item", "We left the room.")
    paper.type_below("3. Patrols", "Noted.")
    gone = replace(SHEET, parts=SHEET.parts[:2])

    found = back(paper.saved().getvalue(), gone)

    assert list(found.stray) == [("2. Closed item", "We left the room."), ("3. Patrols", "Noted.")]
    assert found.parts["d_one"].text == "All were welcomed."


def test_no_word_is_lost_wherever_it_was_typed():
    paper = Paper(made(SHEET, b""))
    paper.paragraph("Presented by").runs[0].text = "Presented by Rowena Thackley, who gave thanks"
    paper.paragraph("3. Patrols").add_run(" The sergeant spoke.")
    paper.paragraph("1. Welcome").runs[0].text = "1. Opening"
    paper.paragraph("16 June 2026").insert_paragraph_before("We met late.")
    row = paper.document.tables[0].add_row()
    row.cells[0].text, row.cells[1].text = "Una Sedge", "present"
    table = paper.document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Monday", "16 June 2026"

    found = back(paper.saved().getvalue())

    assert found.parts["d_one"].text == (
        "Presented by Rowena Thackley, who gave thanks\nAll were welcomed."
    )
    assert found.parts["d_three"].text == "The sergeant spoke.\n\nMonday | 16 June 2026"
    assert list(found.renamed) == [("1. Welcome", "1. Opening")]
    assert list(found.stray) == [("Above the first item", "We met late.\nUna Sedge | present")]


def test_where_the_place_of_those_in_attendance_is_gone_nothing_is_said_of_them():
    paper = Paper(made(SHEET, b""))
    heading = paper.paragraph("In attendance")
    heading._p.getparent().remove(heading._p)

    assert back(paper.saved().getvalue()).others is None


def test_a_file_of_another_meeting_or_of_none_is_refused():
    other = Sheet("meeting2", "Minutes", (), ())
    with pytest.raises(OfAnother, match="made for another meeting"):
        back(made(other, b""))
    held = io.BytesIO()
    docx.Document().save(held)
    with pytest.raises(OfAnother, match="not a Word file that was made here"):
        back(held.getvalue())


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("Tobias", "", ""), ("", "")),
        (("Tobias", "Present", ""), ("present", "")),
        (("Tobias", "x", ""), ("present", "")),
        (("Tobias", "Apologies", ""), ("apologies", "")),
        (("Tobias", "substitute: Una Sedge", ""), ("substitute", "Una Sedge")),
        (("Tobias", "sub", "Una Sedge"), ("substitute", "Una Sedge")),
        (("Tobias", "", "Una Sedge"), ("substitute", "Una Sedge")),
        (("Tobias", "substitute", ""), None),
        (("Tobias", "perhaps", ""), None),
        (("Tobias",), ("", "")),
    ],
)
def test_what_a_row_says_of_who_came(cells, said):
    assert came_of(cells) == said


def test_tracked_changes_become_corrections_and_formatting_does_not():
    sheet = Sheet(
        "m1", "Minutes", (), (Part("i_a", "1. A", (), "Two cars were seen.\n\nAll was well."),)
    )
    paper = Paper(made(sheet, b"")).track("Two cars", "Three cars")
    paper.paragraph("All was well.").runs[0].bold = True

    found = back(paper.saved().getvalue(), sheet)

    [one] = corrections_in(found.parts["i_a"])
    assert (one.before, one.after) == ("Two cars were seen.", "Three cars were seen.")
    assert one.authors == ("Rowena Thackley",)
    assert found.parts["i_a"].before == "Two cars were seen.\n\nAll was well."


# Templates


def as_template(**parts):
    """A template with words in its body and head."""
    document = docx.Document()
    document.add_paragraph("Words of the template")
    document.sections[0].header.paragraphs[0].text = "Safer Marlbeck"
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held, "a") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


def test_a_template_gives_its_head_and_styles_and_not_its_words():
    document = docx.Document(io.BytesIO(made(SHEET, as_template())))

    assert "Words of the template" not in [one.text for one in document.paragraphs]
    head = [one.text for one in document.sections[0].header.paragraphs]
    assert head == ["OFFICIAL-SENSITIVE. Do not forward.", "Safer Marlbeck"]
    assert document.core_properties.author == ""


def test_a_file_that_is_no_word_file_is_no_template():
    with pytest.raises(NotUsable, match="save it as a Word document"):
        made(SHEET, b"PK\x03\x04 nothing")


def test_macros_and_what_is_loaded_from_elsewhere_are_seen():
    assert not read_bound(as_template()).foreign
    linked = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/attachedTemplate" Target="https://example.org/t.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    assert read_bound(as_template(**{"word/_rels/settings2.xml.rels": linked})).foreign


def test_a_template_with_macros_is_seen():
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_template())) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                    b"application/vnd.ms-word.document.macroEnabled.main",
                )
            new.writestr(name, part)
    assert read_bound(held.getvalue()).foreign


def test_a_damaged_file_a_bomb_and_entities_are_sentences():
    with pytest.raises(NotReadable, match="not a Word file"):
        read_bound(b"hello")
    with pytest.raises(NotReadable, match="damaged"):
        read_bound(b"PK\x03\x04 nothing")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>')
    with pytest.raises(NotReadable, match="made to do harm"):
        read_bound(held.getvalue())
