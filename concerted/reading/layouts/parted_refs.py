"""References that stand over two lines: the letters of a series, then the number under them."""

import re
from collections import Counter
from collections.abc import Sequence

from concerted.reading.lines import Line, is_furniture
from concerted.reading.refs import is_letters, is_prefix, read_ref
from concerted.reading.titles import is_marker

_STRAY = 2
# Longer than most series are named, or with a small letter or a sign: only over their numbers.
_LONG_LETTERS = re.compile(r"(?=(?:[a-z&]{0,3}[A-Z]){3})[A-Z][A-Za-z&]{2,11}$")
_SLASHED = re.compile(r"\d{1,4}/\d{2,4}$")


def repeated_letters(lines: Sequence[Line]) -> frozenset[str]:
    """The letters that stand alone over a number more than once; such a number needs no slash."""
    counts = Counter(
        line.text
        for at, line in enumerate(lines)
        if _may_be_letters(lines, at) and _number_under(lines, at) is not None
    )
    return frozenset(letters for letters, count in counts.items() if count > 1)


def _may_be_letters(lines: Sequence[Line], at: int) -> bool:
    """The letters of a series, and no decision in one word ("AGREED") over the next number."""
    line = lines[at]
    if is_letters(line):
        return not is_marker(line) and line.text != "NONE"
    if len(line.text) == 1 and line.text.isupper() and at + 1 < len(lines):
        return _SLASHED.match(lines[at + 1].text) is not None
    if at + 1 >= len(lines) or not _LONG_LETTERS.match(line.text):
        return False
    return not is_marker(line) and _SLASHED.match(lines[at + 1].text) is not None


def parted_ref(
    lines: Sequence[Line], at: int, repeated: frozenset[str]
) -> tuple[int, str, Line] | None:
    """(the index after the number, the whole reference, the number's line)."""
    line = lines[at]
    if not _may_be_letters(lines, at):
        return None
    if line.text in repeated:
        under = _number_under(lines, at)
    else:
        under = at + 1 if at + 1 < len(lines) and is_prefix(line, lines[at + 1]) else None
    if under is None:
        return None
    return under + 1, f"{line.text} {lines[under].text.rstrip('.')}", lines[under]


def _number_under(lines: Sequence[Line], at: int) -> int | None:
    """Where the number alone on its line stands; a stray code may come before it."""
    for under in range(at + 1, min(at + 1 + _STRAY, len(lines))):
        line = lines[under]
        ref = read_ref(line)
        if ref is not None and ref.rest is None and ref.kind in ("number", "code"):
            return under if ref.ref[0].isdigit() else None
        if not is_furniture(line):
            return None
    return None
