"""Letters to words, and words to lines."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from concerted.reading.files.pdf.marks import Letter, Line, Word

_APART = 0.18  # of an em: a wider gap parts words where no blank was written
_LEVEL = 0.25  # of an em: what one baseline may waver
_RAISED = 0.6  # of an em: how far a “th” or a “2” may stand above its line


def lines_of(letters: Iterable[Letter], page: int) -> list[Line]:
    """The lines of a page from the top; words of two columns at one height share a line."""
    levels: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: letter.y):
        held = levels[-1][0] if levels else None
        if held and letter.y - held.y <= _LEVEL * min(letter.size, held.size):
            levels[-1].append(letter)
        else:
            levels.append([letter])
    rows = _with_raised(levels)
    return [Line(_words(row), page) for row in rows]


def _with_raised(levels: Sequence[list[Letter]]) -> list[list[Letter]]:
    """The levels, those of small raised or lowered letters put into the line they belong to."""
    rows: list[list[Letter]] = []
    for level in levels:
        if rows and _belongs(level, rows[-1]):
            rows[-1] = rows[-1] + level
        elif rows and _belongs(rows[-1], level):
            rows[-1] = rows[-1] + level
        else:
            rows.append(level)
    return rows


def _belongs(small: Sequence[Letter], line: Sequence[Letter]) -> bool:
    size = max(letter.size for letter in line)
    if len(small) > len(line) or abs(small[0].y - line[0].y) > _RAISED * size:
        return False
    return all(
        letter.size < 0.8 * size and any(_beside(letter, other, size) for other in line)
        for letter in small[:12]
    )


def _beside(small: Letter, other: Letter, size: float) -> bool:
    return other.left - 2 * size < small.left < other.right + 2 * size


def _words(row: Sequence[Letter]) -> list[Word]:
    words: list[list[Letter]] = []
    for letter in sorted(row, key=lambda letter: letter.left):
        if words and not _parted(words[-1][-1], letter):
            if not _printed_twice(words[-1][-1], letter):
                words[-1].append(letter)
        else:
            words.append([letter])
    return [_word(word) for word in words]


def _parted(before: Letter, letter: Letter) -> bool:
    gap = letter.left - before.right
    size = min(before.size, letter.size)
    return gap > _APART * size or (letter.spaced and gap > -0.5 * size)


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
