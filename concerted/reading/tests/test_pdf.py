"""What a PDF becomes: lines told by where they stand, tables as rows, notes on what is missing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.reading.files import NotReadable, text_of
from concerted.reading.tests.pdf_files import (
    A4,
    Sheets,
    document,
    font,
    pdf,
    picture,
    put,
    rule,
    stream,
    width,
    wrapped,
)

LONG = (
    "The Board heard that thefts from shops had fallen by a fifth since the new officers were in "
    "post, and asked for figures by ward and by month before the strategy is written again."
)
OTHER = (
    "Members thanked the volunteers who walk the paths along the canal on winter evenings, and the "
    "council offered to mend the lamps between the market and the lock before the clocks go back."
)
ONE_LINE = put(72, 700, "Minutes of the Board")


def text(data: bytes) -> str:
    return text_of(data, "minutes.pdf").text


def notes(data: bytes) -> tuple[str, ...]:
    return text_of(data, "minutes.pdf").notes


def refused(data: bytes) -> str:
    with pytest.raises(NotReadable) as refusal:
        text_of(data, "minutes.pdf")
    return refusal.value.sentence


def is_said(data: bytes) -> bool:
    """Whether a file gives a text, or a sentence why it gives none."""
    try:
        return bool(text(data).strip())
    except NotReadable as refusal:
        return refusal.sentence.endswith(".")


def set_in(x: float, y: float, said: str, room: float, size: float = 10) -> bytes:
    """A paragraph at (x, y), wrapped to its room."""
    lines = wrapped(said, room, size)
    return b"".join(put(x, y - 12 * n, line, size) for n, line in enumerate(lines))


def minutes_of_two_pages() -> Sheets:
    sheets = Sheets(header="Safer Marlbeck Board", footer="Page {} of {}")
    sheets.paragraph("Minutes of 9 March 2026", bold=True, after=8)
    for number in range(1, 21):
        sheets.paragraph(f"{number}. Item {number}", bold=True)
        sheets.paragraph(LONG, after=8)
    return sheets


# --- lines and paragraphs -----------------------------------------------------------------------


def test_minutes_of_two_pages_are_paragraphs_without_header_and_page_number():
    sheets = minutes_of_two_pages()
    read = text_of(sheets.finished(), "minutes.pdf")

    items = [f"{number}. Item {number}\n{LONG}" for number in range(1, 21)]
    assert len(sheets.pages) == 2
    assert read.text.replace("\n\n", "\n") == "\n".join(["Minutes of 9 March 2026", *items])
    assert read.format == "pdf"
    assert read.notes == (
        "Headers and footers that stand on page after page were left out: “Safer Marlbeck Board”, "
        "“Page 1 of 2”.",
    )


def test_a_header_with_a_date_that_stands_nowhere_else_is_kept_once():
    sheets = minutes_of_two_pages()
    sheets.header = "Board of 4 May 2026"

    assert text(sheets.finished()).count("Board of 4 May 2026") == 1


def test_words_that_stand_once_near_the_edge_are_no_footer():
    pages = [put(72, 60, "Signed by the Chair") + put(72, 400, LONG[:60]), put(72, 400, OTHER[:60])]

    assert "Signed by the Chair" in text(document(*pages))


def test_the_last_line_of_two_pages_is_no_footer_where_it_follows_closely():
    lines = [f"{n}. The report was noted." for n in range(50)]
    page = b"".join(put(72, 760 - 14 * n, line) for n, line in enumerate(lines))

    assert text(document(page, page)).count("49. The report was noted.") == 2


def test_entries_of_a_list_are_not_joined_however_long_they_are():
    sheets = Sheets()
    for mark in ("•", "(a)", "2.1", "3."):
        sheets.paragraph(f"{mark} {LONG}", hang=20)

    assert text(sheets.finished()) == "\n".join(f"{m} {LONG}" for m in ("•", "(a)", "2.1", "3."))


def test_short_lines_are_entries_of_their_own():
    names = ["Rowena Thackley (Chair)", "Gareth Pellow, Wyleshire Police", "Leah Quill"]
    page = b"".join(put(72, 700 - 13 * n, name) for n, name in enumerate(names))

    assert text(document(page)) == "\n".join(names)


def test_a_heading_is_not_joined_with_what_follows_closely():
    heading = (
        "Theft from shops in the market place and in all of the streets that lead there from the "
        "river"
    )
    assert 430 < width(heading, 11) < 451
    sheets = Sheets()
    sheets.paragraph(heading, bold=True)
    sheets.paragraph(LONG)

    assert text(sheets.finished()) == f"{heading}\n{LONG}"


def test_a_paragraph_goes_on_over_the_page():
    sheets = Sheets()
    for _ in range(26):
        sheets.paragraph(LONG, after=9)

    assert set(text(sheets.finished()).split("\n\n")) == {LONG}
    assert len(sheets.pages) == 2


def test_paragraphs_without_room_between_them_stay_apart_where_the_first_ends_a_sentence():
    sheets = Sheets()
    for said in (LONG, OTHER, LONG):
        sheets.paragraph(said)

    assert text(sheets.finished()).split("\n") == [LONG, OTHER, LONG]


def test_words_without_blanks_are_parted_where_there_is_room():
    words, x = b"", 72.0
    for word in ("The", "report", "was", "noted"):
        words += put(x, 700, word)
        x += width(word, 11) + 3

    assert text(document(words)) == "The report was noted"


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("commu-", "nity", "community"), "community"),
        (("anti-", "social", "anti-social"), "anti-social"),
        (("multi-", "agency", "nowhere else"), "multi-agency"),
    ],
)
def test_a_word_broken_at_a_hyphen_is_made_whole_only_where_it_stands_whole(lines, joined):
    first, second, elsewhere = lines
    page = put(72, 700, f"The Board heard of the good work that is done by people in the {first}")
    page += put(72, 687, f"{second} and of its volunteers.") + put(72, 500, elsewhere)

    assert f"people in the {joined} and of its volunteers" in text(document(page))


def test_ligatures_are_letters():
    encoding = b"<< /Type /Encoding /Differences [1 /fi /fl] >>"
    shaped = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %s >>" % encoding
    page = b"BT /L 11 Tf 72 700 Td (\x01nal o\x02ce) Tj ET"

    made = document(page, page=b"/Resources << /Font << /L 6 0 R >> >>", extra=[shaped])
    assert text(made) == "final oflce"


def test_a_soft_hyphen_goes():
    meaning = stream(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
        b"endcodespacerange 1 beginbfchar <01> <00ad> endbfchar endcmap end"
    )
    soft = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    page = b"BT /S 11 Tf 72 700 Td (commu\x01nity) Tj ET"

    made = document(page, page=b"/Resources << /Font << /S 6 0 R >> >>", extra=[soft, meaning])
    assert text(made) == "community"


def test_small_raised_letters_stay_in_their_line():
    x = 72 + width("on the 9", 11)
    page = (
        put(72, 700, "on the 9") + put(x, 704, "th", 6.5) + put(x + 10, 700, "of March it closed")
    )

    assert text(document(page)) == "on the 9th of March it closed"


def test_letters_printed_twice_to_look_bold_are_read_once():
    page = put(72, 700, "RESOLVED") + put(72.3, 700, "RESOLVED")

    assert text(document(page)) == "RESOLVED"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_upright(turn: int):
    turned = {90: b"0 1 -1 0 %d %d cm", 180: b"-1 0 0 -1 %d %d cm", 270: b"0 -1 1 0 %d %d cm"}[turn]
    at = {90: (595, 0), 180: (595, 842), 270: (0, 842)}[turn]
    page = b"q " + turned % at + b"\n" + set_in(72, 500, LONG, 300) + b"Q"

    assert text(document(page, page=b"/Rotate %d" % turn)) == LONG


def test_a_watermark_is_left_out_with_a_note():
    mark = b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET\n"
    read = text_of(document(mark + ONE_LINE), "minutes.pdf")

    assert read.text == "Minutes of the Board"
    assert "slantwise" in read.notes[0]


@pytest.mark.parametrize("matrix", [b"%s %s -%s %s 72 700", b"%s 0 0 -%s %s %s", b"1 0 0 1 %s 700"])
@pytest.mark.parametrize("times", [b"", b"%s %s -%s %s 0 0 cm"])
def test_words_set_farther_than_numbers_go_are_left_out(matrix: bytes, times: bytes):
    endless = b"3" + b"0" * 38 + b".0"
    matrix, times = matrix.replace(b"%s", endless), times.replace(b"%s", endless)
    lost = b"q %s BT /F 11 Tf %s Tm (lost) Tj ET Q\n" % (times, matrix)

    assert text(document(ONE_LINE + lost)) == "Minutes of the Board"


def test_words_beside_the_page_are_not_read():
    assert text(document(ONE_LINE + put(900, 700, "hidden"))) == "Minutes of the Board"


def test_what_is_filled_into_a_form_is_noted_as_not_read():
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Chair) /V (Ann) /Rect [72 600 200 620] >>"
    )
    made = document(ONE_LINE, page=b"/Annots [6 0 R]", extra=[field])

    assert "fields of a form" in notes(made)[0]


# --- tables -------------------------------------------------------------------------------------


ATTENDANCE = [
    ["Name", "Role", "Organisation"],
    ["Rowena Thackley (RT)", "Chair", "Marlbeck Borough Council, Directorate of Place"],
    ["Gareth Pellow (GP)", "Member", "Wyleshire Police"],
    ["Leah Quill", "", "Wyleshire Fire and Rescue Service"],
]
AS_ROWS = "\n".join(" | ".join(row) for row in ATTENDANCE)


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_of_attendance_is_a_row_a_line(ruled: bool):
    sheets = Sheets(ruled=ruled)
    sheets.paragraph("Present", bold=True)
    sheets.table(ATTENDANCE, [0.35, 0.2, 0.45])
    sheets.paragraph("1. Apologies")

    assert text(sheets.finished()) == f"Present\n\n{AS_ROWS}\n\n1. Apologies"


def test_a_table_with_thin_bars_for_rules_is_a_table():
    bars = b"".join(b"72 %d 300 0.5 re f\n" % y for y in (700, 680, 660))
    bars += b"".join(b"%d 660 0.5 40.5 re f\n" % x for x in (72, 200, 371.5))
    page = bars + put(76, 686, "Name") + put(204, 686, "From") + put(76, 666, "Ann Bell")

    assert text(document(page + put(204, 666, "Police"))) == "Name | From\nAnn Bell | Police"


def test_minutes_with_a_column_of_actions_keep_each_action_in_its_row():
    rows = [["Minutes", "Action"], [LONG, "GP"], [OTHER, "RT and GP"]]
    sheets = Sheets()
    sheets.table(rows, [0.8, 0.2])

    assert text(sheets.finished()).split("\n") == [" | ".join(row) for row in rows]


def test_a_cell_of_several_paragraphs_keeps_its_lines_as_in_a_web_page():
    page = b"".join(rule(72, y, 400, y) for y in (700, 640))
    page += b"".join(rule(x, 700, x, 640) for x in (72, 110, 400))
    page += put(76, 686, "17.") + put(114, 686, "Burglary") + put(114, 660, "RESOLVED.")

    assert text(document(page)) == "17.\n\nBurglary\nRESOLVED."


def test_initials_at_the_side_of_a_text_go_to_its_end():
    page = set_in(72, 700, LONG, 330) + put(480, 688, "GP", 10) + set_in(72, 640, OTHER, 330)

    assert text(document(page)).split("\n\n") == [f"{LONG}     GP", OTHER]


def test_a_table_that_goes_on_over_the_page_says_its_head_once():
    sheets = Sheets()
    rows = [["Name", "Organisation"], *([f"Member {n}", "Wyleshire Police"] for n in range(40))]
    for start in (1, 21):
        sheets.table([rows[0], *rows[start : start + 20]], [0.5, 0.5])
        sheets.y = 0

    assert text(sheets.finished()) == "\n".join(" | ".join(row) for row in rows)


def test_a_frame_around_a_text_is_no_table():
    page = b"60 600 400 120 re S\n" + set_in(72, 700, LONG, 370)

    assert text(document(page)) == LONG


def test_two_columns_are_read_one_after_the_other():
    title = put(72, 760, "Neighbourhood news of the valley", 18)
    left = set_in(72, 720, LONG, 210) + set_in(72, 560, OTHER, 210)
    right = set_in(312, 720, OTHER, 210) + set_in(312, 560, LONG, 210)

    read = text(document(title + left + right))

    assert read.split("\n\n") == [
        "Neighbourhood news of the valley",
        LONG,
        OTHER + "\n" + OTHER,
        LONG,
    ]


# --- pictures, locks, damage --------------------------------------------------------------------


SCAN = picture(0, 0, *A4)


def test_a_pdf_of_pictures_is_refused_with_what_to_do():
    sentence = refused(document(SCAN, SCAN, SCAN))

    assert sentence.startswith("The pages of this PDF are pictures of text: all 3 of 3. Choose a")
    assert "run text recognition (OCR)" in sentence


def test_a_stamp_on_a_picture_is_not_its_text():
    assert "pictures of text: all 1 of 1" in refused(document(SCAN + put(9, 9, "Scan 0001")))


def test_pages_that_are_pictures_are_named_and_the_rest_is_read():
    read = text_of(document(ONE_LINE, SCAN, ONE_LINE, SCAN), "minutes.pdf")

    assert read.text.count("Minutes of the Board") == 2
    assert read.notes[0].startswith("Pages 2 and 4 of 4 are pictures of text and were not read.")


def test_a_picture_with_recognised_text_under_it_is_read():
    assert text(document(SCAN + b"3 Tr\n" + set_in(72, 700, LONG, 400))) == LONG


def test_an_empty_page_is_refused():
    assert "holds no text" in refused(document(b""))


LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (
    b"0a" * 32,
    b"0b" * 32,
)


def test_a_pdf_with_a_password_is_refused():
    sentence = refused(document(ONE_LINE, trailer=LOCK))

    assert sentence.startswith("This PDF is protected by a password.")
    assert "without one and choose that" in sentence


@pytest.mark.parametrize(
    "data",
    [
        document(ONE_LINE)[:400],
        b"%PDF-1.7",
        b"%PDF-1.7\n" + b"\xff\x00" * 5_000,
        pdf(b"<< /Type /Catalog >>"),
        pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"2 0 R"),
        pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
            b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>",
        ),
    ],
    ids=["cut off", "only its mark", "noise", "no pages", "object loop", "page tree loop"],
)
def test_a_damaged_pdf_is_refused_with_the_way_out(data: bytes):
    sentence = refused(data)

    assert sentence.startswith("This PDF is damaged and cannot be opened.")
    assert "paste the text" in sentence


def test_a_wrong_table_of_objects_is_mended():
    whole = document(ONE_LINE)

    assert text(whole.replace(b"00000", b"99999")) == "Minutes of the Board"
    assert text(whole.replace(b"startxref\n", b"startxref\n99999999999")) == "Minutes of the Board"


def test_a_pdf_whose_end_is_missing_is_read_with_a_note():
    data = document(ONE_LINE).removesuffix(b"%%EOF\n")

    assert text(data) == "Minutes of the Board"
    assert notes(data)[0].startswith("The end of this PDF is missing.")


def test_a_pdf_is_known_by_its_content_wherever_it_begins():
    read = text_of(b"\n" * 900 + document(ONE_LINE), "minutes.docx")

    assert (read.text, read.format) == ("Minutes of the Board", "pdf")
    assert read.notes == ("The file’s name ends in .docx, but it is a PDF; so it was read.",)


def test_letters_without_meaning_are_refused():
    nameless = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    page = b"BT /U 11 Tf 72 700 Td <0003000400050006> Tj ET"
    made = document(page, page=b"/Resources << /Font << /U 6 0 R >> >>", extra=[nameless])

    assert refused(made).startswith("The letters of this PDF cannot be told")


# --- too much -----------------------------------------------------------------------------------


def same_page(times: int, said: int) -> bytes:
    """A file that says it has so many pages, and shows the same one so often."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * times, said),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        stream(ONE_LINE),
        font("Helvetica"),
    )


def test_only_the_first_six_hundred_pages_are_read():
    read = text_of(same_page(700, 700), "minutes.pdf")

    assert read.text.count("Minutes of the Board") == 600
    assert read.notes == (
        "Only the first 600 of 700 pages were read. Save the minutes on their own and choose that "
        "file.",
    )


def test_pages_that_are_promised_but_not_there_are_noted():
    read = text_of(same_page(1, 3), "minutes.pdf")

    assert read.text == "Minutes of the Board"
    assert read.notes == ("Pages 2 and 3 of 3 are damaged or overfull and were not read.",)


def test_the_time_for_pages_is_limited(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("concerted.reading.files.pdf.document.SECONDS", 0.05)

    assert "pages were read" in notes(same_page(600, 600))[-1]


@pytest.mark.slow
def test_a_page_of_two_hundred_thousand_rules_is_read_in_time():
    drawn = b"".join(rule(n % 500, n // 500, n % 500 + 9, n // 500) for n in range(200_000))
    began = time.monotonic()

    assert text(document(ONE_LINE + drawn)) == "Minutes of the Board"
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("box", [b"0 0 1e30 1e30", b"0 0 0 0", b"600 900 0 0"])
def test_odd_sizes_of_a_page_do_no_harm(box: bytes):
    made = document(ONE_LINE, page=b"/MediaBox [%s]" % box)

    assert text(made) == "Minutes of the Board"


def test_scripts_links_and_attached_files_are_not_touched():
    catalogue = (
        b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9/')) >> "
        b"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (/etc/passwd) >>] >> >>"
    )
    link = (
        b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://127.0.0.1:9) >> >>]"
    )

    assert text(document(ONE_LINE, catalogue=catalogue, page=link)) == "Minutes of the Board"


@pytest.mark.slow
@given(st.binary(max_size=2000), st.booleans())
@settings(max_examples=300, deadline=2000)
def test_whatever_follows_the_mark_of_a_pdf_is_a_text_or_a_sentence(rest: bytes, framed: bool):
    data = document(rest) if framed else b"%PDF-1.7\n" + rest

    assert is_said(data)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=200, deadline=2000)
def test_a_pdf_with_changed_bytes_is_a_text_or_a_sentence(data: st.DataObject):
    whole = bytearray(minutes_of_two_pages().finished())
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(20, len(whole) - 1))] = data.draw(st.integers(0, 255))

    assert is_said(bytes(whole))
