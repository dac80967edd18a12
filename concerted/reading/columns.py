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
        if len(block) >= _LEAST_LINES and _holds_items_inside(block):
            made.append(_as_one(block))
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
    text = block[0].text
    for before, line in itertools.pairwise(block):
        text += " " * (line.start - before.end) + line.text
    return Line(block[0].start, block[-1].end, text, block[0].gap)


def _holds_items_inside(block: Sequence[Line]) -> bool:
    """More items begin within the lines than at their front: the breaks mean nothing."""
    inside = front = 0
    counted: list[int] = []
    for line in block:
        for match in NUMBER_IN_TEXT.finditer(line.text):
            counted.append(int(match["n"]))
            front += match.start() == 0
            inside += match.start() > 0
    if inside > front and _rises(counted):
        return True
    codes = [
        (match["ref"], match.start())
        for line in block
        for match in CODE_IN_TEXT.finditer(line.text)
        if is_code(match)
    ]
    shapes = {re.sub(r"\d+", "9", ref) for ref, _ in codes}
    return any(_parts(codes, shape) for shape in shapes)


def _parts(codes: Sequence[tuple[str, int]], shape: str) -> bool:
    """Different references of one shape, most of them within their lines."""
    of_shape = [(ref, at) for ref, at in codes if re.sub(r"\d+", "9", ref) == shape]
    inside = sum(at > 0 for _, at in of_shape)
    return len({ref for ref, _ in of_shape}) >= _IN_A_ROW and inside * 2 > len(of_shape)


def _rises(numbers: Sequence[int]) -> bool:
    """Somewhere the numbers count on, one by one, other words and numbers between them."""
    longest: dict[int, int] = {}
    for number in numbers:
        longest[number] = max(longest.get(number, 0), longest.get(number - 1, 0) + 1)
    return max(longest.values(), default=0) > _IN_A_ROW
