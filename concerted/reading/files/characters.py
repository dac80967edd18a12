"""Bytes to characters: the encodings that files of an office really have, and their mixtures."""

import codecs
import re

_MARKS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff]")
_MIXED = (
    "This file mixes two ways of storing letters. Each part was read in its own way: check "
    "accents, quotation marks and pound signs."
)
LOST = (
    "Some characters of this file could not be read; a � stands for each. Compare it with the "
    "original."
)
_REMOVED = "Control characters that are not text were taken out of this file."


def _in_windows_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("concerted.windows", _in_windows_letters)


def decoded(data: bytes, declared: str | None = None) -> tuple[str, list[str]]:
    """The text of a file with ``\\n`` as its newline, and notes on what may be wrong in it.

    ``declared`` is an encoding the file itself names; it counts after a byte order mark.
    """
    text, notes = _characters(data, declared)
    if "\ufffd" in text:
        notes.append(LOST)
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _characters(data: bytes, declared: str | None) -> tuple[str, list[str]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), []
    likely = declared or _wide_without_mark(data)
    if likely is not None:
        try:
            return data.decode(likely), []
        except (UnicodeError, LookupError):
            pass  # pages often say one thing and are another
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if any(_is_utf8_beyond_ascii(line) for line in data.split(b"\n")):
        return data.decode("utf-8", "concerted.windows"), [_MIXED]
    return data.decode("cp1252", "replace"), []


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 that lacks its mark: English text then has a zero in every other byte."""
    start = data[:4000]
    if len(start) >= 4 and start[1::2].count(0) > len(start) // 4 and start[::2].count(0) == 0:
        return "utf-16-le"
    if len(start) >= 4 and start[::2].count(0) > len(start) // 4 and start[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _is_utf8_beyond_ascii(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_binary(text: str) -> bool:
    """Whether decoded bytes are not text at all: too many characters no writer types."""
    start = text[:200_000]
    strange = len(_CONTROL.findall(start)) + start.count("\ufffd")
    return strange > max(4, len(start) // 100)


def without_controls(text: str) -> tuple[str, list[str]]:
    """Text a database takes: control characters out, newlines and tabs kept."""
    clean = _CONTROL.sub("", text)
    return clean, [_REMOVED] if len(clean) != len(text) else []
