"""The paragraphs of a cell that a converter brought to one line."""

import re
from dataclasses import replace

from concerted.reading.lines import Line

# An empty paragraph leaves its blanks; a mark begins a paragraph even without them.
_WIDE = re.compile(r"(?<=\S)[ ]{3,}(?=\S)")
_BEFORE_MARK = re.compile(
    r"(?<=[.!?:;)])[ ]{1,2}(?=(?:RESOLVED|AGREED|UNANIMOUSLY)\b(?!:?[ ]?[.)])|"
    r"(?:ACTIONS?|Actions?)[ ]{0,2}(?:[:–-])|(?:DECISION|Decision)[ ]?(?::|[–-] |(?=That |The )))"
)
# Labels of lists of people, which may follow each other within one cell.
_BEFORE_LABEL = re.compile(
    r"(?<=[\w).])[ ]{1,3}(?=(?:Also [Pp]resent|In [Aa]ttendance|Also in [Aa]ttendance|Officers|"
    r"Apologies(?: for [Aa]bsence)?|Observers|Substitutes)[ ]?:)"
)
_DECISION_WORD = re.compile(r"(?:DECISION|Decision)[ ]{1,3}(?=That |The |To )")


def cell_paragraphs(cell: Line) -> list[Line]:
    """The cell's paragraphs as lines; what cannot be parted stays one line."""
    cuts = sorted(
        {
            (found.start(), found.end())
            for pattern in (_WIDE, _BEFORE_MARK)
            for found in pattern.finditer(cell.text)
            if _parts(cell.text, found.start(), found.end())
        }
    )
    made: list[Line] = []
    at = 0
    for start, end in cuts:
        made += _with_word_apart(cell.part(at, start))
        at = end
    made += _with_word_apart(cell.part(at))
    return [made[0], *(replace(line, gap=1) for line in made[1:])] if made else []


def roll_parts(cell: Line) -> list[Line]:
    """A cell "Present: A, B Also present: C" as one line for each label."""
    made: list[Line] = []
    at = 0
    for found in _BEFORE_LABEL.finditer(cell.text):
        made.append(cell.part(at, found.start()))
        at = found.end()
    return [*made, cell.part(at)]


def _parts(text: str, start: int, end: int) -> bool:
    """The blanks stand between paragraphs, not between the cells of a row."""
    return text[start - 1] in ".!?:;)-" or text[end] in "([-•·" or text[end].isupper()


def _with_word_apart(line: Line) -> list[Line]:
    """ "Decision The Group noted …": the word is the paragraph's heading."""
    word = _DECISION_WORD.match(line.text)
    if word is None:
        return [line] if line.text else []
    return [line.part(0, word.end()), line.part(word.end())]
