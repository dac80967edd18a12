"""Headings without numbers: known by their words, or because they stand as the known ones do."""

import re
from collections.abc import Sequence
from dataclasses import replace

from concerted.reading.layouts.run_in import run_in_headings
from concerted.reading.layouts.series import Heading
from concerted.reading.lines import Line, is_bullet, without_bullet
from concerted.reading.people import looks_like_people
from concerted.reading.refs import read_ref
from concerted.reading.right_column import trailing_owner
from concerted.reading.roll_labels import read_label
from concerted.reading.titles import (
    SENTENCE_WORDS,
    is_closing,
    is_heading,
    is_marker,
    is_title,
)
from concerted.reading.vocabulary import has_role_word, is_standard, is_strong_title

# "Chairman's remarks": what is somebody's is no person.
_OWNED = re.compile(r"(?:\w+ ){0,2}\w+[’']s [A-Za-z]{4,}")
_NEXT = ("date of next meeting:", "next meeting:")


def unnumbered(lines: Sequence[Line]) -> list[Heading]:
    """The headings of minutes whose items have no numbers, in order."""
    begin = _first_label(lines)
    bulleted = _bulleted(lines, begin)
    if bulleted:
        return bulleted
    sure = [at for at in range(begin, len(lines)) if _is_sure(lines, at)]
    sure = _without_posts(lines, sure)
    sure = _without_lesser(lines, sure)
    if _have_colons(lines, sure):
        return _coloned(lines, begin, sure)
    if len(sure) < 3:
        run_in = run_in_headings(lines, begin)
        if run_in:
            return run_in
    alike = _alike(lines, sure) if len(sure) > 2 else []
    return _without_lone_ref(lines, [_heading(lines, at) for at in sorted({*sure, *alike})])


def _without_lone_ref(lines: Sequence[Line], marks: list[Heading]) -> list[Heading]:
    """One number among many headings ("A12 Junction") is part of its title."""
    numbered = [mark for mark in marks if mark.ref is not None]
    if len(numbered) != 1 or len(marks) < 4:
        return marks
    lone = numbered[0]
    whole = replace(lone, ref=None, name=None, title=lines[lone.at])
    return [whole if mark is lone else mark for mark in marks]


def _without_lesser(lines: Sequence[Line], sure: list[int]) -> list[int]:
    """Where nearly all headings are in capitals, words that are not stand inside an item."""
    capitals = [at for at in sure if lines[at].text.isupper()]
    if len(capitals) < 4 or len(capitals) * 4 < len(sure) * 3:
        return sure
    return [at for at in sure if lines[at].text.isupper() or is_standard(lines[at].text)]


def _have_colons(lines: Sequence[Line], sure: Sequence[int]) -> bool:
    """The headings of these minutes end in a colon."""
    ended = sum(lines[at].text.endswith(":") for at in sure)
    if not ended or ended * 3 < len(sure) * 2:
        return False
    alike = (at for at in range(sure[0], len(lines)) if lines[at].gap and _ends_in_colon(lines, at))
    return ended > 2 or sum(1 for _ in alike) > 2


def _coloned(lines: Sequence[Line], begin: int, sure: Sequence[int]) -> list[Heading]:
    """Every line in the series' form, and known titles whose text stands behind the colon."""
    gaps = all(lines[at].gap for at in sure[1:])
    known = frozenset(sure)
    made: list[Heading] = []
    for at in range(begin, len(lines)):
        apart = lines[at].gap > 0 or not gaps
        told = _before_colon(lines, at) if apart else []
        if told or at in known or (apart and _ends_in_colon(lines, at)):
            made += told or [_heading(lines, at)]
    return made


def _ends_in_colon(lines: Sequence[Line], at: int) -> bool:
    """Few words and a colon, that neither tell anything nor open a list."""
    line, below = lines[at], _following(lines, at)
    words = line.text[:120].lower().rstrip(":").split()
    if not line.text.endswith(":") or len(words) > 9 or below is None or is_bullet(below):
        return False
    if not line.text[0].isupper() or any(word in SENTENCE_WORDS for word in words):
        return False
    return is_title(line) and not _is_no_heading(line)


def _before_colon(lines: Sequence[Line], at: int) -> list[Heading]:
    """``AOB: none`` among headings with a colon."""
    line = lines[at]
    title, colon, told = line.text[:60].partition(":")
    if not colon or not told.strip() or not is_standard(title) or _is_no_heading(line):
        return []
    return [Heading(at, at + 1, None, None, line.part(0, len(title)), line.part(len(title) + 1))]


def _without_posts(lines: Sequence[Line], sure: list[int]) -> list[int]:
    """Before the first known title a heading needs a sentence under it: else it is a cell."""
    known = next((at for at in sure if is_standard(lines[at].text)), None)
    if known is None:
        return sure
    return [at for at in sure if at >= known or len(lines[at + 1].text.split()) > 4]


def _bulleted(lines: Sequence[Line], begin: int) -> list[Heading]:
    """The same sign before every heading, as a list of items has that lost its numbers."""
    found: dict[str, list[Heading]] = {}
    for at in range(begin, len(lines)):
        line = lines[at]
        bare = without_bullet(line)
        if bare.start == line.start or not _is_bulleted_title(lines, at, bare):
            continue
        found.setdefault(line.text[0], []).append(Heading(at, at + 1, None, None, bare))
    for sign, marks in found.items():
        known = any(one.title and is_standard(one.title.text) for one in marks[:3])
        bearing = sum(line.text[0] == sign for line in lines[begin:])
        if len(marks) > 2 and known and len(marks) * 5 >= bearing * 4:
            return marks
    return []


def _is_bulleted_title(lines: Sequence[Line], at: int, bare: Line) -> bool:
    """Few words without an end, over a line that has no such sign."""
    if at + 1 >= len(lines) or lines[at + 1].text[0] == lines[at].text[0]:
        return False
    return is_title(bare) and len(bare.text.split()) <= 12 and bare.text[-1] not in ".;,"


def _first_label(lines: Sequence[Line]) -> int:
    """The lists of people stand before the items."""
    known = (at for at, line in enumerate(lines) if is_standard(line.text) and not read_label(line))
    first = next(known, len(lines))
    labels = [at for at in range(first) if _opens_list(lines[at])]
    if labels:
        return labels[-1] + 1
    later = (at for at in range(first, len(lines)) if _opens_list(lines[at]))
    return next(later, first - 1) + 1


def _opens_list(line: Line) -> bool:
    label = read_label(line)
    return label is not None and label.section != "in_attendance"


def _is_sure(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if _is_no_heading(line) or not is_heading(line, _following(lines, at)):
        return False
    if is_standard(line.text) or _OWNED.match(line.text):
        return True
    return not looks_like_people(without_bullet(line).text[:120])


def _is_no_heading(line: Line) -> bool:
    if is_marker(line) or is_closing(line) or read_label(line) is not None:
        return True
    if trailing_owner(line.text) is not None:
        return True
    return line.text.lower().startswith(_NEXT) and len(line.text) > 24


def _following(lines: Sequence[Line], at: int) -> Line | None:
    return lines[at + 1] if at + 1 < len(lines) else None


def _alike(lines: Sequence[Line], sure: Sequence[int]) -> list[int]:
    """Lines between the known headings that stand as these do, with blanks above and below."""
    capitals = sum(lines[at].text.isupper() for at in sure)
    if capitals * 4 >= len(sure) * 3:
        return [at for at in range(sure[0] + 1, len(lines) - 1) if _is_capitals(lines, at)]
    style = [_stands(lines, at) for at in sure[1:]]
    usual = max(set(style), key=style.count)
    if style.count(usual) * 3 < len(style) * 2:
        return []
    if usual == (False, False):
        return [at for at in range(sure[0] + 1, len(lines) - 1) if _is_tight(lines, at)]
    if not usual[0]:
        return []
    known = set(sure)
    return [
        at
        for at in range(sure[0] + 1, len(lines) - 1)
        if at not in known and _stands(lines, at) == usual and _can_be_one(lines, at)
    ]


def _is_capitals(lines: Sequence[Line], at: int) -> bool:
    """Words in capitals over a line that is not, where the other headings are in capitals."""
    text = lines[at].text
    if not text.isupper() or len(text) < 4 or lines[at + 1].text.isupper():
        return False
    return is_title(lines[at]) and not _is_no_heading(lines[at])


def _is_tight(lines: Sequence[Line], at: int) -> bool:
    """No blank lines anywhere: few words that begin as titles do, between whole sentences."""
    line, above, below = lines[at], lines[at - 1], lines[at + 1]
    words = line.text.split()
    if len(words) > 6 or not _can_be_one(lines, at) or any(c in "\t/" for c in line.text):
        return False
    if not _ends_text(above.text) or is_bullet(line) or not below.text[0].isupper():
        return False
    if len(words) > 1 and not any(word[0].isupper() for word in words[1:]):
        return len(line.text) > 9 and _ends_text(below.text)
    return len(line.text) > 3 and (_ends_text(below.text) or len(below.text) > 80)


def _ends_text(text: str) -> bool:
    """A sentence's end, maybe with the initials of who acts behind it."""
    words = text.split()
    while len(words) > 1 and words[-1].isupper() and len(words[-1]) < 12 and words[-1][-1] != ".":
        words.pop()
    return words[-1][-1] in ".!?)"


def _stands(lines: Sequence[Line], at: int) -> tuple[bool, bool]:
    """(a blank line above, a blank line below)."""
    following = _following(lines, at)
    return lines[at].gap > 0, following is not None and following.gap > 0


def _can_be_one(lines: Sequence[Line], at: int) -> bool:
    """Few words without an end, no person named, and more text under it than itself."""
    line = lines[at]
    words = line.text.split()
    if len(words) > 8 or line.text[-1] in ".;:,!?" or "  " in line.text or "\t" in line.text:
        return False
    if _is_no_heading(line) or not is_title(line) or any(is_strong_title(w) for w in words):
        return False
    if looks_like_people(line.text) and has_role_word(line.text):
        return False
    loose = _stands(lines, at)[1]
    small = sum(word[0].islower() for word in words)
    if loose and small * 2 > len(words) and len(words) > 6:
        return False
    return len(lines[at + 1].text) > len(line.text)


def _heading(lines: Sequence[Line], at: int) -> Heading:
    ref = read_ref(lines[at])
    if ref and ref.rest and ref.kind in ("number", "code", "worded"):
        return Heading(at, at + 1, ref, ref.ref, ref.rest)
    return Heading(at, at + 1, None, None, lines[at])
