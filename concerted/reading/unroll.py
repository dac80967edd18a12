"""A text whose lines were run together is cut again: at references, labels and formal verbs."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from concerted.reading.columns import joined
from concerted.reading.lines import Line
from concerted.reading.refs import CODE_IN_TEXT, NUMBER_IN_TEXT, in_order, is_code
from concerted.reading.run_labels import labels_in_run
from concerted.reading.run_titles import begins_sentence, begins_with_title, title_end
from concerted.reading.vocabulary import is_person, is_standard

_LONG = 350
# Where the longer items are run together with their titles, a short one is from here on.
_SHORT_RUN = 30
_REFERS = re.compile(
    r"\b(?:items?|minutes?|min|no|nos|number|see|refs?|reference|also|in|to|under|and|application)"
    r"\W{0,3}$",
    re.IGNORECASE,
)
_PAGE_MARK = re.compile(r"(?:(?<=[.:;)] )|(?<=^))Page \d{1,3}(?: of \d{1,3})?(?= |$)")
_FIRST_NUMBER = re.compile(r"\d+")
# The space before a label is part of the expression, so that a search goes from space to space.
_CUTS = re.compile(
    r" (?<=[.:;)\w] )(?P<label>(?:Present|PRESENT|Apologies|APOLOGIES|In [Aa]ttendance|"
    r"IN ATTENDANCE|Also [Pp]resent|Officers|OFFICERS"
    r"|Members [Pp]resent|Also in [Aa]ttendance|Attendees|Observers|Guests)"
    r"(?: for [Aa]bsence| received)?:|RESOLVED\b|AGREED\b"
    r"|ACTION ?:|Action ?:|Date of [Nn]ext [Mm]eeting|DATE OF NEXT MEETING|"
    r"The meeting (?:closed|ended|concluded)|Members:(?= ))"
)
# The same labels without a colon: cut there only if a person's name is next.
_BARE_LABELS = re.compile(
    r" (?<=[.:;)\w] )(?P<label>Present|PRESENT|Apologies|APOLOGIES|In [Aa]ttendance|IN ATTENDANCE|"
    r"Also [Pp]resent|ALSO PRESENT|Members [Pp]resent|MEMBERS PRESENT|Attendees|ATTENDEES)"
    r"(?: for [Aa]bsence| FOR ABSENCE)?(?= [A-Z])"
)
_ACTION = re.compile(r"A(?:CTION|ction) ?:")
# Behind an action the outcome of the item, as a short sentence of its own.
_OUTCOME = re.compile(
    r"(?<=[.;] )(?:The [\w’' ]{3,40}(?:was|were|be)|It was|This was|(?:The )?[A-Z][\w ]{2,30})"
    r" (?:noted|agreed|approved|deferred|endorsed|accepted)\b"
)
_END_OF_NAME = re.compile(r"[,;(]| and ")
# The number of the run, and the start and end of a reference in it.
_Cut = tuple[int, int, int]


def unroll(lines: Sequence[Line]) -> list[Line]:
    """The same lines; those that hold a whole page are cut, with a title on a line of its own."""
    lines = joined(lines)
    long = [line for line in lines if len(line.text) >= _LONG]
    together = sum(_opens_run(line) for line in long) > 1 or _holds_one_item_a_line(lines)
    if not long and not together:
        return _with_labels_apart(lines)
    least = _SHORT_RUN if together else _LONG
    runs = {line.start for line in lines if _is_run(line, least)}
    refs = _references([line.text for line in lines if line.start in runs])
    made: list[Line] = []
    number = 0
    for line in lines:
        if line.start not in runs:
            made += _with_labels_apart([line])
            continue
        made.extend(_pieces(line, refs.get(number, [])))
        number += 1
    return made


def _holds_one_item_a_line(lines: Sequence[Line]) -> bool:
    """Most of the lines with a number hold a title and at once what was said, to its full stop."""
    numbered = [line.text[end:] for line in lines if (end := _leading_ref(line.text))]
    told = [rest for rest in numbered if _tells_behind_title(rest)]
    return len(told) > 2 and len(told) * 2 > len(numbered)


def _tells_behind_title(rest: str) -> bool:
    if rest[-1] not in ".?!" or len(rest) < _SHORT_RUN or not begins_with_title(rest):
        return False
    end = title_end(rest, 0, len(rest))
    return is_standard(rest[:end]) or begins_sentence(rest[end:])


def _with_labels_apart(lines: Sequence[Line]) -> list[Line]:
    """A head whose labels follow each other on one line, each on a line of its own."""
    made: list[Line] = []
    for line in lines:
        several = line.text.count(":") > 1
        row = line.text.startswith("|")  # its cells are parted by whoever reads the table
        begins = labels_in_run(line.text, len(line.text)) if several and not row else []
        if len(begins) < 2:
            made.append(line)
            continue
        pieces: list[Line] = []
        for at, stop in pairwise([0, *begins, len(line.text)]):
            _add(pieces, line, at, stop)
        made += pieces
    return made


def _opens_run(line: Line) -> bool:
    """A number, a title and a whole paragraph without a break between them."""
    return bool(_leading_ref(line.text)) and line.text[-1] in ".?!:"


def _leading_ref(text: str) -> int:
    """Where the number or the code ends with which the text begins; 0 without one."""
    number = NUMBER_IN_TEXT.match(text)
    if number is not None:
        return number.end()
    code = CODE_IN_TEXT.match(text)
    return code.end() if code is not None and is_code(code) else 0


def _is_run(line: Line, least: int) -> bool:
    """A long run; where items are run together, also a short one that ends as sentences do."""
    if len(line.text) >= _LONG:
        return True
    if least == _SHORT_RUN and _ACTION.search(line.text, 1):
        # The rest of an item behind the end of a page.
        return True
    if not _opens_run(line):
        return False
    return len(line.text) >= least or (least == _SHORT_RUN and _says_little(line))


def _says_little(line: Line) -> bool:
    """``9. AOB None.``: a title that nearly every agenda has, and a word or two."""
    begin = _leading_ref(line.text)
    rest = line.text[begin:] if begin else ""
    end = title_end(rest, 0, len(rest))
    return is_standard(rest[:end]) and bool(rest[end:].strip(" .:-–"))


def _references(texts: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
    """(place, end) of each reference that opens an item, by the run of text it stands in.

    A page may hold one item only, so the series is looked for in all the pages together.
    """
    cuts = _codes(texts)
    if len({texts[number][at:end] for number, at, end in cuts}) > 1:
        return _by_text(cuts)
    made = _by_text(_numbers(texts))
    if len(texts) > 1:
        for number, text in enumerate(texts):
            # A run with a better series of its own keeps it: a text may be printed twice.
            own = _by_text(_numbers([text])).get(0, [])
            if len(own) > len(made.get(number, [])):
                made[number] = own
    return made


def _by_text(cuts: Sequence[_Cut]) -> dict[int, list[tuple[int, int]]]:
    made: dict[int, list[tuple[int, int]]] = {}
    for number, at, end in cuts:
        made.setdefault(number, []).append((at, end))
    return made


def _pieces(line: Line, refs: Sequence[tuple[int, int]]) -> list[Line]:
    text = line.text
    cuts: dict[int, int] = {0: 0}
    for at, after in refs:
        cuts[at] = after
    marks = [*_CUTS.finditer(text), *_bare_labels(text)]
    if not refs and not marks:
        return [line]
    for at in _outcomes_behind_actions(text, marks):
        cuts.setdefault(at, 0)
    first = min((at for at, _ in refs), default=len(text))
    labels = labels_in_run(text, first)
    for at in labels:
        cuts.setdefault(at, 0)
    for match in _PAGE_MARK.finditer(text):
        cuts.setdefault(match.start(), 0)
        cuts.setdefault(match.end(), 0)
    ends = {after for _, after in refs}
    for match in marks:
        # Right behind a reference a label is the item's title.
        at = match.start("label")
        if not {at - gap for gap in range(3)} & ends and not _within_label(text, at, labels):
            cuts.setdefault(at, 0)
    order = sorted(cuts)
    pieces: list[Line] = []
    skip_to = 0
    for number, at in enumerate(order):
        if at < skip_to:
            continue
        stop = order[number + 1] if number + 1 < len(order) else len(text)
        after = cuts[at]
        if after:
            end = title_end(text, after, stop if stop > after else len(text))
            skip_to = end
            _add(pieces, line, at, end)
            coming = bisect_left(order, end, lo=number + 1)
            _add(pieces, line, end, order[coming] if coming < len(order) else len(text))
        else:
            _add(pieces, line, at, stop)
    return pieces


def _within_label(text: str, at: int, labels: Sequence[int]) -> bool:
    """``Present:`` behind ``Officers``: the label began before it."""
    before = labels[bisect_left(labels, at) - 1] if labels and labels[0] < at else at
    return before < at and ":" not in text[before:at]


def _bare_labels(text: str) -> list[re.Match[str]]:
    return [one for one in _BARE_LABELS.finditer(text) if _names_next(text, one.end() + 1)]


def _outcomes_behind_actions(text: str, marks: Sequence[re.Match[str]]) -> list[int]:
    actions = sorted(one.start("label") for one in marks if _ACTION.match(one["label"]))
    return [
        one.start()
        for at, after in pairwise([*actions, len(text)])
        for one in _OUTCOME.finditer(text, at, min(after, at + 400))
    ]


def _names_next(text: str, at: int) -> bool:
    """A person in a list: the name ends at a comma or a parenthesis."""
    match = _END_OF_NAME.search(text, at, at + 60)
    return match is not None and is_person(text[at : match.start()])


def _add(pieces: list[Line], line: Line, start: int, stop: int) -> None:
    piece = line.part(start, stop)
    if piece.text:
        gap = line.gap if not pieces else 1
        pieces.append(Line(piece.start, piece.end, piece.text, gap, True))


def _codes(texts: Sequence[str]) -> list[_Cut]:
    """Every reference of the one series that has most members."""
    shapes: dict[str, list[_Cut]] = {}
    for number, text in enumerate(texts):
        if not _FIRST_NUMBER.search(text):
            continue
        for match in CODE_IN_TEXT.finditer(text):
            if is_code(match) and not _REFERS.search(
                text[max(0, match.start() - 20) : match.start()]
            ):
                shape = re.sub(r"\d+", "9", match["ref"])
                shapes.setdefault(shape, []).append((number, match.start(), match.end()))
    best = max(shapes.values(), key=len, default=[])
    numbers = [int(_FIRST_NUMBER.findall(texts[n][at:end])[0]) for n, at, end in best]
    return [best[place] for place in in_order(numbers)]


def _numbers(texts: Sequence[str]) -> list[_Cut]:
    """The longest series of numbers before capitalised words, each one more than the last."""
    best: dict[int, tuple[int, int]] = {}
    found = [
        (number, match)
        for number, text in enumerate(texts)
        if _FIRST_NUMBER.search(text)
        for match in NUMBER_IN_TEXT.finditer(text)
    ]
    count: list[int] = []
    back: list[int] = []
    for i, (_, match) in enumerate(found):
        n = int(match["n"])
        length, came = best.get(n if match["more"] else n - 1, (0, -1))
        count.append(length + 1)
        back.append(came)
        if length + 1 >= best.get(n, (0, -1))[0]:
            best[n] = (length + 1, i)
    if not count or max(count) < 3:
        return []
    at = max(range(len(count)), key=lambda i: count[i])
    series: list[_Cut] = []
    while at >= 0:
        number, match = found[at]
        series.append((number, match.start(), match.end()))
        at = back[at]
    return series[::-1]
