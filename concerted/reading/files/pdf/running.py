"""Headers, footers and page numbers: what stands at one place on page after page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from concerted.reading.files.pdf.marks import Line, Page
from concerted.reading.lines import split
from concerted.reading.reports.markings import care, marking_of

_EDGE = 0.15  # of the page’s height
_AWAY = 2.0  # of the type’s size: how far the words of the page keep from its edge lines
_HIGH = 4.0  # points that a line may waver from page to page
_SHARE = 0.4  # of all pages: left and right pages may differ
_NUMBERS = 4  # of one line: more are no page numbers
_NUMBER = re.compile(r"\d+")


def without_running(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without their headers and footers, and the texts left out, once each.

    A header that says something with a number in it, the same on every page and nowhere else (a
    date, mostly), stays where it stands first, and so does a marking that asks for care.
    """
    tops = [page.height * _EDGE for page in pages]
    heads = [_outer(page, from_top=True) for page in pages]
    feet = [_outer(page, from_top=False) for page in pages]
    known_heads, known_feet = _repeated(heads, len(pages)), _repeated(feet, len(pages))
    kept: list[list[Line]] = []
    left_out: list[Line] = []
    for page, head, foot in zip(pages, heads, feet, strict=True):
        first = _running(page.lines, head, known_heads)
        last = _running(page.lines[::-1], foot, known_feet)
        stop = max(first, len(page.lines) - last)
        kept.append(page.lines[first:stop])
        left_out += [*page.lines[:first], *page.lines[stop:]]
    said = {re.sub(r"\W+", "", line.text) for lines in kept for line in lines}
    told = [
        *_marked(left_out),
        *_telling([line for line in left_out if line.y < tops[line.page]], "".join(said)),
    ]
    if told:
        at = told[0].page
        kept[at] = [*told, *kept[at]]
    gone = [line for line in left_out if line not in told]
    made = [replace(page, lines=lines) for page, lines in zip(pages, kept, strict=True)]
    return made, list({_key(line): line.text for line in reversed(gone)}.values())[::-1]


def _key(line: Line) -> str:
    return _NUMBER.sub("#", line.text)


def _outer(page: Page, *, from_top: bool) -> list[Line]:
    """The lines near an edge of the page, the outermost first."""
    if from_top:
        return [line for line in page.lines if line.y < page.height * _EDGE][:6]
    return [line for line in page.lines[::-1] if line.y > page.height * (1 - _EDGE)][:6]


def _repeated(edges: Sequence[list[Line]], pages: int) -> set[tuple[str, int]]:
    """Text and height (in steps) of what stands on enough pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in edges:
        seen.update({place for line in lines for place in _places(line)})
    return {place for place, times in seen.items() if times >= max(2, _SHARE * pages)}


def _places(line: Line) -> list[tuple[str, int]]:
    """What a line says, each number as it is or counted from the page’s, at the step of its
    height and at the next, so that no boundary parts two equal lines.
    """
    parts = re.split(r"(\d{1,6})", line.text)
    numbers = parts[1::2][:_NUMBERS]
    step = int(line.y // _HIGH)
    made: list[tuple[str, int]] = []
    for counted in product((False, True), repeat=len(numbers)):
        said = list(parts)
        for at, (number, is_page) in enumerate(zip(numbers, counted, strict=True)):
            if is_page:
                said[2 * at + 1] = f"#{int(number) - line.page}"
        made += [("".join(said), step), ("".join(said), step + 1)]
    return made


def _running(lines: Sequence[Line], outer: Sequence[Line], known: set[tuple[str, int]]) -> int:
    """How many lines from the edge are running ones, with room between them and the page."""
    count = 0
    while count < len(outer) and any(place in known for place in _places(outer[count])):
        count += 1
    while count and count < len(lines):
        edge, body = lines[count - 1], lines[count]
        apart = abs(edge.y - body.y) > _AWAY * max(edge.size, body.size)
        if apart or abs(edge.size - body.size) > 0.1 * body.size:
            break
        count -= 1
    return count


def _marked(left_out: Sequence[Line]) -> list[Line]:
    """The first of each protective marking that asks for care: it says how a file may be held."""
    found: dict[str, Line] = {}
    for line in left_out:
        [printed, *_] = [*split(line.text), None]
        marking = printed and marking_of(printed)
        if marking and care(str(marking.value)) > 1:
            found.setdefault(str(marking.value), line)
    return list(found.values())


def _telling(left_out: Sequence[Line], said: str) -> list[Line]:
    """The first of each line whose number is the same wherever it stands, and nowhere else."""
    written: dict[str, list[Line]] = {}
    for line in left_out:
        written.setdefault(_key(line), []).append(line)
    return [
        same[0]
        for same in written.values()
        if len(same) > 1
        and len({line.text for line in same}) == 1
        and _NUMBER.search(same[0].text)
        and re.sub(r"\W+", "", same[0].text) not in said
    ]
