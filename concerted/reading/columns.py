"""A page run together and then broken again at a column: its lines are joined to one run.

Every such line is full: the first word of the next one had no room in it. The references of the
items stand anywhere in these lines, and only few of them at the front.
"""

import itertools
import re
from collections.abc import Sequence

from concerted.reading.lines import Line
from concerted.reading.refs import CODE_IN_TEXT, NUMBER_IN_TEXT, is_code

_LEAST_LINES = 6
_NARROW, _WIDE = 40, 220
_IN_A_ROW = 3


def joined(lines: Sequence[Line]) -> list[Line]:
    """The same lines; blocks that are one run of text broken at a column are made one line."""
    width = _column(lines)
    if not width:
        return list(lines)
    made: list[Line] = []
    for block in _blocks(lines, width):
        whole = _as_one(block) if len(block) >= _LEAST_LINES else None
        if whole is not None and _holds_items_inside(whole, block):
            made.append(whole)
        else:
            made += block
    return made


def _column(lines: Sequence[Line]) -> int:
    """The width at which most lines were broken, or 0 where the text has no such column."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < _LEAST_LINES or not _NARROW <= lengths[-1] <= _WIDE:
        return 0
    width = lengths[len(lengths) * 9 // 10]
    full = sum(_is_full(line, below, width) for line, below in itertools.pairwise(lines))
    return width if full * 2 > len(lines) else 0


def _is_full(line: Line, below: Line, width: int) -> bool:
    """The next line goes on without a gap, and its first word had no room in this one."""
    return not below.gap and len(line.text) + 1 + len(below.text.split(None, 1)[0]) >= width


def _blocks(lines: Sequence[Line], width: int) -> list[list[Line]]:
    made: list[list[Line]] = []
    for at, line in enumerate(lines):
        if at and _is_full(lines[at - 1], line, width):
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _as_one(block: Sequence[Line]) -> Line:
    """The block as one line of the text it stands for: a newline becomes a blank."""
    pieces = [block[0].text]
    for before, line in itertools.pairwise(block):
        pieces += [" " * (line.start - before.end), line.text]
    return Line(block[0].start, block[-1].end, "".join(pieces), block[0].gap)


def _holds_items_inside(whole: Line, block: Sequence[Line]) -> bool:
    """More items begin within the lines than at their front: the breaks mean nothing."""
    fronts = {line.start - whole.start for line in block}
    numbers = list(NUMBER_IN_TEXT.finditer(whole.text))
    front = sum(match.start() in fronts for match in numbers)
    if len(numbers) > 2 * front and _rises([int(match["n"]) for match in numbers]):
        return True
    codes: dict[str, list[tuple[str, bool]]] = {}
    for match in CODE_IN_TEXT.finditer(whole.text):
        if is_code(match):
            shape = re.sub(r"\d+", "9", match["ref"])
            codes.setdefault(shape, []).append((match["ref"], match.start() in fronts))
    return any(_parts(series) for series in codes.values())


def _parts(series: Sequence[tuple[str, bool]]) -> bool:
    """Different references of one shape, most of them within their lines."""
    front = sum(at_front for _, at_front in series)
    return len({ref for ref, _ in series}) >= _IN_A_ROW and len(series) > 2 * front


def _rises(numbers: Sequence[int]) -> bool:
    """Somewhere the numbers count on, one by one, other words and numbers between them."""
    longest: dict[int, int] = {}
    for number in numbers:
        longest[number] = max(longest.get(number, 0), longest.get(number - 1, 0) + 1)
    return max(longest.values(), default=0) > _IN_A_ROW
