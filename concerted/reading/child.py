"""The process that reads one hostile file: bytes on standard input, JSON on output."""

import base64
import codecs
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import NoReturn

from concerted.reading import confinement, read
from concerted.reading.files import MAX_BYTES, NotReadable, text_of
from concerted.reading.files import mail as mails
from concerted.reading.files.bound import read_bound
from concerted.reading.files.calendar_answer import calendar_answer_of
from concerted.reading.files.changes import Changes
from concerted.reading.files.containers import MAX_CONTAINER, each_member
from concerted.reading.files.formats import CHARSETS
from concerted.reading.files.letter import letter_of
from concerted.reading.files.rtf import CODE_PAGES
from concerted.reading.margins import margins_of, printed_marking
from concerted.reading.reports import read_report
from concerted.reading.wire import markup_to_wire, to_wire

# Of a file, less than the reader could take: a person is to check what was read.
MOST_CHARACTERS, MOST_LINES = 1_000_000, 20_000
TOO_MUCH = (
    "Reading this file was stopped: it needs more memory than minutes ever do. Copy its text into "
    "a new document and choose that."
)
_WORD = (
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    "<w:body><w:p><w:r><w:t>Minutes</w:t></w:r></w:p></w:body></w:document>"
)
_SAID = b"BT /F 11 Tf 72 700 Td (Minutes of the Board) Tj ET 72 690 m 300 690 l S"
_PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%%%EOF\n" % (len(_SAID), _SAID)
)
_MAIL = (
    b"From: =?utf-8?q?Ann?= <a@b.invalid>\nDate: Tue, 11 Mar 2014 09:30:00 +0000\n"
    b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    b"Content-Type: text/plain; charset=utf-8; format=flowed\n"
    b"Content-Transfer-Encoding: quoted-printable\n\nMinutes=20\n--x\n"
    b"Content-Type: application/pdf; name=x.pdf\nContent-Disposition: attachment\n"
    b"Content-Transfer-Encoding: base64\n\nTWludXRlcw==\n--x--\n"
)
_ANSWER = (
    b"From: a@b.invalid\nMIME-Version: 1.0\nContent-Type: text/calendar; method=REPLY\n\n"
    b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:x\n"
    b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.invalid\nEND:VEVENT\nEND:VCALENDAR\n"
)


def answer(data: bytes, name: str, changes: Changes) -> dict[str, object]:
    """What the parent is told about a file: its reading, or the sentence why there is none."""
    try:
        file = text_of(data, name, changes=changes)
        reading = read(file.text, most_characters=MOST_CHARACTERS, most_lines=MOST_LINES)
        report = read_report(file.text) if reading.kind == "unknown" else None
        read_as: dict[str, object] = {
            "marking": printed_marking(file.text, margins_of(data)),
            "reading": to_wire(reading),
            "report": to_wire(report) if report and report.kind == "report" else None,
        }
    except NotReadable as refusal:
        return {"refused": refusal.sentence}
    except MemoryError:
        return {"refused": TOO_MUCH}
    # Minutes have a crest above them, which nobody misses; a report makes its point with charts.
    pictures = [file.pictures] if file.pictures and read_as["report"] else []
    return {
        "format": file.format,
        "notes": [*file.notes, *pictures],
        "markup": markup_to_wire(file.markup),
        **read_as,
    }


def members(data: bytes, name: str) -> Iterator[dict[str, object]]:
    """What the parent is told of the files in a container: one a line, then how many there are."""
    count = 0
    try:
        for member in each_member(data, name):
            count += 1
            if member.data is None:
                yield {"name": member.name, "sentence": member.sentence}
            else:
                held = base64.b64encode(member.data).decode("ascii")
                yield {"name": member.name, "data": held}
    except NotReadable as refusal:
        yield {"refused": refusal.sentence}
    except MemoryError:
        yield {"refused": TOO_MUCH}
    else:
        yield {"count": count}


def bound(data: bytes, name: str) -> dict[str, object]:
    """What the parent is told of a Word file that was made here, or why it is told nothing."""
    try:
        return {"bound": to_wire(read_bound(data))}
    except NotReadable as refusal:
        return {"refused": refusal.sentence}
    except MemoryError:
        return {"refused": TOO_MUCH}


def letter(data: bytes, name: str) -> dict[str, object]:
    """What the parent is told of an e-mail: its own words, or why there are none."""
    try:
        return {"letter": to_wire(letter_of(data))}
    except NotReadable as refusal:
        return {"refused": refusal.sentence}
    except MemoryError:
        return {"refused": TOO_MUCH}


def calendar_answer(data: bytes, name: str) -> dict[str, object]:
    """What the parent is told of an e-mail in which a calendar program answers an invitation."""
    try:
        return {"calendar_answer": to_wire(calendar_answer_of(data))}
    except NotReadable as refusal:
        return {"refused": refusal.sentence}
    except MemoryError:
        return {"refused": TOO_MUCH}


def main() -> None:
    """Read the file on standard input; the first argument is its name.

    The second says which text of a Word file is wanted. “members” asks for the files in it instead,
    “bound” for a Word file that was made here, “letter” for the words of an e-mail alone,
    “calendar_answer” for what it answers to an invitation.
    """
    confinement.limit()
    rehearse()
    if sys.argv[2:] == ["members"]:
        open_one(sys.argv[1])
    if sys.argv[2:] == ["bound"]:
        tell(bound, sys.argv[1])
    if sys.argv[2:] == ["letter"]:
        tell(letter, sys.argv[1])
    if sys.argv[2:] == ["calendar_answer"]:
        calendar_answer(_ANSWER, "")
        tell(calendar_answer, sys.argv[1])
    read_one(sys.argv[1], "original" if sys.argv[2:] == ["original"] else "accepted")


def open_one(name: str) -> NoReturn:
    """Close the doors, list the files in the container on standard input, and end."""
    confinement.close_doors()
    try:
        data = sys.stdin.buffer.read(MAX_CONTAINER + 1)
        for line in members(data, name):
            sys.stdout.buffer.write(json.dumps(line).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()
    except BaseException:  # no traceback: it would show the file's words
        confinement.leave(1)
    confinement.leave(0)


def read_one(name: str, changes: Changes) -> NoReturn:
    tell(lambda data, name: answer(data, name, changes), name)


def tell(answered: Callable[[bytes, str], dict[str, object]], name: str) -> NoReturn:
    """Close the doors, answer for the file on standard input, and end."""
    confinement.close_doors()
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        said = json.dumps(answered(data, name))
        sys.stdout.buffer.write(said.encode("ascii"))
        sys.stdout.buffer.flush()
    except BaseException:  # no traceback: it would show the file's words
        confinement.leave(1)
    confinement.leave(0)


def rehearse() -> None:
    """Load what the parsers load late (codecs, converters), while files can still be opened."""
    unicode = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    for name in {*CHARSETS, *mails.CHARSETS, *CODE_PAGES.values(), *unicode}:
        codecs.lookup(name)
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", _WORD)
    web = b"<!doctype html><p>Minutes"
    for sample in (b"Minutes\n1. Apologies\n", web, word.getvalue(), _PDF, _MAIL):
        read(text_of(sample, "").text)


if __name__ == "__main__":
    main()
