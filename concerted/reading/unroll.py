"""A text whose lines were run together is cut again: at references, labels and formal verbs."""

import re
from collections.abc import Sequence

from concerted.reading.lines import Line
from concerted.reading.vocabulary import STANDARD_TITLES, TITLES, bare, is_standard, listed

_LONG = 350
_CODE = re.compile(r"(?<![\w/])[A-Z][A-Za-z]{1,6}/\d{1,4}/\d{2,4}(?:-\d{2})?(?= [A-Z])")
_SERIES = re.compile(r"(?<![\w/.,£])\d{1,4}/\d{2}(?= [A-Z][A-Za-z]{2})")
_NUMBER = re.compile(r"(?<![\w/.,£:-])(?P<n>\d{1,3})\.? {1,4}(?=[A-Z‘“\"][A-Za-z’]{2})")
_CUTS = re.compile(
    r"(?<=[.:;)\w] )(?:(?:Present|PRESENT|Apologies|APOLOGIES|In [Aa]ttendance|IN ATTENDANCE|"
    r"Also [Pp]resent|Officers|OFFICERS"
    r"|Members [Pp]resent|Also in [Aa]ttendance|Attendees|Observers|Guests)(?: for [Aa]bsence|"
    r" received)?:|RESOLVED\b|AGREED\b"
    r"|ACTION ?:|Action ?:|Date of [Nn]ext [Mm]eeting|DATE OF NEXT MEETING|"
    r"The meeting (?:closed|ended|concluded)|Members: )"
)
_SMALL = listed("of for and the to from in on at with by a an & or - – under / as per")
_STARTERS = listed(
    """the a an members there it this these councillor councillors cllr cllrs mr mrs ms miss dr at
    in on no none all apologies following standing resolved agreed present minutes members:
    chairman he she they as to draft copies noted"""
)


def unroll(lines: Sequence[Line]) -> list[Line]:
    """The same lines; those that hold a whole page are cut, with a title on a line of its own."""
    made: list[Line] = []
    for line in lines:
        if len(line.text) < _LONG:
            made.append(line)
            continue
        made.extend(_pieces(line))
    return made


def _pieces(line: Line) -> list[Line]:
    text = line.text
    refs = _reference_cuts(text)
    cuts: dict[int, int] = {0: 0}
    for at, after in refs:
        cuts[at] = after
    if not refs and not _CUTS.search(text):
        return [line]
    for match in _CUTS.finditer(text):
        cuts.setdefault(match.start(), 0)
    order = sorted(cuts)
    pieces: list[Line] = []
    skip_to = 0
    for number, at in enumerate(order):
        if at < skip_to:
            continue
        stop = order[number + 1] if number + 1 < len(order) else len(text)
        after = cuts[at]
        if after:
            title_end = _title_end(text, after, stop if stop > after else len(text))
            later = [c for c in order[number + 1 :] if c < title_end]
            skip_to = title_end if later else 0
            _add(pieces, line, at, title_end)
            stop = next((c for c in order[number + 1 :] if c >= title_end), len(text))
            _add(pieces, line, title_end, stop)
        else:
            _add(pieces, line, at, stop)
    return pieces


def _add(pieces: list[Line], line: Line, start: int, stop: int) -> None:
    piece = line.part(start, stop)
    if piece.text:
        gap = line.gap if not pieces else 1
        pieces.append(Line(piece.start, piece.end, piece.text, gap, True))


def _reference_cuts(text: str) -> list[tuple[int, int]]:
    """(place, end) of each reference that opens an item in the run."""
    for pattern in (_CODE, _SERIES):
        found = [(m.start(), m.end()) for m in pattern.finditer(text)]
        if len(found) >= 2:
            return found
    return _numbers(text)


def _numbers(text: str) -> list[tuple[int, int]]:
    """The longest series of numbers before capitalised words, each one more than the last."""
    best: dict[int, tuple[int, int, int | None]] = {}
    found = list(_NUMBER.finditer(text))
    count: list[int] = []
    back: list[int] = []
    for i, match in enumerate(found):
        n = int(match["n"])
        before = best.get(n - 1)
        length, came = (before[0] + 1, before[1]) if before else (1, -1)
        count.append(length)
        back.append(came)
        known = best.get(n)
        if known is None or length >= known[0]:
            best[n] = (length, i, None)
    if not count or max(count) < 3:
        return []
    at = max(range(len(count)), key=lambda i: count[i])
    series: list[tuple[int, int]] = []
    while at >= 0:
        series.append((found[at].start(), found[at].end()))
        at = back[at]
    return series[::-1]


def _title_end(text: str, start: int, stop: int) -> int:
    """Where the title after a reference ends: a known title, or before the sentence begins."""
    window = text[start : min(stop, start + 200)]
    low = window.lower().lstrip(" .:-–")
    lead = len(window) - len(window.lower().lstrip(" .:-–"))
    for title in sorted(STANDARD_TITLES, key=len, reverse=True):
        if low.startswith(title) and not low[len(title) : len(title) + 1].isalnum():
            following = window[lead + len(title) :].lstrip()
            if not following or following[0].isupper() or following[0] in ".:(–-0123456789":
                return start + lead + len(title)
    words = list(re.finditer(r"\S+", window))
    if not words:
        return start
    if sum(w.group().isupper() and len(w.group()) > 1 for w in words[:2]) == min(2, len(words)):
        last = words[0]
        for word in words:
            core = word.group().strip(".,:;()")
            if core and not core.isupper() and not core.isdigit():
                break
            last = word
        return start + last.end()
    return start + _titled_run(words)


def _titled_run(words: list[re.Match[str]]) -> int:
    """The capitalised run, less the word with which the next sentence begins."""
    end_at = len(words)
    for i, match in enumerate(words):
        word = match.group()
        low = bare(word)
        if i and (low in _STARTERS or low in TITLES) and words[i - 1].group().lower() not in _SMALL:
            return words[i - 1].end()
        if low in _SMALL:
            continue
        if not word.strip("(‘“\"'")[:1].isupper():
            end_at = i
            break
        if i and word.endswith((".", ":")) and is_standard(word):
            return match.end()
    last = end_at - 1
    if end_at < len(words):
        while last > 0 and not words[last].group()[:1].isupper():
            last -= 1
        last -= 1
        while last > 0 and bare(words[last].group()) in _SMALL:
            last -= 1
    return words[max(last, 0)].end()
