"""What the bytes of a file become: text with notes, or a sentence."""

import io
import zipfile

import pytest

from concerted.reading.files import MAX_BYTES, FileText, NotReadable, text_of
from concerted.reading.tests.word_files import W, numbering, p, table, word


def refused(data: bytes, name: str = "minutes.txt") -> str:
    with pytest.raises(NotReadable) as refusal:
        text_of(data, name)
    return refusal.value.sentence


# --- characters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_read_in_the_encodings_of_an_office(encoding: str):
    minutes = "AGREED – the café’s £50 grant\nNoted by everybody else\n"

    assert text_of(minutes.encode(encoding), "minutes.txt") == FileText(minutes, "txt")


def test_newlines_of_windows_and_old_macs_become_one_kind():
    assert text_of(b"one\r\ntwo\rthree\n", "a.txt").text == "one\ntwo\nthree\n"


def test_a_mixture_of_encodings_is_read_each_in_its_own_way_with_a_note():
    mixed = "café in UTF-8\n".encode() + "café in Windows, £5\n".encode("cp1252")

    read = text_of(mixed, "minutes.txt")

    assert read.text == "café in UTF-8\ncafé in Windows, £5\n"
    assert "mixes two ways of storing letters" in read.notes[0]


def test_a_character_that_cannot_be_read_is_shown_and_noted():
    read = text_of("Zo\x81 ".encode("latin-1") + b"and others agreed\n" * 20, "minutes.txt")

    assert read.text.startswith("Zo\ufffd and others")
    assert "could not be read" in read.notes[0]


def test_control_characters_are_taken_out_with_a_note():
    read = text_of(b"Present:\x00 A\x07nn\tB\n" * 2 + b"long enough\n" * 30, "minutes.txt")

    assert read.text.startswith("Present: Ann\tB\n")
    assert "Control characters" in read.notes[0]


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(data: bytes):
    assert (
        refused(data)
        == "This file is empty. Choose another file, or paste the text of the minutes."
    )


def test_a_binary_file_named_txt_is_refused_by_its_content():
    sentence = refused(bytes(range(256)) * 40, "C:\\files\\minutes.txt")

    assert sentence.startswith("“minutes.txt” is not text inside, whatever its name says.")
    assert "Text (.txt), web pages (.html), Word (.docx), PDF, OpenDocument (.odt)" in sentence


def test_a_file_that_is_too_big_is_refused_with_its_size():
    assert refused(b"a" * (MAX_BYTES + 1)).startswith("This file has 50 MB; files of up to 50 MB")
    assert refused(b"a" * 60 * 1024 * 1024).startswith("This file has 60 MB")


def test_text_longer_than_any_minutes_is_refused():
    assert "more than 5 million characters" in refused(b"agreed\n" * 800_000)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0JFIF", "a picture"),
        (b"\x00\x00\x00\x18ftypheic", "a picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a picture"),
        (b"\x1f\x8b\x08\x00", "a packed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_other_kinds_are_named_and_the_way_out_is_said(start: bytes, kind: str):
    sentence = refused(start + b" " * 100)

    assert kind in sentence
    assert "save it as one of them" in sentence


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/workbook.xml", "a spreadsheet"),
        ("ppt/presentation.xml", "a presentation"),
        ("mimetype", "a packed file (.zip)"),
        ("holiday.jpg", "a packed file (.zip)"),
    ],
)
def test_other_zips_are_told_apart(part: str, kind: str):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(part, "x")

    assert f"This file is {kind}." in refused(held.getvalue(), "minutes.docx")


# --- web pages ----------------------------------------------------------------------------------


def page(body: str) -> str:
    return text_of(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "a.html").text


def test_scripts_styles_and_templates_are_not_read():
    hidden = (
        "<script>if (a < b) document.write('<p>no</p>')</script><style>p { color: red }</style>"
        "<noscript>Turn scripts on</noscript><template><p>no</p></template><!-- no -->"
    )

    assert page(f"<p>Present</p>{hidden}<p>Ann</p>") == "Present\n\nAnn"


def test_paragraphs_breaks_and_entities():
    source = "<h1>Safer\n  Marlbeck</h1><p>A &amp; B<br>&pound;5&nbsp;&#8211; <b>agreed</b></p>"

    assert page(source) == "Safer Marlbeck\n\nA & B\n£5\u00a0– agreed"


def test_lists_keep_their_own_numbers():
    source = "<ol start=3><li>three<li>four<ul><li>dot</ul><li value=9>nine</ol>"

    assert page(source) == "3. three\n4. four\n• dot\n9. nine"
    assert page("<ol type=a><li>x</li><li>y</li></ol><ol type=I><li>z</li></ol>") == (
        "a. x\nb. y\n\nI. z"
    )


def test_a_table_row_is_one_line():
    rows = "<tr><th>Name<th>From</tr><tr><td><p>Ann</p></td><td></td><td>Police</td></tr>"

    assert page(f"<table>{rows}</table>after") == "Name | From\nAnn |  | Police\n\nafter"


def test_a_table_that_lays_out_the_page_keeps_its_lines():
    row = "<tr><td>17.</td><td><p>Burglary</p><p>Minutes:</p><p>RESOLVED.</p></td></tr>"

    assert page(f"<table>{row}</table>") == "17.\n\nBurglary\n\nMinutes:\n\nRESOLVED."


def test_columns_of_typewritten_text_stay_apart():
    assert page("<pre>Ann    Police\nBob    Fire</pre>") == "Ann    Police\nBob    Fire"


def test_a_page_with_mistakes_is_read_as_a_browser_would():
    source = b"<html><head><meta x><body><td>loose</td><table><tr><td>open <p>and open</div>"

    assert text_of(source, "a.htm").text == "loose\nopen\n\nand open"


@pytest.mark.parametrize("odd", ["<![if !supportLists]>", "<![endif]>", "<![odd[", "<!x>", "<?php"])
def test_what_office_programs_leave_in_pages_does_no_harm(odd: str):
    assert "Agreed" in page(f"<p>Agreed</p>{odd}<p>Closed</p>")


def test_a_comment_that_never_ends_hides_nothing_and_costs_nothing():
    assert page("<p>Agreed</p>" + "<!--" * 300_000).startswith("Agreed")


def test_a_page_of_windows_letters_and_a_page_that_names_its_own():
    windows = '<html><meta charset="windows-1252"><p>“café”</p></html>'.encode("cp1252")
    polish = '<html><meta charset="iso-8859-2"><p>Łódź</p></html>'.encode("iso-8859-2")

    assert text_of(windows, "a.html").text == "“café”"
    assert text_of(polish, "a.html").text == "Łódź"


def test_a_page_without_words_is_refused():
    assert "holds no text" in refused(b"<html><body><img src=scan.png></body></html>", "a.html")


def test_the_content_decides_and_a_wrong_name_is_noted():
    read = text_of(b"<html><body><p>Minutes</p></body></html>", "minutes.docx")

    assert (read.text, read.format) == ("Minutes", "html")
    assert read.notes == ("The file’s name ends in .docx, but it is a web page; so it was read.",)


# --- Word ---------------------------------------------------------------------------------------


def words(data: bytes) -> str:
    return text_of(data, "minutes.docx").text


def test_a_word_file_is_read_with_its_tables():
    rows = table((p("Name"), p("From")), (p("Ann"), p("Police")))

    read = text_of(word(p("Safer Marlbeck") + rows + p("Closed.")), "minutes.docx")

    assert read == FileText("Safer Marlbeck\n\nName | From\nAnn | Police\n\nClosed.", "docx")


def test_automatic_numbers_are_written_out_and_run_on_over_what_stands_between():
    scheme = numbering(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))
    body = (
        p("Apologies", number="1") + p("None.") + p("Minutes", number="1")
        + p("Agreed.", number="1", level=1) + p("Signed.", number="1", level=1)
        + p("by Ann", number="1", level=2) + p("Crime", number="1") + p("Up.", number="1", level=1)
        + p("Again", number="2")
    )  # fmt: skip

    lines = words(word(body, numbering=scheme)).split("\n\n")

    assert lines == [
        "1. Apologies", "None.", "2. Minutes", "2.1 Agreed.", "2.2 Signed.", "(a) by Ann",
        "3. Crime", "3.1 Up.", "1. Again",
    ]  # fmt: skip


def test_numbers_of_a_style_are_written_out():
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="Item"/></w:style></w:styles>'
    )
    body = p("Apologies", style="Item") + p("Minutes", style="Own")

    read = words(word(body, styles=styles, numbering=numbering(("upperRoman", "%1)"))))

    assert read == "I) Apologies\n\nII) Minutes"


def test_bullets_are_bullets():
    assert words(word(p("one", number="1"), numbering=numbering(("bullet", "")))) == "• one"


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_is_opened():
    assert "unpacks to far more than its size" in refused(word(p("x"), media=b"\0" * 60_000_000))
    assert "unpacks to far more than its size" in refused(word(p("x") * 600_000))


def test_entities_in_a_word_file_are_refused():
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    assert "unpacks to far more" in refused(word(p("&b;"), preamble=laughs), "minutes.docx")


def test_absurd_nesting_in_a_word_file_is_refused():
    assert "unpacks to far more" in refused(word("<w:p>" * 5_000 + "</w:p>" * 5_000))


@pytest.mark.parametrize(
    "data",
    [
        word(p("Agreed."))[:300],
        word(p("Agreed."))[:-40],
        word("<w:p><w:r>"),
        b"PK\x03\x04" + b"\0" * 100,
    ],
)
def test_a_damaged_word_file_is_refused_with_the_way_out(data: bytes):
    assert "is damaged and cannot be opened" in refused(data, "minutes.docx")


def test_a_word_file_of_pictures_only_is_refused():
    assert "holds no text" in refused(word("<w:p/>"), "minutes.docx")
