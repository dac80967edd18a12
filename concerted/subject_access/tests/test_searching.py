"""What is found in the bytes of a file, whatever it is, and what a person has to look at."""

import io
import re
import zipfile

import pytest

from concerted.reading import sandbox
from concerted.reading.files import characters, odt, rtf
from concerted.reading.files.containers import Member
from concerted.reading.files.pdf import document as pdf
from concerted.reading.model import Reading
from concerted.reading.sandbox import FileNotes
from concerted.reading.tests.pdf_files import document, picture, put
from concerted.reading.tests.pdf_files import pdf as pdf_of
from concerted.reading.tests.word_files import (
    by,
    commented,
    comments,
    deleted,
    ins,
    paragraph,
    run,
    word,
)
from concerted.subject_access import searching

LETTER = b"To the board\n\nPlease ask Tobias Wren about the flat on Fen Row.\n"
PICTURES = document(picture(0, 0, 595, 842))
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def looked(data, name="minutes.pdf"):
    given = [searching.Bytes("0", name, len(data), lambda: data)]
    wanted = searching.Names(["Tobias Wren"], re.compile("Gareth Pellow"))
    return dict(searching.look_into(given, wanted, cancelled=lambda: False))["0"]


@pytest.mark.slow
def test_pages_that_are_pictures_among_others_are_for_a_person_too():
    some = looked(document(put(72, 700, "Tobias Wren rang. " * 3), picture(0, 0, 595, 842)))

    assert [label for label, _ in some.places] == ["Line 1"]
    assert [label for label, _ in some.unread] == ["Not read"]
    assert "was not read" in some.unread[0][1]


@pytest.mark.slow
def test_what_lies_in_a_packed_file_is_looked_into_and_said_with_its_name():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("2014/letter.txt", LETTER)
        archive.writestr("scan.pdf", PICTURES)

    packed = looked(held.getvalue(), "all.zip")

    [(label, words)] = packed.places
    assert label == "Line 3"
    assert words.startswith("2014/letter.txt: ")
    assert [label for label, _ in packed.unread] == ["Not read: scan.pdf"]
    assert not packed.names_others


@pytest.mark.slow
def test_the_names_of_packed_files_are_looked_at_and_stand_in_words_that_can_be_taken_out():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("Gareth Pellow on Tobias Wren.txt", "Nobody is named in this.\n")
        archive.writestr("Gareth Pellow.txt", "Tobias Wren rang.\n")
        archive.writestr("Tobias Wren.png", b"\x89PNG\r\n\x1a\n" + bytes(50))

    packed = looked(held.getvalue(), "all.zip")

    assert packed.places == [
        ("Name of a file in it", "Gareth Pellow on Tobias Wren.txt"),
        ("Line 1", "Gareth Pellow.txt: Tobias Wren rang."),
        ("Name of a file in it", "Tobias Wren.png"),
    ]
    assert packed.names_others


def test_more_parts_than_are_listed_are_counted():
    many = searching.Looked()
    for number in [*range(searching.MOST_UNREAD + 3), 0]:
        many.could_not("It is locked.", f"{number}.docx")

    assert (len(many.unread), many.more_unread) == (searching.MOST_UNREAD, 3)

    both = searching.Looked(unread=[("Not read", "It is damaged.")])
    both.add(many)

    assert both.unread == [("Not read", "It is damaged."), *many.unread[:-1]]
    assert both.more_unread == 4


def test_whichever_part_is_read_first_what_was_found_stands_in_the_order_of_the_file(monkeypatch):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", "x")
    members = [Member(f"{number}.txt", b"x") for number in range(3)]
    monkeypatch.setattr(searching, "open_container", lambda *given, **how: members)
    monkeypatch.setattr(searching, "MOST", 2)
    read = (Reading("Tobias Wren", "unknown", ""), FileNotes("txt"))

    def last_first(files, *, cancelled):
        for given in reversed(list(files)):
            yield given.of, read

    monkeypatch.setattr(searching, "read_each", last_first)

    packed = looked(held.getvalue(), "all.zip")

    assert [words for _, words in packed.places] == ["0.txt: Tobias Wren", "1.txt: Tobias Wren"]
    assert packed.more == 1


@pytest.mark.parametrize(
    ("text", "notes", "others"),
    [
        ("Gareth Pellow rang.", ("Page 2 of 2 is a picture of text and was not read.",), True),
        ("Tobias Wren rang. Gareth Pellow too.", (), True),
        ("Nobody rang.", ("Page 2 of 2 is a picture of text and was not read.",), False),
        ("Gareth Pellow rang.", (), False),  # nothing of it goes out
    ],
)
def test_whoever_else_is_named_in_what_was_read_keeps_a_file_from_going_out_whole(
    monkeypatch, text, notes, others
):
    read = (Reading(text, "unknown", ""), FileNotes("pdf", notes))
    monkeypatch.setattr(
        searching, "read_each", lambda files, *, cancelled: ((one.of, read) for one in files)
    )

    assert looked(b"%PDF-").names_others == others


@pytest.mark.parametrize(
    ("note", "by_hand"),
    [
        (characters.LOST, True),
        (odt._CHANGES, True),
        (odt._COMMENTS, True),
        (odt._HIDDEN, True),
        (odt._CONTENTS, False),  # the headings stand in the text as well
        (rtf._BOXES, True),
        (rtf._CHANGES, True),
        (rtf._COMMENTS, True),
        (rtf._CUT, True),
        (rtf._HIDDEN, True),
        (pdf._CUT_SHORT, True),
        (pdf._FIELDS, True),
        (pdf._SLANTED, True),
        (pdf._left_out(pdf._Pages(), ["Board"])[0], False),  # the note says what they are
        (pdf._not_read_are([2], 3, "damaged or overfull"), True),
        (pdf._not_read(pdf._Pages(looked=600), 700)[0], True),
        (characters._REMOVED, False),
        (characters._MIXED, False),
        (sandbox._CONVERTED, False),
    ],
)
def test_words_that_a_reader_did_not_hand_over_are_for_a_person(monkeypatch, note, by_hand):
    read = (Reading("Nobody rang.", "unknown", ""), FileNotes("pdf", (note,)))
    monkeypatch.setattr(
        searching, "read_each", lambda files, *, cancelled: ((one.of, read) for one in files)
    )

    assert looked(b"%PDF-").unread == ([("Not read", note)] if by_hand else [])


@pytest.mark.slow
def test_tracked_changes_and_comments_are_looked_into_and_cut_ones_are_for_a_person():
    held = word(
        paragraph(run("It was "), deleted("Tobias Wren "), ins("agreed", by("Tobias Wren")))
        + paragraph(commented("Fen Row")),
        comments=comments((run("Ask Tobias Wren. " + "Then look again. " * 80), "0")),
    )

    marked = looked(held, "report.docx")

    assert [label for label, _ in marked.places] == ["Tracked change", "Tracked change", "Comment"]
    assert marked.unread == [("Not read", searching.MORE_MARKED)]


@pytest.mark.slow
def test_comments_of_rich_text_are_for_a_person():
    rich = looked(rb"{\rtf1 Minutes of the board{\*\annotation Tobias Wren rang}\par}", "a.rtf")

    assert rich.places == []
    assert rich.unread == [("Not read", rtf._COMMENTS)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 not a zip", ""),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"%PDF-1.7 broken", ""),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (pdf_of(trailer=b"/Encrypt << /Filter /Standard >>"), ""),
    ],
)
def test_what_cannot_be_read_is_one_line_with_its_reason(data, says):
    broken = looked(data)

    assert broken.places == []
    [(label, sentence)] = broken.unread
    assert label == "Not read"
    assert says in sentence


def test_too_large_a_file_is_not_even_fetched():
    def fetch():
        raise AssertionError("It was fetched.")

    given = [searching.Bytes("0", "large.txt", 10**9, fetch)]
    wanted = searching.Names(["Tobias Wren"], None)
    [(_, large)] = searching.look_into(given, wanted, cancelled=lambda: False)

    assert "MB can be read" in large.unread[0][1]
