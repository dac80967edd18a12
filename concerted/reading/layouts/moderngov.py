"""The committee system whose pages say "Agenda and minutes", "Venue", "Contact", "Minutes:"."""

from collections import Counter
from collections.abc import Sequence

from concerted.reading.attendance import gather
from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts import numbered
from concerted.reading.layouts.gap_blocks import (
    PRIVATE,
    are_parted,
    is_sure_title,
    lists_present,
    segment_blocks,
)
from concerted.reading.layouts.parted_refs import parted_ref, repeated_letters
from concerted.reading.layouts.series import Heading, longest_series
from concerted.reading.lines import Line, is_furniture, is_slot, without_bullet
from concerted.reading.refs import Ref, read_ref
from concerted.reading.titles import (
    clean,
    has_file_mark,
    is_marker,
    is_part_heading,
    is_purpose,
    is_title,
    read_subs,
    sub_capitals,
    wrapped_title,
)

_TOPS = (
    "agenda and minutes",
    "agenda and draft minutes",
    "agenda, decisions and minutes",
    "agenda, decisions and draft minutes",
    "minutes",
    "draft minutes",
    "agenda",
    "decisions",
    "agenda and decisions",
    "minutes and decisions",
)
_SWITCHES = {"minutes:": "told", "decision:": "decided", "decisions:": "decided"}
_ALONE = ("number", "code", "roman")
# Where a lone reference stands, what it is, and its whole name.
_Lone = tuple[int, Ref, str]


_WIDE_GAP = 2  # empty lines over a title


def evidence(lines: Sequence[Line]) -> int:
    """How strongly the page looks like this system's: 0 is not at all."""
    low = [line.text.lower() for line in lines]
    top = low[:40]
    score = 3 * any(text in _TOPS[:4] for text in top)
    score += any(text in ("no. item", "no.item", "items") for text in top)
    score += any(text.startswith("venue:") for text in top)
    score += any(text.startswith("contact:") for text in top)
    score += min(2, sum(text in _SWITCHES for text in low))
    score += min(2, sum(has_file_mark(line) for line in lines[:200]))
    return score


def segment(lines: Sequence[Line]) -> Draft:
    """Head and items; the items are found by their references, else by the gaps between blocks."""
    begin = _items_begin(lines)
    draft = Draft("moderngov")
    draft.head = _without_rolls(draft, lines[:begin])
    body = lines[begin:]
    starts = _starts(body)
    switches = Counter(line.text.lower() for line in body if line.text.lower() in _SWITCHES)
    if not switches and _inside_one_block(body, [at for at, _, _ in starts]):
        starts = []
    if len(starts) >= 1 and (switches or len(starts) >= 2):
        draft.family = "moderngov-decision" if _has_decisions(switches) else "moderngov"
        _by_refs(draft, body, starts)
        return draft
    inline = _inline_starts(body) if switches else []
    if len(inline) >= 2:
        draft.family = "moderngov-decision" if _has_decisions(switches) else "moderngov"
        _by_inline(draft, body, inline)
        return draft
    draft.family = "moderngov-noref"
    inner = numbered.headings(body, inline_only=True)
    listed = _inside_one_block(body, [one.at for one in inner])
    if _holds_minutes(body, [] if listed else inner):
        _inner_minutes(draft, body)
    elif switches:
        _by_switches(draft, body)
    else:
        segment_blocks(draft, body)
    return draft


def _without_rolls(draft: Draft, head: Sequence[Line]) -> list[Line]:
    """The head without lists of people, which some pages have above the items."""
    at = next((i for i, line in enumerate(head) if lists_present(line)), len(head))
    after = range(at + 1, len(head))
    stop = next((i for i in after if _is_of_page(head[i])), len(head))
    rest: list[Line] = []
    gather(head, at, stop, draft.rolls, rest)
    return [*head[:at], *rest, *head[stop:]]


def _is_of_page(line: Line) -> bool:
    return line.text.lower().startswith(("venue:", "contact:", "note:", "time:", "date:"))


def _has_decisions(switches: Counter[str]) -> bool:
    return switches["decision:"] + switches["decisions:"] > 0


def _items_begin(lines: Sequence[Line]) -> int:
    for at, line in enumerate(lines[:60]):
        if line.text.lower() in ("no. item", "no.item", "no item", "| no. | item |"):
            return at + 1
    return _behind_columns(lines, _head_ends(lines))


def _behind_columns(lines: Sequence[Line], begin: int) -> int:
    """The names of the list's columns may stand one under the other ("No.", "Item")."""
    while begin < len(lines) and lines[begin].text.lower().strip(".") in ("no", "item", "number"):
        begin += 1
    return begin


def _head_ends(lines: Sequence[Line]) -> int:
    last = 0
    for at, line in enumerate(lines[:60]):
        low = line.text.lower()
        if low.startswith(("venue:", "contact:", "note:", "media")) or low in (
            "items",
            "media",
            *_TOPS,
        ):
            last = at + 1
            if low in ("venue:", "contact:") and at + 1 < len(lines):
                last = at + 2
    return last


def _starts(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """(first line, line after the reference, reference) of every item."""
    lone = _lone_refs(lines)
    codes = [one for one in lone if one[1].kind == "code"]
    numbers = [one for one in lone if one[1].kind not in ("code", "dotted")]
    best = codes if codes and len(codes) >= len(numbers) else _numbered_items(lines, numbers)
    best = _with_switched(lines, lone, best or codes)
    return [(at, _after(lines, at, ref), name) for at, ref, name in best]


def _with_switched(lines: Sequence[Line], lone: list[_Lone], best: list[_Lone]) -> list[_Lone]:
    """Where "Minutes:" stands under the items, it marks also those numbered in another way."""
    marked = sum(_is_switched(lines, at) for at, _, _ in best)
    most = len(best) > 2 and marked * 3 >= len(best) * 2
    known = {at for at, _, _ in best}
    numbers = {name for _, _, name in best}
    return [
        one
        for one in lone
        if one[0] in known
        or (most and _is_switched(lines, one[0]))
        or (one[1].kind == "dotted" and one[2].split(".")[0] in numbers)
    ]


def _after(lines: Sequence[Line], at: int, ref: Ref) -> int:
    """The index behind the line with the number, which may stand under its letters."""
    while at + 1 < len(lines) and lines[at].end < ref.at.end:
        at += 1
    return at + 1


def _lone_refs(lines: Sequence[Line]) -> list[_Lone]:
    """Every reference alone on its line over a title, or with its letters on the line above."""
    found: list[_Lone] = []
    repeated = repeated_letters(lines)
    at = 0
    while at < len(lines):
        parted = parted_ref(lines, at, repeated)
        if parted:
            after, name, number = parted
            found.append((at, Ref("code", number.text, number, None), name))
            at = after
            continue
        alone = read_ref(_unstarred(lines[at]))
        if alone and _may_be_item(lines, at, alone) and _title_after(lines, at + 1):
            found.append((at, alone, alone.ref))
        at += 1
    return found


def _may_be_item(lines: Sequence[Line], at: int, alone: Ref) -> bool:
    """A reference alone; "5.1" is a paragraph's number unless "Minutes:" stands below."""
    if alone.rest is not None:
        return False
    return alone.kind in _ALONE or (alone.kind == "dotted" and _is_switched(lines, at))


def _unstarred(line: Line) -> Line:
    """A star before the number marks an item for another body."""
    return without_bullet(line) if line.text.startswith("*") else line


def _numbered_items(lines: Sequence[Line], numbers: Sequence[_Lone]) -> list[_Lone]:
    """The numbers that follow each other; a "Minutes:" line soon below marks an item."""
    marks = [
        Heading(at, at + 1, ref, name, None, listed=not _is_switched(lines, at))
        for at, ref, name in numbers
    ]
    kept = longest_series([one for one in marks if one.ref and one.ref.kind == "number"])
    if len(kept) < 2:
        kept = longest_series([one for one in marks if one.ref and one.ref.kind == "roman"]) or kept
    if len(kept) == 1 and kept[0].ref is not None and kept[0].ref.number > 400:
        # A number alone may be a year.
        return []
    return [(one.at, one.ref, one.name) for one in kept if one.ref is not None and one.name]


def _is_switched(lines: Sequence[Line], at: int) -> bool:
    """Whether "Minutes:" or "Decision:" stands below, before the next lone reference."""
    for line in lines[at + 1 : at + 13]:
        if line.text.lower() in _SWITCHES:
            return True
        ref = read_ref(line) if len(line.text) < 12 else None
        if ref is not None and ref.rest is None:
            return False
    return False


def _title_after(lines: Sequence[Line], at: int) -> Line | None:
    """The title under a reference; a stray code line may stand between them."""
    for under in range(at, min(at + 3, len(lines))):
        line = lines[under]
        if line.text.lower() in _SWITCHES:
            return line
        if is_furniture(line) or is_slot(line):
            continue
        titled = is_title(line) or has_file_mark(line) or _is_over_switch(lines, under)
        return line if titled else None
    return None


def _is_over_switch(lines: Sequence[Line], at: int) -> bool:
    """However long, what stands between a reference and "Minutes:" is the title."""
    return at + 1 < len(lines) and lines[at + 1].text.lower() in _SWITCHES


def _by_refs(draft: Draft, lines: Sequence[Line], starts: list[tuple[int, int, str]]) -> None:
    draft.furniture += lines[: starts[0][0]]
    part = "public"
    for number, (at, after, ref) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        item = DraftItem(ref, lines[at].span, part=part)
        _fill(draft, item, lines[after:stop])
        draft.items.append(item)
        if item.title and item.title.text.lower().startswith(PRIVATE):
            part = "confidential"


def _inline_starts(lines: Sequence[Line]) -> list[tuple[int, Ref]]:
    """Titles behind their reference on one line, with a "Minutes:" line soon under them."""
    found: list[tuple[int, Ref]] = []
    for at, line in enumerate(lines):
        ref = read_ref(line)
        if ref is None or ref.rest is None or ref.kind not in ("number", "code"):
            continue
        below = [one.text.lower() for one in lines[at + 1 : at + 7]]
        first = next((one for one in below if one in _SWITCHES), None)
        if first is not None and (is_title(ref.rest) or has_file_mark(ref.rest)):
            found.append((at, ref))
    return found


def _by_inline(draft: Draft, lines: Sequence[Line], starts: list[tuple[int, Ref]]) -> None:
    draft.furniture += lines[: starts[0][0]]
    for number, (at, ref) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        item = DraftItem(ref.ref, ref.at.span)
        title = [ref.rest] if ref.rest else []
        _fill(draft, item, [*title, *lines[at + 1 : stop]])
        draft.items.append(item)


def _fill(draft: Draft, item: DraftItem, lines: Sequence[Line]) -> None:
    """Title, purpose, then what the "Decision:" and "Minutes:" switches open."""
    at, place = 0, "purpose"
    while at < len(lines):
        line = lines[at]
        switch = _SWITCHES.get(line.text.lower())
        if switch:
            place = switch
            draft.furniture.append(line)
        elif is_furniture(line) or (place == "purpose" and is_part_heading(line)):
            draft.furniture.append(line)
        elif place == "purpose" and item.title is None and _may_title(line):
            item.title = clean(line)
            at = sub_capitals(item, lines, at + 1)
            at = wrapped_title(item, lines, at)
            at = read_subs(item, lines, at)
            continue
        else:
            line = _opened(line)
            getattr(item, place).append(line)
        at += 1
    if place == "purpose":
        _sort_purpose(item)


def _may_title(line: Line) -> bool:
    """Under its reference stands the title, unless a decision stands there; a file proves it."""
    return has_file_mark(line) or not is_marker(line)


def _opened(line: Line) -> Line:
    """ "Minutes: text" on one line is the text."""
    for switch in _SWITCHES:
        if line.text.lower().startswith(switch):
            return line.part(len(switch))
    return line


def _sort_purpose(item: DraftItem) -> None:
    """Without a "Minutes:" line only agenda words are purpose; the rest is told."""
    told = [line for line in item.purpose if not is_purpose(line)]
    item.purpose = [line for line in item.purpose if is_purpose(line)]
    item.told += told


def _outer_titles(lines: Sequence[Line]) -> list[int]:
    """Titles beyond doubt that have no number and stand after a wide gap, if there are such."""
    least = 2 if any(line.gap > 1 for line in lines) else 0
    return [
        at
        for at, line in enumerate(lines)
        if (line.gap >= least or at == 0) and is_sure_title(line) and read_ref(line) is None
    ]


def _inside_one_block(lines: Sequence[Line], numbered_at: Sequence[int]) -> bool:
    """The numbers all stand under one of the page's titles: a list or a table, not items."""
    outer = _outer_titles(lines)
    if len(outer) < 3 or not numbered_at:
        return False
    first, last = min(numbered_at), max(numbered_at)
    return outer[0] < first and not any(first < at <= last for at in outer)


def _holds_minutes(lines: Sequence[Line], inner: Sequence[Heading]) -> bool:
    """Whole minutes stand in the page, with numbers or at least with a list of people."""
    if len(inner) >= 2:
        return True
    if not _has_inner_attendance(lines) or len(_outer_titles(lines)) > 3:
        return False
    return not are_parted(lines)


def _has_inner_attendance(lines: Sequence[Line]) -> bool:
    return any(
        line.text.lower().startswith(("members present", "present:", "attendees", "in attendance:"))
        for line in lines[:60]
    )


def _inner_minutes(draft: Draft, lines: Sequence[Line]) -> None:
    """Whole minutes stand inside the page: they are read, the page's own titles are furniture."""
    firsts = {line.text.split(None, 1)[0].rstrip(".") for line in lines}
    aside = [one for one in lines if _is_free_slot(one, firsts) or _is_page_title(one)]
    kept = [one for one in lines if not (_is_free_slot(one, firsts) or _is_page_title(one))]
    draft.furniture += aside
    inner = numbered.segment(kept)
    draft.head += inner.head
    draft.rolls, draft.items = inner.rolls, inner.items
    draft.tail += inner.tail
    draft.furniture += inner.furniture


def _is_free_slot(line: Line, firsts: set[str]) -> bool:
    """ "2 Minutes" between an item 1 and an item 3 is no slot time."""
    number, _, word = line.text.partition(" ")
    if word == "Minutes" and number.isdecimal() and len(number) < 3:
        beside = {str(int(number) - 1), str(int(number) + 1)}
        return not beside <= firsts
    return is_slot(line)


def _is_page_title(line: Line) -> bool:
    """The page's own title of an item, beside which the minutes have theirs with a number."""
    ref = read_ref(line)
    numbered_title = ref is not None and ref.rest is not None and ref.kind in ("number", "code")
    return has_file_mark(line) and not numbered_title


def _without_switch(lines: Sequence[Line], begins: Sequence[int]) -> list[int]:
    """Titles set apart as widely as those over a "Minutes:" line, which these have lost."""
    least = min((lines[at].gap for at in begins), default=0)
    if least < _WIDE_GAP:
        return []
    return [
        at
        for at in range(begins[0] + 1, len(lines))
        if lines[at].gap >= least and is_title(lines[at]) and not is_purpose(lines[at])
    ]


def _by_switches(draft: Draft, lines: Sequence[Line]) -> None:
    """No references, but "Minutes:" lines: the title is the first line after the last gap."""
    opens = [i for i, line in enumerate(lines) if line.text.lower() in _SWITCHES]
    begins: list[int] = []
    for number, at in enumerate(opens):
        floor = opens[number - 1] + 1 if number else 0
        if (
            lines[opens[number - 1]].text.lower().startswith("decision")
            and number
            and (lines[at].text.lower() == "minutes:")
        ):
            continue
        titles = [
            i
            for i in range(max(floor, at - 6), at)
            if is_title(lines[i]) and not is_purpose(lines[i])
        ]
        marked = [i for i in titles if has_file_mark(lines[i]) or lines[i].gap > 1]
        begins.append((marked or titles or [at])[0])
    begins = sorted({*begins, *_without_switch(lines, begins)})
    draft.furniture += lines[: begins[0]] if begins else []
    for number, at in enumerate(begins):
        stop = begins[number + 1] if number + 1 < len(begins) else len(lines)
        item = DraftItem()
        _fill(draft, item, lines[at:stop])
        draft.items.append(item)
