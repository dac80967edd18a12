"""The column at the right edge that says who is to do what the line tells, and perhaps by when."""

import re
from dataclasses import dataclass

from concerted.reading.owners import is_imperative
from concerted.reading.vocabulary import bare, is_person, is_role, listed

_CAPITAL = "A-ZÀ-ÖØ-Þ"
# "RMacK", "MO’R", "PÓF" and "SB2" are initials too.
_PARTICLES = "Mac|Mc|[O’']|d[eu]?|dl|v|vd|von"
_INITIALS = (
    rf"[{_CAPITAL}]{{1,3}}(?:(?:{_PARTICLES})[{_CAPITAL}]{{1,2}}|[{_CAPITAL}])[{_CAPITAL}]?\d?"
)
INITIALS = rf"{_INITIALS}(?:[ ]?[/&,+][ ]?{_INITIALS}){{0,5}}"
_INITIALS_ONLY = re.compile(rf"{INITIALS}|ALL|All")
_GAP = re.compile(r"(?:[ ]{3,}|\t[ \t]*)(?=\S)")
# "WH by 10 Nov": the deadline stands behind the one who acts.
_BY_WHEN = re.compile(
    r"[ ,(–-]{1,3}(?P<due>(?:by|before|for)[ ](?:[\w’'./-]{1,12}[ ]?){1,4})[)]?$", re.IGNORECASE
)
_EVERYBODY = listed("all everyone everybody members officers partners")
_JOINS = re.compile(r"[ ]?[/&,+][ ]?|[ ]and[ ]")
_ENDS_TELLING = (".", ";", ":", "?", "!", ")")


@dataclass(frozen=True, slots=True)
class Trailing:
    """Who stands at the right edge; the words before end at ``start``."""

    start: int
    who: str
    due: str


def trailing_owner(words: str) -> Trailing | None:
    """``Mend the gate.          AB``, ``Write to the bank.   Treasurer by 3 May``."""
    tail = words[-100:]
    gaps = list(_GAP.finditer(tail))
    if not gaps:
        return None
    gap = gaps[-1]
    start = len(words) - len(tail) + gap.start()
    said = tail[gap.end() :].strip(" .")
    by = _BY_WHEN.search(said)
    who = said[: by.start()] if by else said
    if _INITIALS_ONLY.fullmatch(who):
        fits = start > 8
    else:
        fits = _tells(words[:start]) and _are_people(who)
    return Trailing(start, who, by["due"] if by else "") if fits else None


def _are_people(who: str) -> bool:
    """Each part names a person, a post or everybody."""
    parts = [part for part in _JOINS.split(who) if part.strip()]
    return 0 < len(parts) < 5 and all(
        len(part.split()) < 6 and (is_person(part) or is_role(part) or bare(part) in _EVERYBODY)
        for part in parts
    )


def _tells(before: str) -> bool:
    """The words before the gap are a sentence or a task, and no cell of a table."""
    before = before.strip()
    if _GAP.search(before) or is_person(before) or len(before.split()) < 3:
        return False
    if before.endswith(_ENDS_TELLING) or " to " in before:
        return True
    return len(before.split()) > 3 and is_imperative(before)
