"""Markings at the head and foot of pages, on the cover and in fields; never in the words."""

import pytest

from concerted.reading.files import text_of
from concerted.reading.margins import margins_of, printed_marking
from concerted.reading.reports.markings import care
from concerted.reading.tests import pdf_files, word_files

BODY = "\n".join(f"Line {n} of what was said." for n in range(80))


def headed(words, part="header1"):
    """A Word file with these words in a part beside its text."""
    text = "".join(word_files.paragraph(word_files.run(line)) for line in BODY.split("\n"))
    margin = word_files.paragraph(word_files.run(words))
    return word_files.word(text, **{part: f'<w:hdr xmlns:w="{word_files.W}">{margin}</w:hdr>'})


def marking_of(data, name="minutes.docx"):
    return printed_marking(text_of(data, name).text, margins_of(data))


@pytest.mark.parametrize("part", ["header1", "header2", "footer1"])
@pytest.mark.parametrize("words", ["SECRET", "TOP SECRET", "CONFIDENTIAL", "OFFICIAL-SENSITIVE"])
def test_the_header_or_footer_of_a_word_file_counts(words, part):
    assert marking_of(headed(words, part)) == words


def test_the_header_of_a_rich_text_file_counts():
    data = rb"{\rtf1{\header \pard\qc {\b SECRET}\par}\pard " + BODY.encode() + rb"\par}"

    assert marking_of(data, "minutes.rtf") == "SECRET"


def test_a_header_that_stands_on_every_page_of_a_pdf_counts():
    pages = [
        pdf_files.put(270, 810, "SECRET")
        + b"".join(
            pdf_files.put(60, 700 - 20 * n, f"On page {page} line {n} says something of its own.")
            for n in range(20)
        )
        for page in range(5)
    ]

    assert marking_of(pdf_files.document(*pages), "minutes.pdf") == "SECRET"


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        (f"SECRET\n\nMinutes\n{BODY}", "SECRET"),
        (f"Minutes of the Board\nClassification: SECRET\n{BODY}", "SECRET"),
        (f"Minutes\n{BODY[:900]}\nProtective marking: TOP SECRET\n{BODY}", "TOP SECRET"),
        (f"Minutes\n{BODY}\nRESTRICTED", "RESTRICTED"),
        (f"Minutes\nOFFICIAL\n{BODY}\nCONFIDENTIAL", "CONFIDENTIAL"),
    ],
)
def test_the_cover_the_end_and_a_field_count(text, marking):
    assert printed_marking(text) == marking


@pytest.mark.parametrize(
    "words",
    [
        "The secret of the canal was told.",
        "It was SECRET until then.",
        "SECRET",
        "Members discussed a top secret report marked CONFIDENTIAL.",
        "The shop Victoria’s Secret was visited.",
    ],
)
def test_words_in_the_body_never_count(words):
    middle = BODY.split("\n")
    middle.insert(40, words)

    assert care(printed_marking("\n".join(middle))) < 2


def test_a_broken_package_has_no_margins():
    assert margins_of(b"PK\x03\x04 nothing more") == []
    assert margins_of(b"") == []
