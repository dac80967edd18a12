"""Marked actions: "ACTION: AB to …", initials at the end of a line, action tables."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from concerted.reading.action_marks import (
    INSIDE,
    MARK,
    NAME_AT_END,
    NOTHING,
    TRAILING_TASK,
    after_stop,
    entry_number,
    looks_back,
    number_before_mark,
)
from concerted.reading.due import Due, read_due, without_due
from concerted.reading.lines import Line, squeeze, without_bullet
from concerted.reading.model import Action, Span
from concerted.reading.owners import can_own, is_imperative, split_owner, tidy
from concerted.reading.right_column import trailing_owner
from concerted.reading.sentences import sentences
from concerted.reading.vocabulary import is_initials, is_person, is_role

_STATUS = re.compile(
    r"[ ]{0,3}[(\[–-][ ]{0,2}(?P<status>completed?|done|ongoing|on-going|outstanding|"
    r"in progress|closed|discharged|"
    r"carried forward|c/f|open|not started|overdue)[)\]]?\.?[ ]{0,2}$|^(?P<lead>completed?|"
    r"done|closed)[ ]?[:–-]",
    re.IGNORECASE,
)
_POST_NAME = re.compile(r"(?P<post>[A-Za-z ,&/-]{3,80}) \((?P<name>[^()]{3,60})\)\.?$")


@dataclass(frozen=True, slots=True)
class When:
    """What an action's words are read against: the meeting's day and the next one's."""

    meeting: datetime.date | None
    following: datetime.date | None


def read_actions(
    text: str, item: int | None, told: Sequence[Line], tasks: Sequence[Line], when: When
) -> tuple[list[Action], set[int]]:
    """The marked actions among an item's lines, and the starts of the lines they stand on."""
    made: list[Action] = []
    used: set[int] = set()
    under_mark = False
    for at, line in enumerate(told):
        found, under_mark = _in_line(text, item, told, at, when, under_mark=under_mark)
        if found:
            used.add(line.start)
            made += found
    for line in tasks:
        made += _task_cell(text, item, line, when)
        used.add(line.start)
    return made, used


def _in_line(
    text: str, item: int | None, lines: Sequence[Line], at: int, when: When, *, under_mark: bool
) -> tuple[list[Action], bool]:
    line = without_bullet(lines[at])
    line = line.part(number_before_mark(line.text))
    mark = MARK.match(line.text)
    if mark and not looks_back(line.text, mark):
        rest = line.part(mark.end())
        if not rest.text:
            return [], True
        if NOTHING.match(rest.text):
            return [], False
        if _tells_of_old_one(line.text, mark):
            return [], False
        parts = _several(rest)
        if parts:
            return [_marked(text, item, one, None, when, by=False) for one in parts], False
        below = _task_below(lines, at)
        if below is not None and _names_only(rest.text):
            span = Span(line.start, below.end)
            return [_action(item, below.text, tidy(rest.text), span, when)], False
        before = lines[at - 1] if at else None
        return [_marked(text, item, rest, before, when, by=bool(mark["by"]))], False
    if under_mark and len(line.text) < 400 and not line.text.endswith(":"):
        entry = line.part(entry_number(line.text))
        owner, _ = split_owner(entry.text)
        last = NAME_AT_END.search(entry.text[-60:])
        if owner is None and last and can_own(last["who"]):
            owner = tidy(last["who"])
        if owner or is_imperative(entry.text):
            return [_action(item, entry.text, owner, line.span, when)], True
        if at and lines[at - 1].text.strip(" :").lower() in ("action", "actions"):
            return _below_mark(text, item, lines, at, when), False
        return [], False
    trailing = trailing_owner(line.text)
    if trailing:
        words = line.part(0, trailing.start)
        asked = f"{words.text} {trailing.due}".rstrip()
        return [_action(item, asked, tidy(trailing.who), line.span, when)], False
    stopped = after_stop(line, text)
    if stopped and len(line.text) > len(stopped.group()) + 8:
        words = line.part(0, max(len(line.text) - 40, 0) + stopped.start("who"))
        owner = squeeze(stopped["who"])
        return [_action(item, _last_sentence(text, words), owner, line.span, when)], False
    if _in_right_column(text, line):
        owner, words_left = split_owner(line.text)
        if owner and " to " in line.text[: len(owner) + 12]:
            return [_action(item, words_left, owner, line.span, when)], False
    said = TRAILING_TASK.search(line.text[-160:])
    if said and len(line.text) > len(said.group()) + 8:
        task = line.part(max(len(line.text) - 160, 0) + said.start("task"))
        owner, words_left = split_owner(task.text)
        if owner:
            return [_action(item, words_left, owner, line.span, when)], False
    before = lines[at - 1] if at else None
    return [
        _inside(text, item, line, inside, before, when)
        for inside in INSIDE.finditer(line.text)
        if inside.start() > 0 or line.text[0] in "(["
    ], False


# "Action 4: overtaken by events."; what is still "to be" done is a task.
_WHAT_BECAME = re.compile(
    r"(?:(?!to be\b)[\w’'(),/&-]{1,24}[ ]){0,8}?(?:(?:\w{3,16}ed|\w{0,8}taken|given|done|"
    r"sent|gone|dealt|held|made)\b|(?:is|are|was|were|has|have|had|now|no longer|not yet|"
    r"still)\b(?![ ]to[ ]))",
    re.IGNORECASE,
)


def _tells_of_old_one(words: str, mark: re.Match[str]) -> bool:
    """``Action 3 – bins. Now emptied.``: a number, a matter, and what became of it."""
    rest = words[mark.end() :]
    if not any(c.isdigit() for c in mark.group()) or is_imperative(rest):
        return False
    if split_owner(rest)[0] is not None or _names_only(rest):
        return False
    dashed = "–" in mark["mark"] or "—" in mark["mark"] or "-" in mark["mark"]
    if dashed and (". " in rest or "; " in rest):
        return True
    return _WHAT_BECAME.match(rest) is not None


def _in_right_column(text: str, line: Line) -> bool:
    """The line stands alone far to the right, under the column of those who act."""
    begin = text.rfind("\n", 0, line.start) + 1
    lead = text[begin : line.start][-80:]
    return not lead.strip() and (lead.count("\t") >= 3 or len(lead.expandtabs(8)) >= 24)


def _below_mark(
    text: str, item: int | None, lines: Sequence[Line], at: int, when: When
) -> list[Action]:
    """A name alone below the word "Action": the task is the sentence above them."""
    who = lines[at].text
    if at < 2 or len(who) > 60 or not _names_only(who):
        return []
    if not (is_initials(who) or is_person(who) or is_role(who)):
        return []
    why = "Only a name stands at the mark; the task is taken from the sentence before it."
    task = _last_sentence(text, lines[at - 2])
    return [_action(item, task, tidy(who), lines[at].span, when, why)]


def _task_below(lines: Sequence[Line], at: int) -> Line | None:
    """The one line right below a mark that stands apart from what goes before."""
    if not lines[at].gap or at + 1 >= len(lines) or lines[at + 1].gap:
        return None
    if at + 2 < len(lines) and not lines[at + 2].gap:
        return None
    below = lines[at + 1]
    return None if MARK.match(below.text) or entry_number(below.text) else below


def _several(rest: Line) -> list[Line]:
    """``AB to write / CD to ring``: each with an owner of its own, else nothing."""
    parts: list[Line] = []
    at = 0
    for piece in rest.text[:1000].split(" / "):
        parts.append(rest.part(at, at + len(piece)))
        at += len(piece) + 3
    whole = len(parts) > 1 and all(split_owner(one.text)[0] for one in parts)
    return parts if whole else []


def _marked(
    text: str, item: int | None, rest: Line, before: Line | None, when: When, *, by: bool
) -> Action:
    words = rest.text
    owner, task = split_owner(words)
    why = ""
    short = by or len(words.split()) <= 8
    if _is_post_and_name(words) or (owner is None and short and _names_only(words)):
        owner, task = tidy(words), ""
    if not task and before is not None:
        task = _last_sentence(text, before)
        why = "Only a name stands at the mark; the task is taken from the sentence before it."
    status_words = words if task else rest.text
    return _action(item, task or status_words, owner, rest.span, when, why)


def _is_post_and_name(words: str) -> bool:
    """``CLERK (Cal Dunn)``: a post with the one who holds it."""
    post = _POST_NAME.match(words)
    return post is not None and is_person(post["name"]) and len(words.split()) < 14


def _last_sentence(text: str, line: Line) -> str:
    last = sentences(text, line.span)[-1]
    return squeeze(text[last.start : last.end])


def _names_only(words: str) -> bool:
    words = words.strip(" .")
    return can_own(words) and not is_imperative(words) and " to " not in words


def _inside(
    text: str,
    item: int | None,
    line: Line,
    match: re.Match[str],
    before: Line | None,
    when: When,
) -> Action:
    """``… (Action: AB)`` at the end of its sentence, or in a line of its own below it."""
    words = match["rest"]
    owner, task = split_owner(words)
    why = ""
    if _is_post_and_name(words) or (owner is None and _names_only(words)):
        owner, task = tidy(words), ""
    if not task and match.start() == 0 and before is not None:
        task = _last_sentence(text, before)
        why = "Only a name stands at the mark; the task is taken from the sentence before it."
    elif not task:
        task = squeeze(line.text[max(0, match.start() - 600) : match.start()])[-300:]
        why = "Only a name stands at the mark; the task is taken from the sentence before it."
    span = Span(line.start + match.start(), line.start + match.end())
    return _action(item, task, owner, span, when, why)


_STATE = re.compile(
    r"(?:(?P<over>completed?|done|closed|discharged)|ongoing|on-going|outstanding|in progress|open|"
    r"not started|overdue|carried forward)\.?",
    re.IGNORECASE,
)


def read_log(rows: Sequence[tuple[Line, Line, Line | None]], when: When) -> list[Action]:
    """The actions of a log: who, what and by when stand in cells of their own."""
    made: list[Action] = []
    for who, what, by in rows:
        end = by.end if by else what.end
        start = min(who.start, what.start)
        span = Span(start, max(end, who.end, what.end))
        one = _action(None, what.text, squeeze(who.text) or None, span, when)
        said = squeeze(by.text) if by else ""
        status = _STATE.fullmatch(said)
        if status:
            one = replace(one, status="completed" if status["over"] else said.lower())
        elif any(c.isalnum() for c in said):
            due = read_due(f"by {said}", when.meeting, when.following)
            one = replace(one, due_text=said, due=due.day if due else None)
        made.append(one)
    return made


def without_logged(actions: Sequence[Action]) -> list[Action]:
    """A log at the end repeats what stands beside the items: each task counts once."""
    logged = [one for one in actions if one.item is None]
    return [
        one
        for one in actions
        if one.item is None or not any(_is_same(one, other) for other in logged)
    ]


def _is_same(one: Action, other: Action) -> bool:
    if (one.owner or "").lower() != (other.owner or "").lower():
        return False
    if other.span.start < one.span.start or _act(one.text) != _act(other.text):
        return False
    here, there = _stems(one.text), _stems(other.text)
    return len(here & there) * 5 >= min(len(here), len(there)) * 3 > 0


def _act(words: str) -> str:
    return words.split(maxsplit=1)[0].lower() if words.strip() else ""


def _stems(words: str) -> set[str]:
    return {word[:5].lower() for word in re.findall(r"\w{4,}", words[:400])}


def _beside_cell(text: str, line: Line) -> str:
    """The last sentence of the row before a cell that only names somebody."""
    begin = max(text.rfind("\n", 0, line.start) + 1, line.start - 600)
    row = text[begin : line.start].rstrip(" /|\t")
    if len(row.split()) < 4:
        return ""
    last = sentences(text, Span(begin, begin + len(row)))[-1]
    return squeeze(text[last.start : last.end])


def _task_cell(text: str, item: int | None, line: Line, when: When) -> list[Action]:
    words = line.text.strip()
    if not any(c.isalpha() for c in words) or words.lower().strip(" .") in (
        "no",
        "yes",
        "none",
        "n/a",
        "nil",
    ):
        return []
    owner, task = split_owner(words)
    if owner is None and (is_initials(words) or _names_only(words)):
        owner, task = tidy(words), _beside_cell(text, line)
    return [_action(item, task or words, owner, line.span, when)]


def _action(
    item: int | None, words: str, owner: str | None, span: Span, when: When, why: str = ""
) -> Action:
    status = None
    found = _STATUS.search(words[-60:]) or _STATUS.match(words)
    if found:
        said = (found["status"] or found["lead"] or "").lower()
        status = (
            "completed"
            if said in ("complete", "completed", "done", "closed", "discharged")
            else said
        )
        cut = max(len(words) - 60, 0) + found.start()
        words = words[:cut] if found["status"] else words[found.end() :]
    due: Due | None = read_due(words, when.meeting, when.following)
    return Action(
        item,
        owner,
        squeeze(without_due(words, due)),
        due.text if due else None,
        due.day if due else None,
        status,
        span,
        not why,
        why,
    )
