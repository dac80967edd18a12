"""From text to a Reading: lines, then the layout by its evidence, then the recognisers."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from concerted.reading.abbreviations import spelled_out
from concerted.reading.action_marks import MARK, told_before_mark
from concerted.reading.actions import When, read_actions, read_log, without_logged
from concerted.reading.apologies import apologies_in, once_each
from concerted.reading.attendance import read_rolls, rolls_in_items
from concerted.reading.commitments import Setting, read_commitments, without_marked
from concerted.reading.dates import find_dates
from concerted.reading.decisions import read_decisions
from concerted.reading.draft import Draft, DraftItem, Head
from concerted.reading.evened import evened
from concerted.reading.heading import read_head
from concerted.reading.kinds import kind_of
from concerted.reading.layouts import choose
from concerted.reading.lines import (
    Line,
    is_furniture,
    normalise,
    plain,
    split,
    squeeze,
    without_page_marks,
)
from concerted.reading.meetings import apart
from concerted.reading.model import Action, Decision, Item, Meeting, Name, Reading, Span, Unplaced
from concerted.reading.navigation import is_navigation
from concerted.reading.next_meeting import next_meeting
from concerted.reading.personal import read_personal
from concerted.reading.references import read_references
from concerted.reading.reports.flat import cut
from concerted.reading.reports.kinds import kind_of as kind_of_report
from concerted.reading.sub_items import told_subs
from concerted.reading.unroll import unroll
from concerted.reading.vocabulary import is_standard

# A thousand times the longest minutes we know of: beyond it a text is an accident or an attack.
MOST_CHARACTERS = 16_000_000
MOST_LINES = 2_000_000
_ABOUT_MINUTES = re.compile(
    r"\b(?:minutes?|notes|record|previous meeting|last meeting)\b", re.IGNORECASE
)
_ABOUT_APOLOGIES = re.compile(
    r"\b(?:apolog|welcome|introduction|attendance|absence)", re.IGNORECASE
)


def read(
    text: str, *, most_characters: int = MOST_CHARACTERS, most_lines: int = MOST_LINES
) -> Reading:
    """Read the text of minutes (or of an agenda) into structure. No text raises an error.

    Time grows as the text does. What stands beyond the limits is not read, and the last meeting
    says so: it is `truncated`, and the rest is the last of its `unplaced`.
    """
    kept = normalise(text)
    text = evened(plain(kept))
    most = most_characters, most_lines
    printed, beyond = _within_limits(split(text), *most)
    lines, more = _within_limits(unroll(printed), *most)
    beyond = [*more, *beyond]
    kind, why = kind_of(lines)
    if kind != "unknown" and kind_of_report(cut(printed))[0] == "report":
        kind, why = "unknown", "This reads as a report to a meeting, not as its minutes."
    if kind == "unknown":
        return Reading(kept, kind, why)
    meetings: list[Meeting] = []
    # Recognisers read on over the end of a page.
    told = without_page_marks(text, printed)
    for stretch in apart(lines):
        drafts = choose.drafts(stretch.lines, stretch.repeated, agenda=kind == "agenda")
        drafts[0].furniture += stretch.repeated
        meetings += [
            _meeting(told, draft, stretch.aside if number == 0 else (), agenda=kind == "agenda")
            for number, draft in enumerate(drafts)
        ]
    if beyond and meetings:
        why += " The text is far longer than minutes are: the rest of it was not read."
        rest = Span(beyond[0].start, beyond[-1].end)
        left = Unplaced(kept[rest.start : rest.end], rest)
        last = meetings[-1]
        meetings[-1] = replace(last, truncated=True, unplaced=(*last.unplaced, left))
    return Reading(kept, kind, why, tuple(meetings))


def _within_limits(
    lines: list[Line], most_characters: int, most_lines: int
) -> tuple[list[Line], list[Line]]:
    """The lines that are read, and those beyond what any minutes need."""
    stop = min(len(lines), most_lines)
    if lines and lines[stop - 1].end > most_characters:
        stop = next(i for i, line in enumerate(lines) if line.end > most_characters)
    left = most_characters - lines[stop].start if stop < len(lines) else 0
    if left > 0 and lines[stop].end > most_characters:
        cut = lines[stop]
        return [*lines[:stop], cut.part(0, left)], [cut.part(left), *lines[stop + 1 :]]
    return lines[:stop], lines[stop:]


def _meeting(text: str, draft: Draft, aside: Sequence[Line], *, agenda: bool) -> Meeting:
    draft.items = [item for item in draft.items if item.ref_at or item.lines()]
    told = [line for item in draft.items for line in item.lines()]
    if not any(roll.section == "present" for roll in draft.rolls) and not agenda:
        draft.rolls += rolls_in_items([item.lines() for item in draft.items[:3]])
    labels = [roll.label for roll in draft.rolls if roll.label]
    own = [line for line in draft.head if not is_navigation(line.text)]
    head = read_head(text, own, [*labels, *told])
    day = head.date.value if head.date else None
    meeting_day = day if isinstance(day, datetime.date) else None
    body = str(head.body.value) if head.body else ""
    neighbours = draft.family == "nhw-residents" or _OF_NEIGHBOURS.search(body) is not None
    lists = read_rolls(text, draft.rolls, lend=not neighbours)
    if not lists["apologies"] and not lists["late"] and not agenda:
        lists["apologies"], lists["late"] = _apologies_in_items(text, draft.items)
    present, attending = lists["present"], [*lists["officers"], *lists["in_attendance"]]
    order = sorted([*draft.tail, *told], key=lambda line: line.start)
    coming = next_meeting(text, [*order, *draft.head], meeting_day)
    if coming:
        head.used |= {ln.start for ln in draft.tail if ln.start <= coming.span.start < ln.end}
    coming_day = coming.value if coming else None
    following = (
        coming_day if isinstance(coming_day, datetime.date) else _mentioned_next(order, meeting_day)
    )
    items, actions, implied = read_items(text, draft, head, meeting_day, following, agenda=agenda)
    names = [n.name for n in (*present, *attending, *lists["apologies"], *lists["late"])]
    spans = [line.span for line in told]
    start, end = _extent(draft)
    return Meeting(
        draft.family,
        head.body,
        head.date,
        head.start_time,
        head.venue,
        head.status,
        coming,
        _tuple(present),
        _tuple(attending),
        _tuple(lists["apologies"]),
        _tuple(lists["late"]),
        items,
        actions,
        implied,
        tuple(read_personal(text, spans, names)),
        _unplaced(draft, head, aside),
        _is_truncated(draft),
        Span(start, end),
    )


# Neighbours speak for themselves: "(Oak Homes)" is said of the one guest before it.
_OF_NEIGHBOURS = re.compile(
    r"\b(?:residents|tenants|neighbourhood watch|allotment)\b", re.IGNORECASE
)


def _tuple(names: Sequence[Name]) -> tuple[Name, ...]:
    return tuple(sorted(names, key=lambda one: one.span.start))


def _extent(draft: Draft) -> tuple[int, int]:
    spans = [line.span for line in (*draft.head, *draft.tail, *draft.furniture)]
    spans += [run for roll in draft.rolls for run in roll.runs]
    spans += [line.span for item in draft.items for line in item.lines()]
    spans += [item.ref_at for item in draft.items if item.ref_at]
    if not spans:
        return 0, 0
    return min(s.start for s in spans), max(s.end for s in spans)


def _apologies_in_items(text: str, items: Sequence[DraftItem]) -> tuple[list[Name], list[Name]]:
    """Apologies that are told in an item instead of a list."""
    away: list[Name] = []
    late: list[Name] = []
    for item in items[:12]:
        title = item.title.text if item.title else ""
        lines = sorted([*item.decided, *item.told], key=lambda line: line.start)
        if not lines:
            continue
        about = "apolog" in title.lower()
        if not about and not _ABOUT_APOLOGIES.search(title) and title:
            continue
        span = Span(lines[0].start, lines[-1].end)
        if span.end - span.start > 6000:
            span = lines[0].span
        gone, behind = apologies_in(text, span, listed=about)
        if item.decided and item.told:
            # A decision column and its minutes say the same apologies twice.
            gone = once_each(gone)
        known = {one.name.lower() for one in away}
        away += [one for one in gone if one.name.lower() not in known]
        known = {one.name.lower() for one in late}
        late += [one for one in once_each(behind) if one.name.lower() not in known]
    return away, late


_MENTION = re.compile(
    r"\bnext\b[\w ]{0,40}\bmeeting\b[\w ,]{0,40}?[ ](?:on|scheduled for|of|in|is|:)[ ]",
    re.IGNORECASE,
)


def _mentioned_next(lines: Sequence[Line], meeting: datetime.date | None) -> datetime.date | None:
    """The next meeting's day as a sentence mentions it, to date what is due by then."""
    from_day = meeting
    if from_day is None:
        return None
    for line in lines:
        match = _MENTION.search(line.text)
        if match:
            found = choose.first_date(line.text[match.end() : match.end() + 40], from_day)
            if found:
                return found
    return None


def read_items(
    text: str,
    draft: Draft,
    head: Head,
    day: datetime.date | None,
    following: datetime.date | None,
    *,
    agenda: bool,
) -> tuple[tuple[Item, ...], tuple[Action, ...], tuple[Action, ...]]:
    when = When(day, following)
    body = str(head.body.value) if head.body else ""
    told = "\n".join(line.text for item in draft.items for line in item.told)
    setting = Setting(day, following, body, spelled_out(told))
    items: list[Item] = []
    actions: list[Action] = read_log(draft.log, when)
    implied: list[Action] = []
    for number, one in enumerate(draft.items):
        if agenda:
            items.append(_item(text, one, (), day))
            continue
        lines = [*(ln for ln in one.decided if MARK.match(ln.text)), *one.told]
        marked, used = read_actions(text, number, lines, one.tasks, when)
        narrative = [line for line in one.told if line.start not in used]
        title = squeeze(one.title.text) if one.title else ""
        about = _is_about_minutes(title, one.ref, draft.items[max(0, number - 9) : number])
        marked_lines = [told_before_mark(ln) if ln.start in used else ln for ln in one.told]
        told_lines = [ln for ln in marked_lines if ln is not None and ln.text]
        decisions = read_decisions(text, one.decided, told_lines, about_minutes=about, body=body)
        items.append(_item(text, one, tuple(decisions), day))
        actions += marked
        rest = [*one.decided, *narrative]
        implied += without_marked(read_commitments(text, number, rest, decisions, setting), marked)
    return tuple(items), tuple(without_logged(actions)), tuple(implied)


def _is_about_minutes(title: str, ref: str | None, above: Sequence[DraftItem]) -> bool:
    """The title says so, is lost, or belongs to a part ("3a") of the item for the minutes."""
    if not title or _ABOUT_MINUTES.search(title):
        return True
    whole = next((one for one in reversed(above) if one.ref and _is_part(ref, one.ref)), None)
    return bool(whole and whole.title and _ABOUT_MINUTES.search(whole.title.text))


def _is_part(ref: str | None, whole: str) -> bool:
    """ "3a", "3.1" and "3(i)" are parts of "3"."""
    return bool(ref) and str(ref).startswith(whole) and not str(ref)[len(whole) :][:1].isdigit()


def _item(
    text: str, one: DraftItem, decisions: tuple[Decision, ...], day: datetime.date | None
) -> Item:
    lines = one.lines()
    starts = [line.start for line in lines] + ([one.ref_at.start] if one.ref_at else [])
    ends = [line.end for line in lines] + ([one.ref_at.end] if one.ref_at else [])
    span = Span(min(starts), max(ends))
    titles = [line for line in (one.title, *one.more_title) if line is not None]
    title = squeeze(" ".join(line.text for line in titles)) or None
    title_span = Span(titles[0].start, titles[-1].end) if titles else Span(span.start, span.start)
    body = sorted([*one.decided, *one.told, *one.tasks], key=lambda line: line.start)
    why = "" if title or one.ref else "Neither a number nor a title stands here."
    return Item(
        one.ref,
        title,
        one.part,
        tuple(one.subs or told_subs(one.told)),
        "\n".join(line.text for line in body),
        span,
        title_span,
        decisions,
        not why,
        why,
        read_references(text, title or "", lines, day),
    )


_LONE = frozenset({"agenda", "minutes", "the agenda", "the minutes"})


def _unplaced(draft: Draft, head: Head, aside: Sequence[Line]) -> tuple[Unplaced, ...]:
    made: list[Unplaced] = []
    for line in (*draft.head, *draft.tail, *aside):
        if line.start not in head.used:
            lone = line.text.lower().strip(" .:-–") in _LONE
            kind = "furniture" if lone or is_furniture(line) else "text"
            made.append(Unplaced(line.text, line.span, kind))
    made += [Unplaced(line.text, line.span, "furniture") for line in draft.furniture]
    return tuple(sorted(made, key=lambda one: one.span.start))


def _is_truncated(draft: Draft) -> bool:
    """The last words are a sentence that nobody ended."""
    if not draft.items or draft.tail:
        return False
    lines = draft.items[-1].decided + draft.items[-1].told
    if not lines:
        return False
    last = max(lines, key=lambda line: line.start)
    if find_dates(last.text) or is_standard(last.text):
        return False
    if draft.furniture and max(line.start for line in draft.furniture) > last.start:
        return False
    return (
        len(last.text.split()) >= 7
        and (last.text[-1].isalpha() or last.text[-1] == ",")
        and (any(word.islower() for word in last.text.split()[-3:]))
    )
