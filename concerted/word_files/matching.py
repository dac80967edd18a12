"""Which place of the program each paragraph of a Word file belongs to. Plain Python."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from concerted.reading.files.bound import Block, Bound
from concerted.word_files.making import CAME_HINT, OTHERS_HINT, PROMPT_ID, Sheet

ANOTHER = (
    "This Word file was made for another meeting. Choose the one that you took from this page."
)
NO_FILE = (
    "This is not a Word file that was made here: nothing in it says which item is which. Take a "
    "Word file from this page, copy your text into it and choose that."
)
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
    """A file by the marks of a sheet. `stray` are texts below headings that the sheet has not, by
    these headings; `rows` are the cells of seats by their marks, without versions."""

    parts: Mapping[str, Found]
    rows: Mapping[str, tuple[str, ...]]
    others: str = ""
    who_version: str = ""
    stray: Sequence[tuple[str, str]] = ()


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
    parts: dict[str, Found] = {mark: Found() for mark in known}
    stray: dict[str, list[str]] = defaultdict(list)
    rows: dict[str, tuple[str, ...]] = {}
    others: list[str] = []
    found = Sorted(parts, rows)
    at, heading = "head", sheet.title
    prompts = {_same(one) for part in sheet.parts for one in part.prompts}
    prompts |= {_same(one) for one in (*sheet.facts, CAME_HINT, OTHERS_HINT)}
    rows_known = {row.mark: row for row in sheet.rows}
    for block in bound.blocks:
        mark = next((one for one in block.marks if _MARK.fullmatch(one)), "")
        bare, _, version = mark.rpartition("_") if mark.count("_") == 2 else (mark, "", "")
        if block.cells:
            row = next((one for one in block.marks if one in rows_known), "")
            if row:
                rows[row] = block.cells
            continue
        if mark and bare in known:
            at = bare
            parts[at].version = version
            continue
        if mark and mark == sheet.others_mark:
            at = "others"
            continue
        if bare and bare == _bare(sheet.who_mark):
            at, found.who_version = "head", version
            continue
        if mark.startswith("m_"):
            continue
        if mark:
            # An item that is gone from the agenda, or no longer theirs: its words are not lost.
            at, heading = "stray", block.after
            continue
        if lost := by_words.get(_same(block.after)):
            at = lost
            continue
        if _same(block.after) in prompts or (block.style == PROMPT_ID and not block.authors):
            continue
        if at == "others":
            others.append(block.after)
        elif at in parts:
            parts[at].blocks.append(block)
        elif block.after.strip() and at == "stray":
            stray[heading].append(block.after)
        elif block.after.strip():
            stray["Above the first item"].append(block.after)
    found.others = _joined(others)
    found.stray = [(heading, _joined(texts)) for heading, texts in stray.items()]
    return found


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
