"""Which place of the program each paragraph of a Word file belongs to. Plain Python."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from concerted.reading.files.bound import Block, Bound
from concerted.word_files.making import CAME_HINT, COLUMNS, OTHERS_HINT, Sheet

ANOTHER = (
    "This Word file was made for another meeting. Choose the one that you took from this page."
)
NO_FILE = (
    "This is not a Word file that was made here: nothing in it says which item is which. Take a "
    "Word file from this page, copy your text into it and choose that."
)
HEAD, OTHERS = "head", "others"
_MARK = re.compile(r"[cdimow]_[a-z0-9]+(?:_\d+)?")
# What someone ticks in words.
_CAME = {
    **dict.fromkeys(("present", "p", "yes", "y", "x", "came", "✓", "✔"), "present"),
    **dict.fromkeys(("apologies", "apology", "apols", "a", "absent with apologies"), "apologies"),
    **dict.fromkeys(("substitute", "sub", "s", "a substitute came"), "substitute"),
}


class OfAnother(ValueError):
    """A file of another meeting, or of none; the message is for whoever chose it."""


@dataclass(slots=True)
class Found:
    """What stands below one heading: its paragraphs, and the version that they were made from."""

    blocks: list[Block] = field(default_factory=list)
    version: str = ""

    @property
    def text(self) -> str:
        return _joined(one.after for one in self.blocks)

    @property
    def before(self) -> str:
        return _joined(one.before for one in self.blocks)


@dataclass(slots=True)
class Sorted:
    """A file by the marks of a sheet: no word of it is left out.

    `stray` are texts below headings that the sheet has not, by these headings; `renamed` headings
    that somebody changed, as they were and as they are; `rows` the cells of seats by their marks.
    `others` is None where their place is gone.
    """

    parts: Mapping[str, Found]
    rows: Mapping[str, tuple[str, ...]]
    others: str | None = None
    who_version: str = ""
    stray: Sequence[tuple[str, str]] = ()
    renamed: Sequence[tuple[str, str]] = ()


def sorted_out(bound: Bound, sheet: Sheet) -> Sorted:
    """Which text of a file belongs to which part of a sheet that was made now.

    A bookmark says it; where one is gone, a heading with the number or title of a part that no
    bookmark names. Raises OfAnother.
    """
    _refuse_another(bound, sheet)
    known = {_bare(part.mark): part for part in sheet.parts if part.is_open}
    named = {_bare(mark) for block in bound.blocks for mark in block.marks}
    by_words = {
        words: mark
        for mark, part in known.items()
        if mark not in named
        for words in _ways(part.heading)
    }
    found = Sorted({mark: Found() for mark in known}, {})
    rows: dict[str, tuple[str, ...]] = {}
    stray: dict[str, list[str]] = defaultdict(list)
    others: list[str] = []
    renamed: list[tuple[str, str]] = []
    # What is printed to be read is no text, in the place where it was printed.
    printed = {mark: _all_same(part.prompts) for mark, part in known.items()}
    printed |= {OTHERS: _all_same([OTHERS_HINT])}
    printed |= {_bare(part.mark): _all_same(part.prompts) for part in sheet.parts}
    printed |= {HEAD: _all_same([sheet.title, *sheet.facts, "Who came", CAME_HINT, *COLUMNS])}
    at, heading = HEAD, "Above the first item"
    seats = {row.mark for row in sheet.rows}
    for block in bound.blocks:
        seat = next((one for one in block.marks if one in seats), "")
        if block.cells and seat:
            rows[seat] = block.cells
            continue
        mark = next((one for one in block.marks if _MARK.fullmatch(one)), "")
        here = _bare(mark) or ("" if block.cells else by_words.get(_same(block.after), ""))
        if here in known:
            at = here
            found.parts[at].version = mark.rpartition("_")[2] if mark.count("_") == 2 else ""
            more = _beyond(block.after, known[here].heading)
            if more is None:
                renamed.append((known[here].heading, block.after))
            elif more:
                found.parts[at].blocks.append(Block("", more))
            continue
        if mark.startswith("m_") or (here and here == _bare(sheet.who_mark)):
            at, heading = HEAD, "Above the first item"
            if not mark.startswith("m_"):
                found.who_version = mark.rpartition("_")[2]
            if not mark.startswith("m_") or _same(block.after) in printed[HEAD]:
                continue
        elif mark and mark == sheet.others_mark:
            at, found.others = OTHERS, ""
            continue
        elif here:
            # An item that is gone from the agenda, or no longer theirs: its words are not lost.
            at, heading = here, block.after
            continue
        words = " | ".join(filter(None, block.cells)) if block.cells else block.after
        if words.strip() and _is_printed(block, words, printed.get(at, set())):
            continue
        if at == OTHERS:
            others.append(words)
        elif at in found.parts:
            found.parts[at].blocks.append(replace(block, after=words))
        elif words.strip():
            stray[heading].append(words)
    if found.others is not None:
        found.others = _joined(others)
    found.rows, found.renamed = rows, renamed
    found.stray = [(heading, _joined(texts)) for heading, texts in stray.items()]
    return found


def _is_printed(block: Block, words: str, printed: set[str]) -> bool:
    """Whether a paragraph, or each cell of a row, is what was printed there to be read."""
    pieces = [one for one in block.cells if one.strip()] or [words]
    return all(_same(one) in printed for one in pieces)


def _beyond(said: str, heading: str) -> str | None:
    """What somebody typed after a heading, in its line; None where the heading itself differs."""
    if same_words(said, heading):
        return ""
    return said[len(heading) :].strip() if said.startswith(heading) else None


def _all_same(texts: Iterable[str]) -> set[str]:
    return {_same(one) for one in texts} - {""}


def _refuse_another(bound: Bound, sheet: Sheet) -> None:
    marks = {mark for block in bound.blocks for mark in block.marks}
    meetings = {mark[2:] for mark in marks if mark.startswith("m_")} - {""}
    if meetings - {sheet.identifier}:
        raise OfAnother(ANOTHER)
    if not meetings and bound.identifier != sheet.identifier:
        raise OfAnother(ANOTHER if bound.identifier else NO_FILE)


def came_of(cells: Sequence[str]) -> tuple[str, str] | None:
    """What a row says: whether somebody came, and who instead; None where it is not understood."""
    said, instead = (*(one.strip() for one in cells[1:3]), "", "")[:2]
    if not said:
        return ("substitute", instead) if instead else ("", "")
    word, _, rest = said.partition(":")
    came = _CAME.get(_same(word))
    if came is None:
        return None
    instead = instead or rest.strip()
    if came == "substitute" and not instead:
        return None
    return came, instead if came == "substitute" else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A paragraph as it was and as it is with the tracked changes; one of them may be empty."""

    before: str
    after: str
    authors: tuple[str, ...]
    changed_on: str = ""


def corrections_in(found: Found) -> list[Correction]:
    """The paragraphs of a part that tracked changes alter. Formatting and blanks are none."""
    return [
        Correction(
            one.before,
            one.after,
            one.authors,
            one.changed_on.isoformat() if one.changed_on else "",
        )
        for one in found.blocks
        if one.authors and _same(one.before) != _same(one.after)
    ]


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, however they are broken into lines."""
    return _same(one) == _same(other)


def _bare(mark: str) -> str:
    return mark.rpartition("_")[0] if mark.count("_") == 2 else mark


def _ways(heading: str) -> set[str]:
    """How somebody may have left a heading whose bookmark is gone."""
    return {_same(heading), _same(re.sub(r"^[\w()]{1,8}\. ", "", heading))} - {""}


def _same(words: str) -> str:
    return " ".join(words.split()).casefold()


def _joined(texts: Iterable[str]) -> str:
    lines = [one.strip("\n") for one in texts]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
