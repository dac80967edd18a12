"""What came in a Word file beside what stands here, as the pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from concerted.access.actor import Actor
from concerted.minuting.public import (
    Attender,
    Draft,
    Minutes,
    Run,
    attenders_of,
    differences,
    drafts_of,
)
from concerted.word_files.making import Part, Sheet
from concerted.word_files.matching import Correction, Sorted, came_of, corrections_in, same_words


@dataclass(frozen=True, slots=True)
class Line:
    """An item whose text in the file differs. `since` says that somebody typed here meanwhile."""

    draft: Draft
    heading: str
    text: str
    runs: Sequence[Run]
    since: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat and what the file says of it; `unclear` are words that are not understood."""

    attender: Attender
    came: str
    substitute: str
    unclear: str = ""

    @property
    def differs(self) -> bool:
        now = self.attender
        return (self.came, self.substitute) != (now.came, now.substitute)


@dataclass(frozen=True, slots=True)
class Compared:
    """All that a file brings. `stray` are texts that belong to no item here, by their headings."""

    lines: Sequence[Line]
    same: int
    choices: Sequence[tuple[str, str]]
    stray: Sequence[tuple[str, str]] = ()
    seats: Sequence[Seat] = ()
    others: str = ""
    who_differs: bool = False
    who_since: bool = False
    renamed: Sequence[tuple[str, str]] = ()


def compared(actor: Actor, minutes: Minutes, sheet: Sheet, found: Sorted) -> Compared:
    """Item by item. What is chosen beforehand is what nobody else touched since the file went."""
    drafts = {f"d_{one.key}": one for one in drafts_of(actor, minutes)}
    headings = {part.mark.rpartition("_")[0]: part.heading for part in sheet.parts if part.is_open}
    lines, same = [], 0
    for mark, part in found.parts.items():
        draft = drafts.get(mark)
        if draft is None:
            continue
        if same_words(part.text, draft.text):
            same += 1
            continue
        since = part.version != str(draft.version)
        chosen = bool(part.text) and not (since and draft.text)
        runs = differences(draft.text, part.text)
        lines.append(Line(draft, headings[mark], part.text, runs, since, chosen))
    seats = [
        _seat(one, found.rows.get(f"s_{one.position}")) for one in attenders_of(actor, minutes)
    ]
    others = minutes.others if found.others is None else found.others
    others_differ = not same_words(others, minutes.others)
    return Compared(
        lines,
        same,
        [(one.key, headings[mark]) for mark, one in drafts.items() if mark in headings],
        found.stray,
        seats,
        others,
        others_differ or any(one.differs for one in seats),
        found.who_version != str(minutes.version),
        found.renamed,
    )


def _seat(one: Attender, cells: Sequence[str] | None) -> Seat:
    if cells is None:
        return Seat(one, one.came, one.substitute)
    said = came_of(cells)
    if said is None or (said[0] and not one.name and said[0] != "substitute"):
        return Seat(one, one.came, one.substitute, " ".join(cells[1:3]).strip())
    return Seat(one, *said)


def chosen_again(
    actor: Actor, minutes: Minutes, texts: Mapping[str, tuple[str, bool]], now: Compared
) -> Compared:
    """The same page with what somebody typed and chose on it, beside what stands here by now."""
    drafts = {one.key: one for one in drafts_of(actor, minutes)}
    headings = dict(now.choices)
    lines = [
        Line(
            drafts[key],
            headings.get(key, ""),
            text,
            differences(drafts[key].text, text),
            since=True,
            chosen=chosen,
        )
        for key, (text, chosen) in texts.items()
        if key in drafts
    ]
    return replace(now, lines=lines)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A tracked change of an item; `stands` says whether the words it changes are on record."""

    item: str
    heading: str
    correction: Correction
    runs: Sequence[Run]
    stands: bool


def sent_again(part: Part, before: str, after: str) -> Proposed:
    """A correction that the page sent back, looked at once more."""
    before, after = (one.replace("\r\n", "\n").strip() for one in (before, after))
    return _proposed(part, Correction(before, after, ()))


def _proposed(part: Part, one: Correction) -> Proposed:
    return Proposed(
        part.mark.removeprefix("i_"),
        part.heading,
        one,
        differences(one.before, one.after),
        " ".join(one.before.split()) in " ".join(part.text.split()),
    )


def proposed(sheet: Sheet, found: Sorted) -> tuple[list[Proposed], list[str]]:
    """The corrections in a file, and the headings of items that were changed without tracking."""
    corrections: list[Proposed] = []
    untracked: list[str] = []
    for part in sheet.parts:
        if not part.is_open:
            continue
        inside = found.parts[part.mark]
        if not same_words(inside.before, part.text):
            untracked.append(part.heading)
        corrections += [_proposed(part, one) for one in corrections_in(inside)]
    return corrections, untracked
