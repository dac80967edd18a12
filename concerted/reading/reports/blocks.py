"""Lines joined to blocks where a sentence was only wrapped, each with the mark before it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Span
from concerted.reading.reports.marks import Mark, mark_of
from concerted.reading.sentences import paragraphs


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or limb; ``words`` are without the mark, ``span`` covers both."""

    mark: Mark | None
    words: str
    span: Span


def blocks(text: str, lines: Sequence[Line]) -> list[Block]:
    """The lines of a section in blocks; both are in order."""
    made: list[Block] = []
    starts = [line.start for line in lines]
    for span in paragraphs(lines):
        # A bullet is no part of the span: the line is the last that begins at or before it.
        line = lines[bisect_right(starts, span.start) - 1]
        mark = mark_of(line)
        words = squeeze(text[line.start + (mark.length if mark else 0) : span.end])
        made.append(Block(mark, words, Span(line.start, span.end)))
    return made
