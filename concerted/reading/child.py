"""The process that reads one hostile file: bytes on standard input, one JSON object on output."""

import codecs
import io
import json
import sys
import zipfile

from concerted.reading import confinement, read
from concerted.reading.files import MAX_BYTES, NotReadable, text_of
from concerted.reading.files.formats import CHARSETS
from concerted.reading.reports import read_report
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
        reading = read(file.text)
        report = read_report(file.text) if reading.kind == "unknown" else None
        read_as: dict[str, object] = {
            "reading": to_wire(reading),
            "report": to_wire(report) if report and report.kind == "report" else None,
        }
    except NotReadable as refusal:
        return {"refused": refusal.sentence}
    except MemoryError:
        return {"refused": TOO_MUCH}
    return {"format": file.format, "notes": list(file.notes), **read_as}


def main() -> None:
    """Read the file on standard input; its name is the only argument."""
    confinement.limit()
    rehearse()
    confinement.close_doors()
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        said = json.dumps(answer(data, sys.argv[1]))
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
