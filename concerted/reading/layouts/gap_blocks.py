"""Minutes without references or switches: the wide gaps between blocks part the items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from concerted.reading.attendance import gather
from concerted.reading.dates import find_dates
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.lines import Line, is_bullet, is_furniture, is_slot
from concerted.reading.people import looks_like_people
from concerted.reading.roll_labels import read_label
from concerted.reading.titles import (
    clean,
    has_file_mark,
    is_closing,
    is_purpose,
    is_title,
)
from concerted.reading.vocabulary import is_standard

PRIVATE = (
    "exclusion of the press",
    "exclusion of press",
    "exclusion of the public",
    "exempt information",
)
_DOCUMENTS = ("additional documents:", "supporting documents:", "supporting documents")
_NEXT = ("next meeting", "date of next meeting", "date of the next meeting")


def segment_blocks(draft: Draft, lines: Sequence[Line]) -> None:
    """A title opens a block after a wide gap; where a title was lost, the gap alone does."""
    lines = _without_documents(draft, lines)
    lines = _without_roll(draft, lines)
    lines = _without_first_rolls(draft, lines)
    lines = _without_slots(draft, lines)
    lines = _without_footer(draft, lines)
    gaps = _Gaps.of(lines)
    part = "public"
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        above = draft.items[-1] if draft.items else None
        if above and (is_closing(line) or tells_next_day(line)):
            draft.tail.append(line)
        elif _opens_block(line, following, gaps, above) and not _in_rows(lines, at):
            draft.items.append(DraftItem(title=clean(line), part=part))
            if line.text.lower().startswith(PRIVATE):
                part = "confidential"
        elif above is None or _lost_its_title(line, gaps, above):
            draft.items.append(DraftItem(told=[line], part=part))
        else:
            empty = not above.told and not above.decided
            (above.purpose if empty and is_purpose(line) else above.told).append(line)


@dataclass(frozen=True, slots=True)
class _Gaps:
    """The gaps of a page: the least over a title, what parts items, what usually does."""

    least: int
    parting: int
    usual: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Gaps":
        parting = _parting_gap(lines)
        wide = 2 if max((line.gap for line in lines), default=0) > 1 else 0
        sure = [line.gap for line in lines[1:] if is_sure_title(line)]
        return cls(parting or wide, parting, median_low(sure) if sure else 0)


def are_parted(lines: Sequence[Line]) -> bool:
    """Wide gaps part the lines into blocks, nearly each of which has a title over its text."""
    wide = [at for at, line in enumerate(lines[:-1]) if line.gap > 1]
    titled = [at for at in wide if is_title(lines[at]) and _tells(lines[at + 1])]
    under = {at + 1 for at in titled}
    opens = [at for at in wide if at not in under]
    return len(titled) >= 4 and len(titled) * 4 >= len(opens) * 3


def _lost_its_title(line: Line, gaps: _Gaps, above: DraftItem) -> bool:
    """A gap that parts items, and behind it a sentence where the last one was over."""
    if not gaps.parting or line.gap < gaps.parting or not above.told:
        return False
    return line.gap > gaps.usual or (_tells(line) and above.told[-1].text[-1] in ".;:)!?")


def tells_next_day(line: Line) -> bool:
    """ "Next meeting: 3 October 2016 at 4 pm" in one line: it stands under the items."""
    label, mark, rest = line.text.partition(":")
    if not mark or label.lower().strip() not in _NEXT or len(rest) > 90 or ". " in rest:
        return False
    return bool(find_dates(rest))


def _in_rows(lines: Sequence[Line], at: int) -> bool:
    """Rows of a list that begin alike ("Proposal 1 …", "Proposal 2 …") are no titles."""
    if at + 1 >= len(lines) or lines[at + 1].gap > 1 or is_sure_title(lines[at]):
        return False
    first, below = lines[at].text.split(), lines[at + 1].text.split()
    return len(first) > 1 and len(below) > 1 and first[0] == below[0] and first[1] != below[1]


def _without_first_rolls(draft: Draft, lines: Sequence[Line]) -> Sequence[Line]:
    """The lists of those present stand before the first title, each behind its label."""
    first = next((at for at, line in enumerate(lines[:40]) if lists_present(line)), None)
    if first is None or any(_heads_text(lines, at) for at in range(first)):
        return lines
    stop = next(
        (
            at
            for at in range(first + 1, len(lines))
            if lines[at].gap > 1 and _is_item_title(lines[at])
        ),
        first,
    )
    if stop == first or stop - first > 60:
        return lines
    draft.head += lines[:first]
    gather(lines, first, stop, draft.rolls, draft.head)
    return lines[stop:]


def _heads_text(lines: Sequence[Line], at: int) -> bool:
    """A title of an item, or words over a sentence that opens no list: items have begun."""
    if is_sure_title(lines[at]):
        return True
    below = lines[at + 1]
    return is_title(lines[at]) and _tells(below) and read_label(below) is None


def lists_present(line: Line) -> bool:
    """ "Present: Ann Bell, Cal Dunn": the label with its people behind it."""
    label = read_label(line)
    if label is None or label.section != "present" or label.rest is None:
        return False
    return looks_like_people(label.rest.text[:300])


def _without_footer(draft: Draft, lines: Sequence[Line]) -> Sequence[Line]:
    """Behind the last item "Next meeting" a further block that tells nothing is the page's."""
    last = next((at for at in range(len(lines) - 1, 0, -1) if _is_last_item(lines[at])), len(lines))
    told = next((at for at in range(len(lines) - 1, 0, -1) if _is_of_minutes(lines[at])), 0)
    for at in range(max(last + 2, told + 1), len(lines)):
        if lines[at].gap > 1:
            draft.furniture += lines[at:]
            return lines[:at]
    return lines


def _is_of_minutes(line: Line) -> bool:
    return line.text[-1] in ".:;" or is_sure_title(line) or is_closing(line)


def _is_last_item(line: Line) -> bool:
    return line.text.lower().strip(" .:").endswith(("next meeting", "future meetings"))


def _without_slots(draft: Draft, lines: Sequence[Line]) -> list[Line]:
    """The lines of the minutes; the gap above a slot time or a button is the next line's."""
    kept: list[Line] = []
    gap = 0
    for line in lines:
        if is_furniture(line) or is_slot(line):
            draft.furniture.append(line)
            gap = max(gap, line.gap)
        else:
            kept.append(replace(line, gap=max(gap, line.gap)))
            gap = 0
    return kept


def _parting_gap(lines: Sequence[Line]) -> int:
    """The gap that parts item from item, or 0 where the gaps inside an item are as wide.

    After such a gap an item begins even where its title was lost.
    """
    before = sorted(line.gap for line in lines[1:] if is_sure_title(line))
    inside = [line.gap for line in lines[1:] if not is_title(line) and not has_file_mark(line)]
    if len(before) < 2 or not inside:
        return 0
    least = before[len(before) // 5]
    return least if sum(gap >= least for gap in inside) * 5 <= len(inside) else 0


def is_sure_title(line: Line) -> bool:
    """A title beyond doubt: a file hangs on it, or nearly every agenda has it."""
    return (has_file_mark(line) and not is_bullet(line)) or is_standard(line.text)


def _without_documents(draft: Draft, lines: Sequence[Line]) -> list[Line]:
    """The files listed under "Additional documents:" are the page's, not titles of items."""
    kept: list[Line] = []
    listing = False
    for line in lines:
        if line.text.lower() in _DOCUMENTS:
            listing = True
        elif not (listing and line.gap < 2 and _names_a_file(line)):
            listing = False
        aside = listing or line.text.lower().startswith(_DOCUMENTS[:2])
        (draft.furniture if aside else kept).append(line)
    return kept


def _names_a_file(line: Line) -> bool:
    if has_file_mark(line) or is_bullet(line):
        return True
    return is_title(line) and not is_standard(line.text)


def _without_roll(draft: Draft, lines: Sequence[Line]) -> Sequence[Line]:
    """A heading "Present" without a number opens the list of people, not an item."""
    at = next((i for i, line in enumerate(lines[:12]) if _is_roll_heading(line)), None)
    if at is None:
        return lines
    wide = lines[at].gap
    stop = next(
        (i for i in range(at + 1, len(lines)) if lines[i].gap >= wide and _is_item_title(lines[i])),
        at,
    )
    if stop == at or stop - at > 60:
        return lines
    gather(lines, at, stop, draft.rolls, draft.head)
    return [*lines[:at], *lines[stop:]]


def _is_item_title(line: Line) -> bool:
    """A title that is no row of a list ("Northfell Council: Ann Bell")."""
    if is_sure_title(line):
        return True
    return is_title(line) and ":" not in line.text and not looks_like_people(line.text)


def _opens_roll(line: Line) -> bool:
    """ "In the Chair: Ann Bell": a label with its people behind it is no title."""
    label = read_label(line) if ":" in line.text else None
    return label is not None and label.rest is not None


def _is_roll_heading(line: Line) -> bool:
    label = read_label(line)
    return label is not None and label.rest is None and label.section == "present"


def _tells(line: Line | None) -> bool:
    """A sentence or more: where no gap parts the items, a title stands over such a line."""
    return line is not None and (line.text[-1] in ".:;" or len(line.text) > 60)


def _opens_block(line: Line, following: Line | None, gaps: _Gaps, above: DraftItem | None) -> bool:
    first = above is None
    empty = above is not None and above.title is not None and not above.told
    if has_file_mark(line):
        # The file may hang on the line that says what the item is for.
        aim = empty and is_purpose(line) and line.gap < gaps.least
        return not is_bullet(line) and not aim
    if not is_title(line) or line.text.endswith((".", ":")) or _opens_roll(line):
        return False
    if is_purpose(line) and not _is_report_title(line, gaps):
        return False
    least = min(gaps.least, 2) if is_standard(line.text) else gaps.least
    if line.gap < least and not first:
        return False
    if not gaps.least and not first and not is_sure_title(line) and not _tells(following):
        return False
    most = 18 if gaps.parting else 14
    return len(line.text.split()) <= most and (following is not None or first)


def _is_report_title(line: Line, gaps: _Gaps) -> bool:
    """ "Report of the panel" after a wide gap, where what an item is for stands close under it."""
    if not line.text.lower().startswith("report"):
        return False
    return gaps.least > 2 or line.gap >= max(gaps.usual, 2)
