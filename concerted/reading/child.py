"""The process that reads one hostile file: bytes on standard input, one JSON object on output."""

import codecs
import io
import json
import sys
import zipfile
from typing import NoReturn

from concerted.reading import confinement, read
from concerted.reading.files import MAX_BYTES, NotReadable, text_of
from concerted.reading.files.formats import CHARSETS
from concerted.reading.wire import to_wire

TOO_MUCH = (
    "Reading this file was stopped: it needs more memory than minutes ever do. Copy its text into "
    "a new document and choose that."
)
_WORD = (
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    "<w:body><w:p><w:r><w:t>Minutes</w:t></w:r></w:p></w:body></w:document>"
)


def answer(data: bytes, name: str) -> dict[str, object]:
    """What the parent is told about a file: its reading, or the sentence why there is none."""
    try:
        file = text_of(data, name)
        reading = to_wire(read(file.text))
    except NotReadable as refusal:
        return {"refused": refusal.sentence}
    except MemoryError:
        return {"refused": TOO_MUCH}
    return {"format": file.format, "notes": list(file.notes), "reading": reading}


def main() -> None:
    """Read the file on standard input; its name is the only argument."""
    confinement.limit()
    rehearse()
    read_one(sys.argv[1])


def read_one(name: str) -> NoReturn:
    """Close the doors, answer for the file on standard input, and end."""
    confinement.close_doors()
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        said = json.dumps(answer(data, name))
        sys.stdout.buffer.write(said.encode("ascii"))
        sys.stdout.buffer.flush()
    except BaseException:  # no traceback: it would show the file's words
        confinement.leave(1)
    confinement.leave(0)


def rehearse() -> None:
    """Load what the parsers load late (codecs, converters), while files can still be opened."""
    for name in {*CHARSETS, *("cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")}:
        codecs.lookup(name)
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", _WORD)
    for sample in (b"Minutes\n1. Apologies\n", b"<!doctype html><p>Minutes", word.getvalue()):
        read(text_of(sample, "").text)


if __name__ == "__main__":
    main()
