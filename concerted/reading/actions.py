"""Marked actions: "ACTION: AB to …", initials at the end of a line, action tables."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from concerted.reading.due import Due, read_due, without_due
from concerted.reading.lines import Line, squeeze, without_bullet
from concerted.reading.model import Action, Span
from concerted.reading.owners import can_own, is_imperative, split_owner, tidy
from concerted.reading.sentences import sentences
from concerted.reading.vocabulary import is_initials, is_person

_MARK = re.compile(
    r"(?P<word>ACTIONS?|Actions?)(?:[ ]?(?:points?|POINTS?|item))?(?:[ ]?(?:no\.? ?)?\d{1,3})?"
    r"(?P<by>[ ]{1,2}(?:by|for|on|BY|FOR))?[ \t]{0,3}(?P<mark>:[-–]?|[-–—](?=[ \tA-Z])|"
    r"(?=[ ][A-Z]{2,4},))[ \t]{0,6}"
)
_INSIDE = re.compile(
    r"[(\[]?\bA(?:CTION|ction)S?(?: by| for)?[ ]?[:–-][ ]{0,3}(?P<rest>[^)\]\n]{1,300})[)\]]?"
)
_STATUS = re.compile(
    r"[ ]{0,3}[(\[–-][ ]{0,2}(?P<status>completed?|done|ongoing|on-going|outstanding|"
    r"in progress|closed|discharged|"
    r"carried forward|c/f|open|not started|overdue)[)\]]?\.?[ ]{0,2}$|^(?P<lead>completed?|"
    r"done|closed)[ ]?[:–-]",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[ ]{3,}|\t[ \t]*)(?P<who>[A-Z]{2,4}(?:[ ]?[/&,+][ ]?[A-Z]{2,4}){0,5}|ALL|All)[ .]{0,2}$"
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
        made += _task_cell(item, line, when)
        used.add(line.start)
    return made, used


def _in_line(
    text: str, item: int | None, lines: Sequence[Line], at: int, when: When, *, under_mark: bool
) -> tuple[list[Action], bool]:
    line = without_bullet(lines[at])
    mark = _MARK.match(line.text)
    if mark and not _looks_back(line.text, mark):
        rest = line.part(mark.end())
        if not rest.text:
            return [], True
        parts = _several(rest)
        if parts:
            return [_marked(text, item, one, None, when, by=False) for one in parts], False
        before = lines[at - 1] if at else None
        return [_marked(text, item, rest, before, when, by=bool(mark["by"]))], False
    if under_mark and len(line.text) < 400 and not line.text.endswith(":"):
        owner, _ = split_owner(line.text)
        if owner or is_imperative(line.text):
            return [_action(item, line.text, owner, line.span, when)], True
        return [], False
    trailing = _TRAILING.search(line.text[-60:])
    if trailing and len(line.text) > len(trailing.group()) + 8:
        words = line.part(0, max(len(line.text) - 60, 0) + trailing.start())
        return [_action(item, words.text, squeeze(trailing["who"]), line.span, when)], False
    inside = _INSIDE.search(line.text)
    if inside and inside.start() > 0:
        return [_inside(item, line, inside, when)], False
    return [], False


def _several(rest: Line) -> list[Line]:
    """``AB to write / CD to ring``: each with an owner of its own, else nothing."""
    parts: list[Line] = []
    at = 0
    for piece in rest.text[:1000].split(" / "):
        parts.append(rest.part(at, at + len(piece)))
        at += len(piece) + 3
    whole = len(parts) > 1 and all(split_owner(one.text)[0] for one in parts)
    return parts if whole else []


_BACK = re.compile(
    r"\W{0,3}(?:complete|completed|done|closed|ongoing|discharged|outstanding|carried|has been|"
    r"was|were|is|to be|to remain)\b",
    re.I,
)


def _looks_back(text: str, mark: re.Match[str]) -> bool:
    """ "Action 3 - complete" tells of an action of an earlier meeting."""
    numbered = any(c.isdigit() for c in mark.group())
    return numbered and _BACK.match(text, mark.end()) is not None


def _marked(
    text: str, item: int | None, rest: Line, before: Line | None, when: When, *, by: bool
) -> Action:
    words = rest.text
    owner, task = split_owner(words)
    why = ""
    post = _POST_NAME.match(words)
    if post and is_person(post["name"]) and len(words.split()) < 14:
        owner, task = squeeze(post["name"]), ""
    elif owner is None and (by or len(words.split()) <= 8) and _names_only(words):
        owner, task = tidy(words), ""
    if not task and before is not None:
        task = squeeze(text[(last := sentences(text, before.span)[-1]).start : last.end])
        why = "Only a name stands at the mark; the task is taken from the sentence before it."
    status_words = words if task else rest.text
    return _action(item, task or status_words, owner, rest.span, when, why)


def _names_only(words: str) -> bool:
    words = words.strip(" .")
    return can_own(words) and not is_imperative(words)


def _inside(item: int | None, line: Line, match: re.Match[str], when: When) -> Action:
    words = match["rest"]
    owner, task = split_owner(words)
    why = ""
    post = _POST_NAME.match(f"{words})") if "(" in words else None
    if post and is_person(post["name"]):
        owner, task = squeeze(post["name"]), ""
    if owner is None and _names_only(words):
        owner, task = tidy(words), ""
    if not task:
        task = squeeze(line.text[: match.start()])[-300:]
        why = "Only a name stands at the mark; the task is taken from the sentence before it."
    span = Span(line.start + match.start(), line.start + match.end())
    return _action(item, task, owner, span, when, why)


def read_log(rows: Sequence[tuple[Line, Line, Line | None]], when: When) -> list[Action]:
    """The actions of a log: who, what and by when stand in cells of their own."""
    made: list[Action] = []
    for who, what, by in rows:
        end = by.end if by else what.end
        one = _action(None, what.text, squeeze(who.text) or None, Span(who.start, end), when)
        if by and by.text:
            due = read_due(f"by {by.text}", when.meeting, when.following)
            one = replace(one, due_text=squeeze(by.text), due=due.day if due else None)
        made.append(one)
    return made


def _task_cell(item: int | None, line: Line, when: When) -> list[Action]:
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
        owner, task = tidy(words), ""
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
