"""Letters to words, and words to lines."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from concerted.reading.files.pdf.marks import Dot, Letter, Line, Word

_APART = 0.18  # of an em: a wider gap parts words where no blank was written
_LEVEL = 0.25  # of an em: what one baseline may waver
_RAISED = 0.6  # of an em: how far a “th” or a “2” may stand above its line
_SMALLER = 0.9  # of the line’s size
_FEW = 40  # raised letters on one line


def lines_of(letters: Iterable[Letter], dots: Iterable[Dot], page: int) -> list[Line]:
    """The lines of a page from the top; words of two columns at one height share a line."""
    levels: list[list[Letter]] = []
    for letter in sorted(letters, key=attrgetter("y")):
        held = levels[-1][0] if levels else None
        if held and letter.y - held.y <= _LEVEL * min(letter.size, held.size):
            levels[-1].append(letter)
        else:
            levels.append([letter])
    lines = [Line(_words(row), page) for row in _with_raised(levels)]
    lines = _with_beside(lines)
    for dot in dots:
        _put_bullet(lines, dot)
    return lines


def _with_raised(levels: Sequence[list[Letter]]) -> list[list[Letter]]:
    """The levels, those of small raised or lowered letters put into the line they belong to."""
    rows: list[list[Letter]] = []
    for level in levels:
        if rows and (_belongs(level, rows[-1]) or _belongs(rows[-1], level)):
            rows[-1] = rows[-1] + level
        else:
            rows.append(level)
    return rows


def _belongs(small: Sequence[Letter], line: Sequence[Letter]) -> bool:
    size = max(letter.size for letter in line)
    if len(small) > min(len(line), _FEW) or abs(small[0].y - line[0].y) > _RAISED * size:
        return False
    return all(
        letter.size < _SMALLER * size and any(_beside(letter, other, size) for other in line)
        for letter in small
    )


def _beside(small: Letter, other: Letter, size: float) -> bool:
    return other.left - size < small.left < other.right + size


def _with_beside(lines: Sequence[Line]) -> list[Line]:
    """The lines, those a little lower than one they stand beside put into it: cells of a table
    whose words stand in the middle of their height.
    """
    made: list[Line] = []
    for line in lines:
        if made and _is_level(made[-1], line) and _is_clear(made[-1], line):
            made[-1].words = sorted(made[-1].words + line.words, key=attrgetter("left"))
        else:
            made.append(line)
    return made


def _is_level(above: Line, line: Line) -> bool:
    first = above.words[0]
    return abs(first.size - line.size) < 0.1 * first.size and line.y - first.y < 0.8 * first.size


def _is_clear(above: Line, line: Line) -> bool:
    """Whether no word of one line is near a word of the other."""
    left, right = line.left - 1.5 * line.size, line.right + 1.5 * line.size
    return not any(left < word.right and word.left < right for word in above.words)


def _put_bullet(lines: Sequence[Line], dot: Dot) -> None:
    for line in lines:
        first = line.words[0]
        level = abs(first.y - 0.3 * first.size - dot.middle) < 0.3 * first.size
        if level and 0 <= first.left - dot.right < 2.5 * first.size:
            bullet = Word("•", dot.left, dot.right, first.y, first.size, first.bold)
            line.words.insert(0, bullet)
            return


def _words(row: Sequence[Letter]) -> list[Word]:
    words: list[list[Letter]] = []
    for letter in sorted(row, key=attrgetter("left")):
        if words and not _parted(words[-1][-1], letter):
            if not _printed_twice(words[-1][-1], letter):
                words[-1].append(letter)
        else:
            words.append([letter])
    return [_word(word) for word in words]


def _parted(before: Letter, letter: Letter) -> bool:
    gap = letter.left - before.right
    size = min(before.size, letter.size)
    raised = abs(letter.size - before.size) > 0.1 * before.size and letter.y != before.y
    return gap > _APART * size or (letter.spaced and not raised and gap > -0.5 * size)


def _printed_twice(before: Letter, letter: Letter) -> bool:
    """A letter set again almost in its own place, as some programs make letters bold."""
    return letter.text == before.text and letter.left - before.left < 0.1 * letter.size


def _word(letters: Sequence[Letter]) -> Word:
    text = "".join(letter.text for letter in letters)
    if "\u00ad" in text:
        text = text[:-1].replace("\u00ad", "") + text[-1]  # at its end it says how the line broke
    main = max(letters, key=lambda letter: letter.size)
    weights = [letter.bold for letter in letters]
    return Word(
        text,
        letters[0].left,
        max(letter.right for letter in letters),
        main.y,
        main.size,
        2 * sum(weights) > len(weights),
    )


def segments(line: Line, gap: float) -> list[Line]:
    """The parts of a line that stand more than ``gap`` points from each other."""
    number = 0
    parts: list[tuple[int, Word]] = []
    for at, word in enumerate(line.words):
        if at and word.left - line.words[at - 1].right > gap:
            number += 1
        parts.append((number, word))
    return [
        Line([word for _, word in group], line.page)
        for _, group in groupby(parts, key=lambda part: part[0])
    ]
